/**
 * The host of an evening: presses, asks again under the same key until there is
 * an answer, and remembers what was answered.
 *
 * @module
 */
import { AwayError, type Outcome } from "@/core/desk.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { SettingsChange } from "@/core/shapes/settings.ts";
import { whyOf } from "@/core/why.ts";
import { replay } from "@/core/evolve.ts";
import type { BoardPage } from "@/core/views.ts";
import type { Evening, Seat } from "./evening.ts";
import type { Process } from "./world.ts";

/** A host asks again under the same key for so long. */
const TRIES = 60;
const PATIENCE_MS = 20_000;
/** What may change which session runs. */
const OF_SESSIONS = new Set<Command["type"]>([
  ...["newSession", "continueSession", "endSession", "undo", "redo"] as const,
]);

/** A command that was answered. */
export interface Answered {
  key: string;
  command: Command;
  outcome: Outcome;
  /** Each time it was asked: when, and of whom. */
  asked: { at: number; of: Process }[];
}

/** One host. */
export class Host {
  readonly answered: Answered[] = [];
  /** Sessions that were begun, by id. */
  readonly sessions: string[] = [];
  /** Commands without an answer so far. */
  waiting = 0;
  #keys = 0;

  constructor(readonly it: Evening) {}

  /** Presses; a client asks under one key until it is answered. */
  async ask(command: Command) {
    const { it } = this;
    const key = `k${++this.#keys}`;
    const named = withKey(command, key);
    it.note(`host: ${key} ${JSON.stringify(named)}`);
    const change = OF_SESSIONS.has(command.type)
      ? it.timeline.begin(command.type, it.world.now)
      : null;
    const twice = it.world.happens(0.15);
    const impatient = it.world.happens(0.1);
    const asked: Answered["asked"] = [];
    this.waiting++;
    await Promise.all([
      this.#client(named, { key, impatient, asked }),
      twice && this.#client(named, { key, impatient: false, asked }),
    ]);
    this.waiting--;
    if (change) change.to = it.world.now;
  }

  /** Changes settings; what cannot be changed now is not tried again. */
  async set(change: SettingsChange) {
    const { it } = this;
    it.note(`host: settings ${JSON.stringify(change)}`);
    const desk = it.leading()?.desk;
    await desk?.changeSettings(change).catch((error) => {
      it.note(`settings: ${whyOf(error)}`);
    });
  }

  /** Looks at a session in all ways; an error is none only while the disk fails. */
  async read() {
    const { it } = this;
    const seat = it.leading();
    if (!seat || this.sessions.length === 0) return;
    const id = it.world.seeded.pick(["current", ...this.sessions]);
    const isSick = it.disk.mode !== "well";
    try {
      const head = it.disk.heads.get(id);
      const view = await seat.desk!.view(id);
      if (!view) return;
      const { rows } = view.board({ offset: 0, limit: 50 });
      if (head === it.disk.heads.get(id)) this.#compare(id, seat, rows);
      const [first] = rows;
      if (first) await view.receipts(first.viewerId, { limit: 50 });
      for await (const lines of view.exportJsonl()) {
        lines.trim().split("\n").forEach((line) => JSON.parse(line));
      }
    } catch (error) {
      it.note(`${id} cannot be read: ${whyOf(error)}`);
      // Who has given way says who leads: it is asked there.
      const isAway = error instanceof AwayError && seat.desk?.token() === 0;
      if (isAway) return;
      if (!isSick && it.disk.mode === "well" && seat.process?.alive) {
        it.find("read", `${id}: ${whyOf(error)}`);
      }
    }
  }

  /** What is shown of a session that rests is what its ledger says. */
  #compare(id: string, { desk }: Seat, rows: BoardPage["rows"]) {
    const { it } = this;
    if (desk!.state().session?.id === id) return;
    const entries = it.disk.history.filter((one) => one.sessionId === id)
      .map(({ entry }) => entry);
    if (entries.length === 0) return;
    const board = replay(entries).order.slice(0, 50);
    const text = (rows: { points: number }[], id: (i: number) => string) =>
      rows.map(({ points }, i) => `${id(i)}:${points}`).join(" ");
    const due = text(board, (i) => board[i]!.id);
    const is = text(rows, (i) => rows[i]!.viewerId);
    if (is !== due) it.find("stale", `${id} shows ${is}, not ${due}`);
  }

  /** The seq of one of the last steps; null where there is none. */
  someStep(): number | null {
    const last = this.answered.slice(-6).flatMap(({ outcome }) =>
      outcome.ok && outcome.seq !== null ? [outcome.seq] : []
    );
    return last.length === 0 ? null : this.it.world.seeded.pick(last);
  }

  async #client(
    command: Command,
    { key, impatient, asked }: {
      key: string;
      impatient: boolean;
      asked: Answered["asked"];
    },
  ): Promise<void> {
    const { it } = this;
    for (let tries = 0; tries < TRIES; tries++) {
      const seat = it.leading();
      if (seat) {
        const [desk, process] = [seat.desk!, seat.process!];
        const patience = impatient && tries === 0 ? 3 : PATIENCE_MS;
        asked.push({ at: it.world.now, of: process });
        const answer = await Promise.race([
          desk.submit(command, key).catch((error) => {
            it.note(`${key} fails: ${whyOf(error)}`);
            return null;
          }),
          this.#gone(process, patience),
        ]);
        if (answer && process.alive) {
          return this.#hear({ key, command, outcome: answer, asked });
        }
      }
      await it.world.sleep(200 + 300 * tries);
    }
    it.find("hang", `${key} ${command.type} has no answer`);
  }

  #hear(answered: Answered) {
    const { key, command, outcome } = answered;
    const { it } = this;
    it.note(`${key}: ${JSON.stringify(outcome).slice(0, 160)}`);
    this.answered.push(answered);
    if (!outcome.ok || !outcome.entry) return;
    if (!it.disk.has(outcome.entry)) {
      it.find("early", `${key} ${command.type} is answered and not durable`);
    }
    const { entry } = outcome;
    if (entry.type === "started" && !this.sessions.includes(entry.sessionId)) {
      this.sessions.push(entry.sessionId);
    }
  }

  /** Resolves when a process is dead, or patience is over. */
  async #gone(process: Process, ms: number): Promise<null> {
    for (let waited = 0; waited < ms && process.alive; waited += 250) {
      await this.it.world.sleep(Math.min(ms - waited, 250));
    }
    return null;
  }
}

/** What can be told apart by its effect says its key. */
function withKey(command: Command, key: string): Command {
  if (command.type === "newSession") return { ...command, title: key };
  if (command.type === "adjustPoints") return { ...command, reason: key };
  return command;
}
