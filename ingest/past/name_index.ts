/**
 * Finds viewers by a part of their name among a hundred thousand in a few
 * milliseconds: every name once in lower case, side by side, made anew only for
 * viewers whose details have changed.
 *
 * @module
 */
import type { Viewer } from "@/core/shapes/events.ts";
import { searchedName } from "@/core/names.ts";
import { byPlace } from "@/core/ranking.ts";
import type { Session, Tally } from "@/core/session.ts";

/** Above so many hits, walking the board is quicker than sorting them. */
const MANY = 5_000;

interface Names {
  tallies: Tally[];
  /** The details that `lowered` was made from. */
  viewers: Viewer[];
  lowered: string[];
}

const made = new WeakMap<Session["tallies"], Names>();

/**
 * Everyone on the board whose name or handle contains a text, in order.
 *
 * @param wanted In lower case.
 */
export function onBoardNamed(session: Session, wanted: string): Tally[] {
  session.order.size(); // settles who stands where
  const { tallies, viewers, lowered } = namesOf(session.tallies);
  const found: Tally[] = [];
  for (let i = 0; i < tallies.length; i++) {
    const tally = tallies[i]!;
    if (tally.viewer !== viewers[i]) {
      viewers[i] = tally.viewer;
      lowered[i] = searchedName(tally.viewer);
    }
    if (tally.placed && lowered[i]!.includes(wanted)) found.push(tally);
  }
  if (found.length <= MANY) return found.sort(byPlace);
  const named = new Set(found);
  return session.order.slice(0, Infinity).filter((tally) => named.has(tally));
}

/** Names made ready at a time, in some ms. */
const READY_AT_A_TIME = 5_000;

/**
 * Makes some more names ready, so that the first search of a large board does
 * not have to wait for all of them.
 */
export function readyNames({ tallies }: Session): void {
  namesOf(tallies, READY_AT_A_TIME);
}

/** The names of a session, with at most so many of those who have come since. */
function namesOf(tallies: Session["tallies"], most = Infinity): Names {
  let names = made.get(tallies);
  if (!names) {
    made.set(tallies, names = { tallies: [], viewers: [], lowered: [] });
  }
  let i = names.tallies.length;
  if (i === tallies.size) return names;
  // A map keeps the order in which its entries came.
  for (const tally of [...tallies.values()].slice(i, i + most)) {
    names.tallies[i] = tally;
    names.viewers[i] = tally.viewer;
    names.lowered[i] = searchedName(tally.viewer);
    i++;
  }
  return names;
}
