/**
 * A managed Redis as `docs/redis.md` describes it: TLS with an authority of
 * one's own, a user with only the rights named there, a database of one's own;
 * and what the host reads when its certificate is not to be trusted.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import { createClient } from "redis";
import type { LiveHealth } from "@/core/ports.ts";
import { type Language, textsOf } from "@/locales/mod.ts";
import { makeAuthority, makeCertificate } from "../certificates.ts";
import { openChromium } from "../chromium.ts";
import { freePort } from "../free_port.ts";
import { api, type Program, startProgram, until } from "../program.ts";
import { startRedis, type TestRedis } from "../redis.ts";

const PASSWORD = "a-password-that-is-not-printed";
const DATABASE = 3;
const HERE = "127.0.0.1";
const LANGUAGES: Language[] = ["th", "en"];

interface Place {
  redis: TestRedis;
  folder: string;
  /** What a process needs that may trust the authority. */
  environment: Record<string, string>;
  /** Shows another certificate from now on, to everybody anew. */
  show(name: string): Promise<void>;
}

/** A Redis with TLS, and certificates of several kinds by name. */
async function inPlace(work: (place: Place) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const authority = await makeAuthority();
  const stranger = await makeAuthority();
  const certificates = {
    authority,
    good: await makeCertificate(authority, HERE),
    elsewhere: await makeCertificate(authority, "10.0.0.1"),
    expired: await makeCertificate(authority, HERE, -60_000),
    strange: await makeCertificate(stranger, HERE),
  };
  for (const [name, { cert, key }] of Object.entries(certificates)) {
    await Deno.writeTextFile(`${folder}/${name}.pem`, cert);
    await Deno.writeTextFile(`${folder}/${name}.key`, key);
  }
  const shown = (name: string) => ({
    "tls-cert-file": `${folder}/${name}.pem`,
    "tls-key-file": `${folder}/${name}.key`,
  });
  const port = freePort();
  const redis = await startRedis({
    settings: {
      ...shown("good"),
      "tls-port": String(port),
      "tls-ca-cert-file": `${folder}/authority.pem`,
      "tls-auth-clients": "no",
    },
  });
  const tell = async (...commands: string[][]) => {
    const client = await createClient({ url: redis.url }).connect();
    for (const command of commands) await client.sendCommand(command);
    client.destroy();
  };
  try {
    const rights = ["~*", "resetchannels", "&bus:*", "+@all"];
    await tell(["ACL", "SETUSER", "app", "on", `>${PASSWORD}`, ...rights]);
    await work({
      redis,
      folder,
      environment: {
        REDIS_URL: `rediss://app:${PASSWORD}@${HERE}:${port}/${DATABASE}`,
        DENO_CERT: `${folder}/authority.pem`,
      },
      show: (name) =>
        tell(
          ["CONFIG", "SET", ...Object.entries(shown(name)).flat()],
          ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
          ["CLIENT", "KILL", "TYPE", "pubsub"],
        ),
    });
  } finally {
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function redisOf(program: Program): Promise<LiveHealth> {
  const { health } = (await api(program, "state")).body as {
    health: { redis: LiveHealth };
  };
  return health.redis;
}

async function isOk(program: Program): Promise<boolean> {
  return (await redisOf(program)).state === "ok";
}

async function isReady(program: Program): Promise<boolean> {
  const response = await fetch(`${program.url}/readyz`);
  await response.body?.cancel();
  return response.ok;
}

Deno.test("over TLS, with few rights and a database of its own, the game runs in two processes", async () => {
  await inPlace(async ({ redis, folder, environment }) => {
    const programs: Program[] = [];
    try {
      const ingest = await startProgram({
        ...environment,
        ROLE: "ingest",
        DATA_DIR: `${folder}/data`,
        ROOM: "simulated",
        CHANNEL: "demo",
      });
      programs.push(ingest);
      const web = await startProgram({ ...environment, ROLE: "web" });
      programs.push(web);
      await until("the game is heard", async () => {
        const { frame } = (await api(web, "state")).body;
        return (frame as { viewers: number }).viewers > 0;
      });
      equal(await isOk(web), true);
      const frozen = await api(web, "commands", { type: "freeze", seconds: 0 });
      equal(frozen.status, 200);
      const board = await fetch(`${web.url}/api/board?limit=3`);
      ok((await board.json()).rows.length > 0, "it reads the board itself");

      const client = await createClient({ url: redis.url }).connect();
      const databases = await client.sendCommand<string>(["INFO", "keyspace"]);
      client.destroy();
      equal(databases.match(/^db\d+/gm), [`db${DATABASE}`]);
      for (const program of programs) {
        ok(!program.printed().includes(PASSWORD), "the password is printed");
        ok(program.printed().includes("rediss://"));
      }
    } finally {
      for (const program of programs) await program.end("SIGKILL");
    }
  });
});

Deno.test({
  name:
    "a certificate that is not to be trusted is said in the host's language",
  sanitizeOps: false, // the browser's own
  sanitizeResources: false,
}, async () => {
  await inPlace(async ({ folder, environment, show }) => {
    const browser = await openChromium();
    const program = await startProgram({
      ...environment,
      DATA_DIR: `${folder}/data`,
      ROOM: "simulated",
      CHANNEL: "demo",
    });
    try {
      await until("it would take a command", () => isReady(program));
      const pages = await Promise.all(LANGUAGES.map(async (language) => {
        const locale = language === "th" ? "th-TH" : "en-US";
        const page = await browser.newPage({ locale });
        await page.goto(`${program.url}/admin`);
        await page.locator('.panel[data-ready="true"]').waitFor();
        return { page, texts: textsOf(language).health };
      }));
      const said: Record<string, string> = {};
      for (const name of ["strange", "elsewhere", "expired"]) {
        await show(name);
        await until(
          `it does not trust what is ${name}`,
          async () => (await redisOf(program)).state === "untrusted",
        );
        said[name] = (await redisOf(program)).detail;
        for (const { page, texts } of pages) {
          const words = `${texts.redis}: ${texts.redisStates.untrusted}`;
          await until(words, async () => {
            const banners = await page.locator(".banner").allInnerTexts();
            return banners.join("\n").includes(words);
          });
        }
        const freeze = { type: "freeze", seconds: 0 };
        const answer = await api(program, "commands", freeze);
        equal(answer.status, 200, "the game goes on without it");
        await show("good");
        await until("it trusts it again", () => isOk(program));
        equal((await api(program, "commands", { type: "open" })).status, 200);
      }
      const verified = /^The certificate of Redis cannot be verified: .*DENO_C/;
      ok(verified.test(said.strange!), said.strange);
      ok(verified.test(said.expired!), said.expired);
      ok(/is for another name than/.test(said.elsewhere!), said.elsewhere);
    } finally {
      await browser.close();
      await program.end("SIGKILL");
    }
  });
});
