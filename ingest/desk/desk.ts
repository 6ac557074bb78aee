/**
 * The desk: the sessions running here, and the one connection that feeds them.
 *
 * @module
 */
import { z } from "zod";
import type {
  Command,
  QueueCommand,
  SceneCommand,
  SimulateCommand,
} from "@/core/shapes/commands.ts";
import type { Refusal, RefusalCode } from "@/core/refusals.ts";
import { blockerOf } from "@/core/blocked_words.ts";
import type { Clock } from "@/core/clock.ts";
import type { Connection, Source } from "@/core/connection.ts";
import {
  AwayError,
  type OpenDesk,
  type OpenView,
  type Outcome,
  StandbyError,
} from "@/core/desk.ts";
import type { FactOf } from "@/core/shapes/entries.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { boardHash } from "@/core/board.ts";
import { connectionOff } from "@/core/connection.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import { createInOrder } from "@/core/in_order.ts";
import { createListeners } from "@/core/listeners.ts";
import {
  type Look,
  type Moment,
  momentsOf,
  type Obs,
  OBS_OFF,
  type ObsSettings,
  type SwitchRefusal,
} from "@/core/obs.ts";
import { LogConflictError } from "@/core/ports.ts";
import type { LiveHealth, SessionInfo, Store } from "@/core/ports.ts";
import { emptySession } from "@/core/session.ts";
import type { Session } from "@/core/session.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { Settings } from "@/core/shapes/settings.ts";
import { createTurn } from "@/core/turn.ts";
import { whyOf } from "@/core/why.ts";
import { createAnswers } from "./answers.ts";
import { newId } from "../chance.ts";
import { systemClock } from "../clock.ts";
import { isLiveEvent } from "../live_event.ts";
import { openOwner, type Owner } from "./owner.ts";
import { createForgetting } from "../past/forgetting.ts";
import { logConnection, logSession } from "./game_log.ts";
import { createPulse } from "./pulse.ts";
import { openQueue } from "./queue.ts";
import type { OnEvents, SentAt } from "../tiktok/intake.ts";
import {
  openRoomMemory,
  passingMemory,
  type RoomMemory,
} from "./room_memory.ts";
import { createShelf, loadSession, loadToWrite } from "../past/shelf.ts";
import { openStandby, type Standby } from "./standby.ts";
import { testEvents } from "../simulated/test_events.ts";
import { parseChannel } from "../tiktok/messages.ts";
import { viewOf } from "../past/view.ts";
import { type Arrived, createWaitingRoom } from "./waiting_room.ts";
import {
  HEARD_MS,
  type Instant,
  type Keyed,
  openWriter,
  type Writer,
} from "./writer.ts";

/** How the desk gets a connection: to TikTok, to a simulated or a played room. */
export interface SourceOptions {
  channel: string;
  roomId?: string;
  onEvents: OnEvents;
  onChange(connection: Connection): void;
}

/** What a desk needs. */
interface DeskOptions {
  store: Store;
  connect(options: SourceOptions): Source;
  /** What comes in is made up: its sessions are rehearsals and nothing else. */
  rehearsal: boolean;
  version: string;
  /** The machine's own unless given. */
  clock?: Clock;
  /** Open frame streams, for the health report. */
  overlays?(): number;
  /** A frame went out, so many ms after the oldest event it shows came in. */
  onFrame?(waitedMs: number): void;
  /** OBS, where this process is the one that switches its scenes. */
  obs?: Obs;
  /** Called each time this desk begins to lead after it was opened. */
  onLead?(desk: OpenDesk): Promise<void>;
  /** A session was written anew, or is gone for good. */
  onForgotten?(sessionId: string): void;
  /** Takes a line for the log. */
  log?(line: string): void;
}

/** How often it is looked whether what came before a command is told, in ms. */
const LISTEN_MS = 5;

/** How long a removed session can be restored, in ms. */
const RESTORABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** How often it is looked for what is to be forgotten, in ms. */
const TIDY_MS = 60 * 60 * 1000;

