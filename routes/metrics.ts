/**
 * The program's numbers for Prometheus.
 *
 * @module
 */
import { define } from "@/define.ts";
import { METRICS_TYPE } from "@/outputs/metrics.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { desk, hub, keys, metrics } = ctx.state;
    const { connection, frame, health } = desk.state();
    const text = metrics.text({
      events: health.counts?.events ?? null,
      eventsPerSecond: health.eventsPerSecond,
      queued: health.queued,
      eventsRefused: health.refused,
      reconnects: health.counts?.reconnects ?? null,
      live: connection.state === "live",
      viewers: frame.viewers,
      seq: frame.seq,
      streams: hub.streams(),
      overlays: hub.overlays(),
      framesSent: hub.framesSent(),
      wrongKeys: keys.attempts.counts().wrong,
      writable: health.storage === null,
    });
    return new Response(text, { headers: { "content-type": METRICS_TYPE } });
  },
});
