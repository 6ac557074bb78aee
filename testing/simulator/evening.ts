/**
 * One simulated evening: a plan, played by the program's own desk over a disk, a
 * room and a host that are none, and looked at afterwards.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { OpenDesk, OpenView, Outcome } from "@/core/desk.ts";
import { replay } from "@/core/evolve.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import type { Command } from "@/core/shapes/commands.ts";
import { whyOf } from "@/core/why.ts";
import { openDesk } from "@/ingest/desk/desk.ts";
import { Disk, type DiskMode } from "./disk.ts";
import { type Due, losses } from "./losses.ts";
import type { Step } from "./plan.ts";
import {
  type Finding,
  type Game,
  isOnBoard,
  reckon,
  type Said,
} from "./reckoning.ts";
import { type Act, ACTS, Room } from "./room.ts";
import { Timeline } from "./timeline.ts";
import { Process, World } from "./world.ts";

const PEOPLE = 7;
/** A host asks again under the same key for so long. */
const TRIES = 60;
const PATIENCE_MS = 20_000;
/** How long all is well at the end. */
const CALM_MS = 150_000;
const MODES: DiskMode[] = ["well", "slow", "failing", "lying"];
/** What changes which session runs. */
const OF_SESSIONS = new Set(["newSession", "continueSession", "endSession"]);

/** What became of an evening. */
export interface Result {
  findings: Finding[];
  log: string[];
  entries: number;
  /** Of its log and its ledgers: the same plan has the same one. */
  digest: string;
}

interface Answered {
  key: string;
  command: Command;
  outcome: Outcome;
}

class Evening {
  readonly world = new World();
  readonly disk = new Disk(this.world);
  readonly room = new Room(this.world, PEOPLE);
  readonly timeline = new Timeline(this.disk.history);
  readonly log: string[] = [];
  readonly findings: Finding[] = [];
  readonly answered: Answered[] = [];
  readonly sessions: string[] = [];
  readonly killed = new Set<Process>();
  process: Process | null = null;
  desk: OpenDesk | null = null;
  processes = 0;
  keys = 0;
  waiting = 0;

  note(line: string) {
    this.log.push(`${(this.world.now / 1_000).toFixed(3)} ${line}`);
  }

  find(kind: string, words: string) {
    this.findings.push({ kind, words });
    this.note(`!! ${kind}: ${words}`);
  }

  /** The next process starts; it tries again until it can. */
  start() {
    const { world, disk, room } = this;
    const process = new Process(++this.processes, world);
    this.process = process;
    this.note(`${process.name} starts`);
    openDesk({
      store: disk.port(process),
      connect: (options) => room.connect(process, options),
      rehearsal: false,
      version: "simulated",
      clock: process.clock,
      chance: world.chance(),
      log: (line) => this.note(`${process.name}: ${line}`),
    }).then((desk) => {
      if (!process.alive) return;
      this.desk = desk;
      this.note(`${process.name} is up`);
      desk.watchFrames(({ session, seq }) => {
        if (!process.alive || !session) return;
        const durable = disk.heads.get(session.id) ?? 0;
        if (seq > durable) this.find("early", `frame ${seq} of ${durable}`);
      });
    }, (error) => {
      if (!process.alive) return;
      this.note(`${process.name} cannot start: ${whyOf(error)}`);
      this.kill(process, 500);
    });
  }

  /** As `kill -9` does; the next one starts after `ms`. */
  kill(process: Process, ms: number) {
    process.alive = false;
    this.killed.add(process);
    this.follow(process, ms);
  }

  follow(process: Process, ms: number) {
    process.alive = false;
    if (this.process !== process) return;
    this.desk = null;
    this.process = null;
    this.room.forget(process);
    this.disk.cut(process);
    this.world.after(ms, () => this.start(), null);
  }

  /** As SIGTERM does. */
  restart() {
    const { process, desk } = this;
    if (!process || !desk) return;
    this.note(`SIGTERM ${process.name}`);
    desk.close().then(
      () => process.alive && this.follow(process, 100),
      (error) => {
        this.note(`${process.name} cannot write all: ${whyOf(error)}`);
        if (process.alive) this.kill(process, 100);
      },
    );
  }

  /** The host presses; a client asks under one key until it is answered. */
  async ask(command: Command) {
    const key = `k${++this.keys}`;
    const named = withKey(command, key);
    this.note(`host: ${key} ${JSON.stringify(named)}`);
    const ends = OF_SESSIONS.has(command.type)
      ? this.timeline.begin(() => this.world.now)
      : null;
    const twice = this.world.happens(0.15);
    const impatient = this.world.happens(0.1);
    this.waiting++;
    await Promise.all([
      this.client(named, key, impatient),
      twice && this.client(named, key, false),
    ]);
    this.waiting--;
    ends?.();
  }