/** How often it is looked whether what is kept is still there, in ms. */
const INSPECT_MS = 2_000;

/** What ran when the program was last alive. */
const Running = z.object({
  sessionId: z.string().nullable().default(null),
  channel: z.string().nullable().default(null),
  roomId: z.string().nullable().default(null),
});

/** Opens the desk, with the session and the connection that ran before. */
export async function openDesk(options: DeskOptions): Promise<OpenDesk> {
  const { store, rehearsal, obs, log = () => {} } = options;
  const { clock = systemClock } = options;
  const now = clock.wall;
  const shelf = createShelf(store);
  const answers = createAnswers(store);
  const pulse = createPulse(clock);
  const waitingRoom = createWaitingRoom(give, () => moment());
  /** Opening, changing and reading one session that does not run. */
  const alone = createInOrder();
  const forgetting = createForgetting({
    store,
    running: () => writer?.session.id ?? null,
    alone,
    goesOn: () => isUp,
    onChange: onForgotten,
    now,
  });
  const queue = await openQueue(store, (error) => {
    log(`The queue could not be kept: ${whyOf(error)}`);
  });
  const frameWatchers = createListeners<[frame: Frame]>();
  const stateWatchers = createListeners();
  const writerName = crypto.randomUUID();

  let settings = readSettings(await store.document("settings"));
  const readRunning = async () =>
    Running.parse(await store.document("running") ?? {});
  let running = await readRunning();
  let writer: Writer | null = null;
  let info: SessionInfo | null = null;
  let source: Source | null = null;
  /** What the room that is connected to has sent; null before the first. */
  let memory: RoomMemory | null = null;
  let storage: string | null = null;
  /** Why what is kept is not there any more, or null. */
  let missing: string | null = null;
  let refused = 0;
  /** Where several processes could lead; null where this is the only one. */
  let owner: Owner | null = null;
  /** What of the session that runs elsewhere is known here. */
  let standby: Standby | null = null;
  /** Whether what ran before runs here again. */
  let isUp = false;
  /** Unix ms since when nothing could arrive, after a restart. */
  let deafSince: number | null = null;
  /** Sessions change one at a time. */
  const inTurn = createTurn();

  const moment = (): Instant => ({ at: now(), came: clock.elapsed() });
  const blocker = () => blockerOf(settings.blockedWords);

  const tellFrame = (frame: Frame) => {
    frameWatchers.tell(frame);
  };
  const tellState = () => {
    stateWatchers.tell();
  };

  /**
   * Makes sure that sessions can change before anything of it is done.
   *
   * @throws {AwayError} If nothing can be written.
   */
  async function mustBeWritable() {
    const why = await reasonOf(keepRunning({}));
    if (why !== null) throw new AwayError(`Nothing was done. ${why}`);
  }

  async function keepRunning(change: Partial<z.infer<typeof Running>>) {
    running = { ...running, ...change };
    await store.putDocument("running", running);
  }

  /** Forgets what is due, where this process may write. */
  function tidy() {
    if (!isUp) return;
    forgetting.tidy(settings).catch((error) => {
      log(`Cannot forget what is due: ${whyOf(error)}`);
    });
  }

  /** Looks whether the store is still there: a quiet game would not notice. */
  async function inspect() {
    const why = await reasonOf(store.inspect?.());
    if (why === missing) return;
    missing = why;
    log(why ?? "The data folder is there again");
    tellState();
  }

  /** A session was written anew, or is gone. */
  function onForgotten(id: string) {
    shelf.forget(id);
    options.onForgotten?.(id);
  }

  /** Deletes what another process has deleted while this one was away. */
  async function clearAway() {
    try {
      const { cleared } = await store.live?.clear() ?? { cleared: [] };
      cleared.forEach(onForgotten);
    } catch (error) {
      log(`Cannot look for what others have deleted: ${whyOf(error)}`);
    }
  }

  function startWriter(session: Session, line: SessionInfo) {
    info = line;
    let look = lookOf(session);
    const logPhase = logSession(log, line, look.phase);
    const started = writer = openWriter({
      session,
      log: store,
      ...(store.live && { live: store.live }),
      name: writerName,
      settings: () => settings,
      clock,
      theirTime,
      untoldSince,
      room: () => memory?.room ?? null,
      info: () => ({ ...info!, endedAt: session.endedAt }),
      onCommit(entries, frame, waitedMs) {
        if (frame) {
          tellFrame(frame);
          options.onFrame?.(waitedMs);
        }
        memory?.follow(session.id, started.told().summary.seq);
        queue.follow(entries);
        tellState();
        const before = look;
        look = lookOf(session);
        logPhase(look.phase);
        seekNext();
        showInObs(momentsOf(before, look, entries));
      },
      onTrouble(reason) {
        if (reason === storage) return;
        storage = reason;
        log(
          reason
            ? `The ledger cannot be written: ${reason}`
            : "The ledger can be written again",
        );
        tellState();
      },
      onStop(error) {
        if (writer !== started) return; // given up already
        memory?.room.takeBack(); // what was never written

        storage = error.message;
        log(`The session stopped: ${error.message}`);
        if (error instanceof LogConflictError) owner?.doubt();
        tellState();
      },
    });
    shelf.forget(line.id);
    seekNext();
  }

  /** The channel's next LIVE is wanted as long as there is a game for it. */
  function seekNext() {
    const isOpen = writer !== null && writer.session.rehearsal === rehearsal &&
      writer.session.controls.phase !== "ended";
    source?.seekNext?.(isOpen);
  }

  /** Lets OBS follow, and notes each switch where a session still runs. */
  function showInObs(moments: Moment[]) {
    if (moments.length === 0) return;
    obs?.follow(moments, (scene) => void noteScene(scene));
  }

  async function noteScene(scene: string, keyed?: Keyed): Promise<Outcome> {
    if (!writer) return DONE;
    try {
      return await writer.note({ type: "sceneSwitched", scene }, keyed);
    } catch (error) {
      // The scene is on; only its line in the ledger is missing.
      log(`The switch to "${scene}" was not recorded: ${whyOf(error)}`);
      return DONE;
    }
  }

  /** Takes what a connection brings: to the game, and to the health report. */
  function takeIn(incoming: Incoming[], sentAt?: SentAt, came?: number) {
    const events = incoming.filter(isLiveEvent);
    if (events.length === 0) return tellState();
    pulse.beat(events.length);
    const sent = sentAt && events.map(sentAt);
    refused += waitingRoom.take({ events, sent, came });
  }

  /** Gives events to the session that runs; how many it refused. */
  function give({ events, ...came }: Arrived): number {
    if (writer?.session.rehearsal === rehearsal) {
      return writer.offer(events, came);
    }
    memory?.seeAll(events);
    return 0;
  }

  /** What TikTok's clock shows now, where that is known. */
  function theirTime(): number | null {
    return source?.theirTime?.() ?? null;
  }

  /** When the oldest came of what the source has still to tell. */
  function untoldSince(): number | null {
    return source?.untoldSince?.() ?? null;
  }

  /** Waits for what arrived before a command, so that it comes before it. */
  async function heardOut() {
    const asked = clock.elapsed();
    const isBehind = () => (untoldSince() ?? Infinity) <= asked;
    for (let ms = 0; isBehind() && ms < HEARD_MS; ms += LISTEN_MS) {
      await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
    }
  }

  /** This moment on TikTok's clock, for a fact. */
  function dated() {
    const tiktokAt = theirTime();
    return tiktokAt === null ? {} : { tiktokAt };
  }

  /**
   * Remembers what a channel's room has sent.
   *
   * @param sessionId A session that may have run in it until now.
   */
  async function remember(channel: string, sessionId: string | null) {
    if (rehearsal) memory = passingMemory(channel);
    else if (memory?.channel !== channel) {
      await putMemoryAway();
      memory = await openRoomMemory({
        ...{ store, channel, sessionId, now, log },
        name: writerName,
      });
    }
    if (writer) memory.follow(writer.session.id, writer.told().summary.seq);
  }

  /** Lets what another room has sent be noted as its own, and kept. */
  async function putMemoryAway() {
    for (let i = 0; i < 3 && (writer?.waiting() ?? 0) > 0; i++) {
      await writer!.settled();
    }
    await memory?.flush();
    forgetRoom();
  }

  function forgetRoom() {
    memory?.stop();
    memory = null;
  }

  function connectTo(channel: string, roomId?: string) {
    const logChange = logConnection(log, rehearsal);
    source = options.connect({
      channel,
      ...(roomId && { roomId }),
      onEvents: takeIn,
      onChange(connection) {
        logChange(connection);
        if (connection.state === "live") noteDeafTime();
        tellState();
      },
    });
    logChange(source.connection());
    seekNext();
    tellState();
  }

  /** Puts the time in which the program itself was down on the timeline. */
  function noteDeafTime() {
    if (deafSince === null || !writer) return;
    const [from, to] = [deafSince, now()];
    deafSince = null;
    const id = `restart-${writer.session.id}-${from}`;
    if (to > from) writer.offer([{ type: "gap", id, at: to, from, to }]);
  }

  async function disconnect() {
    const closing = source;
    source = null;
    await closing?.close();
    tellState();
  }

  async function connect(
    command: Extract<Command, { type: "connect" }>,
  ): Promise<Outcome> {
    const parsed = parseChannel(command.channel);
    if (!parsed.ok) return badChannel(command.channel);
    const { channel } = parsed;
    const roomId = command.roomId ?? null;
    await keepRunning({ channel, roomId });
    await disconnect();
    await remember(channel, null);
    connectTo(channel, command.roomId);
    return DONE;
  }

  /** What arrives from the press on belongs to the new session. */
  async function newSession(
    command: Extract<Command, { type: "newSession" }>,
    keyed?: Keyed,
  ): Promise<Outcome> {
    await mustBeWritable();
    const when = moment();
    const theirs = dated();
    return await waitingRoom.during(async () => {
      const channel = await channelFor(command);
      if (typeof channel !== "string") return channel;
      await finish();
      const { title = "" } = command;
      const fact = await begin({ channel, title }, when);
      try {
        return await writer!.note({ ...fact, ...theirs }, keyed, when);
      } catch (error) {
        if (error instanceof AwayError) await leaveUnbegun();
        throw error;
      }
    });
  }

  /** The channel of a new session, connected to where the host names one. */
  async function channelFor(
    command: Extract<Command, { type: "newSession" }>,
  ): Promise<string | Refusal> {
    const current = source?.connection().channel ?? "";
    if (command.channel === undefined) return current;
    const parsed = parseChannel(command.channel);
    if (!parsed.ok) return badChannel(command.channel);
    if (parsed.channel !== current || !source) {
      await connect({ type: "connect", channel: parsed.channel });
    }
    return parsed.channel;
  }

  /** Lets an empty session run; the fact that starts it. */
  async function begin(
    { channel, title }: { channel: string; title: string },
    { at }: Instant,
  ): Promise<FactOf<"started">> {
    const id = newId(at);
    await run({ ...emptySession(), id }, {
      id,
      title,
      channel,
      rehearsal,
      startedAt: at,
      endedAt: null,
      deletedAt: null,
    });
    return {
      type: "started",
      sessionId: id,
      title,
      channel,
      rates: settings.rates,
      ...(rehearsal && { rehearsal }),
    };
  }

  /** Lets a session run, beside the memory of its room. */
  async function run(session: Session, line: SessionInfo) {
    await memory?.flush(); // also what no ledger has
    await keepRunning({ sessionId: line.id });
    startWriter(session, line);
    memory?.follow(line.id, session.seq);
  }

  /** Puts a session away whose beginning could not be written. */
  async function leaveUnbegun() {
    const left = writer;
    writer = null;
    info = null;
    await left?.abandon();
    memory?.room.takeBack();
    const why = await reasonOf(keepRunning({ sessionId: null }));
    if (why) log(`A session that never began is remembered: ${why}`);
    tellFrame(idleFrame(now()));
    tellState();
  }

  /** Ends the session that runs, if one does, and puts its writer away. */
  async function finish() {
    const ending = writer;
    if (!ending) return;
    if (ending.session.controls.phase !== "ended") {
      await ending.submit({ type: "endSession" });
    }
    await ending.close();
    shelf.forget(ending.session.id);
  }

  /** Ends the session that runs, so that none does. */
  async function putAway() {
    await finish();
    writer = null;
    info = null;
    await keepRunning({ sessionId: null });
    tellFrame(idleFrame(now()));
  }

  /** A session as it is kept, with the live board made to be the same. */
  async function openToWrite(id: string): Promise<Session | null> {
    const said = await store.live?.reconcile(id);
    if (said) log(said);
    shelf.forget(id);
    const followed = standby?.take(id);
    const session = followed && !said
      ? await loadSession(store, id, followed)
      : await loadToWrite(store, id, log);
    if (!session || !store.live) return session;
    await store.live.verify(id, session.seq, await boardHash(session));
    return session;
  }

  async function continueSession(
    id: string,
    keyed?: Keyed,
  ): Promise<Outcome> {
    if (writer?.session.id === id) {
      return await writer.note({ type: "continued", ...dated() }, keyed);
    }
    const line = await store.session(id);
    if (!line || line.deletedAt !== null) {
      return no("session_not_found", `There is no session ${id} to continue`);
    }
    if (line.rehearsal !== rehearsal) return otherKind(line);
    await mustBeWritable();
    const session = await openToWrite(id);
    if (!session) {
      return no("session_not_found", `There is no session ${id} to continue`);
    }
    const [when, fact] = [moment(), { type: "continued", ...dated() } as const];
    return await waitingRoom.during(async () => {
      await finish();
      await run(session, line);
      tellFrame(writer!.frame());
      return await writer!.note(fact, keyed, when);
    });
  }

  async function lineUp(command: QueueCommand): Promise<Outcome> {
    if (!writer) return noSession();
    const { type, viewerId, commentId } = command;
    const item = { viewerId, commentId };
    const refusal = type === "queueComment"
      ? await queue.add(writer.session, item)
      : await queue.remove(item)
      ? null
      : "no_comment";
    if (refusal) {
      return no(
        refusal,
        "This comment is not there to be lined up or taken out",
      );
    }
    tellState();
    return DONE;
  }

  function simulate(command: SimulateCommand): Outcome {
    if (!rehearsal) {
      return no("not_a_rehearsal", "Test events are for rehearsals only");
    }
    if (!writer) return noSession();
    takeIn(testEvents(command, writer.session, now()));
    return DONE;
  }

  /** Beside the game, so that a frozen OBS holds nothing up. */
  async function aboutObs(
    command: SceneCommand,
    keyed?: Keyed,
  ): Promise<Outcome> {
    if (!obs) return noObs();
    switch (command.type) {
      case "switchScene": {
        const { scene } = command;
        const result = await obs.switchTo(scene);
        return result === "done"
          ? await noteScene(scene, keyed)
          : notSwitched(result, scene);
      }
      case "refreshOverlays": {
        const count = await obs.refreshOverlays();
        if (count === "obs_off") return noObs();
        return count > 0 ? DONE : no(
          "no_overlay",
          "OBS has no browser source with the overlay of this place",
        );
      }
      case "reconnectObs":
        return await obs.reconnect() === "connected" ? DONE : noObs();
    }
  }

  /**
   * Only a process that leads, with what ran before open again, may decide and
   * change anything.
   *
   * @throws {StandbyError} Why it does not.
   */
  function mustLead() {
    if (!isUp) throw new StandbyError(whyNotLeading());
  }

  /** Who may be given commands, where several processes could. */
  function leaderNow(): { here: boolean; name: string | null } | null {
    if (!owner) return null;
    const isLoading = owner.leads() && !isUp;
    return { here: isUp, name: isLoading ? null : owner.leader() };
  }

  function whyNotLeading(): string {
    if (!owner || owner.leads()) {
      return "The program is loading the game; try again in a moment";
    }
    const leader = owner.leader();
    if (leader !== null) {
      return `This process stands by; ${leader} leads and takes commands`;
    }
    const { state, detail } = store.live!.health();
    return USABLE.has(state)
      ? "No process leads yet: Redis has only just come, and whoever led gets some seconds to go on"
      : `No process leads yet: ${detail}`;
  }

  /** Does what only the process that leads may, and still leads in its turn. */
  async function asLeader<T>(work: () => Promise<T>): Promise<T> {
    mustLead();
    return await inTurn(() => {
      mustLead();
      return work();
    });
  }

  async function carryOut(command: Command, keyed?: Keyed): Promise<Outcome> {
    mustLead();
    switch (command.type) {
      case "connect":
        return asLeader(() => connect(command));
      case "disconnect":
        return asLeader(async () => {
          if (!source) return no("not_connected", "There is no connection");
          await keepRunning({ channel: null, roomId: null });
          await disconnect();
          return DONE;
        });
      case "newSession":
        return asLeader(async () => {
          await heardOut();
          return await newSession(command, keyed);
        }).finally(tidy);
      case "continueSession":
        return asLeader(async () => {
          await heardOut();
          const { sessionId } = command;
          return await alone(
            sessionId,
            () => continueSession(sessionId, keyed),
          );
        });
      case "switchScene":
      case "refreshOverlays":
      case "reconnectObs":
        return aboutObs(command, keyed);
      case "simulate":
        return Promise.resolve(simulate(command));
      case "queueComment":
      case "unqueueComment":
        return asLeader(() => lineUp(command));
      default:
        // After a new session that is being set up, but not behind another.
        await inTurn(() => {});
        await heardOut();
        mustLead();
        return writer
          ? await reached(writer.submit(command, keyed))
          : noSession();
    }
  }

  /** What a writer that has stopped throws is no decision of the game. */
  async function reached(asked: Promise<Outcome>): Promise<Outcome> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof AwayError) throw error;
      throw new AwayError(whyOf(error), { cause: error });
    }
  }

  async function view(id: string): Promise<OpenView | null> {
    if (writer && (id === "current" || id === writer.session.id)) {
      const { session } = writer;
      await writer.settled();
      const line = () => ({ ...info!, id: session.id });
      return viewOf(session, line, store, { blocker: blocker() });
    }
    if (id === "current") return null;
    return await alone(id, async () => {
      const line = await store.session(id);
      if (!line || line.deletedAt !== null) return null;
      const session = await shelf.open(id);
      return session && viewOf(session, () => line, store, {
        blocker: blocker(),
        least: session.seq,
      });
    });
  }

  const change = (id: string, wanted: Partial<SessionInfo>) =>
    alone(id, () => changeLine(id, wanted));

  async function changeLine(id: string, change: Partial<SessionInfo>) {
    const line = info?.id === id ? info : await store.session(id);
    if (!line) return null;
    const changed = { ...line, ...change };
    await store.putSession(changed);
    if (info?.id === id) info = changed;
    shelf.forget(id);
    tellState();
    return changed;
  }

  obs?.watch(tellState);

  /** Goes on where this program, or the one that led before, stopped. */
  async function takeUp() {
    settings = readSettings(await store.document("settings"));
    running = await readRunning();
    storage = null;
    await clearAway();
    const { sessionId } = running;
    if (sessionId !== null) await alone(sessionId, () => goOnWith(sessionId));
    if (running.channel !== null) {
      await remember(running.channel, sessionId);
      connectTo(running.channel, running.roomId ?? undefined);
    }
    isUp = true;
    tellFrame(desk.frame());
    tellState();
    tidy();
  }

  /** What was begun alone is what runs, for all. */
  async function joinOthers() {
    await keepRunning({});
    tellState();
  }

  async function goOnWith(id: string) {
    const line = await store.session(id);
    const session = line && await openToWrite(id);
    if (!line || !session) return;
    startWriter(session, line);
    if (session.controls.phase !== "ended") deafSince = session.at;
  }

  async function lead() {
    await inTurn(takeUp);
    // Not at the start; and it may give commands, which take turns.
    if (owner) await options.onLead?.(desk);
  }

  /** Leaves everything to another process, as it is. */
  async function giveUp() {
    const left = writer;
    isUp = false;
    writer = null;
    info = null;
    deafSince = null;
    await disconnect();
    forgetRoom();
    await left?.abandon();
    if (left) shelf.forget(left.session.id);
    tellFrame(idleFrame(now()));
    tellState();
  }

  const desk: OpenDesk = {
    submit: (command, key) =>
      answers.once(command, key, (keyed) => carryOut(command, keyed)),
    state: () => ({
      connection: source?.connection() ?? connectionOff(now()),
      session: writer && info
        ? { ...writer.told().summary, title: info.title }
        : null,
      frame: desk.frame(),
      undo: writer?.told().undo ?? null,
      redo: writer?.told().redo ?? null,
      queue: writer ? queue.list(writer.session, blocker()) : [],
      health: {
        eventsPerSecond: pulse.perSecond(),
        lastEventAt: pulse.last(),
        counts: source?.counts() ?? null,
        roomViewers: source?.roomViewers() ?? null,
        overlays: options.overlays?.() ?? 0,
        queued: writer?.waiting() ?? 0,
        refused,
        storage: missing ?? storage,
        redis: store.live?.health() ?? null,
        leader: leaderNow(),
        version: options.version,
      },
      settings,
      obs: obs?.state() ?? OBS_OFF,
      rehearsal,
    }),
    frame: () => ({ ...(writer?.frame() ?? idleFrame(0)), now: desk.now() }),
    now: () => writer?.now() ?? now(),
    watchFrames: frameWatchers.watch,
    watchState: stateWatchers.watch,
    view,
    async sessions(q) {
      const wanted = q?.trim().toLocaleLowerCase() ?? "";
      const lines = await store.listSessions();
      return lines.filter((line) =>
        line.deletedAt === null &&
        (line.title.toLocaleLowerCase().includes(wanted) ||
          line.channel.includes(wanted.replace(/^@/, "")))
      );
    },
    async removedSessions() {
      const since = now() - RESTORABLE_MS;
      const lines = await store.listSessions();
      return lines.filter((line) => (line.deletedAt ?? 0) > since)
        .sort((a, b) => b.deletedAt! - a.deletedAt!);
    },
    renameSession: (id, title) => asLeader(() => change(id, { title })),
    removeSession: (id) =>
      asLeader(async () => {
        if (writer?.session.id === id) {
          if (writer.session.controls.phase !== "ended") {
            return no("session_runs", "This session runs; end it first");
          }
          await waitingRoom.during(putAway);
          seekNext();
        }
        return await change(id, { deletedAt: now() }) !== null;
      }),
    restoreSession: (id) =>
      asLeader(async () => await change(id, { deletedAt: null }) !== null),
    async forgetViewer(id) {
      mustLead();
      return await forgetting.viewer(id);
    },
    async importSession(lines) {
      mustLead();
      return await shelf.import(lines, now());
    },
    async changeSettings(wanted) {
      mustLead();
      const next = Settings.parse({ ...settings, ...wanted });
      await store.putDocument("settings", next);
      settings = next;
      if (writer) tellFrame(writer.redraw());
      tellState();
      return next;
    },
    obsSettings: () => Promise.resolve(obs?.settings() ?? NO_OBS),
    changeObs: (change) => obs?.change(change) ?? Promise.resolve(NO_OBS),
    leads: () => isUp,
    async check() {
      mustLead();
      await store.check();
    },
    token: () => isUp ? owner?.token() ?? 1 : 0,
    doubt: () => owner?.doubt(),
    async close() {
      clearInterval(tidying);
      clearInterval(inspecting);
      standby?.close();
      isUp = false;
      await forgetting.idle();
      await inTurn(() => {});
      await obs?.close();
      await disconnect();
      try {
        await writer?.close();
      } finally {
        await memory?.flush();
        forgetRoom();
        await owner?.close();
      }
    },
  };

  const tidying = setInterval(tidy, TIDY_MS);
  const inspecting = setInterval(inspect, INSPECT_MS);
  const { live } = store;
  if (!live) {
    await lead();
    return desk;
  }
  let told: LiveHealth["state"] = "ok";
  live.watch(() => {
    writer?.refresh();
    const { state, detail } = live.health();
    if (state !== told && (state === "ok" || IN_THE_WAY.has(state))) {
      told = state;
      log(state === "ok" ? "Redis is well again" : detail);
    }
    tellState();
  });
  owner = await openOwner({
    lease: live.lease,
    clock,
    onLead: lead,
    onStandBy: () => inTurn(giveUp),
    onJoin: () =>
      void inTurn(joinOthers).catch((error) => {
        log(`What runs could not be told to others: ${whyOf(error)}`);
      }),
    onChange: tellState,
    log,
  });
  standby = openStandby({
    store,
    live,
    standsBy: () => owner !== null && !owner.leads(),
    running: async () => (await readRunning()).sessionId,
    onCleared: onForgotten,
    inTurn,
    log,
  });
  return desk;
}

