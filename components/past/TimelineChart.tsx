/**
 * How a game went, as bars of points over time, with what the host did and
 * when nothing could arrive. The same stands below it as numbers.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import type { Bucket, Timeline } from "@/core/shapes/history.ts";
import type { Texts } from "@/locales/mod.ts";
import { whole } from "../shared/clock.ts";

/** The drawing's own measures; it is stretched to the width there is. */
const WIDTH = 1_200;
const HEIGHT = 200;
/** Room for the marks above the bars. */
const HEAD = 16;
/** A bar of a stretch in which anything happened is at least so high. */
const LEAST = 3;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** See the module. */
export function TimelineChart(
  { timeline, texts, at, children }: {
    timeline: Timeline;
    texts: Texts;
    /** The moment that is looked at, Unix ms, or null. */
    at: number | null;
    /** What goes through it in time. */
    children: ComponentChildren;
  },
) {
  const { connection, sessions, timeline: words } = texts;
  const { buckets, from, to, stepMs, marks, gaps } = timeline;
  if (buckets.every((bucket) => bucket.events === 0)) {
    return <p class="note">{words.none}</p>;
  }
  const most = Math.max(1, ...buckets.map((bucket) => bucket.points));
  const peak = buckets.findIndex((bucket) => bucket.points === most);
  const length = buckets.length * stepMs;
  const x = (at: number) => ((at - from) / length) * WIDTH;
  const startOf = (i: number) => sessions.clock(from + i * stepMs);
  const peakWords = words.peak(whole(most), startOf(Math.max(0, peak)));
  return (
    <figure class="timeline">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={peakWords}
      >
        {gaps.map((gap) => (
          <rect
            key={gap.from}
            class="timeline-gap"
            x={Math.max(0, x(gap.from))}
            width={Math.max(2, x(Math.min(gap.to, to)) - x(gap.from))}
            y={0}
            height={HEIGHT}
          >
            <title>{words.gap}</title>
          </rect>
        ))}
        {buckets.map((bucket, i) => (
          <Bar
            key={i}
            bucket={bucket}
            x={x(from + i * stepMs)}
            width={WIDTH / buckets.length}
            most={most}
            title={words.bar(
              startOf(i),
              whole(bucket.points),
              whole(bucket.events),
            )}
          />
        ))}
        {at !== null && (
          <line
            class="timeline-cursor"
            x1={x(at)}
            x2={x(at)}
            y1={0}
            y2={HEIGHT}
          />
        )}
        {marks.map(({ at, what }) => (
          <line
            key={`${at} ${what}`}
            class={`timeline-mark ${what}`}
            x1={x(at)}
            x2={x(at)}
            y1={0}
            y2={HEIGHT}
          >
            <title>{`${words.marks[what]} ${sessions.clock(at)}`}</title>
          </line>
        ))}
      </svg>
      <div class="timeline-scale tabular" aria-hidden="true">
        <span>{connection.clock(from)}</span>
        <span>{connection.clock(to)}</span>
      </div>
      {children}
      <figcaption class="note">
        {peakWords} · {words.step(stepWords(stepMs, texts))}
        <Legend timeline={timeline} texts={texts} />
      </figcaption>
      <AsNumbers timeline={timeline} texts={texts} />
    </figure>
  );
}

function Bar(
  { bucket, x, width, most, title }: {
    bucket: Bucket;
    x: number;
    width: number;
    most: number;
    title: string;
  },
) {
  if (bucket.events === 0) return null;
  const room = HEIGHT - HEAD - LEAST;
  const height = LEAST + (Math.max(0, bucket.points) / most) * room;
  return (
    <rect
      class={bucket.late === bucket.events
        ? "timeline-bar late"
        : "timeline-bar"}
      x={x + width * 0.1}
      width={width * 0.8}
      y={HEIGHT - height}
      height={height}
    >
      <title>{title}</title>
    </rect>
  );
}

/** What the lines mean, of those that are there. */
function Legend({ timeline, texts }: { timeline: Timeline; texts: Texts }) {
  const { timeline: words } = texts;
  const kinds = new Set(timeline.marks.map((mark) => mark.what));
  const hasLate = timeline.buckets.some((bucket) => bucket.late > 0);
  return (
    <span class="timeline-legend">
      {[...kinds].map((what) => (
        <span key={what} class={`key ${what}`}>{words.marks[what]}</span>
      ))}
      {hasLate && <span class="key late">{words.late}</span>}
      {timeline.gaps.length > 0 && <span class="key gap">{words.gap}</span>}
    </span>
  );
}

/** The same for whoever reads with the ears, or wants to copy it. */
function AsNumbers({ timeline, texts }: { timeline: Timeline; texts: Texts }) {
  const { sessions, timeline: words } = texts;
  const { buckets, from, stepMs } = timeline;
  return (
    <details>
      <summary class="button quiet">{words.table}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.table}>
        <table class="tabular">
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.points}</th>
              <th scope="col">{words.events}</th>
              <th scope="col">{words.late}</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map((bucket, i) =>
              bucket.events > 0 && (
                <tr key={i}>
                  <th scope="row">{sessions.clock(from + i * stepMs)}</th>
                  <td>{whole(bucket.points)}</td>
                  <td>{whole(bucket.events)}</td>
                  <td>{whole(bucket.late)}</td>
                </tr>
              )
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function stepWords(stepMs: number, texts: Texts): string {
  const { connection, timeline: words } = texts;
  if (stepMs < MINUTE_MS) return connection.seconds(stepMs / 1_000);
  return stepMs < HOUR_MS
    ? words.minutes(stepMs / MINUTE_MS)
    : words.hours(stepMs / HOUR_MS);
}
