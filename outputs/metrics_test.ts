import { createFakeClock } from "@/testing/fake_clock.ts";
import { match, ok } from "node:assert";
import { createMetrics, type Readings } from "./metrics.ts";

const READINGS: Readings = {
  events: null,
  eventsPerSecond: 1.5,
  queued: 3,
  eventsRefused: 0,
  reconnects: 2,
  live: true,
  viewers: 10,
  seq: 42,
  streams: 2,
  overlays: 1,
  wrongKeys: 7,
  framesSent: 7,
  writable: false,
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
