/**
 * The API as an OpenAPI 3.1 document: what each address takes and answers,
 * made from the table of addresses (`core/shapes/api.ts`).
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.0}
 * @module
 */
import { z } from "zod";
import { API, type Method, type Operation } from "@/core/shapes/api.ts";
import { MadeKey } from "@/core/shapes/access.ts";
import { Command } from "@/core/shapes/commands.ts";
import { Frame, Row } from "@/core/shapes/frame.ts";
import { Problem, Recorded, Refused } from "@/core/shapes/problem.ts";
import { Settings } from "@/core/shapes/settings.ts";
import { DisplayAnswer, StateAnswer } from "@/core/shapes/state.ts";
import * as views from "@/core/shapes/views.ts";

type Json = Record<string, unknown>;
type Methods = Partial<Record<Method, Operation>>;

const KEY_HEADER: Json = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "The same key gives the same answer and no second effect, for 24 hours or more",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

/** Schemas with a name of their own in the document. */
const NAMED = z.registry<{ id: string }>();
for (
  const [id, schema] of Object.entries({
    Command,
    Settings,
    Problem,
    Refused,
    Recorded,
    Frame,
    Row,
    Board: views.BoardPage,
    State: StateAnswer,
    DisplayState: DisplayAnswer,
    Viewer: views.ViewerDetails,
    Receipts: views.ReceiptsPage,
    Comments: views.CommentsPage,
    Session: views.SessionInfo,
    SessionSummary: views.SessionSummary,
    Key: MadeKey,
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
      Object.entries(API).filter(isTold).map(([pattern, methods]) => [
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

/** Whether an address is for programs: pages have no summary. */
function isTold([, methods]: [string, Methods]): boolean {
  return Object.values(methods).some(({ summary }) => summary !== undefined);
}

function pathItem(
  pattern: string,
  methods: Methods,
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
    operationOf(operation),
  ]);
  return { parameters, ...Object.fromEntries(operations) };
}

function operationOf(operation: Operation): Json {
  const { right, summary, query, body, isKeyed } = operation;
  const open = right === "anyone";
  return {
    summary,
    description: open ? "For anyone." : `For these roles: ${right.join(", ")}.`,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...isKeyed ? [KEY_HEADER] : [],
      ...query ? queryParameters(query) : [],
    ],
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
