/**
 * Messages that once went wrong, each file with the points that are right, read
 * where they lie: a folder beside the project that not every checkout has.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  amend,
  asUser,
  gift,
  like,
  type RoomMessage,
  ROSE,
} from "./tiktok_messages.ts";

/** The host in whose room all cases play. */
export const CASES_HOST = "fieldhost";

/** What a case plays. */
export interface Case {
  name: string;
  steps: { send?: CaseMessage[]; wait?: number; settle?: number }[];
  /** Points by viewer id; whoever is not named has none, or does not matter. */
  expect: Record<string, number>;
}

interface CasePerson {
  id: string;
  uniqueId: string;
  nickname: string;
}

/** A message as the files say it. */
interface CaseMessage {
  kind: "gift" | "like";
  viewer: CasePerson;
  /** Left out for a Rose. */
  gift?: typeof ROSE;
  o?: Record<string, unknown> & { toUser?: CasePerson };
  count?: number;
  total?: number;
  msgId?: string;
  /** Fields to set over the message as it would be. */
  set?: Record<string, unknown>;
  dropUser?: boolean;
}

/** A case by the beginning of its name; null, said once, where it is missing. */
export async function readCase(file: string): Promise<Case | null> {
  const path = new URL(`../../shared/cases/${file}.json`, import.meta.url);
  const text = await readFile(fileURLToPath(path), "utf8").catch(() => null);
  if (text === null) console.log(`skipped: there is no ${path.pathname}`);
  return text === null ? null : JSON.parse(text);
}

/** The message as a room sends it, `at` Unix ms. */
export function messageOf(said: CaseMessage, at: number): RoomMessage {
  const { viewer, count = 1, total, msgId, set, dropUser } = said;
  const from = senderOf(viewer);
  const plain = said.kind === "like"
    ? like(from, count, { at, total })
    : gift(from, said.gift ?? ROSE, { at });
  const { toUser, ...fields } = said.o ?? {};
  return amend(plain, {
    ...fields,
    ...(toUser && { toUser: asUser(senderOf(toUser)) }),
    ...(msgId !== undefined && { common: { msgId } }),
    ...(dropUser && { user: undefined }),
    ...set,
  });
}

function senderOf({ id, uniqueId, nickname }: CasePerson) {
  return { id, handle: uniqueId, nickname };
}
