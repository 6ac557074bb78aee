import { createFakeClock } from "@/testing/fake_clock.ts";
import { match, ok } from "node:assert";
import { createMetrics, type Readings } from "./metrics.ts";

const READINGS: Readings = {
  game: {
    events: null,
    eventsPerSecond: 1.5,
    queued: 3,
    eventsRefused: 0,
    reconnects: 2,
    lastEventAge: 4.5,
    live: true,
    viewers: 10,
    seq: 42,
    writable: false,
  },
  reachable: true,
  leader: "studio (process 7-ab12)",
  redis: "full",
  streams: 2,
  overlays: 1,
  wrongKeys: 7,
  framesSent: 7,
};

async function metrics() {
  const clock = createFakeClock();
  const counted = createMetrics({ version: '1 "x"\\', clock });
  await clock.advance(2_500);
  return counted;
}

Deno.test("text() says what is read, and leaves out what is unknown", async () => {
  const text = (await metrics()).text(READINGS);
  match(text, /^tiktok_live_support_uptime_seconds 2.5$/m);
  match(text, /^tiktok_live_support_queue_events 3$/m);
  match(text, /^tiktok_live_support_live 1$/m);
  match(text, /^tiktok_live_support_ledger_writable 0$/m);
  match(text, /^tiktok_live_support_build_info\{version="1 \\"x\\"\\\\"\} 1$/m);
  ok(!text.includes("tiktok_live_support_events_total"));
  ok(text.endsWith("\n"));
});

Deno.test("text() says who leads, how Redis does and how long nothing came", async () => {
  const text = (await metrics()).text(READINGS);
  match(text, /^tiktok_live_support_leads 1$/m);
  match(text, /_leader_info\{name="studio \(process 7-ab12\)"\} 1$/m);
  match(text, /^tiktok_live_support_redis_up 0$/m);
  match(text, /^tiktok_live_support_redis_full 1$/m);
  match(text, /^tiktok_live_support_last_event_age_seconds 4.5$/m);
  ok(!(await metrics()).text({ ...READINGS, redis: null }).includes("redis"));
});

Deno.test("text() tells the numbers of the game only where it runs, so that sums are right", async () => {
  const text = (await metrics()).text({ ...READINGS, game: null });
  match(text, /^tiktok_live_support_leads 0$/m);
  match(text, /^tiktok_live_support_streams 2$/m);
  for (const name of ["queue_events", "events_per", "board_", "ledger_"]) {
    ok(!text.includes(`tiktok_live_support_${name}`), name);
  }
});

Deno.test("text() counts commands and answers by their labels", async () => {
  const counted = await metrics();
  counted.countCommand("open", "ok");
  counted.countCommand("open", "ok");
  counted.countCommand("open", "ended");
  counted.countAnswer(404);
  const text = counted.text(READINGS);
  match(text, /commands_total\{type="open",result="ok"\} 2$/m);
  match(text, /commands_total\{type="open",result="ended"\} 1$/m);
  match(text, /http_answers_total\{status="404"\} 1$/m);
});

Deno.test("text() gathers latencies into buckets that include the lower ones", async () => {
  const counted = await metrics();
  for (const ms of [0.5, 5, 40, 60_000]) counted.observeLatency(ms);
  const text = counted.text(READINGS);
  match(text, /_bucket\{le="0.001"\} 1$/m);
  match(text, /_bucket\{le="0.005"\} 2$/m);
  match(text, /_bucket\{le="2.5"\} 3$/m);
  match(text, /_bucket\{le="\+Inf"\} 4$/m);
  match(text, /_latency_seconds_sum 60.0455$/m);
  match(text, /_latency_seconds_count 4$/m);
});