/** The settings of OBS in a process that does not reach it. */
const NO_OBS: ObsSettings = {
  address: null,
  passwordSet: false,
  fixed: { address: true, password: true },
  rules: {},
  allowed: null,
};

/** Redis where nothing keeps it from being written. */
const USABLE = new Set<LiveHealth["state"]>(
  ["ok", "not_safe", "unchecked", "behind"],
);
/** What is wrong with a Redis that can be reached; the bus logs the way to it. */
const IN_THE_WAY = new Set<LiveHealth["state"]>(
  ["not_safe", "unchecked", "read_only", "full", "loading", "failing"],
);

/** Done, with nothing to write into a ledger. */
const DONE: Outcome = { ok: true, seq: null, entry: null };

function no(code: RefusalCode, reason: string): Refusal {
  return { ok: false, code, reason };
}

function noSession(): Refusal {
  return no("no_session", "No session runs; start one first");
}

function otherKind({ id, rehearsal }: SessionInfo): Refusal {
  return rehearsal
    ? no("was_rehearsed", `${id} was a rehearsal and is no real game`)
    : no("was_real", `${id} is a real game; this is a rehearsal`);
}

function badChannel(channel: string): Refusal {
  return no(
    "bad_channel",
    `"${channel}" is no TikTok channel; use @name, name or a link to the LIVE`,
  );
}

function noObs(): Refusal {
  return no("obs_off", "OBS cannot be reached; `state` says how it stands");
}

function notSwitched(why: SwitchRefusal, scene: string): Refusal {
  switch (why) {
    case "obs_off":
      return noObs();
    case "no_scene":
      return no(why, `OBS has no scene "${scene}"`);
    case "scene_not_allowed":
      return no(why, `"${scene}" is not among the scenes that may be shown`);
  }
}

/** What of a session OBS can follow. */
function lookOf({ controls: { phase, stage } }: Session): Look {
  return { phase, stage: stage?.kind ?? null };
}

/** Why work failed, or null. */
async function reasonOf(work?: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return whyOf(error);
  }
}

function readSettings(kept: unknown): Settings {
  const read = Settings.safeParse(kept ?? {});
  return read.success ? read.data : DEFAULT_SETTINGS;
}
