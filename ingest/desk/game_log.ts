/**
 * What the log says of the connection and of sessions: a line a change, so
 * that a channel that stays off air for an hour is one line and not sixty.
 *
 * @module
 */
import type { Connection } from "@/core/connection.ts";
import type { Phase } from "@/core/frame.ts";
import type { SessionInfo } from "@/core/ports.ts";

/**
 * Makes a watcher of one connection. Looking and connecting are told once, at
 * the start; what is told later is what came of them.
 */
export function logConnection(
  log: (line: string) => void,
  rehearsal: boolean,
): (connection: Connection) => void {
  let told = "";
  let channel: string | null = null;
  return (connection) => {
    const { state, reason, roomId } = connection;
    channel = connection.channel ?? channel;
    if (reason === "silent" || state === "connecting") return;
    if (state === "looking" && told !== "") return;
    const isLimited = state === "waiting" && reason === "rate_limited";
    const key = [state, reason, state === "live" && roomId].join(" ");
    if (key === told) return;
    told = key;
    const until = isLimited ? untilOf(connection) : "";
    log(
      `${rehearsal ? "Rehearsal" : "TikTok"} @${channel}: ${
        wordsOf(connection)
      }${until}`,
    );
  };
}

function wordsOf({ state, reason, message, roomId, retryAt }: Connection) {
  const said = message?.replaceAll(/[\s\p{C}]+/gu, " ").trim();
  const why = said ? `${reason} (${said})` : reason;
  switch (state) {
    case "off":
      return "disconnected";
    case "looking":
      return "looking for the LIVE";
    case "connecting":
      return "connecting";
    case "live":
      return `connected to the LIVE in room ${roomId}`;
    case "offline":
      return reason === null
        ? "not live; looking again"
        : `${endOf(reason)}; looking for the next one`;
    case "ended":
      return endOf(reason);
    case "waiting":
    case "failed":
      return `${state === "failed" ? "cannot connect" : "not connected"}: ` +
        why + (retryAt === null ? "" : "; trying again");
  }
}

function endOf(reason: Connection["reason"]): string {
  return reason === "suspended"
    ? "TikTok has stopped the LIVE"
    : "the LIVE has ended";
}

function untilOf({ retryAt }: Connection): string {
  return retryAt === null ? "" : ` at ${new Date(retryAt).toISOString()}`;
}

/**
 * Makes a watcher of one session: it begins, goes on and ends.
 *
 * @param phase The phase that it is opened with.
 */
export function logSession(
  log: (line: string) => void,
  { id, channel, rehearsal }: SessionInfo,
  phase: Phase,
): (phase: Phase) => void {
  let before = phase;
  const tell = (what: string) => {
    const kind = rehearsal ? "Rehearsal" : "Session";
    log(`${kind} ${id}${channel && ` on @${channel}`} ${what}`);
  };
  if (isOn(before)) tell("goes on");
  return (phase) => {
    if (before === "idle" && isOn(phase)) tell("has begun");
    else if (before === "ended" && isOn(phase)) tell("goes on");
    else if (isOn(before) && phase === "ended") tell("has ended");
    before = phase;
  };
}

function isOn(phase: Phase): boolean {
  return phase !== "idle" && phase !== "ended";
}
