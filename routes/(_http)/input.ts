/**
 * What requests bring, parsed once, where it enters: bodies within their
 * limits, and the parameters of addresses.
 *
 * @module
 */
import type { Issue } from "@/core/shapes/problem.ts";
import { z } from "zod";
import { Problem } from "./problem.ts";

/** Most bytes of a JSON body. */
const JSON_LIMIT = 64 * 1024;
/** Most bytes of an imported ledger. */
const IMPORT_LIMIT = 64 * 1024 * 1024;
/** Most characters of one line of it; an entry never comes near. */
const LINE_LIMIT = 1024 * 1024;
/** The same of the last one, which may name many viewers, and its beginning. */
const END_LIMIT = 16 * 1024 * 1024;
const END = '{"type":"end"';

/** How long a body may pause, and how long a JSON body may take, in ms. */
const PAUSE_MS = 10_000;
const JSON_MS = 15_000;

/** What an imported ledger may call itself. */
const LINE_TYPES = [
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-ndjson",
  "application/ndjson",
  "application/octet-stream",
  "text/plain",
];

/**
 * The JSON of a body.
 *
 * @throws {Problem} 413, 415, or 400 where it is no JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = typeOf(request);
  if (type !== "application/json" && !type.endsWith("+json")) {
    throw new Problem(
      415,
      "Send JSON, with the header `Content-Type: application/json`",
    );
  }
  return parseJson(await readWhole(request));
}

/**
 * The fields of a form that a page of ours sends.
 *
 * @throws {Problem} 413 or 415.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (typeOf(request) !== "application/x-www-form-urlencoded") {
    throw new Problem(415, "Send a form");
  }
  return new URLSearchParams(await readWhole(request));
}

async function readWhole(request: Request): Promise<string> {
  const until = performance.now() + JSON_MS;
  let text = "";
  for await (const part of readText(request, JSON_LIMIT, until)) text += part;
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : "unreadable";
    throw new Problem(400, `The body is not JSON: ${why}`);
  }
}

/**
 * The lines of a body, without their ends, as they come.
 *
 * @throws {Problem} 413, 415, or 400 for a line nobody could have meant.
 */
export async function* readLines(request: Request): AsyncGenerator<string> {
  const type = typeOf(request);
  if (type !== "" && !LINE_TYPES.includes(type)) {
    throw new Problem(
      415,
      "Send an exported ledger, with the header `Content-Type: application/jsonl`",
    );
  }
  let rest = "";
  for await (const part of readText(request, IMPORT_LIMIT)) {
    // Only what is new is searched: a line may come byte by byte.
    const [first = "", ...lines] = part.split("\n");
    rest += first;
    for (const line of lines) {
      yield rest;
      rest = line;
    }
    if (rest.length > (rest.startsWith(END) ? END_LIMIT : LINE_LIMIT)) {
      throw new Problem(400, "A line is longer than any line of a ledger");
    }
  }
  if (rest !== "") yield rest;
}

/**
 * A value that fits a schema.
 *
 * @throws {Problem} 400 with every issue.
 */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badInput(issuesOf(parsed.error));
}

/** The parameters of an address; unknown ones are let be. */
export function readQuery<S extends z.ZodType>(
  url: URL,
  schema: S,
): z.infer<S> {
  return parse(schema, Object.fromEntries(url.searchParams));
}

/** 400, with what is wrong and where. */
export function badInput(issues: Issue[]): Problem {
  const first = issues[0];
  const where = first?.path.length ? ` (${first.path.join(".")})` : "";
  const detail = `${first?.message ?? "This is not understood"}${where}`;
  return new Problem(400, detail, { issues });
}

function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({
    path: path.map((part) => typeof part === "symbol" ? String(part) : part),
    message,
  }));
}

function typeOf(request: Request): string {
  const type = request.headers.get("content-type") ?? "";
  return type.split(";")[0]!.trim().toLowerCase();
}

/**
 * A body as text, in parts.
 *
 * @param until When it must be here, by `performance.now()`.
 */
async function* readText(
  request: Request,
  limit: number,
  until = Infinity,
): AsyncGenerator<string> {
  const tooLarge = () =>
    new Problem(413, `The body may have ${limit} bytes at most`);
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of inTime(request.body, until)) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw tooLarge();
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Problem(400, "The body is not UTF-8 text");
  }
}

/**
 * The parts of a body, as long as they keep coming: whoever sends a byte now
 * and then must not hold a place for ever.
 *
 * @throws {Problem} 408.
 */
async function* inTime(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  until: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await soon(
        reader.read(),
        Math.min(PAUSE_MS, until - performance.now()),
      );
      if (done) return;
      yield value;
    }
  } finally {
    // What is left is not wanted; where all was read this does nothing.
    await reader.cancel();
  }
}

async function soon<T>(wanted: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Problem(408, "The body did not come in time"));
  }, Math.max(0, ms));
  try {
    return await Promise.race([wanted, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
