/**
 * The line below the board: who has just passed whom, and at other times who is
 * about to.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Row } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { pointsText } from "./counting.ts";
import { nearest } from "./distance.ts";
import type { OverlayOptions } from "./options.ts";
import type { Passing } from "./slots.ts";
import { createTicker } from "./ticker.ts";
import { filled } from "./words.ts";

/** Signs of two names beside which a distance has room. */
const MOST_SIGNS = 16;

/** What there is to tell. */
interface TickerProps {
  /** The newest one; each is told once. */
  passing: Passing | null;
  /** Rows on the board, best first. */
  rows: Row[];
  options: OverlayOptions;
  words: Texts["overlay"];
  /** Nothing is told: no game takes points, or a card stands there. */
  quiet: boolean;
  /** Somebody is on the way: who is near is not yet decided. */
  moving: boolean;
}

/** One line at most. */
export default function Ticker(
  { passing, rows, options, words, quiet, moving }: TickerProps,
) {
  const line = useLine(passing, quiet);
  const withPoints = !options.hidePoints && !options.hideProgress;
  const near = withPoints && !quiet && !moving ? nearest(rows) : null;
  const who = rows.find((row) => row.viewerId === near?.viewerId);
  return (
    <div class="ticker">
      {line
        ? <Told key={lineKey(line)} line={line} {...{ withPoints, words }} />
        : near && who && (
          <p class="ticker-line" data-rest>
            <bdi>{nameOf(who)}</bdi>
            <span>
              {filled(words.lacks, pointsText(near.points), who.rank - 1)}
            </span>
          </p>
        )}
    </div>
  );
}

function Told(
  { line, withPoints, words }: {
    line: Passing;
    withPoints: boolean;
    words: Texts["overlay"];
  },
) {
  const { row, passed, above } = line;
  const names = nameOf(row).length + nameOf(passed).length;
  const lacks = withPoints && above !== null && names <= MOST_SIGNS
    ? above.points - row.points
    : 0;
  return (
    <p class="ticker-line">
      <b>▲{line.up}</b>
      <bdi>{nameOf(row)}</bdi>
      <span>{words.passes}</span>
      <bdi>{nameOf(passed)}</bdi>
      {above === null && <span>· {words.leads}</span>}
      {lacks > 0 && (
        <span>· {filled(words.lacks, pointsText(lacks), line.rank - 1)}</span>
      )}
    </p>
  );
}

/** The line that stands now. */
function useLine(passing: Passing | null, quiet: boolean): Passing | null {
  const [line, setLine] = useState<Passing | null>(null);
  const ticker = useRef(createTicker(setLine)).current;
  useEffect(() => {
    if (passing && !quiet) ticker.tell(passing);
  }, [passing]);
  useEffect(() => {
    if (quiet) ticker.clear();
  }, [quiet]);
  useEffect(() => () => ticker.clear(), []);
  return line;
}

function lineKey({ row, passed, rank }: Passing): string {
  return `${row.viewerId} ${passed.viewerId} ${rank}`;
}

function nameOf(row: Row): string {
  return row.nickname.trim() || row.handle;
}
