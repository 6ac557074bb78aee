/**
 * What the host's steps set, one field at a time, and which entry set each of
 * them last. Separate from `steps.ts`, so that a step can be taken back by what
 * it changed and nothing else.
 *
 * @module
 */
import type { CommentRow } from "./ports.ts";
import type { Rates } from "./shapes/rates.ts";
import type { Controls, Session, StageRef, Tally, Win } from "./session.ts";

/** Where the game stands, with the countdown that belongs to it. */
export type ControlFields = Omit<Controls, "stage" | "rates">;

/** The fields, with what each can hold. */
interface Values {
  phase: ControlFields;
  stage: StageRef | null;
  rates: Rates;
  /** Unix ms. */
  endedAt: number | null;
  /** Of a viewer. */
  satOut: boolean;
  blocked: boolean;
  /** Of a comment. */
  used: boolean;
  hidden: boolean;
  /** Of a win, by its seq: whether it stands. */
  won: boolean;
}
type Name = keyof Values;

interface ChangeOf<N extends Name> {
  name: N;
  /** Whose: a viewer, a comment, the seq of a win; "" where there is but one. */
  id: string;
  old: Values[N];
  new: Values[N];
  /** Seq of the entry that had set it before; 0 for the beginning. */
  was: number;
  /** It only came along: where it was set again since, it stays. */
  along: boolean;
  /** Of a step taken back: whether this went back. */
  back: boolean;
}

/** One field that a step set. */
export type Change<N extends Name = Name> = { [K in N]: ChangeOf<K> }[N];

/** Sets a field of the session and notes in a step what it was. */
export type Setter = <N extends Name>(
  name: N,
  value: Values[N],
  about?: { id?: string; along?: boolean },
) => void;

interface Access<V> {
  read(session: Session, id: string): V;
  write(session: Session, id: string, value: V): void;
}

const ACCESS: { [N in Name]: Access<Values[N]> } = {
  phase: {
    read: ({ controls }) => {
      const { phase, closesAt, countdownTo, endedFrom } = controls;
      return { phase, closesAt, countdownTo, endedFrom };
    },
    write(session, _id, standing) {
      session.controls = { ...session.controls, ...standing };
    },
  },
  stage: {
    read: ({ controls }) => controls.stage,
    write(session, _id, stage) {
      session.controls = { ...session.controls, stage };
    },
  },
  rates: {
    read: ({ controls }) => controls.rates,
    write(session, _id, rates) {
      session.controls = { ...session.controls, rates };
    },
  },
  endedAt: {
    read: ({ endedAt }) => endedAt,
    write(session, _id, at) {
      session.endedAt = at;
    },
  },
  satOut: ofViewer("satOut"),
  blocked: ofViewer("blocked"),
  used: ofComment("used"),
  hidden: ofComment("hidden"),
  won: {
    read: (session, seq) => !winAt(session, Number(seq)).undone,
    write(session, seq, stands) {
      winAt(session, Number(seq)).undone = !stands;
      session.totals.winners += stands ? 1 : -1;
    },
  },
};

function ofViewer(name: "satOut" | "blocked"): Access<boolean> {
  const find = ({ tallies }: Session, id: string): Tally =>
    found(tallies.get(id), id);
  return {
    read: (session, id) => find(session, id)[name],
    write(session, id, value) {
      const tally = find(session, id);
      tally[name] = value;
      session.order.touch(tally);
    },
  };
}

function ofComment(name: "used" | "hidden"): Access<boolean> {
  const find = ({ commentOf }: Session, id: string): CommentRow =>
    found(commentOf.get(id), id);
  return {
    read: (session, id) => find(session, id)[name] === true,
    write(session, id, value) {
      const row = find(session, id);
      if (name === "used") row.used = value;
      else if (value) row.hidden = true;
      else delete row.hidden;
      session.changed.set(row, session.seq);
    },
  };
}

function winAt({ wins }: Session, seq: number): Win {
  return found(wins.find((win) => win.seq === seq), String(seq));
}

function found<T>(value: T | undefined, id: string): T {
  if (value !== undefined) return value;
  throw new RangeError(`Cannot set a field: there is no ${id}`);
}

function keyOf({ name, id }: { name: Name; id: string }): string {
  return id === "" ? name : `${name}|${id}`;
}

/** A setter that notes in `changes` what it sets for the entry `seq`. */
export function setterOf(
  session: Session,
  seq: number,
  changes: Change[],
): Setter {
  return (name, value, { id = "", along = false } = {}) => {
    const old = ACCESS[name].read(session, id);
    const was = lastSetBy(session, { name, id });
    const change = { name, id, old, new: value, was, along, back: false };
    changes.push(change as Change);
    ACCESS[name].write(session, id, value);
    session.setBy.set(keyOf({ name, id }), seq);
  };
}

/** Seq of the entry that set a field last; 0 for the beginning. */
export function lastSetBy(
  session: Session,
  field: { name: Name; id: string },
): number {
  return session.setBy.get(keyOf(field)) ?? 0;
}

/** Puts one side of a change in place, as if the entry `by` had set it last. */
export function put<N extends Name>(
  session: Session,
  change: Change<N>,
  side: "old" | "new",
  by: number,
): void {
  ACCESS[change.name].write(session, change.id, change[side]);
  session.setBy.set(keyOf(change), by);
}
