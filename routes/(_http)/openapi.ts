/**
 * The API as an OpenAPI 3.1 document: what each address takes and answers,
 * put together from the schemas that the program itself parses with, and from
 * the table of rights.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.0}
 * @module
 */
import { z } from "zod";
import { type Method, type Right, RIGHTS } from "@/access/rights.ts";
import { BUTTONS } from "@/core/buttons.ts";
import { Command } from "@/core/shapes/commands.ts";
import { ObsChange } from "@/core/shapes/obs.ts";
import { Settings, SettingsChange } from "@/core/shapes/settings.ts";
import * as answers from "./answers.ts";
import {
  BoardQuery,
  CommentsQuery,
  NewKey,
  NewPairing,
  ReceiptsQuery,
  SessionBoardQuery,
  SessionChange,
  SessionsQuery,
} from "./queries.ts";

type Json = Record<string, unknown>;

/** What one method of one address does. */
interface Operation {
  summary: string;
  query?: z.ZodObject;
  /** A schema for JSON, or the content type of something else. */
  body?: z.ZodType | string;
  status?: number;
  /** A schema for JSON, the content type of something else, or nothing. */
  answer?: z.ZodType | string;
  /** Further statuses with what they mean. */
  also?: Record<number, string>;
  headers?: Json[];
}

const KEY_HEADER: Json = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "The same key gives the same answer and no second effect, for 24 hours or more",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const FramesQuery = z.object({
  rows: z.coerce.number().int().min(1).max(30).default(5)
    .describe("A bad value is answered with the nearest good one"),
  with: z.literal("state").optional().describe(
    "Sends `event: state` too, at most four a second: /api/state without its frame. For hosts and moderators",
  ),
  overlays: z.coerce.number().int().min(0).max(999).optional().describe(
    "How many overlays this stream feeds, for the report of how it all works",
  ),
  key: z.string().optional().describe(
    "A key, for overlays. With more than one, one is enough; `event: keys` says which of them, in their order, still let somebody in",
  ),
});

