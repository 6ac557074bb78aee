/**
 * The addresses of the program, in one table: who may ask for what, what it
 * takes and what it answers. The rights at the door, the API document and the
 * tests of all of them are made from it.
 *
 * @module
 */
import { z } from "zod";
import { BUTTONS } from "../buttons.ts";
import {
  KeysAnswer,
  MadeKey,
  NewKey,
  NewPairing,
  Pairing,
  Pairings,
} from "./access.ts";
import { ReceiptsFile } from "./certificate.ts";
import { Command } from "./commands.ts";
import {
  GiftsAnswer,
  QuestionsAnswer,
  Timeline,
  WinnersAnswer,
} from "./history.ts";
import { ObsChange, ObsSettings } from "./obs.ts";
import { Alive, Recorded } from "./problem.ts";
import {
  BoardQuery,
  CommentsQuery,
  FramesQuery,
  ReceiptsQuery,
  SessionBoardQuery,
  SessionChange,
  SessionsQuery,
} from "./queries.ts";
import { Settings, SettingsChange } from "./settings.ts";
import { ButtonsState, type Role, StateOrDisplay } from "./state.ts";
import {
  BoardPage,
  CommentsPage,
  Forgotten,
  PastBoard,
  ReceiptsPage,
  SessionInfo,
  SessionsPage,
  SessionSummary,
  ViewerDetails,
} from "./views.ts";

/** The roles that may, or `anyone`, key or not. */
export type Right = readonly Role[] | "anyone";
/** Methods that some address has; HEAD reads as GET does. */
export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** What one method of one address does. */
export interface Operation {
  right: Right;
  /** What it is for; left out by pages, which are for people. */
  summary?: string;
  query?: z.ZodObject;
  /** A schema for JSON, or the content type of something else. */
  body?: z.ZodType | string;
  /** A header that says the same thing twice is meant once. */
  isKeyed?: boolean;
  /** 200 unless said otherwise. */
  status?: number;
  /** A schema for JSON, the content type of something else, or nothing. */
  answer?: z.ZodType | string;
  /** Further statuses with what they mean. */
  also?: Record<number, string>;
}

const HOST = ["host"] as const;
const HELPERS = ["host", "moderator"] as const;
const PRESSERS = ["host", "button"] as const;
const READERS = ["host", "moderator", "display"] as const;

