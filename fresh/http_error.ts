/**
 * The error that carries a status, thrown by routes and shown by the nearest
 * error page. It is alone here because islands may throw it too.
 *
 * @module
 */

/**
 * An HTTP status on its way out. Thrown anywhere below a handler, it becomes
 * the response's status; a message below 500 is shown to the visitor.
 *
 * @throws {RangeError} If the status is not one of an error (400–599).
 */
export class HttpError extends Error {
  /** The response's status, 400–599. */
  readonly status: number;

  constructor(status: number, message?: string, options?: ErrorOptions) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(
        `Cannot make an HttpError: ${status} is not an error status`,
      );
    }
    super(message ?? REASONS[status] ?? `HTTP ${status}`, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** Reason phrases of RFC 9110 for the statuses met most. */
const REASONS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};
