/**
 * The pages that the server makes, on the real program over a simulated room.
 */
import { doesNotMatch, match, ok, strictEqual } from "node:assert";
import { RIGHTS } from "@/access/rights.ts";
import { textsOf } from "@/locales/mod.ts";
import { gift, ledgerOf, play, T0 } from "@/core/testing.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";

let folder = "";
let program: Program | null = null;

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir();
  await keepBadEvening();
  program = await startProgram({
    DATA_DIR: folder,
    ROOM: "simulated",
    CHANNEL: "demo",
    SIMULATED_PACE: "200",
  });
});
Deno.test.afterAll(async () => {
  await program?.end();
  await Deno.remove(folder, { recursive: true });
});

/** A game with times that no calendar has, kept before they were refused. */
async function keepBadEvening() {
  const store = await openKvStore(folder);
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann")], 8e15));
  entries.push({ ...play(session, [gift("ben")])[0]!, at: T0 + 1_500 });
  const batch = { sessionId: "bad", writer: "w", after: 0, entries };
  await store.append({ ...batch, comments: [], answers: [] });
  await store.putSession({
    id: "bad",
    title: "Far away",
    channel: "host",
    rehearsal: false,
    startedAt: 9e15,
    endedAt: 9e15,
    deletedAt: null,
  });
  await store.close();
}

async function get(path: string, language = "en") {
  const response = await fetch(program!.url + path, {
    headers: { "accept-language": language },
  });
  return { status: response.status, html: await response.text() };
}

Deno.test("the start page says where to go and how it stands, in both languages", async () => {
  for (const language of ["en", "th"] as const) {
    const { home, connection } = textsOf(language);
    const { status, html } = await get("/", language);
    strictEqual(status, 200);
    match(html, new RegExp(`<html lang="${language}"`));
    ok(html.includes(home.openPanel));
    ok(html.includes(connection.sentences.live("@demo")), html);
    ok(html.includes(`${program!.url}/overlay`));
  }
});

Deno.test("a page that is not there says so in words", async () => {
  const { errors } = textsOf("en");
  for (const path of ["/nowhere", "/sessions/nothing"]) {
    const { status, html } = await get(path);
    strictEqual(status, 404);
    ok(html.includes(errors.notFoundTitle));
    doesNotMatch(html.replace(/<[^>]*>/g, ""), /404|Error/);
  }
});

Deno.test("a past game of an impossible time is listed, shown and exported", async () => {
  for (const language of ["en", "th"]) {
    const { status, html } = await get("/sessions", language);
    strictEqual(status, 200);
    ok(html.includes("Far away"));
    strictEqual((await get("/sessions/bad", language)).status, 200);
  }
  for (const path of ["board?at=1760000001000", "timeline", "export.csv"]) {
    const { status, html } = await get(`/api/sessions/bad/${path}`);
    strictEqual(status, 200, `${path}: ${html}`);
  }
});

Deno.test("a past game shows its winners, and those alone that stand", async () => {
  const { sessions } = textsOf("en");
  await until("somebody is on the board", async () => {
    const { body } = await api(program!, "board");
    return (body.total as number) > 3;
  });
  const select = async () => {
    const { body } = await api(program!, "commands", { type: "selectWinner" });
    return (body.entry as { viewerId: string; won: number });
  };
  const first = await select();
  await api(program!, "commands", { type: "undo" });
  const second = await select();
  const { body: state } = await api(program!, "state");
  const { id } = state.session as { id: string };

  const list = await get("/sessions?q=rehears");
  match(list.html, new RegExp(`/sessions/${id}`));
  const { html } = await get(`/sessions/${id}`);
  const winners = html.split(`<h2>${sessions.winners}</h2>`)[1]!
    .split("</section>")[0]!;
  strictEqual(winners.match(/<li\b/g)?.length, 1);
  ok(winners.includes(second.won.toLocaleString("en")));
  ok(first.won > 0);
  ok(html.includes(`/api/sessions/${id}/export.jsonl`));
});

Deno.test("a search without a match says so", async () => {
  const { html } = await get(`/sessions?q=${encodeURIComponent("<b>x</b>")}`);
  ok(!html.includes("<b>x</b>"));
  match(html, /No game matches/);
});

Deno.test("every answer keeps browsers safe, whatever it says", async () => {
  const named = Object.keys(RIGHTS).map((pattern) =>
    pattern.replaceAll(/:\w+/g, "nothing")
  );
  const others = [
    ...["/nowhere", "/api/nowhere", "/admin/", "/sessions/%E0%A4%A"],
    ...["//evil.example/", "/panel.css", "/icon.svg", "/stream_worker.js"],
  ];
  const seen = new Set<number>();
  for (const path of [...named, ...others]) {
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      for (const authorization of ["", "Bearer wrong"]) {
        const init = { method, headers: { authorization } };
        const response = await fetch(program!.url + path, {
          ...init,
          redirect: "manual",
        });
        await response.body?.cancel();
        const { headers, status } = response;
        const name = `${method} ${path}: ${status}`;
        seen.add(status);
        strictEqual(headers.get("x-content-type-options"), "nosniff", name);
        match(
          headers.get("referrer-policy") ?? "",
          /^(no-referrer|same-origin)$/,
          name,
        );
        match(
          headers.get("content-security-policy") ?? "",
          /object-src 'none'/,
          name,
        );
        ok(headers.has("cross-origin-resource-policy"), name);
        match(
          headers.get("cache-control") ?? "",
          /no-store|no-cache|immutable/,
          name,
        );
        const type = headers.get("content-type") ?? "";
        const isProblem = type === "application/problem+json";
        if (path.startsWith("/api/") && status >= 400) ok(isProblem, name);
        if (/^text\/html/.test(type)) {
          strictEqual(headers.get("x-frame-options"), "SAMEORIGIN", name);
        }
        ok(status < 500, name);
      }
    }
  }
  for (const status of [200, 303, 401, 404, 405]) {
    ok(seen.has(status), `${status}`);
  }
});