/** Operations by address (`:name` is one part of any content) and method. */
export const API: Record<string, Partial<Record<Method, Operation>>> = {
  "/": { GET: { right: HELPERS } },
  "/admin": { GET: { right: HELPERS } },
  "/buttons": { GET: { right: HOST } },
  "/overlay": { GET: { right: READERS } },
  "/sessions": { GET: { right: HELPERS } },
  "/sessions/:id": { GET: { right: HELPERS } },
  "/verify": { GET: { right: "anyone" } },
  "/signin": { GET: { right: "anyone" } },
  "/pair": { GET: { right: "anyone" }, POST: { right: "anyone" } },
  "/oauth/:provider/signin": { GET: { right: "anyone" } },
  "/oauth/:provider/callback": { GET: { right: "anyone" } },
  "/signout": { POST: { right: READERS } },
  "/source.tar.gz": { GET: { right: "anyone" } },

  "/healthz": {
    GET: {
      right: "anyone",
      summary: "Whether the program is alive",
      answer: Alive,
    },
  },
  "/readyz": {
    GET: {
      right: "anyone",
      summary:
        "Whether a command sent now would be taken: the ledger can be written, Redis reached where one is set, and the game runs here or can be asked from here",
      answer: Alive,
      also: { 503: "Not now; `detail` says why" },
    },
  },
  "/metrics": {
    GET: {
      right: HOST,
      summary: "Numbers for Prometheus",
      answer: "text/plain",
    },
  },
  "/api/commands": {
    POST: {
      right: HELPERS,
      summary: "One command of the host; answered once it is durable",
      isKeyed: true,
      body: Command,
      answer: Recorded,
      also: {
        413: "The body is too large",
        415: "The body is not JSON",
        422: "The Idempotency-Key came with another command before",
        503:
          "It could not be written or reached, and `Retry-After` says when to try again; nothing is kept under the key. `code` is `away` or `standing_by` where nothing was done, `unsure` where it may have been",
      },
    },
  },
  "/api/state": {
    GET: {
      right: READERS,
      summary: "How everything stands; a display is told what an overlay needs",
      answer: StateOrDisplay,
    },
  },
  "/api/frames": {
    GET: {
      right: READERS,
      summary:
        "Server-sent events: `event: frame`, `id: {sessionId}:{seq}`, `data:` a Frame. The first is the current one. `event: look` is how overlays should look, `event: heartbeat` the server's clock at least every 15 s",
      query: FramesQuery,
      answer: "text/event-stream",
    },
  },
  "/api/avatars/:id": {
    GET: {
      right: READERS,
      summary: "A viewer's picture, by the address that a row gives",
      answer: "image/*",
      also: { 404: "There is none" },
    },
  },
  "/api/board": {
    GET: {
      right: READERS,
      summary: "Any part of the running board; empty while nothing runs",
      query: BoardQuery,
      answer: BoardPage,
    },
  },
  "/api/viewers/:id": {
    GET: {
      right: HELPERS,
      summary: "One viewer of the running session",
      answer: ViewerDetails,
    },
    DELETE: {
      right: HOST,
      summary: "Forgets a viewer in every session; points stay, without a name",
      answer: Forgotten,
      also: { 202: "The running session follows when it is over" },
    },
  },
  "/api/viewers/:id/receipts": {
    GET: {
      right: HELPERS,
      summary: "Every entry that gave or took points; their sum is the points",
      query: ReceiptsQuery,
      answer: ReceiptsPage,
    },
  },
  "/api/comments": {
    GET: {
      right: HELPERS,
      summary: "Comments of the running session, newest first",
      query: CommentsQuery,
      answer: CommentsPage,
    },
  },
  "/api/questions": {
    GET: {
      right: HELPERS,
      summary: "Questions from TikTok's own Q&A, newest first",
      answer: QuestionsAnswer,
    },
  },
  "/api/gifts": {
    GET: {
      right: HELPERS,
      summary:
        "Gifts that came in the running session, the most frequent first",
      answer: GiftsAnswer,
    },
  },
  "/api/settings": {
    GET: { right: HELPERS, summary: "The settings", answer: Settings },
    PATCH: {
      right: HOST,
      summary: "Changes the settings that are named",
      body: SettingsChange,
      answer: Settings,
    },
  },
  "/api/obs": {
    GET: {
      right: HOST,
      summary: "How OBS is set up; its password is never told",
      answer: ObsSettings,
    },
    PATCH: {
      right: HOST,
      summary: "Changes what is named, and connects anew where that matters",
      body: ObsChange,
      answer: ObsSettings,
      also: { 409: "The environment has set this" },
    },
  },
  "/api/buttons/state": {
    GET: {
      right: PRESSERS,
      summary: "What to show on a key",
      answer: ButtonsState,
    },
  },
  "/api/buttons/:action": {
    POST: {
      right: PRESSERS,
      summary: `One press: ${
        BUTTONS.join(", ")
      }. Repeats within 300 ms count once`,
      answer: Recorded,
      also: { 409: "Refused by the game" },
    },
  },
  "/api/buttons/scene/:name": {
    POST: {
      right: PRESSERS,
      summary: "Switches OBS to a scene",
      answer: Recorded,
      also: { 409: "OBS is off, or there is no such scene to switch to" },
    },
  },
  "/api/keys": {
    GET: {
      right: HOST,
      summary: "Keys and signed-in browsers",
      answer: KeysAnswer,
    },
    POST: {
      right: HOST,
      summary: "Makes a key",
      body: NewKey,
      status: 201,
      answer: MadeKey,
    },
  },
  "/api/keys/:id": {
    POST: {
      right: HOST,
      summary: "Puts a new key in its place; ends its streams",
      answer: MadeKey,
    },
    DELETE: {
      right: HOST,
      summary: "Takes a key away; ends its streams",
      status: 204,
    },
  },
  "/api/signins": {
    DELETE: {
      right: HOST,
      summary: "Signs every device out, but for the one that asks",
      status: 204,
    },
  },
  "/api/pairings": {
    GET: {
      right: HOST,
      summary: "Where other devices reach this place",
      answer: Pairings,
    },
    POST: {
      right: HOST,
      summary: "Makes a link that signs one device in, within ten minutes",
      body: NewPairing,
      status: 201,
      answer: Pairing,
    },
  },
  "/api/signins/:id": {
    DELETE: { right: HOST, summary: "Signs a browser out", status: 204 },
  },
  "/api/openapi.json": {
    GET: {
      right: READERS,
      summary: "This document",
      answer: "application/json",
    },
  },
  "/api/sessions": {
    GET: {
      right: HELPERS,
      summary: "Sessions, newest first",
      query: SessionsQuery,
      answer: SessionsPage,
    },
  },
  "/api/sessions/import": {
    POST: {
      right: HOST,
      summary: "Takes an exported ledger",
      body: "application/jsonl",
      status: 201,
      answer: SessionInfo,
      also: { 413: "The body is too large", 415: "The body is no ledger" },
    },
  },
  "/api/sessions/removed": {
    GET: {
      right: HOST,
      summary: "Sessions that can still be restored",
      answer: SessionsPage,
    },
  },
  "/api/sessions/:id": {
    GET: {
      right: HELPERS,
      summary: "One session; `current` is the running one",
      answer: SessionSummary,
    },
    PATCH: {
      right: HOST,
      summary: "Gives a session another title",
      body: SessionChange,
      answer: SessionInfo,
    },
    DELETE: {
      right: HOST,
      summary: "Takes a session off the list, restorable for 30 days",
      status: 204,
      also: { 409: "It runs, and has to end first" },
    },
  },
  "/api/sessions/:id/restore": {
    POST: { right: HOST, summary: "Puts a removed session back", status: 204 },
  },
  "/api/sessions/:id/board": {
    GET: {
      right: HELPERS,
      summary: "Any part of a board, also as it was at any time",
      query: SessionBoardQuery,
      answer: PastBoard,
    },
  },
  "/api/sessions/:id/winners": {
    GET: {
      right: HELPERS,
      summary: "Who was picked, in order, those taken back too",
      answer: WinnersAnswer,
    },
  },
  "/api/sessions/:id/timeline": {
    GET: {
      right: HELPERS,
      summary: "Points and events over time, at most 120 stretches",
      answer: Timeline,
    },
  },
  "/api/sessions/:id/comments": {
    GET: {
      right: HELPERS,
      summary: "Comments of a session, newest first",
      query: CommentsQuery,
      answer: CommentsPage,
    },
  },
  "/api/sessions/:id/viewers/:viewer": {
    GET: {
      right: HELPERS,
      summary: "One viewer of a session",
      answer: ViewerDetails,
    },
  },
  "/api/sessions/:id/viewers/:viewer/receipts": {
    GET: {
      right: HELPERS,
      summary: "Where a viewer's points come from",
      query: ReceiptsQuery,
      answer: ReceiptsPage,
    },
  },
  "/api/sessions/:id/viewers/:viewer/proof": {
    GET: {
      right: HELPERS,
      summary: "A viewer's receipts as a file, with the proof of them",
      answer: ReceiptsFile,
    },
  },
  "/api/sessions/:id/export.csv": {
    GET: { right: HOST, summary: "The board as a table", answer: "text/csv" },
  },
  "/api/sessions/:id/export.jsonl": {
    GET: {
      right: HOST,
      summary: "The whole ledger",
      answer: "application/jsonl",
    },
  },
};
