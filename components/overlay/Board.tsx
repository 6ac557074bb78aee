/**
 * The board: rows in a stable order of the document, each at its own place.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { distances } from "./distance.ts";
import { BoardRow } from "./BoardRow.tsx";
import {
  BOARD_SPACE,
  bottomOf,
  fitRows,
  positionOf,
  rowsThatFit,
  TITLE_SPACE,
} from "./geometry.ts";
import type { OverlayOptions } from "./options.ts";
import type { Slot } from "./slots.ts";
import { Snowflake } from "./Snowflake.tsx";

/** Rows lower than this have no place for a second line. */
const LOWEST = 74;

/** What the audience sees of the game's standing. */
interface BoardProps {
  slots: Slot[];
  options: OverlayOptions;
  /** The game takes nothing more. */
  frozen: boolean;
  /** The word for it. */
  frozenWord: string;
  /** What is on stage outshines the board: a lot, a little, or nothing is. */
  behind: "winner" | "comment" | null;
  /** Nothing moves. */
  still: boolean;
  /** What stands above the rows, and how high it is. */
  head: ComponentChildren;
  headHeight: number;
}

/** Rows, the title above them and the tag of a frozen game below. */
export function Board(
  { options, frozen, frozenWord, behind, still, ...props }: BoardProps,
) {
  const space = BOARD_SPACE - (options.title ? TITLE_SPACE : 0) -
    props.headHeight;
  const rows = rowsThatFit(options.rows, space);
  const geometry = fitRows(rows, space);
  const slots = props.slots.filter(({ place }) => place <= rows);
  const here = slots.filter((slot) => slot.goneAt === null);
  const most = Math.max(0, ...here.map((slot) => slot.row.points));
  const apart = options.hideProgress ? null : distances(
    here.map((slot) => slot.row).sort((a, b) => b.points - a.points),
  );
  return (
    <section
      class="board"
      data-empty={here.length === 0 || undefined}
      data-low={geometry.height < LOWEST || undefined}
      data-frozen={frozen || undefined}
      data-behind={behind ?? undefined}
      data-still={still || undefined}
      style={{
        "--h": geometry.height,
        "--columns": geometry.columns,
        "--end": bottomOf(here.length, geometry),
      }}
    >
      {options.title && <bdi class="board-title">{options.title}</bdi>}
      {props.head}
      <ol class="rows">
        {slots.map((slot) => (
          <BoardRow
            key={slot.viewerId}
            slot={slot}
            geometry={geometry}
            distance={apart?.get(slot.viewerId) ?? null}
            below={positionOf(here.length + 1, geometry)}
            most={most}
            options={options}
            still={still}
          />
        ))}
      </ol>
      <span class="frozen-tag">
        <Snowflake />
        {frozenWord}
      </span>
    </section>
  );
}
