/**
 * The session that runs here, if one does: how it begins, goes on, ends and
 * gives way to another.
 *
 * @module
 */
import { boardHash } from "@/core/board.ts";
import { newId } from "@/core/chance.ts";
import { commitmentTo, missingPromise } from "@/core/draws.ts";
import { AwayError, type Outcome } from "@/core/desk.ts";
import { idleFrame } from "@/core/frame.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { emptySession, type Session } from "@/core/session.ts";
import { whyOf } from "@/core/why.ts";
import { loadSession, loadToWrite } from "../past/shelf.ts";
import type { Keyed } from "./inbox.ts";
import { notFound, otherKind } from "./refused.ts";
import { createSessionWriter, type Surroundings } from "./session_writer.ts";
import type { Press } from "./waiting_room.ts";
import type { Writer } from "./writer.ts";

/** What a session is begun with. */
interface Beginning {
  channel: string;
  title: string;
}

/** The session that runs here, and those that may follow it. */
export interface SessionHere {
  writer(): Writer | null;
  /** Its line in the list; null where none runs. */
  info(): SessionInfo | null;
  /** Its line has changed. */
  setInfo(line: SessionInfo): void;
  /** Why its ledger cannot be written, or null. */
  storage(): string | null;
  /**
   * Makes sure that sessions can change before anything of it is done.
   *
   * @throws {AwayError} If nothing can be written.
   */
  mustBeWritable(): Promise<void>;
  /** Ends what runs, and begins a new one at a moment that has passed. */
  begin(
    beginning: Beginning,
    press: Press,
    keyed?: Keyed,
  ): Promise<Outcome>;
  /** Goes on with one that was put away, or with the one that runs. */
  goBackTo(id: string, keyed?: Keyed): Promise<Outcome>;
  /**
   * Goes on where this program, or the one that led before, stopped.
   *
   * @param id The session that ran; null where none did.
   */
  takeUp(id: string | null): Promise<void>;
  /** Ends the session that runs, so that none does. */
  putAway(): Promise<void>;
  /** Leaves it to another process, as it is. */
  giveUp(): Promise<void>;
}

/** No session runs yet. */
export function createSessionHere(around: Surroundings): SessionHere {
  const { store, shelf, clock, rehearsal, running, channel } = around;
  const writer = createSessionWriter(around);

  function showIdle() {
    around.onFrame(idleFrame(clock.wall()), null);
  }

  /** Puts a session away whose beginning could not be written. */
  async function leaveUnbegun() {
    await writer.leave()?.abandon();
    channel.memory()?.room.takeBack();
    const why = await reasonOf(running.keep({ sessionId: null }));
    if (why) around.log(`A session that never began is remembered: ${why}`);
    showIdle();
    around.onState();
  }

  /** Promises the next draw anew where its secret is not known here. */
  function promiseDraws() {
    const now = writer.now();
    if (!now || now.session.controls.phase === "ended") return;
    const { id } = now.session;
    const missing = missingPromise(
      now.session,
      (draw) => around.draws.secretOf(id, draw),
    );
    if (!missing) return;
    if (missing.lost) around.log("The secret of the next draw is not here");
    now.note(missing).catch((error) => {
      around.log(`The next draw is not promised: ${whyOf(error)}`);
    });
  }

  async function mustBeWritable() {
    const why = await reasonOf(running.keep({}));
    if (why !== null) throw new AwayError(`Nothing was done. ${why}`);
  }

  return {
    writer: writer.now,
    info: writer.info,
    setInfo: writer.setInfo,
    storage: writer.storage,
    mustBeWritable,
    async begin({ channel, title }, press, keyed) {
      await writer.finish();
      const { at } = press;
      const id = newId(at, around.chance);
      await writer.run({ ...emptySession(), id }, {
        ...{ id, title, channel, rehearsal },
        ...{ startedAt: at, endedAt: null, deletedAt: null },
      });
      try {
        return await writer.now()!.note(
          {
            type: "started",
            ...{ sessionId: id, title, channel },
            rates: around.settings.now().rates,
            draw: commitmentTo(around.draws.secretOf(id, 0)),
            ...(rehearsal && { rehearsal }),
            ...dated(press),
          },
          keyed,
          press,
        );
      } catch (error) {
        if (error instanceof AwayError) await leaveUnbegun();
        throw error;
      }
    },
    async goBackTo(id, keyed) {
      const now = writer.now();
      if (now?.session.id === id) {
        // Also where it could not be written before, and what came since waits.
        if (!running.isSure()) await mustBeWritable();
        return await channel.between((press) =>
          now.note({ type: "continued", ...dated(press) }, keyed, press)
        );
      }
      const line = await store.session(id);
      if (!line || line.deletedAt !== null) return notFound(id);
      if (line.rehearsal !== rehearsal) return otherKind(line);
      await mustBeWritable();
      const session = await openToWrite(around, id);
      if (!session) return notFound(id);
      return await channel.between(async (press) => {
        const continued = { type: "continued", ...dated(press) } as const;
        await writer.finish();
        await writer.run(session, line);
        around.onFrame(writer.now()!.frame(), null);
        const outcome = await writer.now()!.note(continued, keyed, press);
        promiseDraws();
        return outcome;
      });
    },
    async takeUp(id) {
      writer.forgetStorage();
      if (id === null) return;
      const line = await store.session(id);
      const session = line && await openToWrite(around, id);
      if (!line || !session) return;
      writer.start(session, line);
      promiseDraws();
      if (session.controls.phase !== "ended") channel.deafSince(session.at);
    },
    async putAway() {
      await writer.finish();
      writer.leave();
      await running.keep({ sessionId: null });
      showIdle();
    },
    async giveUp() {
      const left = writer.leave();
      channel.deafSince(null);
      await channel.disconnect();
      channel.forgetRoom();
      await left?.abandon();
      if (left) shelf.forget(left.session.id);
    },
  };
}

/** A session as it is kept, with the live board made to be the same. */
async function openToWrite(
  { store, shelf, followed: ahead, log }: Surroundings,
  id: string,
): Promise<Session | null> {
  const said = await store.live?.reconcile(id);
  if (said) log(said);
  shelf.forget(id);
  const followed = ahead(id);
  const session = followed && !said
    ? await loadSession(store, id, followed)
    : await loadToWrite(store, id, log);
  if (!session || !store.live) return session;
  await store.live.verify(id, session.seq, await boardHash(session));
  return session;
}

/** A moment on TikTok's clock, for a fact. */
function dated(
  { tiktokAt }: Pick<Press, "tiktokAt">,
): { tiktokAt?: number } {
  return tiktokAt === null ? {} : { tiktokAt };
}

/** Why work failed, or null. */
export async function reasonOf(
  work?: Promise<void>,
): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return whyOf(error);
  }
}