/** By address, as in the table of rights. */
const OPERATIONS: Record<string, Partial<Record<Method, Operation>>> = {
  "/healthz": {
    GET: { summary: "Whether the program is alive", answer: answers.Alive },
  },
  "/readyz": {
    GET: {
      summary:
        "Whether a command sent now would be taken: the ledger can be written, Redis reached where one is set, and the game runs here or can be asked from here",
      answer: answers.Alive,
      also: { 503: "Not now; `detail` says why" },
    },
  },
  "/metrics": {
    GET: { summary: "Numbers for Prometheus", answer: "text/plain" },
  },
  "/api/commands": {
    POST: {
      summary: "One command of the host; answered once it is durable",
      headers: [KEY_HEADER],
      body: Command,
      answer: answers.Recorded,
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
      summary: "How everything stands; a display is told what an overlay needs",
      answer: answers.StateOrDisplay,
    },
  },
  "/api/frames": {
    GET: {
      summary:
        "Server-sent events: `event: frame`, `id: {sessionId}:{seq}`, `data:` a Frame. The first is the current one. `event: look` is how overlays should look, `event: heartbeat` the server's clock at least every 15 s",
      query: FramesQuery,
      answer: "text/event-stream",
    },
  },
  "/api/avatars/:id": {
    GET: {
      summary: "A viewer's picture, by the address that a row gives",
      answer: "image/*",
      also: { 404: "There is none" },
    },
  },
  "/api/board": {
    GET: {
      summary: "Any part of the running board; empty while nothing runs",
      query: BoardQuery,
      answer: answers.BoardAnswer,
    },
  },
  "/api/viewers/:id": {
    GET: {
      summary: "One viewer of the running session",
      answer: answers.ViewerAnswer,
    },
    DELETE: {
      summary: "Forgets a viewer in every session; points stay, without a name",
      answer: answers.Forgotten,
      also: { 202: "The running session follows when it is over" },
    },
  },
  "/api/viewers/:id/receipts": {
    GET: {
      summary: "Every entry that gave or took points; their sum is the points",
      query: ReceiptsQuery,
      answer: answers.ReceiptsAnswer,
    },
  },
  "/api/comments": {
    GET: {
      summary: "Comments of the running session, newest first",
      query: CommentsQuery,
      answer: answers.CommentsAnswer,
    },
  },
  "/api/questions": {
    GET: {
      summary: "Questions from TikTok's own Q&A, newest first",
      answer: answers.QuestionsAnswer,
    },
  },
  "/api/settings": {
    GET: { summary: "The settings", answer: Settings },
    PATCH: {
      summary: "Changes the settings that are named",
      body: SettingsChange,
      answer: Settings,
    },
  },
  "/api/obs": {
    GET: {
      summary: "How OBS is set up; its password is never told",
      answer: answers.ObsAnswer,
    },
    PATCH: {
      summary: "Changes what is named, and connects anew where that matters",
      body: ObsChange,
      answer: answers.ObsAnswer,
      also: { 409: "The environment has set this" },
    },
  },
  "/api/buttons/state": {
    GET: {
      summary: "What to show on a key",
      answer: answers.ButtonsNow,
    },
  },
  "/api/buttons/:action": {
    POST: {
      summary: `One press: ${
        BUTTONS.join(", ")
      }. Repeats within 300 ms count once`,
      answer: answers.Recorded,
      also: { 409: "Refused by the game" },
    },
  },
  "/api/buttons/scene/:name": {
    POST: {
      summary: "Switches OBS to a scene",
      answer: answers.Recorded,
      also: { 409: "OBS is off, or there is no such scene to switch to" },
    },
  },
  "/api/keys": {
    GET: { summary: "Keys and signed-in browsers", answer: answers.KeysAnswer },
    POST: {
      summary: "Makes a key",
      body: NewKey,
      status: 201,
      answer: answers.MadeKey,
    },
  },
  "/api/keys/:id": {
    POST: {
      summary: "Puts a new key in its place; ends its streams",
      answer: answers.MadeKey,
    },
    DELETE: { summary: "Takes a key away; ends its streams", status: 204 },
  },
  "/api/signins": {
    DELETE: {
      summary: "Signs every device out, but for the one that asks",
      status: 204,
    },
  },
  "/api/pairings": {
    GET: {
      summary: "Where other devices reach this place",
      answer: answers.Pairings,
    },
    POST: {
      summary: "Makes a link that signs one device in, within ten minutes",
      body: NewPairing,
      status: 201,
      answer: answers.Pairing,
    },
  },
  "/api/signins/:id": {
    DELETE: { summary: "Signs a browser out", status: 204 },
  },
  "/api/openapi.json": {
    GET: { summary: "This document", answer: "application/json" },
  },
  "/api/sessions": {
    GET: {
      summary: "Sessions, newest first",
      query: SessionsQuery,
      answer: answers.SessionsAnswer,
    },
  },
  "/api/sessions/import": {
    POST: {
      summary: "Takes an exported ledger",
      body: "application/jsonl",
      status: 201,
      answer: answers.SessionAnswer,
      also: { 413: "The body is too large", 415: "The body is no ledger" },
    },
  },
  "/api/sessions/removed": {
    GET: {
      summary: "Sessions that can still be restored",
      answer: answers.SessionsAnswer,
    },
  },
  "/api/sessions/:id": {
    GET: {
      summary: "One session; `current` is the running one",
      answer: answers.SummaryAnswer,
    },
    PATCH: {
      summary: "Gives a session another title",
      body: SessionChange,
      answer: answers.SessionAnswer,
    },
    DELETE: {
      summary: "Takes a session off the list, restorable for 30 days",
      status: 204,
      also: { 409: "It runs, and has to end first" },
    },
  },
  "/api/sessions/:id/restore": {
    POST: { summary: "Puts a removed session back", status: 204 },
  },
  "/api/sessions/:id/board": {
    GET: {
      summary: "Any part of a board, also as it was at any time",
      query: SessionBoardQuery,
      answer: answers.BoardAtAnswer,
    },
  },
  "/api/sessions/:id/winners": {
    GET: {
      summary: "Who was picked, in order, those taken back too",
      answer: answers.WinnersAnswer,
    },
  },
  "/api/sessions/:id/timeline": {
    GET: {
      summary: "Points and events over time, at most 120 stretches",
      answer: answers.TimelineAnswer,
    },
  },
  "/api/sessions/:id/comments": {
    GET: {
      summary: "Comments of a session, newest first",
      query: CommentsQuery,
      answer: answers.CommentsAnswer,
    },
  },
  "/api/sessions/:id/viewers/:viewer": {
    GET: { summary: "One viewer of a session", answer: answers.ViewerAnswer },
  },
  "/api/sessions/:id/viewers/:viewer/receipts": {
    GET: {
      summary: "Where a viewer's points come from",
      query: ReceiptsQuery,
      answer: answers.ReceiptsAnswer,
    },
  },
  "/api/sessions/:id/export.csv": {
    GET: { summary: "The board as a table", answer: "text/csv" },
  },
  "/api/sessions/:id/export.jsonl": {
    GET: { summary: "The whole ledger", answer: "application/jsonl" },
  },
};

