/**
 * Sessions by name in Deno KV, and the small things a machine must remember:
 * answers to commands, and documents such as settings.
 *
 * @module
 */
import type { Answer, SessionInfo, Sessions } from "../core/ports.ts";
import { commit } from "./kv_commit.ts";
import { createInOrder } from "../core/in_order.ts";
import { answerRow } from "./kv_answers.ts";
import {
  answerKey,
  commentsKey,
  documentKey,
  headKey,
  logKey,
  piecesKey,
  sessionKey,
  snapshotKey,
  streamedKey,
} from "./kv_keys.ts";
import { toJson } from "./kv_pack.ts";
import { getLarge, putLarge, removeAll } from "./kv_pieces.ts";
import { newestFirst } from "./batch_order.ts";
import { fromHeld, type Held, hold } from "./kv_rows.ts";

/** No session has a longer one, not even one that was set aside. */
const LONGEST_ID = 200;

const decoder = new TextDecoder();

/** The sessions in an open Deno KV. */
export function kvSessions(kv: Deno.Kv): Sessions {
  const documents = createInOrder();
  return {
    async listSessions() {
      const rows = kv.list<SessionInfo>({ prefix: sessionKey("").slice(0, 1) });
      const infos = await Array.fromAsync(rows, (row) => row.value);
      return infos.sort(newestFirst);
    },

    async session(id) {
      if (id.length > LONGEST_ID) return null; // a key holds 2,048 bytes
      return (await kv.get<SessionInfo>(sessionKey(id))).value;
    },

    async putSession(info) {
      await commit(kv.atomic().set(sessionKey(info.id), info));
    },

    async purgeSession(id) {
      // Without its head the ledger is gone at once, and its writer stops.
      await commit(
        kv.atomic().delete(headKey(id)).delete(snapshotKey(id))
          .delete(streamedKey(id)),
      );
      await removeAll(kv, logKey(id));
      await removeAll(kv, commentsKey(id));
      await removeAll(kv, piecesKey(logKey(id)));
      await removeAll(kv, piecesKey(commentsKey(id)));
      await removeAll(kv, piecesKey(snapshotKey(id)));
      // Last, so that a purge cut short can be seen and done again.
      await commit(kv.atomic().delete(sessionKey(id)));
    },

    async answer(key) {
      const row = await kv.get<Held>(answerKey(key));
      return row.value && await fromHeld<Answer>(kv, row.key, row.value);
    },

    async putAnswer(answer) {
      const { key, bytes, expireIn } = answerRow(0, answer);
      const value = await hold(kv, key, bytes, expireIn);
      await commit(kv.atomic().set(key, value, { expireIn }));
    },

    async *listAnswers() {
      const prefix = answerKey("").slice(0, 1);
      for await (const row of kv.list<Held>({ prefix })) {
        yield await fromHeld<Answer>(kv, row.key, row.value);
      }
    },

    async document(name) {
      const kept = await getLarge(kv, documentKey(name));
      return kept && JSON.parse(decoder.decode(kept.bytes)) as unknown;
    },

    putDocument(name, value) {
      const bytes = toJson(value ?? null);
      return documents(
        name,
        () => putLarge(kv, documentKey(name), { about: null, bytes }),
      );
    },
  };
}
