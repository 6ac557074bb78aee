/**
 * What a handler gives to have its page rendered.
 *
 * @module
 */

/** Data for the page of the same route. Made by `page()`. */
export class PageResponse<Data> {
  constructor(
    /** Given to the page as `props.data`. */
    readonly data: Data,
    readonly status: number,
    readonly headers: HeadersInit | undefined,
  ) {}
}

/**
 * Renders the route's page with `data`.
 *
 * @param options The response's status (200 if not given) and headers.
 */
export function page<Data = undefined>(
  data?: Data,
  options: { status?: number; headers?: HeadersInit } = {},
): PageResponse<Data> {
  return new PageResponse(data as Data, options.status ?? 200, options.headers);
}
