/**
 * The program's numbers for Prometheus.
 *
 * @module
 */
import type { DeskState } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { type GameReadings, METRICS_TYPE } from "@/outputs/metrics.ts";

/** Text for Prometheus; for hosts, or everybody where `METRICS_PUBLIC` says so. */
export const handler = define.handlers({
  GET(ctx) {
    const { desk, hub, keys, metrics, site } = ctx.state;
    const state = desk.state();
    const { away, leader, loads, redis } = state.health;
    const text = metrics.text({
      game: desk.leads() ? gameOf(state, site.clock.wall()) : null,
      reachable: !away && !loads && leader?.here !== false,
      leader: leader?.name ?? null,
      redis: redis?.state ?? null,
      streams: hub.streams(),
      overlays: hub.overlays(),
      framesSent: hub.framesSent(),
      wrongKeys: keys.attempts.counts().wrong,
    });
    return new Response(text, { headers: { "content-type": METRICS_TYPE } });
  },
});

function gameOf(
  { connection, frame, health }: DeskState,
  now: number,
): GameReadings {
  const { lastEventAt } = health;
  return {
    events: health.counts?.events ?? null,
    eventsPerSecond: health.eventsPerSecond,
    queued: health.queued,
    eventsRefused: health.refused,
    reconnects: health.counts?.reconnects ?? null,
    lastEventAge: lastEventAt === null
      ? null
      : Math.max(0, now - lastEventAt) / 1000,
    live: connection.state === "live",
    viewers: frame.viewers,
    seq: frame.seq,
    writable: health.storage === null,
  };
}
