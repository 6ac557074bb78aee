/**
 * Puts a list of requests to a running program and says where an answer is not
 * what it should be, whichever Fresh the program runs on:
 *
 *     deno run -A testing/conformance.ts http://127.0.0.1:8000
 *
 * The program has to run on this machine, which may do all that a host may, and
 * to have a session. `--record` prints what it answers as the list has it.
 *
 * @module
 */
import { LIST, type Row } from "./conformance_list.ts";
import { rawHttp } from "./raw_http.ts";

/** How long a stream is listened to, in ms. */
const STREAM_MS = 1_500;

/** Says how each answer differs from its row; empty where none does. */
export async function differences(base: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const row of LIST) {
    const got = await answerTo(base, row);
    if (got !== row.gives) {
      wrong.push(`${row.asks}\n  expected ${row.gives}\n  got      ${got}`);
    }
  }
  return wrong;
}

/** What a row's request is answered with, in the words of the list. */
async function answerTo(base: string, row: Row): Promise<string> {
  const [method, target] = row.asks.split(" ") as [string, string];
  const path = target.replace("SESSION", await sessionOf(base));
  if (method === "STREAM") return await streamed(base + path);
  const { port, host } = new URL(base);
  const { body, ...headers } = filledIn(row.with ?? {}, {
    ORIGIN: base,
    ETAG: await etagOf(base),
    LONG: "x".repeat(70_000),
    LONG_KEY: "x".repeat(300),
  });
  const answer = await rawHttp(Number(port), {
    method,
    target: path,
    headers: {
      host,
      ...(body !== undefined && { "content-length": lengthOf(body) }),
      ...headers,
    },
    ...(body !== undefined && { body: [body] }),
  });
  return wordsOf(answer, method);
}

const lengthOf = (body: string) =>
  String(new TextEncoder().encode(body).length);

function filledIn(
  headers: Record<string, string>,
  values: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      values[value] ?? value,
    ]),
  );
}

const sessions = new Map<string, string>();
async function sessionOf(base: string): Promise<string> {
  const known = sessions.get(base);
  if (known !== undefined) return known;
  const { items } = await (await fetch(`${base}/api/sessions`)).json();
  const { id } = items[0] ?? {};
  if (!id) throw new Error(`Cannot compare: ${base} has no session yet`);
  sessions.set(base, id);
  return id;
}

const etags = new Map<string, string>();
async function etagOf(base: string): Promise<string> {
  const known = etags.get(base);
  if (known !== undefined) return known;
  const response = await fetch(`${base}/icon.svg`);
  await response.body?.cancel();
  const etag = response.headers.get("etag") ?? "";
  etags.set(base, etag);
  return etag;
}

/** Status, type, how long it may be kept, policy, guards, shape of the body. */
function wordsOf(
  { status, headers, text }: { status: number; headers: Headers; text: string },
  method: string,
): string {
  const type = (headers.get("content-type") ?? "-").split(";")[0]!;
  return [
    String(status),
    type,
    keptOf(headers.get("cache-control")),
    policyOf(headers.get("content-security-policy")),
    guardsOf(headers),
    ...["location", "allow", "retry-after", "www-authenticate"]
      .flatMap((name) =>
        headers.has(name) ? [`${name}=${headers.get(name)}`] : []
      ),
    method === "HEAD" || text === "" ? "empty" : shapeOf(type, text),
  ].join(" ").replaceAll(/\/sessions\/[0-9a-z]{15,}/g, "/sessions/SESSION");
}

function keptOf(control: string | null): string {
  if (control === null) return "unsaid";
  if (control.includes("immutable")) return "year";
  return /no-store|no-cache/.test(control) ? "fresh" : control;
}

/** Which of the policies, by what tells them apart. */
function policyOf(policy: string | null): string {
  if (policy === null) return "no-policy";
  if (/upgrade-insecure-requests/.test(policy)) return "upgrades!";
  if (/default-src 'none'/.test(policy)) return "api";
  const styles = /style-src ([^;]*)/.exec(policy)?.[1] ?? "";
  if (/'unsafe-inline'/i.test(styles)) {
    return /font-src [^;]*https:/.test(policy) ? "overlay" : "inline";
  }
  return /style-src-attr 'unsafe-inline'/i.test(policy) ? "page" : "no-styles!";
}

/** What every answer has. */
function guardsOf(headers: Headers): string {
  const missing = ["x-content-type-options", "referrer-policy"]
    .concat("cross-origin-resource-policy")
    .filter((name) => !headers.has(name));
  return missing.length === 0 ? "guarded" : `without:${missing}`;
}

function shapeOf(type: string, text: string): string {
  if (/json$/.test(type)) return jsonShape(text);
  if (type === "text/html") return htmlShape(text);
  return "body";
}

function jsonShape(text: string): string {
  const body = /^[0-9a-f]+\r\n/.test(text) ? unchunked(text) : text;
  const value = JSON.parse(body);
  if (Array.isArray(value)) return "[]";
  return typeof value === "object" && value !== null
    ? `{${Object.keys(value).sort()}}`
    : typeof value;
}

function unchunked(text: string): string {
  let body = "";
  for (let rest = text; rest !== "";) {
    const at = rest.indexOf("\r\n");
    const length = parseInt(rest.slice(0, at), 16);
    if (!length) break;
    body += rest.slice(at + 2, at + 2 + length);
    rest = rest.slice(at + 2 + length + 2);
  }
  return body;
}

/** Title, heading, whether it has islands. */
function htmlShape(text: string): string {
  const parts = [
    /<title>[^<]+<\/title>[\s\S]*<\/head>/.test(text) && "title",
    /<h1/.test(text) && "h1",
    /<script[^>]+src=/.test(text) && "islands",
  ];
  return `html(${parts.filter(Boolean)})`;
}

/** Which events a stream begins with. */
async function streamed(address: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(address, { signal: stop.signal });
  const type = response.headers.get("content-type");
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    return `${response.status} ${type}`;
  }
  const events = new Set<string>();
  const late = setTimeout(() => stop.abort(), STREAM_MS);
  try {
    const parts = response.body.pipeThrough(new TextDecoderStream());
    for await (const part of parts) {
      for (const [, name] of part.matchAll(/^event: (\w+)/gm)) {
        events.add(name!);
      }
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(late);
  }
  return `${response.status} ${type} ${[...events].sort()}`;
}

if (import.meta.main) {
  const [base = "http://127.0.0.1:8000", how] = Deno.args;
  if (how === "--record") {
    for (const row of LIST) {
      const gives = await answerTo(base, row);
      console.log(JSON.stringify({ ...row, gives }) + ",");
    }
    Deno.exit(0);
  }
  const wrong = await differences(base);
  for (const each of wrong) console.log(each);
  console.log(`${LIST.length - wrong.length} as expected, ${wrong.length} not`);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
