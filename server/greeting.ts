/**
 * What the window says once the program serves: where its pages are, where
 * things are kept, and who may come in.
 *
 * @module
 */
import type { Keys } from "@/access/keys.ts";
import { AwayError } from "@/core/desk.ts";
import { type Config, shownAddress } from "@/core/shapes/config.ts";
import { qrText } from "@/outputs/qr.ts";
import { pairingLink } from "@/routes/(_http)/pairing.ts";
import { VERSION } from "./identity.ts";
import { isLoopback, type Reach } from "./reach.ts";

/** Says all of it, and lets the first device of the network in. */
export async function greet(
  config: Config,
  reach: Reach,
  keys: Keys,
): Promise<void> {
  const { HOST, ROOM, ROLE } = config;
  const home = reach.home();
  console.log(`
  TikTok Live Support ${VERSION}${ROOM === "simulated" ? " (rehearsal)" : ""}

${ROLE === "ingest" ? healthAt(home) : pagesAt(home)}

${placesOf(config)}
`);
  if (keys.newHostKey) {
    console.log(firstLink(config, reach, keys.newHostKey));
  }
  if (!isLoopback(HOST) && ROLE === "all") {
    await welcome(HOST, reach.origins(), keys);
  }
}

/** Says that what ran before takes its time, and where the pages are. */
export function loadingWords(reach: Reach): string {
  return `The last game is being loaded; the pages are at ${reach.home()} already`;
}

/** How the host comes in with a key that was just made. */
export function firstLink(
  { ROLE, PUBLIC_URL }: Config,
  reach: Reach,
  key: string,
): string {
  const pages = ROLE === "ingest"
    ? "http://ADDRESS-OF-A-WEB-PROCESS"
    : reach.origins()[0] ?? reach.home();
  return `  From another device, sign in once with this link (it is not shown again):\n  ${
    PUBLIC_URL ?? pages
  }/signin?key=${key}\n`;
}

/** Says who may come in now, and lets the first device in. */
async function welcome(
  host: string,
  origins: string[],
  keys: Keys,
): Promise<void> {
  const [origin] = origins;
  console.log(
    `  ${host} lets other devices in: everybody in this network can open the pages
  below, and needs a key, a pairing link or a sign-in to see or do anything.
${origins.map((each) => `\n  Network  ${each}/admin`).join("")}
`,
  );
  if (origin === undefined) return;
  const code = await firstCode(keys);
  if (code === null) return;
  const link = pairingLink(origin, code);
  console.log(
    `  A tablet signs in with this code, once, within ten minutes. Whoever opens it\n  is the host, so keep it off your stream:\n\n${
      qrText(link).replaceAll(/^/gm, "  ")
    }\n\n  ${link}\n`,
  );
}

/** A code that lets the host in; null where another process keeps the keys. */
async function firstCode(keys: Keys): Promise<string | null> {
  try {
    const by = { keyId: null, signInId: null };
    return (await keys.pair("host", by)).code;
  } catch (error) {
    if (!(error instanceof AwayError)) throw error;
    console.log(`  ${error.message}\n`);
    return null;
  }
}

function pagesAt(home: string): string {
  return `  Panel    ${home}/admin
  Overlay  ${home}/overlay   (drag it into OBS as a browser source)`;
}

function healthAt(home: string): string {
  return `  Health   ${home}/healthz   (pages are served by ROLE=web)`;
}

/** Where things are kept. */
function placesOf({ DATA_DIR, REDIS_URL, ROLE }: Config): string {
  const data = ROLE === "web"
    ? "none here (the game runs in a process with ROLE=ingest)"
    : `${DATA_DIR} (Deno KV)`;
  const redis = REDIS_URL ? shownAddress(REDIS_URL) : "not used";
  return `  Data     ${data}\n  Redis    ${redis}`;
}
