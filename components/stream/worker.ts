/**
 * The worker that all pages of one browser share. `tasks/worker.ts` makes
 * `static/stream_worker.js` of it.
 *
 * @module
 */
import type { FromPage } from "./messages.ts";
import { createRelay } from "./relay.ts";

const relay = createRelay();

addEventListener("connect", (event) => {
  const [channel] = (event as MessageEvent).ports;
  if (!channel) return;
  const port = { post: channel.postMessage.bind(channel) };
  channel.onmessage = ({ data }: MessageEvent<FromPage>) =>
    relay.take(port, data);
});
