/**
 * A connection to OBS as the rest knows it: what may be asked, and how that
 * fails. What speaks to OBS (`obs_link.ts`) is loaded where there is one.
 *
 * @module
 */
import type { OBSRequestTypes, OBSResponseTypes } from "obs-websocket-js";

/** How a connection ended, or why there was none. */
export type LinkEnd = "refused" | "wrong_password" | "silent" | "quit" | "lost";

/** There is no connection, or it ended under a call. */
export class LinkError extends Error {
  override name = "LinkError";

  constructor(readonly end: LinkEnd, message: string) {
    super(`Cannot ask OBS: ${message}`);
  }
}

/** OBS refused what a call asked for; `code` is a RequestStatus of its own. */
export class CallError extends Error {
  override name = "CallError";

  constructor(readonly code: number, message: string) {
    super(message);
  }
}

/** An open connection to OBS. */
export interface Link {
  /**
   * Asks OBS.
   *
   * @throws {CallError} If OBS says no.
   * @throws {LinkError} If the connection ends, or OBS does not answer in time:
   * then the connection is given up.
   */
  call<T extends keyof OBSRequestTypes>(
    type: T,
    data?: OBSRequestTypes[T],
  ): Promise<OBSResponseTypes[T]>;
  /** Resolves once it has ended, by whichever side. */
  ended: Promise<LinkEnd>;
  /** Ends it at once, without waiting for OBS to agree. */
  drop(end: LinkEnd): void;
}