/** Schemas with a name of their own in the document. */
const NAMED = z.registry<{ id: string }>();
for (
  const [id, schema] of Object.entries({
    Command,
    Settings,
    Problem: answers.Problem,
    Refused: answers.Refused,
    Recorded: answers.Recorded,
    Frame: answers.FrameAnswer,
    Row: answers.BoardRow,
    Board: answers.BoardAnswer,
    State: answers.StateNow,
    DisplayState: answers.DisplayNow,
    Viewer: answers.ViewerAnswer,
    Receipts: answers.ReceiptsAnswer,
    Comments: answers.CommentsAnswer,
    Session: answers.SessionAnswer,
    SessionSummary: answers.SummaryAnswer,
    Key: answers.MadeKey,
  })
) NAMED.add(schema, { id });

/** The API document. */
export function openapi(
  { version, source }: { version: string; source: string },
): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "TikTok Live Support",
      version,
      description: "Problems are documents of type application/problem+json.",
      license: { name: "AGPL-3.0", url: source },
    },
    externalDocs: { url: source, description: "Source code" },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { signIn: [] }, {}],
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([pattern, methods]) => [
        pattern.replaceAll(/:(\w+)/g, "{$1}"),
        pathItem(pattern, methods),
      ]),
    ),
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer" },
        signIn: { type: "apiKey", in: "cookie", name: "sign_in" },
      },
      schemas: namedSchemas(),
    },
  };
}

function pathItem(
  pattern: string,
  methods: Partial<Record<Method, Operation>>,
): Json {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const parameters = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const operations = Object.entries(methods).map(([method, operation]) => [
    method.toLowerCase(),
    operationOf(operation, RIGHTS[pattern]?.[method as Method]),
  ]);
  return { parameters, ...Object.fromEntries(operations) };
}

function operationOf(operation: Operation, right?: Right): Json {
  const { summary, query, body, headers = [] } = operation;
  const open = right === "anyone";
  return {
    summary,
    description: open
      ? "For anyone."
      : `For these roles: ${[...right ?? []].join(", ")}.`,
    ...(open ? { security: [] } : {}),
    parameters: [...headers, ...query ? queryParameters(query) : []],
    ...(body
      ? { requestBody: { required: true, content: content(body) } }
      : {}),
    responses: responsesOf(operation, open),
  };
}

function responsesOf(
  { answer, body, query, status = 200, also = {} }: Operation,
  open: boolean,
): Json {
  const problem = { "application/problem+json": ref("Problem") };
  const responses: Json = {
    [status]: {
      description: "Done",
      ...(answer ? { content: content(answer) } : {}),
    },
  };
  if (body || query) {
    responses[400] = { description: "Malformed", content: problem };
  }
  if (!open) {
    responses[401] = {
      description: "No key, or a wrong one",
      content: problem,
    };
    responses[403] = { description: "Too little right", content: problem };
    responses[404] = { description: "Nothing of that name", content: problem };
  }
  if (body === Command) {
    const refused = { "application/problem+json": ref("Refused") };
    responses[409] = { description: "Refused by the game", content: refused };
  }
  for (const [code, description] of Object.entries(also)) {
    responses[code] = { description, content: problem };
  }
  return responses;
}

function content(what: z.ZodType | string): Json {
  if (typeof what === "string") return { [what]: {} };
  return { "application/json": mediaOf(what) };
}

function mediaOf(schema: z.ZodType): Json {
  const id = NAMED.get(schema)?.id;
  return id ? ref(id) : { schema: schemaOf(schema) };
}

function ref(id: string): Json {
  return { schema: { $ref: `#/components/schemas/${id}` } };
}

function queryParameters(query: z.ZodObject): Json[] {
  const { properties = {} } = schemaOf(query) as { properties?: Json };
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Json;
    return { name, in: "query", description, schema: rest };
  });
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(NAMED, {
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema as Json;
      return [id, rest];
    }),
  );
}
