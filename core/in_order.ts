/**
 * Work that must not overlap, one thing after the other for each name: what is
 * written to one ledger, and who changes or reads one session.
 *
 * @module
 */

/** Runs work once all earlier work of the same name is done or has failed. */
export type InOrder = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Makes a set of such lines; a name is forgotten once its line is empty. */
export function createInOrder(): InOrder {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = last.get(name);
    // Its failure was told to whoever asked for it; this work is another's.
    const mine = before ? before.then(work, work) : work();
    last.set(name, mine);
    const forget = () => {
      if (last.get(name) === mine) last.delete(name);
    };
    mine.then(forget, forget);
    return mine;
  };
}
