/**
 * The desk: takes commands, answers questions, and hands each on to the part
 * that knows: the session that runs, its channel, OBS, or those that are past.
 *
 * @module
 */
import { blockerOf } from "@/core/blocked_words.ts";
import type { OpenDesk, OpenView } from "@/core/desk.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import { createInOrder } from "@/core/in_order.ts";
import { createListeners } from "@/core/listeners.ts";
import { OBS_OFF, type ObsSettings } from "@/core/obs.ts";
import { NO_ROUNDS } from "@/core/no_rounds.ts";
import { no } from "@/core/refusals.ts";
import type { ObsChange } from "@/core/shapes/obs.ts";
import type { SettingsChange } from "@/core/shapes/settings.ts";
import type { DeskState } from "@/core/views.ts";
import { whyOf } from "@/core/why.ts";
import { systemChance } from "../chance.ts";
import { systemClock } from "../clock.ts";
import { createShelf } from "../past/shelf.ts";
import { viewOf } from "../past/view.ts";
import { createAnswers } from "./answers.ts";
import { createCarryOut } from "./carry_out.ts";
import { createChannel } from "./channel.ts";
import { createHousekeeping } from "./housekeeping.ts";
import { createDraws } from "./draws.ts";
import { openRunning, openSettings } from "./kept.ts";
import { createLeading, type Leading } from "./leading.ts";
import { createLines } from "./lines.ts";
import type { DeskOptions, Parts } from "./parts.ts";
import { openQueue } from "./queue.ts";
import { createScenes } from "./scenes.ts";
import { createSessionHere, type SessionHere } from "./session_here.ts";
import type { Writer } from "./writer.ts";

/** The settings of OBS in a process that does not reach it. */
const NO_OBS: ObsSettings = {
  address: null,
  passwordSet: false,
  fixed: { address: true, password: true },
  rules: {},
  allowed: null,
};

/** Opens the desk, with the session and the connection that ran before. */
export async function openDesk(options: DeskOptions): Promise<OpenDesk> {
  const desk = await prepareDesk(options);
  await desk.begin();
  return desk;
}

/**
 * Opens the desk so far that it knows its settings and can say that it loads:
 * its `begin()` goes on with what ran before.
 */
export async function prepareDesk(options: DeskOptions): Promise<OpenDesk> {
  const { store, rehearsal, obs, clock = systemClock, log = () => {} } =
    options;
  const { chance = systemChance } = options;
  const name = chance.name();
  const shelf = createShelf(store, chance);
  const alone = createInOrder();
  const frames = createListeners<[frame: Frame]>();
  const states = createListeners();
  const settings = await openSettings(store);
  const running = await openRunning(store);
  const draws = createDraws(store, chance);
  const queue = await openQueue(store, (error) => {
    log(`The queue could not be kept: ${whyOf(error)}`);
  });
  const writer = () => here.writer();
  const scenes = createScenes(obs ?? null, writer, log);
  const channel = createChannel({
    ...{ store, rehearsal, clock, name, writer, log },
    connect: options.connect,
    onChange: states.tell,
  });
  const here: SessionHere = createSessionHere({
    ...{ store, shelf, clock, chance, rehearsal, name, settings, running, log },
    ...{ draws, channel, scenes, pace: options.pace },
    followed: (id) => leading.followed(id),
    onFrame(frame, waitedMs) {
      frames.tell(frame);
      if (waitedMs !== null) options.onFrame?.(waitedMs);
    },
    onState: states.tell,
    onEntries: queue.follow,
    onRival: () => leading.doubt(),
  });
  const housekeeping = createHousekeeping({
    ...{ store, clock, chance, alone, log },
    running: () => writer()?.session.id ?? null,
    isUp: () => leading.isUp(),
    settings: settings.now,
    onForgotten(id) {
      shelf.forget(id);
      options.onForgotten?.(id);
    },
    onChange: states.tell,
  });
  const leading: Leading = createLeading({
    ...{ store, clock, log },
    takeUp: () => takeUp(parts),
    onUp() {
      frames.tell(desk.frame());
      states.tell();
      housekeeping.tidy();
    },
    async giveUp() {
      await here.giveUp();
      frames.tell(idleFrame(clock.wall()));
      states.tell();
    },
    async join() {
      await running.keep({});
      states.tell();
    },
    onLead: async () => await options.onLead?.(desk),
    running: async () => (await running.read()).sessionId,
    onCleared: housekeeping.forget,
    onNews() {
      writer()?.refresh();
      states.tell();
    },
    onChange: states.tell,
  });
  const parts: Parts = {
    ...{ options, store, clock, chance, alone },
    ...{ shelf, settings, running, draws, queue },
    ...{ channel, scenes, here, leading, housekeeping },
    blocker: () => blockerOf(settings.now().blockedWords),
    tellFrame: frames.tell,
    tellState: states.tell,
  };
  const desk: OpenDesk = {
    ...commandsOf(parts),
    ...readsOf(parts),
    ...changesOf(parts),
    watchFrames: frames.watch,
    watchState: states.watch,
    leads: leading.isUp,
    loads: leading.loads,
    async begin() {
      await leading.begin();
      // Whoever waits for a first frame has one also where another leads.
      if (!leading.isUp()) frames.tell(desk.frame());
      states.tell();
    },
    token: leading.token,
    doubt: leading.doubt,
    settings: settings.now,
    tellState: states.tell,
    close: () => close(parts),
  };
  obs?.watch(states.tell);
  return desk;
}

