/**
 * What is kept of who may come in: keys, signed-in devices and open pairings,
 * as hashes. One process owns the book and writes it; others have its newest
 * copy and ask the owner to change it, so a change is data that may be sent,
 * and that does no harm when it arrives twice.
 *
 * @module
 */
import type { KeyInfo, SignInInfo, Voucher } from "@/core/shapes/access.ts";
import type { Clock } from "@/core/clock.ts";
import type { AwayError } from "@/core/desk.ts";
import { createEnds, type Ends } from "@/core/ends.ts";
import { createListeners } from "@/core/listeners.ts";
import type { Sessions } from "@/core/ports.ts";
import { createTurn } from "@/core/turn.ts";
import type { Role } from "@/core/views.ts";
import { hashOf, newSecret } from "./secrets.ts";

/** Fewest characters of a host's key from the settings. */
const MIN_HOST_KEY = 16;
/** The host's own key; there is always one. */
export const HOST_KEY_ID = "host";
/** How long a device stays signed in, in ms. */
export const SIGN_IN_MS = 90 * 24 * 60 * 60 * 1000;
/** How long a pairing link works, in ms. */
export const PAIRING_MS = 10 * 60 * 1000;

/** Most keys, devices and open pairings: strangers' means must not fill it. */
export const MAX_KEYS = 60;
const MAX_SIGN_INS = 100;
const MAX_PAIRINGS = 20;
const DOCUMENT = "access";

/** A link that signs one device in. */
export interface PairingInfo extends Voucher {
  role: Role;
  endsAt: number;
}

type Hashed<T> = T & { hash: string };
type KeyRow = Hashed<KeyInfo>;
export type SignInRow = Hashed<SignInInfo>;
type PairingRow = Hashed<PairingInfo>;
/** What a device brings to a pairing. */
type Device = Pick<
  SignInRow,
  "id" | "hash" | "device" | "madeAt" | "endsAt"
>;

export interface Kept {
  keys: KeyRow[];
  signIns: SignInRow[];
  pairings: PairingRow[];
}

/** A change of the book. */
export type KeyChange =
  | { type: "putKey"; key: KeyRow }
  | { type: "removeKey"; id: string }
  | { type: "putSignIn"; signIn: SignInRow }
  | { type: "removeSignIn"; id: string }
  /** Every device but one. */
  | { type: "removeSignIns"; except: string | null }
  | { type: "putPairing"; pairing: PairingRow }
  | { type: "takePairing"; hash: string; device: Device }
  | { type: "used"; at: Record<string, number> };

/** Where keys are kept, or a copy of it. */
export interface KeyBook {
  /** The key that this process made, to be shown once; null if one was there. */
  readonly newHostKey: string | null;
  /** When devices and pairing links end, where this process keeps them. */
  readonly ends?: Ends;
  /** @throws {AwayError} If nothing is known yet. */
  kept(): Kept;
  /**
   * Changes it; resolves once that is kept.
   *
   * @returns False where there is nothing to change, or no room.
   */
  change(change: KeyChange): Promise<boolean>;
  /** Calls `listener` when it has changed; returns how to stop. */
  watch(listener: () => void): () => void;
}

/** The book in the process that may keep it. */
interface OwnKeyBook extends KeyBook {
  /**
   * Reads it again, because another process may have kept it until now, and
   * makes the host's key where there is none.
   */
  lead(): Promise<void>;
}

/** What the owner's book needs. */
export interface KeyBookOptions {
  documents: Pick<Sessions, "document" | "putDocument">;
  /** `HOST_KEY`, where it is set. */
  hostKey?: string;
  clock: Clock;
  /** Why this process may not write it now, or null. */
  mayNot?: () => AwayError | null;
}

/**
 * Reads the kept keys, and makes the host's where there is none; a process that
 * may not write does that when it leads.
 *
 * @throws {RangeError} If the host's key from the settings is too short.
 */
export async function openKeyBook(
  options: KeyBookOptions,
): Promise<OwnKeyBook> {
  const { documents, hostKey, clock, mayNot = () => null } = options;
  const ends = createEnds(clock);
  if (hostKey !== undefined && hostKey.length < MIN_HOST_KEY) {
    throw new RangeError(
      `Cannot use HOST_KEY: it has ${hostKey.length} characters and needs ${MIN_HOST_KEY} or more`,
    );
  }
  const watchers = createListeners();
  let kept = readKept(await documents.document(DOCUMENT));
  let newHostKey: string | null = null;
  const inTurn = createTurn();

  function become(next: Kept) {
    kept = next;
    watchers.tell();
  }

  function change(wanted: KeyChange): Promise<boolean> {
    return inTurn(async () => {
      const why = mayNot();
      if (why) throw why;
      const next = changed(kept, wanted, (row) => !isOver(ends, row));
      if (!next) return false;
      if (next === kept) return true;
      await documents.putDocument(DOCUMENT, next);
      become(next);
      return true;
    });
  }

  async function reload() {
    const document = await documents.document(DOCUMENT);
    if (document !== null) become(readKept(document));
  }

  /** Sees to it that the host has a key, the one of the settings if any. */
  async function keepHostKey() {
    const host = kept.keys.find(({ id }) => id === HOST_KEY_ID);
    if (hostKey === undefined ? host : host?.hash === hashOf(hostKey)) return;
    const secret = hostKey ?? newSecret();
    await change({
      type: "putKey",
      key: {
        id: HOST_KEY_ID,
        role: "host",
        label: "Host",
        madeAt: clock.wall(),
        usedAt: null,
        chosen: hostKey !== undefined,
        hash: hashOf(secret),
      },
    });
    if (hostKey === undefined) newHostKey = secret;
  }

  if (mayNot() === null) await keepHostKey();
  return {
    get newHostKey() {
      return newHostKey;
    },
    ends,
    kept: () => kept,
    change,
    async lead() {
      await inTurn(reload);
      await keepHostKey();
    },
    watch: watchers.watch,
  };
}

