/**
 * Numbers for Prometheus, in its text format 0.0.4: counts of what happens
 * here, and readings taken when somebody asks.
 *
 * @see {@link https://prometheus.io/docs/instrumenting/exposition_formats/}
 * @module
 */
import type { Clock } from "@/core/clock.ts";

import type { LiveHealth } from "@/core/ports.ts";

/** Content type of `text()`. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Upper bounds of the latency histogram, in seconds. */
const BUCKETS = [
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
];

/** Of the game, which one process runs; null where unknown. */
export interface GameReadings {
  /** Live events handed on, duplicates included. */
  events: number | null;
  eventsPerSecond: number;
  /** Events waiting to be written, and refused because too many waited. */
  queued: number;
  eventsRefused: number;
  reconnects: number | null;
  /** Since the last live event, in seconds. */
  lastEventAge: number | null;
  /** Whether the channel is live here now. */
  live: boolean;
  /** Viewers on the board, and the ledger's last seq. */
  viewers: number;
  seq: number;
  /** Whether the ledger can be written. */
  writable: boolean;
}

/** What is read when somebody asks. */
export interface Readings {
  /** Null in a process that does not run the game: sums count it once. */
  game: GameReadings | null;
  /** Whether the game runs here, or can be asked from here. */
  reachable: boolean;
  /** The name of the process that runs the game, where several could. */
  leader: string | null;
  /** How Redis does; null without. */
  redis: LiveHealth["state"] | null;
  /** Open streams, of them overlays, and frames handed to all of them. */
  streams: number;
  overlays: number;
  framesSent: number;
  /** Wrong keys and links that were shown here. */
  wrongKeys: number;
}

/** Counters of this process. */
export interface Metrics {
  /** One command, by type, and `ok` or the code of its refusal. */
  countCommand(type: string, result: string): void;
  /** One answer, by its status. */
  countAnswer(status: number): void;
  /** Time from an event's arrival to its frame, in ms. */
  observeLatency(ms: number): void;
  text(readings: Readings): string;
}

/** Starts to count. */
export function createMetrics(
  { version, clock }: { version: string; clock: Clock },
): Metrics {
  const startedAt = clock.elapsed();
  const commands = new Map<string, number>();
  const answers = new Map<string, number>();
  const buckets = BUCKETS.map(() => 0);
  let observed = 0;
  let seconds = 0;

  return {
    countCommand(type, result) {
      count(commands, labels({ type, result }));
    },
    countAnswer(status) {
      count(answers, labels({ status: String(status) }));
    },
    observeLatency(ms) {
      observed++;
      seconds += ms / 1000;
      BUCKETS.forEach((bound, i) => {
        if (ms / 1000 <= bound) buckets[i]!++;
      });
    },
    text(readings) {
      const lines = [
        ...metric("build_info", "gauge", "What runs here", [
          [labels({ version }), 1],
        ]),
        ...metric("uptime_seconds", "gauge", "Time since the start", [
          ["", (clock.elapsed() - startedAt) / 1000],
        ]),
        ...readingLines(readings),
        ...metric("commands_total", "counter", "Commands by result", [
          ...commands,
        ]),
        ...metric("http_answers_total", "counter", "Answers by status", [
          ...answers,
        ]),
        ...latencyLines(buckets, observed, seconds),
      ];
      return lines.join("\n") + "\n";
    },
  };
}

type Sample = [labels: string, value: number];

function gauge(name: string, help: string, value: number | null): string[] {
  return value === null ? [] : metric(name, "gauge", help, [["", value]]);
}

function counter(name: string, help: string, value: number | null): string[] {
  return value === null ? [] : metric(name, "counter", help, [["", value]]);
}

/** Of this process. */
function readingLines(readings: Readings): string[] {
  const { game, leader } = readings;
  return [
    ...gauge("leads", "1 in the process that runs the game", Number(!!game)),
    ...gauge(
      "game_reachable",
      "1 while the game runs here or can be asked from here",
      Number(readings.reachable),
    ),
    ...metric(
      "leader_info",
      "gauge",
      "Who runs the game, where several could",
      leader === null ? [] : [[labels({ name: leader }), 1]],
    ),
    ...redisLines(readings.redis),
    ...counter(
      "wrong_keys_total",
      "Wrong keys and links that were shown",
      readings.wrongKeys,
    ),
    ...gauge("streams", "Open frame streams", readings.streams),
    ...gauge("overlays", "Open frame streams of overlays", readings.overlays),
    ...counter(
      "frames_sent_total",
      "Frames handed to streams",
      readings.framesSent,
    ),
    ...(game ? gameLines(game) : []),
  ];
}

/** How Redis stands where nothing can be written to it. */
const DOWN = new Set<LiveHealth["state"]>([
  "connecting",
  "unreachable",
  "untrusted",
  "refused",
  "read_only",
  "full",
  "loading",
  "failing",
]);

function redisLines(state: LiveHealth["state"] | null): string[] {
  if (state === null) return [];
  return [
    ...gauge(
      "redis_up",
      "1 while Redis can be reached and written",
      Number(!DOWN.has(state)),
    ),
    ...gauge(
      "redis_full",
      "1 while Redis has no memory left",
      Number(state === "full"),
    ),
  ];
}

function gameLines(readings: GameReadings): string[] {
  return [
    ...counter("events_total", "Live events received", readings.events),
    ...gauge(
      "events_per_second",
      "Live events a second, over ten seconds",
      readings.eventsPerSecond,
    ),
    ...gauge("queue_events", "Events waiting to be written", readings.queued),
    ...counter(
      "events_refused_total",
      "Events refused because too many waited",
      readings.eventsRefused,
    ),
    ...counter(
      "reconnects_total",
      "Tries to connect again after a failure or a loss",
      readings.reconnects,
    ),
    ...gauge(
      "last_event_age_seconds",
      "Time since the last live event",
      readings.lastEventAge,
    ),
    ...gauge("live", "1 while the channel is live here", Number(readings.live)),
    ...gauge("board_viewers", "Viewers on the board", readings.viewers),
    ...gauge("ledger_seq", "Last entry of the running ledger", readings.seq),
    ...gauge(
      "ledger_writable",
      "1 while the ledger can be written",
      Number(readings.writable),
    ),
  ];
}

function latencyLines(
  buckets: number[],
  observed: number,
  seconds: number,
): string[] {
  const name = `${PREFIX}frame_latency_seconds`;
  return [
    `# HELP ${name} From an event's arrival to its frame`,
    `# TYPE ${name} histogram`,
    ...BUCKETS.map((bound, i) =>
      `${name}_bucket${labels({ le: String(bound) })} ${buckets[i]}`
    ),
    `${name}_bucket${labels({ le: "+Inf" })} ${observed}`,
    `${name}_sum ${seconds}`,
    `${name}_count ${observed}`,
  ];
}

const PREFIX = "tiktok_live_support_";

function metric(
  name: string,
  type: "gauge" | "counter",
  help: string,
  samples: Sample[],
): string[] {
  return [
    `# HELP ${PREFIX}${name} ${help}`,
    `# TYPE ${PREFIX}${name} ${type}`,
    ...samples.map(([labels, value]) => `${PREFIX}${name}${labels} ${value}`),
  ];
}

function labels(values: Record<string, string>): string {
  const parts = Object.entries(values).map(([name, value]) =>
    `${name}="${value.replace(/[\\"\n]/g, escaped)}"`
  );
  return `{${parts.join(",")}}`;
}

function escaped(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}

function count(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
}