/** Goes on where this program, or the one that led before, stopped. */
async function takeUp(
  { shelf, settings, running, draws, housekeeping, here, channel, alone }:
    Parts,
): Promise<void> {
  shelf.forget();
  await settings.reload();
  await running.reload();
  await draws.reload();
  await housekeeping.clearAway();
  const { sessionId, channel: name, roomId } = running.now();
  if (sessionId === null) await here.takeUp(null);
  else await alone(sessionId, () => here.takeUp(sessionId));
  if (name === null) return;
  await channel.remember(name, sessionId);
  channel.connect(name, roomId ?? undefined);
}

/** What takes commands: each key is answered once. */
function commandsOf(parts: Parts): Pick<OpenDesk, "submit"> {
  const answers = createAnswers(parts.store);
  const carryOut = createCarryOut(parts);
  return {
    submit: (command, key) =>
      answers.once(command, key, (keyed) => carryOut(command, keyed)),
  };
}

/** What is read of a desk. */
function readsOf(parts: Parts) {
  const { options, clock, here, alone, store, shelf, blocker } = parts;
  const { leading, running } = parts;
  const isToCome = (id: string) =>
    leading.loads() && (id === "current" || id === running.now().sessionId);
  const now = () => here.writer()?.now() ?? clock.wall();
  const frame = () => ({
    ...(here.writer()?.frame() ?? idleFrame(0)),
    now: now(),
  });
  const lines = createLines({ ...parts, onChange: parts.tellState });
  return {
    now,
    frame,
    state: () => stateOf(parts, frame()),
    async view(id: string): Promise<OpenView | null> {
      if (isToCome(id)) leading.must();
      const isHere = (writer: Writer | null): writer is Writer =>
        writer !== null && (id === "current" || id === writer.session.id);
      for (let writer = here.writer(); isHere(writer); writer = here.writer()) {
        const { session } = writer;
        await writer.settled();
        // Meanwhile it may have been left to another process.
        if (here.writer() !== writer) continue;
        const line = () => ({ ...here.info()!, id: session.id });
        return viewOf(session, line, store, { blocker: blocker() });
      }
      if (id === "current") {
        leading.must(); // else it runs where nobody here can see it
        return null;
      }
      return await alone(id, async () => {
        const line = await store.session(id);
        if (!line || line.deletedAt !== null) return null;
        if (!leading.isUp()) shelf.forget(id); // it may be written elsewhere
        const session = await shelf.open(id);
        return session && viewOf(session, () => line, store, {
          blocker: blocker(),
          least: session.seq,
        });
      });
    },
    sessions: lines.all,
    removedSessions: lines.removed,
    obsSettings: () => Promise.resolve(options.obs?.settings() ?? NO_OBS),
  };
}