/** Whether a device is signed out by time, or a pairing link works no more. */
export function isOver(ends: Ends, row: SignInRow | PairingRow): boolean {
  const length = "id" in row ? SIGN_IN_MS : PAIRING_MS;
  return ends.isOver(row.hash, row.endsAt, length);
}

/** What is kept, also where an earlier version kept less. */
function readKept(document: unknown): Kept {
  const { keys, signIns, pairings } = (document ?? {}) as Partial<Kept>;
  return {
    keys: (keys ?? []).map((key) => ({
      ...key,
      usedAt: key.usedAt ?? null,
      chosen: key.chosen ?? false,
    })),
    signIns: (signIns ?? []).map((signIn) => ({
      ...signIn,
      account: signIn.account ?? null,
      role: signIn.role ?? null,
      usedAt: signIn.usedAt ?? null,
      endsAt: signIn.endsAt ?? 0,
    })),
    pairings: pairings ?? [],
  };
}

/** The book after a change; the same where nothing is new; null for a no. */
function changed(
  kept: Kept,
  change: KeyChange,
  isLive: (row: SignInRow | PairingRow) => boolean,
): Kept | null {
  switch (change.type) {
    case "putKey":
      return withKey(kept, change.key);
    case "removeKey":
      return kept.keys.some(({ id }) => id === change.id)
        ? {
          keys: kept.keys.filter(({ id }) => id !== change.id),
          signIns: kept.signIns.filter(({ keyId }) => keyId !== change.id),
          pairings: kept.pairings.filter(({ keyId }) => keyId !== change.id),
        }
        : null;
    case "putSignIn":
      return withSignIn(kept, change.signIn, isLive);
    case "removeSignIn":
      return kept.signIns.some(({ id }) => id === change.id)
        ? {
          ...kept,
          signIns: kept.signIns.filter(({ id }) => id !== change.id),
        }
        : null;
    case "removeSignIns":
      return {
        ...kept,
        signIns: kept.signIns.filter(({ id }) => id === change.except),
        pairings: [],
      };
    case "putPairing":
      return {
        ...kept,
        pairings: [
          ...kept.pairings.filter(isLive).slice(1 - MAX_PAIRINGS),
          ...[change.pairing].filter(isLive),
        ],
      };
    case "takePairing":
      return withPaired(kept, change, isLive);
    case "used":
      return {
        ...kept,
        keys: kept.keys.map((key) => usedAt(key, change.at)),
        signIns: kept.signIns.map((signIn) => usedAt(signIn, change.at)),
      };
  }
}

function withKey(kept: Kept, key: KeyRow): Kept | null {
  const old = kept.keys.find(({ id }) => id === key.id);
  if (old?.hash === key.hash) return kept;
  if (!old && kept.keys.length >= MAX_KEYS) return null;
  return {
    keys: [...kept.keys.filter((each) => each !== old), key],
    signIns: kept.signIns.filter(({ keyId }) => keyId !== key.id),
    pairings: kept.pairings.filter(({ keyId }) => keyId !== key.id),
  };
}

function withSignIn(
  kept: Kept,
  signIn: SignInRow,
  isLive: (row: SignInRow) => boolean,
): Kept {
  if (kept.signIns.some(({ id }) => id === signIn.id)) return kept;
  const live = kept.signIns.filter(isLive);
  return { ...kept, signIns: [...live.slice(1 - MAX_SIGN_INS), signIn] };
}

function withPaired(
  kept: Kept,
  { hash, device }: { hash: string; device: Device },
  isLive: (row: SignInRow | PairingRow) => boolean,
): Kept | null {
  const pairing = kept.pairings.find((each) => each.hash === hash);
  if (!pairing || !isLive(pairing)) {
    return kept.signIns.some(({ id }) => id === device.id) ? kept : null;
  }
  const { role, keyId, account } = pairing;
  const signIn = { ...device, role, keyId, account, usedAt: null };
  const pairings = kept.pairings.filter((each) => each !== pairing);
  return withSignIn({ ...kept, pairings }, signIn, isLive);
}

function usedAt<T extends { id: string; usedAt: number | null }>(
  row: T,
  at: Record<string, number>,
): T {
  const used = at[row.id] ?? 0;
  return used > (row.usedAt ?? 0) ? { ...row, usedAt: used } : row;
}
