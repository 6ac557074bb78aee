/**
 * Where no worker can be shared, one of the pages runs the relay and feeds the
 * others over a `BroadcastChannel`. The oldest page leads; when it goes, or
 * does not answer, the next one does.
 *
 * @module
 */
import type { FromPage, Port, ToPage } from "./messages.ts";
import { createPorts } from "./ports.ts";
import { createRelay, type Relay, type RelayOptions } from "./relay.ts";
import type { Way } from "./stream.ts";

/** How long a leader may take to answer before another page leads. */
const ANSWER_MS = 400;
/** How often a page looks whether it is still led, and after what silence. */
const LOOK_MS = 3_000;
const SILENT_MS = 12_000;

/** What goes over the channel; everybody hears everything. */
type Said =
  | { type: "who"; from: string }
  | { type: "lead"; from: string }
  | { type: "page"; from: string; message: FromPage }
  | { type: "relay"; from: string; to: string[]; message: ToPage };

/** What tests replace, and what is told. */
interface ChannelOptions extends RelayOptions {
  onMessage(message: ToPage): void;
  /** There is a leader, perhaps a new one: say again what is wanted. */
  onLeader(): void;
  channel?: BroadcastChannel;
}

/** Joins the pages of this browser. */
export function joinChannel(options: ChannelOptions): Way {
  const { onMessage, onLeader } = options;
  const channel = options.channel ?? new BroadcastChannel("stream");
  // Older pages come first in order of these names.
  const me = `${Date.now().toString(36)}-${
    Math.random().toString(36).slice(2)
  }`;
  let leader: string | null = null;
  let relay: Relay | null = null;
  let heardAt = performance.now();
  let claim: ReturnType<typeof setTimeout> | undefined;
  /** Lets another page lead, where the browser itself keeps watch over it. */
  let yieldLead = () => {};

  const say = (said: Said) => channel.postMessage(said);
  const myself: Port = { post: onMessage };
  const ports = createPorts((message, to) => {
    if (relay) say({ type: "relay", from: me, to, message });
  });

  function ask() {
    say({ type: "who", from: me });
    clearTimeout(claim);
    claim = setTimeout(() => void claimLead(), ANSWER_MS);
  }

  /**
   * Leads, unless another page of this browser does and is only too busy to say
   * so. Browsers know of locks on https and on their own machine.
   */
  async function claimLead() {
    const { locks } = options.channel ? { locks: undefined } : navigator;
    if (!locks) return lead();
    const steal = performance.now() - heardAt > SILENT_MS;
    const how = steal ? { steal } : { ifAvailable: true };
    await locks.request("stream", how, (lock) => {
      if (!lock) return void (claim = setTimeout(ask, ANSWER_MS));
      lead();
      return new Promise<void>((resolve) => yieldLead = resolve);
    }).catch(() => {}); // another page took the lead, and says so
  }

  function lead() {
    clearTimeout(claim);
    leader = me;
    relay ??= createRelay(options);
    say({ type: "lead", from: me });
    onLeader();
  }

  function follow(page: string) {
    clearTimeout(claim);
    heardAt = performance.now();
    yieldLead();
    relay?.close();
    relay = null;
    ports.clear();
    if (leader === page) return;
    leader = page;
    onLeader();
  }

  channel.onmessage = ({ data: said }: MessageEvent<Said>) => {
    if (said.from === leader) heardAt = performance.now();
    switch (said.type) {
      case "who":
        if (relay) say({ type: "lead", from: me });
        return;
      case "lead":
        // Two may begin at once: the older one stays.
        return relay && me < said.from ? lead() : follow(said.from);
      case "page":
        relay?.take(ports.of(said.from), said.message);
        if (said.message.type === "bye") {
          ports.forget(said.from);
          if (said.from === leader) ask();
        }
        return;
      case "relay":
        if (said.to.includes(me)) onMessage(said.message);
    }
  };
  const looking = setInterval(() => {
    if (!relay && performance.now() - heardAt > SILENT_MS) ask();
  }, LOOK_MS);
  ask();

  return {
    post(message) {
      if (relay) relay.take(myself, message);
      else if (leader) say({ type: "page", from: me, message });
    },
    close() {
      say({ type: "page", from: me, message: { type: "bye" } });
      clearInterval(looking);
      clearTimeout(claim);
      yieldLead();
      relay?.close();
      ports.flush();
      channel.close();
    },
  };
}
