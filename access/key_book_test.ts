import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createListeners } from "@/core/listeners.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { type KeyBook, type KeyChange, openKeyBook } from "./key_book.ts";
import { keysOf } from "./keys.ts";
import { remoteBook } from "./remote_book.ts";

const NOW = 1_700_000_000_000;

function documents() {
  const kept = new Map<string, string>();
  return {
    document: (name: string) =>
      Promise.resolve<unknown>(JSON.parse(kept.get(name) ?? "null")),
    putDocument(name: string, value: unknown) {
      kept.set(name, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

/** A book as another process has it: all that is said goes through JSON. */
function elsewhere(owner: KeyBook): KeyBook {
  const say = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  let newest: unknown = say(owner.kept());
  const listeners = createListeners();
  owner.watch(() => {
    newest = say(owner.kept());
    listeners.tell();
  });
  return remoteBook({
    newest: () => newest,
    watch: listeners.watch,
    change: (change: KeyChange) => owner.change(say(change)),
  });
}

Deno.test("remoteBook() gives another process the same keys, and the same ends", async () => {
  const clock = createFakeClock(NOW);
  const book = await openKeyBook({ documents: documents(), clock });
  const here = keysOf(book, clock);
  const there = keysOf(elsewhere(book), clock);
  strictEqual(there.newHostKey, null);
  strictEqual(here.newHostKey?.length, 32);

  const made = await there.make("display", "OBS");
  const holder = here.holderOfKey(made.key)!;
  deepStrictEqual(there.holderOfKey(made.key), holder);
  const { code } = await here.pair("host", here.holderOfKey(here.newHostKey!)!);
  const tablet = (await there.takePairing(code, "tablet"))!;
  strictEqual(here.holderOfSignIn(tablet.token)?.role, "host");

  const open = new Set([holder]);
  there.watchGone((whose) => {
    for (const each of open) if (whose(each)) open.delete(each);
    return 0;
  });
  await here.make("button", "Deck");
  strictEqual(open.size, 1);
  await here.revoke(made.id);
  strictEqual(open.size, 0);
  ok(!there.stillHolds(holder));
});

Deno.test("openKeyBook() takes a change that comes twice as one", async () => {
  const clock = createFakeClock(NOW);
  const book = await openKeyBook({ documents: documents(), clock });
  const keys = keysOf(book, clock);
  const host = keys.holderOfKey(keys.newHostKey!)!;
  const { code } = await keys.pair("host", host);
  const changes: KeyChange[] = [];
  const noted: KeyBook = {
    ...book,
    change(change) {
      changes.push(change);
      return book.change(change);
    },
  };
  const again = keysOf(noted, clock);
  await again.takePairing(code, "tablet");
  await again.make("display", "OBS");
  const before = book.kept();
  for (const change of changes) strictEqual(await book.change(change), true);
  deepStrictEqual(book.kept(), before);
});

Deno.test("openKeyBook() keeps what was when it cannot be written", async () => {
  const store = documents();
  const clock = createFakeClock(NOW);
  const book = await openKeyBook({ documents: store, clock });
  const keys = keysOf(book, clock);
  const made = await keys.make("display", "OBS");
  store.putDocument = () => Promise.reject(new Error("The disk is full"));
  let why = "";
  await keys.revoke(made.id).catch((error) => why = error.message);
  strictEqual(why, "The disk is full");
  strictEqual(keys.holderOfKey(made.key)?.role, "display");
});

Deno.test("openKeyBook() lets nobody in by a pairing that is over", async () => {
  const clock = createFakeClock(NOW);
  const book = await openKeyBook({ documents: documents(), clock });
  const by = { keyId: "host", account: null };
  const pairing = { role: "host" as const, endsAt: NOW + 1, hash: "p", ...by };
  await book.change({ type: "putPairing", pairing });
  const device = {
    id: "late",
    hash: "d",
    device: "tablet",
    madeAt: NOW,
    endsAt: NOW + 9,
  };
  await clock.advance(1);
  const taken = { type: "takePairing", hash: "p", device } as const;
  strictEqual(await book.change(taken), false);
  deepStrictEqual(book.kept().signIns, []);
});
