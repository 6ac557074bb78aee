/**
 * One line of the board. Its place is a transform; the way there is an
 * animation over it that may be cut off at any moment, and the row is right.
 *
 * @module
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Avatar } from "./Avatar.tsx";
import { gainText } from "./counting.ts";
import { Crown } from "./Crown.tsx";
import { type Geometry, topOf } from "./geometry.ts";
import { keyframesOf } from "./moves.ts";
import type { OverlayOptions } from "./options.ts";
import { Points } from "./Points.tsx";
import type { Slot } from "./slots.ts";
import { withTail } from "./words.ts";

/** A slot, and what it needs to know of the board around it. */
interface BoardRowProps {
  slot: Slot;
  geometry: Geometry;
  /** How near it is to the next place, 0–1; null where that is not shown. */
  near: number | null;
  /** All digits, however many. */
  isExact: boolean;
  /** The word for who is new. */
  newWord: string;
  options: OverlayOptions;
  /** Nothing moves. */
  still: boolean;
}

/** A row that comes in, goes from place to place, and leaves to the side. */
export function BoardRow(
  { slot, geometry, near, isExact, newWord, options, still }: BoardRowProps,
) {
  const { row, place } = slot;
  const name = row.nickname.trim() || row.handle;
  const gone = slot.goneAt !== null;
  const y = topOf(place, geometry);
  return (
    <li
      ref={useMoves(slot, geometry, still || options.motion === "reduced")}
      class="row"
      data-viewer={slot.viewerId}
      data-place={place}
      data-near={near !== null || undefined}
      data-first={slot.leads || undefined}
      data-turning={turningOf(slot)}
      data-second={(place === 2 || place === 3) || undefined}
      data-extra={place > geometry.strip || undefined}
      data-away={gone || undefined}
      data-lifted={slot.liftedUntil > 0 || undefined}
      data-turned={hasTurned(slot) || undefined}
      style={{ "--y": y }}
    >
      <div class="row-plate">
        {near !== null && <div class="row-near" style={{ "--near": near }} />}
      </div>
      {!options.hideRank && (
        <span class="rank" key={slot.says}>{slot.says}</span>
      )}
      {!options.hideAvatar && (
        <Avatar
          viewerId={slot.viewerId}
          nickname={name}
          avatarUrl={row.avatarUrl}
        />
      )}
      {slot.leads && !gone && <Crown />}
      <span class="name">
        <bdi>{slot.leads ? withTail(name) : name}</bdi>
      </span>
      {!options.hidePoints && (
        <Points
          points={row.points}
          place={place}
          isExact={isExact}
          still={still}
        />
      )}
      {!options.hidePoints && slot.gain && (
        <span class="gain" data-shown>+{gainText(slot.gain.points)}</span>
      )}
      {slot.newUntil > 0 && !slot.gain && <span class="new">{newWord}</span>}
    </li>
  );
}

/** Its numeral is that of the place it has just reached. */
function hasTurned({ move, place, turnsAt }: Slot): boolean {
  return move !== null && move.from !== place && turnsAt === 0;
}

/** Which way the look of the first has just changed. */
function turningOf(slot: Slot): "up" | "down" | undefined {
  if (slot.move === null || slot.turnsAt > 0 || slot.goneAt !== null) return;
  if (slot.leads) return slot.move.from > 1 ? "up" : undefined;
  return slot.move.from === 1 && slot.place > 1 ? "down" : undefined;
}

/** Plays each move of a slot once, and none where nothing moves. */
function useMoves(slot: Slot, geometry: Geometry, still: boolean) {
  const ref = useRef<HTMLLIElement>(null);
  const running = useRef<Animation | null>(null);
  const { move, place } = slot;
  useLayoutEffect(() => {
    running.current?.cancel();
    if (!ref.current || !move || still) return;
    const frames = keyframesOf(
      move,
      topOf(move.from, geometry),
      topOf(place, geometry),
      place,
    );
    running.current = ref.current.animate(frames, {
      duration: move.ms,
      delay: move.delay,
      fill: move.kind === "leave" ? "both" : "backwards",
    });
  }, [move, still]);
  return ref;
}
