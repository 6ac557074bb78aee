/**
 * How well it all works: the one line for the top of the screen, and all of it.
 *
 * @module
 */
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { whole } from "../shared/clock.ts";
import { duration } from "../shared/connection_words.ts";
import { usePanel } from "./panel_state.ts";

/** Events a second and the last one, in one line. */
export function HealthLine() {
  const panel = usePanel();
  const { health } = panel.desk.value;
  const texts = panel.texts.value.health;
  return (
    <p class="health-line tabular">
      <span title={texts.eventsLabel}>
        {texts.events(health.eventsPerSecond)}
      </span>
      <span>
        {texts.lastEvent}: <LastEvent />
      </span>
      {health.counts && (
        <span class="only-wide-text" title={texts.namedHelp}>
          {texts.named}{" "}
          {texts.namedOf(health.counts.namedLikes, health.counts.roomLikes)}
        </span>
      )}
      {health.counts && (
        <span class="only-wide-text">
          {texts.reconnects} {whole(health.counts.reconnects)}
        </span>
      )}
      {health.storage === null && (
        <span class="only-wide-text">{texts.storageOk}</span>
      )}
    </p>
  );
}

/** Every number, with what it means where that is not plain. */
export function HealthPart() {
  const panel = usePanel();
  const { health } = panel.desk.value;
  const texts = panel.texts.value.health;
  const { counts } = health;
  return (
    <section class="health" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <dl class="numbers">
        <Line name={texts.eventsLabel}>
          {texts.events(health.eventsPerSecond)}
        </Line>
        <Line name={texts.lastEvent}>
          <LastEvent />
        </Line>
        {counts && (
          <Line name={texts.named}>
            {texts.namedOf(counts.namedLikes, counts.roomLikes)}
          </Line>
        )}
        {counts && (
          <Line name={texts.reconnects}>{whole(counts.reconnects)}</Line>
        )}
        {counts !== null && counts.undecodable > 0 && (
          <Line name={texts.undecodable}>{whole(counts.undecodable)}</Line>
        )}
        <Line name={texts.overlays}>{whole(health.overlays)}</Line>
        {health.queued > 0 && (
          <Line name={texts.queued}>{whole(health.queued)}</Line>
        )}
        {health.refused > 0 && (
          <Line name={texts.refused}>{whole(health.refused)}</Line>
        )}
        <Line name={texts.storage}>
          {health.storage === null
            ? texts.storageOk
            : texts.storageBad(health.storage)}
        </Line>
        {health.redis && (
          <Line name={texts.redis}>
            {texts.redisStates[health.redis.state]}
          </Line>
        )}
        <Line name={texts.version}>{health.version}</Line>
      </dl>
      {counts !== null && counts.roomLikes > counts.namedLikes && (
        <p class="note">{texts.namedHelp}</p>
      )}
    </section>
  );
}

function Line(
  { name, children }: { name: string; children: ComponentChildren },
) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="tabular">{children}</dd>
    </div>
  );
}

function LastEvent() {
  const panel = usePanel();
  const words = useComputed(() => {
    const { lastEventAt } = panel.desk.value.health;
    const { connection, health } = panel.texts.value;
    if (lastEventAt === null) return health.never;
    const seconds = Math.max(
      0,
      Math.floor((panel.now.value - lastEventAt) / 1000),
    );
    return seconds < 2
      ? health.justNow
      : health.ago(duration(connection, seconds));
  });
  return <span>{words}</span>;
}
