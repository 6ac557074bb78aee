/**
 * Work that must not overlap, where there is one line for all of it.
 *
 * @module
 */
import { createInOrder } from "./in_order.ts";

/**
 * Runs work once all earlier work is done or has failed, and never within the
 * call; whoever asked hears of a failure.
 */
type InTurn = <T>(work: () => T | Promise<T>) => Promise<T>;

/** Makes such a line. */
export function createTurn(): InTurn {
  const inOrder = createInOrder();
  return (work) => inOrder("", () => Promise.resolve().then(work));
}
