/**
 * What the host's steps set, one field at a time, and which entry set each of
 * them last. Separate from `steps.ts`, so that a step can be taken back by what
 * it changed and nothing else.
 *
 * @module
 */
import { noteClose, noteUse } from "./draws.ts";
import { openPot } from "./late.ts";
import type { CommentRow } from "./ports.ts";
import { isAccepting } from "./session.ts";
import type { Controls, Session, Tally, Win } from "./session.ts";
import { type Member, setMember } from "./teams.ts";
import { setZero, zeroingAt } from "./zeroing.ts";

/** Where the game stands, with the countdown that belongs to it. */
export type ControlFields = Pick<
  Controls,
  "phase" | "closesAt" | "countdownTo" | "pausedAt" | "endedFrom"
>;

/** Fields that stand among the controls under their own name. */
const PLAIN = [
  ...["stage", "rates", "round", "clock", "target"] as const,
  ...["teams", "hold", "goals", "boost"] as const,
];
type Plain = (typeof PLAIN)[number];

/** The fields, with what each can hold. */
interface Values extends Pick<Controls, Plain> {
  phase: ControlFields;
  /** Unix ms. */
  endedAt: number | null;
  /** Of a viewer. */
  satOut: boolean;
  blocked: boolean;
  /** Of a comment. */
  used: boolean;
  hidden: boolean;
  /** Of a win, by its seq: whether it stands, and what was promised is done. */
  won: boolean;
  delivered: boolean;
  /** Of a viewer: the team that was chosen. */
  member: Member | null;
  /** Of a start from zero, by its seq: whether it stands. */
  zero: boolean;
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
  ...ofControls(),
  phase: {
    read: ({ controls }) => {
      const { phase, closesAt, countdownTo, pausedAt, endedFrom } = controls;
      return { phase, closesAt, countdownTo, pausedAt, endedFrom };
    },
    write(session, _id, standing) {
      const wasOn = isAccepting(session);
      const isPause = standing.phase === "paused";
      if (wasOn && (isPause || standing.phase === "frozen")) {
        openPot(session, isPause);
      }
      const { phase } = session.controls;
      if (standing.phase === "frozen" && phase !== "frozen") noteClose(session);
      session.controls = { ...session.controls, ...standing };
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
  delivered: {
    read: (session, seq) => winAt(session, Number(seq)).isDelivered,
    write(session, seq, isDelivered) {
      winAt(session, Number(seq)).isDelivered = isDelivered;
    },
  },
  member: {
    read: ({ tallies }, id) => found(tallies.get(id), id).member,
    write: (session, id, member) =>
      setMember(session, found(session.tallies.get(id), id), member),
  },
  zero: {
    read: (session, seq) => zeroingAt(session, Number(seq)).stands,
    write: (session, seq, stands) => setZero(session, Number(seq), stands),
  },
};

/** The controls alone, in no countdown. */
export function still(phase: ControlFields["phase"]): ControlFields {
  return {
    ...{ phase, closesAt: null, countdownTo: null },
    ...{ pausedAt: null, endedFrom: null },
  };
}

function ofControls(): { [N in Plain]: Access<Values[N]> } {
  const access = (name: Plain): Access<unknown> => ({
    read: ({ controls }) => controls[name],
    write(session, _id, value) {
      session.controls = { ...session.controls, [name]: value };
    },
  });
  return Object.fromEntries(
    PLAIN.map((name) => [name, access(name)]),
  ) as { [N in Plain]: Access<Values[N]> };
}

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
      if (name === "used") {
        noteUse(session, row);
        row.used = value;
      } else if (value) row.hidden = true;
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
    setBy(session, { name, id }, seq);
  };
}

/** Seq of the entry that set a field last; 0 for the beginning. */
export function lastSetBy(
  session: Session,
  field: { name: Name; id: string },
): number {
  const { name, id } = field;
  // Events set it, too, which need no entry in a list.
  if (name === "member") return session.tallies.get(id)?.member?.seq ?? 0;
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
  setBy(session, change, by);
}

function setBy(
  session: Session,
  field: { name: Name; id: string },
  seq: number,
): void {
  if (field.name !== "member") session.setBy.set(keyOf(field), seq);
}