  async client(
    command: Command,
    key: string,
    impatient: boolean,
  ): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { desk, process } = this;
      if (desk && process) {
        const patience = impatient && tries === 0 ? 3 : PATIENCE_MS;
        const answer = await Promise.race([
          desk.submit(command, key).catch((error) => {
            this.note(`${key} fails: ${whyOf(error)}`);
            return null;
          }),
          this.gone(process, patience),
        ]);
        if (answer && process.alive) return this.hear(key, command, answer);
      }
      await this.world.sleep(200 + 300 * tries);
    }
    this.find("hang", `${key} ${command.type} has no answer`);
  }

  hear(key: string, command: Command, outcome: Outcome) {
    this.note(`${key}: ${JSON.stringify(outcome).slice(0, 160)}`);
    this.answered.push({ key, command, outcome });
    if (!outcome.ok || !outcome.entry) return;
    if (!this.disk.has(outcome.entry)) {
      this.find("early", `${key} ${command.type} is answered and not durable`);
    }
    const { entry } = outcome;
    if (entry.type === "started" && !this.sessions.includes(entry.sessionId)) {
      this.sessions.push(entry.sessionId);
    }
  }

  /** Resolves when a process is dead, or patience is over. */
  async gone(process: Process, ms: number): Promise<null> {
    for (let waited = 0; waited < ms && process.alive; waited += 250) {
      await this.world.sleep(Math.min(ms - waited, 250));
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

/** What a step does; most only begin something. */
async function act(it: Evening, { does }: Step): Promise<void> {
  const { world, room, disk } = it;
  const { seeded } = world;
  const ask = (command: Command) => void it.ask(command);
  const viewerId = () => seeded.pick(room.people).id;
  switch (does) {
    case "begin":
      it.start();
      await world.run(50);
      return ask({ type: "connect", channel: "host" });
    case "new":
      return ask({ type: "newSession" });
    case "continue":
      if (it.sessions.length === 0) return;
      return ask({
        type: "continueSession",
        sessionId: seeded.pick(it.sessions),
      });
    case "end":
      return ask({ type: "endSession" });
    case "freeze":
      return ask({ type: "freeze", seconds: world.below(4) });
    case "open":
      return ask({ type: "open" });
    case "cancel":
      return ask({ type: "cancelFreeze" });
    case "winner":
      return ask({
        type: "selectWinner",
        ...(world.happens(0.5) && { comment: "random" }),
      });
    case "adjust":
      return ask({
        ...{ type: "adjustPoints", viewerId: viewerId(), reason: "x" },
        points: 1 + world.below(500),
      });
    case "sit":
      return ask({
        type: world.happens(0.5) ? "sitOut" : "comeBack",
        viewerId: viewerId(),
      });
    case "block":
      return ask({
        type: world.happens(0.4) ? "blockViewer" : "unblockViewer",
        viewerId: viewerId(),
      });
    case "rates": {
      const [follower, other] = seeded.pick([[10, 15], [7, 11], [1, 3]]);
      const likes = { follower: follower!, other: other! };
      const [comment, follow] = [world.below(3), world.below(50)];
      return ask({
        type: "setRates",
        rates: { ...DEFAULT_RATES, likes, comment, follow },
      });
    }
    case "wait":
      return await world.run(world.below(2_000));
    case "pause":
      return await world.run(5_000 + world.below(70_000));
    case "burst":
      for (let n = 20 + world.below(60); n > 0; n--) {
        room.act(seeded.pick(ACTS));
      }
      return;
    case "drop":
      return room.drop();
    case "disk":
      disk.mode = seeded.pick(MODES);
      it.note(`the disk is ${disk.mode}`);
      world.after(200 + world.below(8_000), () => disk.mode = "well", null);
      return;
    case "kill":
      if (!it.process) return;
      it.note(`kill -9 ${it.process.name}`);
      return it.kill(it.process, 20 + world.below(3_000));
    case "restart":
      return it.restart();
    case "stop":
      if (!it.process) return;
      it.process.frozenUntil = world.now + 1_000 + world.below(30_000);
      return it.note(`SIGSTOP ${it.process.name}`);
    case "clock":
      world.wrongBy += seeded.pick([-600_000, -3_000, 3_000, 600_000]);
      return it.note(`the wall clock is wrong by ${world.wrongBy} ms`);
    default:
      return room.act(does as Act);
  }
}

/** Plays a plan, and looks whether all of it was right. */
export async function playEvening(plan: Step[]): Promise<Result> {
  const it = new Evening();
  const { world, disk } = it;
  try {
    for (const step of plan) {
      world.sow(step.seed);
      await act(it, step);
      await world.run(step.ms);
    }
    world.sow(1);
    disk.mode = "well";
    await world.run(CALM_MS);
    if (it.waiting > 0) it.find("hang", `${it.waiting} commands wait`);
    await lookAtBoards(it);
    if (it.process) it.kill(it.process, 0);
    await world.run(5_000);
    await lookAtBoards(it);
  } catch (error) {
    it.find("threw", error instanceof Error ? error.stack! : String(error));
  }
  const { findings } = reckon(disk.history, saidIn(it));
  it.findings.push(...findings, ...lostIn(it));
  lookAtAnswers(it);
  if (it.process) it.process.alive = false;
  const hash = createHash("sha256").update(it.log.join("\n"));
  for (const { entry } of disk.history) hash.update(JSON.stringify(entry));
  return {
    findings: [
      ...new Map(it.findings.map((one) => [one.kind + one.words, one]))
        .values(),
    ],
    log: it.log,
    entries: disk.history.length,
    digest: hash.digest("hex"),
  };
}

function saidIn({ room, timeline }: Evening): Map<string, Said> {
  return new Map(room.said.map(({ event, at }) => [
    event.id,
    { event, ranThen: timeline.at(at) },
  ]));
}

function lostIn({ room, timeline, disk, killed }: Evening): Finding[] {
  const sentAt = new Map(room.said.map(({ event, at }) => [event.id, at]));
  const dues: Due[] = [];
  for (const delivery of room.deliveries) {
    const ran = timeline.at(delivery.at);
    const sent = sentAt.get(delivery.event.id)!;
    if (ran === null || ran === "unsure") continue;
    if (!timeline.isSame(sent, delivery.at)) continue;
    // `losses` knows a delivery by itself.
    dues.push(Object.assign(delivery, { sessionId: ran }));
  }
  return losses(
    disk.history,
    room.deliveries,
    dues,
    (process) => !killed.has(process),
  );
}

/** Every board against the reckoning, and against its own ledger. */
async function lookAtBoards(it: Evening) {
  const { games } = reckon(it.disk.history, saidIn(it));
  for (const [id, game] of games) {
    if (!it.desk) return it.find("hang", "nothing is up although all is well");
    let view: OpenView | null = null;
    void it.desk.view(id).then((found) => view = found, (error) => {
      it.find("threw", whyOf(error));
    });
    await it.world.run(3_000);
    if (view === null) it.find("board", `${id} cannot be read`);
    else lookAtBoard(it, id, game, view);
  }
}

function lookAtBoard(it: Evening, id: string, game: Game, view: OpenView) {
  const shown = view.board({ offset: 0, limit: 500 }).rows
    .map(({ viewerId, points }) => [viewerId, points] as const);
  const reckoned = [...game.people].filter(([, one]) => isOnBoard(one))
    .map(([who, { points }]) => [who, points] as const);
  const text = (rows: (readonly [string, number])[]) =>
    rows.map(([who, points]) => `${who}:${points}`).toSorted().join(" ");
  if (text(shown) !== text(reckoned)) {
    it.find("board", `${id} shows ${text(shown)}, not ${text(reckoned)}`);
  }
  for (const [i, [who, points]] of shown.entries()) {
    if (points < (shown[i + 1]?.[1] ?? 0)) it.find("board", `${who} too high`);
  }
  for (const [who, { points, receipts }] of game.people) {
    if (points === receipts) continue;
    it.find("receipts", `${id}: ${who} has ${points}, receipts ${receipts}`);
  }
  const entries = it.disk.history.filter((one) => one.sessionId === id)
    .map(({ entry }) => entry);
  if (entries.some(({ seq }, i) => seq !== i + 1)) it.find("ledger", id);
  const again = replay(entries).order.slice(0, Infinity).map((one) =>
    [one.id, one.points] as const
  );
  if (again.join() !== shown.join()) it.find("replay", `${id}: another board`);
}

/** What was acknowledged is there, once, and a key has one answer. */
function lookAtAnswers(it: Evening) {
  const first = new Map<string, string>();
  for (const { key, command, outcome } of it.answered) {
    const text = JSON.stringify(outcome);
    if ((first.get(key) ?? text) !== text) {
      it.find("answers", `${key} ${command.type} has two`);
    }
    first.set(key, text);
  }
  const effects = it.disk.history.map(({ entry }) =>
    entry.type === "started"
      ? entry.title
      : entry.type === "pointsAdjusted"
      ? entry.reason
      : null
  ).filter((key) => key !== null);
  for (const [key, times] of Map.groupBy(effects, (key) => key)) {
    if (times.length > 1) it.find("effects", `${key} has ${times.length}`);
  }
}
