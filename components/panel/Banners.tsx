/**
 * What the host must know before anything else: the program cannot be heard, it
 * cannot write, or what came late may change who is first.
 *
 * @module
 */
import { useComputed } from "@preact/signals";
import { duration } from "../shared/connection_words.ts";
import { Icon } from "../shared/Icon.tsx";
import type { LiveHealth } from "@/core/ports.ts";
import { LateLine } from "./LateLine.tsx";
import { OwnLine } from "./OwnLine.tsx";
import { usePanel } from "./panel_state.ts";

/** Shorter breaks are not counted out, in seconds. */
const WORTH_COUNTING_S = 3;

/** How Redis may do without a word. */
const CALM = new Set<LiveHealth["state"]>(["ok", "behind", "connecting"]);

/** How it takes points, but perhaps not for long. */
const WORKS = new Set<LiveHealth["state"]>(["not_safe", "unchecked"]);

/** See the module. */
export function Banners() {
  const panel = usePanel();
  const { storage, redis, leader, away, loads, newer } =
    panel.desk.value.health;
  const { app, health } = panel.texts.value;
  return (
    <div class="banners" role="alert">
      {panel.lostAt.value !== null && (
        <p class="banner bad">
          <Icon name="alert" />
          <LostWords />
        </p>
      )}
      {storage !== null && (
        <p class="banner bad">
          <Icon name="alert" />
          {health.storageBad(storage)}
        </p>
      )}
      <LateLine isLoud />
      <OwnLine />
      {loads && <p class="banner slim">{health.loads}</p>}
      {leader?.here === false && !loads && (
        <p class="banner slim">{health.standsBy(leader.name)}</p>
      )}
      {redis && !CALM.has(redis.state) && (
        <p class="banner bad">
          <Icon name="alert" />
          {`${health.redis}: ${health.redisStates[redis.state]}`}
          {leader?.here && !away && !WORKS.has(redis.state) &&
            `. ${health.redisAway}`}
        </p>
      )}
      {newer && (
        <p class="banner slim">
          {health.newer(newer.version)}{" "}
          {newer.url && (
            <a href={newer.url} target="_blank" rel="noreferrer">
              {health.newerLink}
            </a>
          )}
        </p>
      )}
      {panel.desk.value.rehearsal && <p class="banner slim">{app.rehearsal}</p>}
    </div>
  );
}

function LostWords() {
  const panel = usePanel();
  const words = useComputed(() => {
    const { connection, panel: texts } = panel.texts.value;
    const lostAt = panel.lostAt.value ?? panel.now.value;
    const seconds = Math.floor((panel.now.value - lostAt) / 1000);
    return seconds < WORTH_COUNTING_S
      ? texts.lost
      : texts.lostSince(duration(connection, seconds));
  });
  return <span>{words}</span>;
}
