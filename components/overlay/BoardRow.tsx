/**
 * One line of the board. Its place is a transform, so a change of place is one
 * CSS transition that may be interrupted at any moment.
 *
 * @module
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "./Avatar.tsx";
import { pointsText, widthOf } from "./counting.ts";
import { Crown } from "./Crown.tsx";
import type { Distance } from "./distance.ts";
import { FIRST, type Geometry, type Position, positionOf } from "./geometry.ts";
import type { OverlayOptions } from "./options.ts";
import { Points } from "./Points.tsx";
import type { Slot } from "./slots.ts";

/** A slot, and what it needs to know of the board around it. */
interface BoardRowProps {
  slot: Slot;
  geometry: Geometry;
  /** The hidden place below the last row. */
  below: Position;
  /** Points of the first place. */
  most: number;
  /** What it lacks to the next place, or null where that is not shown. */
  distance: Distance | null;
  options: OverlayOptions;
  /** Nothing moves. */
  still: boolean;
}

/** A row that comes from below, moves to its place, and leaves downwards. */
export function BoardRow(
  { slot, geometry, below, most, distance, options, still }: BoardRowProps,
) {
  const ref = useRef<HTMLLIElement>(null);
  const [arrived, setArrived] = useState(false);
  useLayoutEffect(() => {
    ref.current?.getBoundingClientRect(); // the place to come from takes effect
    setArrived(true);
  }, []);

  const { row, place } = slot;
  const name = row.nickname.trim() || row.handle;
  const gone = slot.goneAt !== null;
  const { column, y } = arrived ? positionOf(place, geometry) : below;
  const first = place === 1 && !gone;
  return (
    <li
      ref={ref}
      class="row"
      data-viewer={slot.viewerId}
      data-place={place}
      data-distance={(distance && !options.hidePoints) || undefined}
      data-first={first || undefined}
      data-away={gone || !arrived || undefined}
      data-lifted={slot.liftedUntil > 0 || undefined}
      data-dim={slot.dimUntil > 0 || undefined}
      style={{
        "--y": y,
        "--column": column,
        "--k": first ? FIRST : 1,
        "--points-em": widthOf(pointsText(row.points)),
      }}
    >
      <div class="row-body">
        <div class="row-plate">
          <div
            class="row-share"
            style={{ "--share": share(row.points, most) }}
          />
          {distance && (
            <div
              class="row-near"
              style={{ "--near": inSteps(distance.near) }}
            />
          )}
        </div>
        <div class="row-left">
          {!options.hideRank && <span class="rank">{gone ? "" : place}</span>}
          {!options.hideAvatar && (
            <Avatar
              viewerId={slot.viewerId}
              nickname={name}
              avatarUrl={row.avatarUrl}
            />
          )}
          <bdi class="name">{name}</bdi>
        </div>
        <Crown />
        {!options.hidePoints && (
          <div class="row-right">
            <span class="gain" data-shown={slot.gain !== null || undefined}>
              {slot.gain && `+${pointsText(slot.gain.points)}`}
            </span>
            <Points points={row.points} still={still} />
            {distance && (
              <span class="distance">▲ {pointsText(distance.points)}</span>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

/** How far along the leader's points a row is, 0–1. */
function share(points: number, most: number): number {
  const part = most > 0 ? Math.max(0, Math.min(1, points / most)) : 0;
  return inSteps(part);
}

/** In steps of a fiftieth: not in motion all the time. */
function inSteps(part: number): number {
  return Math.round(part * 50) / 50;
}