/** How everything stands. */
function stateOf(
  { options, channel, here, leading, housekeeping, store, ...parts }: Parts,
  frame: Frame,
): DeskState {
  const writer = here.writer();
  const info = here.info();
  const told = writer?.told();
  const settings = parts.settings.now();
  const { refused, ...hearing } = channel.hearing();
  return {
    connection: channel.connection(),
    session: told && info ? { ...told.summary, title: info.title } : null,
    frame,
    undo: told?.undo ?? null,
    redo: told?.redo ?? null,
    late: told?.late ?? NO_ROUNDS.late,
    own: told?.own ?? NO_ROUNDS.own,
    rounds: told?.rounds ?? NO_ROUNDS.rounds,
    setUp: told?.setUp ?? NO_ROUNDS.setUp,
    queue: writer ? parts.queue.list(writer.session, parts.blocker()) : [],
    health: {
      ...hearing,
      overlays: options.overlays?.() ?? 0,
      queued: writer?.waiting() ?? 0,
      refused,
      storage: housekeeping.missing() ?? here.storage(),
      redis: store.live?.health() ?? null,
      leader: leading.leader(),
      loads: leading.loads(),
      version: options.version,
      ...(options.newer &&
        { newer: settings.checkUpdates ? options.newer() : null }),
    },
    settings,
    obs: options.obs?.state() ?? OBS_OFF,
    rehearsal: options.rehearsal,
  };
}

/** What is changed without a command of the game. */
function changesOf(parts: Parts) {
  const { options, store, here, leading, channel, clock, tellState } = parts;
  const { change } = createLines({ ...parts, onChange: tellState });
  return {
    renameSession: (id: string, title: string) =>
      leading.doing(() => change(id, { title })),
    removeSession: (id: string) =>
      leading.doing(async () => {
        const writer = here.writer();
        if (writer?.session.id === id) {
          if (writer.session.controls.phase !== "ended") {
            return no("session_runs", "This session runs; end it first");
          }
          await channel.during(here.putAway);
          channel.seekNext();
        }
        return await change(id, { deletedAt: clock.wall() }) !== null;
      }),
    restoreSession: (id: string) =>
      leading.doing(async () => await change(id, { deletedAt: null }) !== null),
    async forgetViewer(id: string) {
      leading.must();
      return await parts.housekeeping.forgetViewer(id);
    },
    async importSession(lines: AsyncIterable<string>) {
      leading.must();
      return await parts.shelf.import(lines, clock.wall());
    },
    async changeSettings(wanted: SettingsChange) {
      leading.must();
      const next = await parts.settings.change(wanted);
      const writer = here.writer();
      if (writer) parts.tellFrame(writer.redraw());
      tellState();
      return next;
    },
    async changeObs(change: ObsChange) {
      leading.must();
      return await options.obs?.change(change) ?? NO_OBS;
    },
    async check() {
      leading.must();
      await store.check();
    },
  };
}

/** Writes everything down, and lets another process lead. */
async function close(parts: Parts) {
  const { options, leading, housekeeping, channel, here } = parts;
  housekeeping.stop();
  leading.end();
  await housekeeping.idle();
  await leading.idle();
  await options.obs?.close();
  await channel.disconnect();
  try {
    await here.writer()?.close();
    if (channel.heldSince() !== null) {
      throw new Error(
        "What came for a session that could not begin is not kept",
      );
    }
  } finally {
    await channel.memory()?.flush();
    channel.forgetRoom();
    await leading.release();
  }
}
