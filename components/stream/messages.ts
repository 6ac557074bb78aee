/**
 * What pages and the relay that feeds them say to each other. Events go as the
 * text the server sent: only who draws them reads them.
 *
 * @module
 */

/** What one page listens to. */
export interface Wish {
  /** The key of its link; all pages that have one share a stream. */
  key: string | null;
  /** It is told the state of the panel too. */
  state: boolean;
  /** It is an overlay of its own; the panel's preview, in a frame, is none. */
  overlay: boolean;
}

/** From a page; anything it says shows that it is there. */
export type FromPage =
  | { type: "listen"; wish: Wish }
  /** The answer to `there`. */
  | { type: "here" }
  /** The page came to sight or the network came back: no need to wait. */
  | { type: "hurry" }
  | { type: "bye" };

/** To a page. */
export type ToPage =
  | {
    type: "event";
    /** `frame`, `state` or `look`. */
    name: string;
    data: string;
    /** How long ago it arrived in this browser, in ms. */
    age: number;
  }
  | { type: "status"; up: boolean }
  /** Asks whether the page is still there. */
  | { type: "there" };

/** A page, as the relay sees it. */
export interface Port {
  post(message: ToPage): void;
}
