import {
  deepStrictEqual,
  match,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { WINDOW_MS, WRONG_PER_ADDRESS } from "./attempts.ts";
import {
  HOST_KEY_ID,
  type KeyBookOptions,
  openKeyBook,
  PAIRING_MS,
  SIGN_IN_MS,
} from "./key_book.ts";
import { keysOf, type RoleOfAccount, USED_MS } from "./keys.ts";

const NOW = 1_700_000_000_000;

/** Documents that live as long as a test; `text()` is what a thief would see. */
function place() {
  const kept = new Map<string, string>();
  const writes = { count: 0 };
  const documents: KeyBookOptions["documents"] = {
    document: (name) => Promise.resolve(JSON.parse(kept.get(name) ?? "null")),
    putDocument(name, value) {
      kept.set(name, JSON.stringify(value));
      writes.count++;
      return Promise.resolve();
    },
  };
  const clock = createFakeClock(NOW);
  const open = async (hostKey?: string, roleOfAccount?: RoleOfAccount) =>
    keysOf(
      await openKeyBook({ documents, hostKey, clock }),
      clock,
      roleOfAccount,
    );
  return { open, clock, writes, text: () => [...kept.values()].join() };
}

Deno.test("openKeyBook() makes the host's key at the first start and shows it once", async () => {
  const { open, text } = place();
  const first = await open();
  const key = first.newHostKey!;
  match(key, /^[\w-]{32}$/);
  const holder = first.holderOfKey(key)!;
  deepStrictEqual(
    [holder.role, holder.keyId, holder.signInId, holder.chosen],
    ["host", HOST_KEY_ID, null, false],
  );
  ok(!text().includes(key), "only a hash is kept");
  const second = await open();
  strictEqual(second.newHostKey, null);
  strictEqual(second.holderOfKey(key)?.role, "host");
  strictEqual(second.holderOfKey(key.slice(0, -1)), null);
  strictEqual(second.holderOfKey(""), null);
});

Deno.test("openKeyBook() honours the host's key from the settings", async () => {
  const { open } = place();
  const made = (await open()).newHostKey!;
  const keys = await open("sixteen letters!");
  strictEqual(keys.newHostKey, null);
  strictEqual(keys.holderOfKey("sixteen letters!")?.role, "host");
  strictEqual(keys.holderOfKey("sixteen letters!")?.chosen, true);
  strictEqual(keys.holderOfKey(made), null);
  await rejects(open("fifteen letters"), /Cannot use HOST_KEY: it has 15/);
});

Deno.test("replace() puts a new key in place and signs its browsers out", async () => {
  const { open } = place();
  const keys = await open();
  const old = keys.newHostKey!;
  const { token } = (await keys.signIn(old, "phone"))!;
  const made = (await keys.replace(HOST_KEY_ID))!;
  notStrictEqual(made.key, old);
  strictEqual(keys.holderOfKey(old), null);
  strictEqual(keys.holderOfSignIn(token), null);
  strictEqual(keys.holderOfKey(made.key)?.role, "host");
  strictEqual((await open()).holderOfKey(made.key)?.role, "host");
  strictEqual(await keys.replace("unknown"), null);
});

Deno.test("revoke() takes a key away with its sign-ins, but never the host's own", async () => {
  const { open } = place();
  const keys = await open();
  const made = await keys.make("display", "OBS");
  const signedIn = (await keys.signIn(made.key, "tablet"))!;
  strictEqual(keys.holderOfKey(made.key)?.role, "display");
  strictEqual(await keys.revoke(made.id), true);
  strictEqual(await keys.revoke(made.id), false);
  strictEqual(keys.holderOfKey(made.key), null);
  strictEqual(keys.holderOfSignIn(signedIn.token), null);
  strictEqual(await keys.revoke(HOST_KEY_ID), false);
  deepStrictEqual(keys.list().map((k) => k.id), [HOST_KEY_ID]);
});

Deno.test("signIn() knows a browser again, after a start too, until it is signed out", async () => {
  const { open, clock, text } = place();
  const keys = await open();
  const { token, holder } = (await keys.signIn(keys.newHostKey!, "phone"))!;
  ok(!text().includes(token), "only a hash is kept");
  const again = await open();
  deepStrictEqual(again.holderOfSignIn(token), holder);
  strictEqual(again.holderOfKey(token), null, "a sign-in is not a key");
  strictEqual(again.holderOfSignIn(keys.newHostKey!), null);
  strictEqual(await keys.signIn("wrong", "phone"), null);
  strictEqual(await again.signOut(holder.signInId!), true);
  strictEqual(again.holderOfSignIn(token), null);
  strictEqual(await again.signOut(holder.signInId!), false);
  const late = (await again.signIn(keys.newHostKey!, "tablet"))!;
  await clock.advance(SIGN_IN_MS);
  strictEqual(again.holderOfSignIn(late.token), null);
});

Deno.test("list() and signIns() never tell a hash", async () => {
  const keys = await place().open();
  await keys.signIn(keys.newHostKey!, "phone");
  ok(!JSON.stringify([keys.list(), keys.signIns()]).includes("hash"));
});

Deno.test("signIn() forgets the oldest browsers when there are too many", async () => {
  const keys = await place().open();
  const first = (await keys.signIn(keys.newHostKey!, "0"))!;
  for (let i = 1; i <= 100; i++) await keys.signIn(keys.newHostKey!, `${i}`);
  strictEqual(keys.signIns().length, 100);
  strictEqual(keys.holderOfSignIn(first.token), null);
});

Deno.test("used() is told at once and written at most once a minute", async () => {
  const { open, clock, writes } = place();
  const keys = await open();
  const holder = keys.holderOfKey(keys.newHostKey!)!;
  const before = writes.count;
  const usedAt = () => keys.list()[0]!.usedAt;
  strictEqual(usedAt(), null);
  for (let i = 0; i < 100; i++) {
    await clock.advance(1);
    keys.used(holder);
  }
  strictEqual(usedAt(), NOW + 100);
  await keys.signOut("nobody"); // all that was asked before is written
  strictEqual(writes.count - before, 1);
  await clock.advance(USED_MS - 100);
  keys.used(holder);
  await keys.signOut("nobody");
  strictEqual(writes.count - before, 1);
  await clock.advance(1);
  keys.used(holder);
  await keys.signOut("nobody");
  strictEqual(writes.count - before, 2);
  strictEqual((await open()).list()[0]!.usedAt, NOW + USED_MS + 1);
});

Deno.test("stillHolds() says no once a key is replaced, revoked or signed out", async () => {
  const { open, clock } = place();
  const keys = await open();
  const made = await keys.make("display", "OBS");
  const byKey = keys.holderOfKey(made.key)!;
  const { holder } = (await keys.signIn(made.key, "tablet"))!;
  ok(keys.stillHolds(byKey) && keys.stillHolds(holder));
  await keys.replace(made.id);
  ok(!keys.stillHolds(byKey) && !keys.stillHolds(holder));

  const phone = (await keys.signIn(keys.newHostKey!, "phone"))!.holder;
  const laptop = (await keys.signIn(keys.newHostKey!, "laptop"))!.holder;
  await keys.signOut(phone.signInId!);
  ok(!keys.stillHolds(phone) && keys.stillHolds(laptop));
  await clock.advance(SIGN_IN_MS);
  ok(!keys.stillHolds(laptop));
});

Deno.test("pair() lets one device in, once, within ten minutes", async () => {
  const { open, clock, text } = place();
  const keys = await open();
  const host = keys.holderOfKey(keys.newHostKey!)!;
  const { code, endsAt } = await keys.pair("moderator", host);
  strictEqual(endsAt, NOW + PAIRING_MS);
  ok(!text().includes(code), "only a hash is kept");
  strictEqual(keys.pairing(code)?.role, "moderator");
  strictEqual(keys.pairing("wrong"), null);
  strictEqual(await keys.takePairing("wrong", "tablet"), null);

  const both = await Promise.all([
    keys.takePairing(code, "tablet"),
    keys.takePairing(code, "thief"),
  ]);
  deepStrictEqual(both.map((each) => each?.holder.role), [
    "moderator",
    undefined,
  ]);
  strictEqual(keys.pairing(code), null);
  const { token } = both[0]!;
  strictEqual((await open()).holderOfSignIn(token)?.role, "moderator");

  const late = await keys.pair("host", host);
  await clock.advance(PAIRING_MS);
  strictEqual(await keys.takePairing(late.code, "tablet"), null);
});

Deno.test("pair() makes the one who pairs answer for the device", async () => {
  const { open } = place();
  const keys = await open();
  const made = await keys.make("host", "Second host");
  const { code } = await keys.pair("display", keys.holderOfKey(made.key)!);
  const { token, holder } = (await keys.takePairing(code, "tablet"))!;
  strictEqual(holder.keyId, made.id);
  const other = await keys.pair("display", holder);
  await keys.revoke(made.id);
  strictEqual(keys.holderOfSignIn(token), null);
  strictEqual(await keys.takePairing(other.code, "tablet"), null);
});

Deno.test("signInAs() lets an account in for as long as it is on the list", async () => {
  const { open } = place();
  const roles = new Map([["github:ann", "host"]] as const);
  const roleOfAccount = (names: readonly string[]) =>
    roles.get(names[0] as "github:ann") ?? null;
  const keys = await open(undefined, roleOfAccount);
  strictEqual(await keys.signInAs(["github:bob"], "phone", "token-b"), null);
  const { holder } = (await keys.signInAs(["github:ann"], "pc", "token-a"))!;
  strictEqual(holder.role, "host");
  const { code } = await keys.pair("moderator", holder);
  const tablet = (await keys.takePairing(code, "tablet"))!;
  strictEqual(tablet.holder.role, "moderator");
  roles.clear();
  strictEqual(keys.holderOfSignIn("token-a"), null);
  strictEqual(keys.holderOfSignIn(tablet.token), null);
  ok(!keys.stillHolds(holder));
  deepStrictEqual(keys.signIns(), []);
});

Deno.test("signOutAll() signs every device out but the one that asks", async () => {
  const keys = await place().open();
  const one = (await keys.signIn(keys.newHostKey!, "one"))!;
  const two = (await keys.signIn(keys.newHostKey!, "two"))!;
  await keys.signOutAll(two.holder.signInId);
  strictEqual(keys.holderOfSignIn(one.token), null);
  strictEqual(keys.holderOfSignIn(two.token)?.role, "host");
});

Deno.test("a wrong key locks for a minute, with the clock set back by a day", async () => {
  const { open, clock } = place();
  const { attempts } = await open("sixteen letters!");
  const asker = { address: "a", device: null };
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) {
    attempts.guess(asker, `wrong ${i}`, () => null);
  }
  clock.jump(-86_400_000);
  const right = () => attempts.guess(asker, "right", () => ({ chosen: true }));
  throws(right, { seconds: WINDOW_MS / 1000 });
  await clock.advance(WINDOW_MS);
  strictEqual(right()?.chosen, true);
});

for (const jump of [-600_000, 600_000]) {
  Deno.test(`a pairing link works for ten minutes, with the clock set by ${jump} ms`, async () => {
    const { open, clock } = place();
    const keys = await open();
    const host = keys.holderOfKey(keys.newHostKey!)!;
    const [first, second] = [
      await keys.pair("host", host),
      await keys.pair("host", host),
    ];
    clock.jump(jump);
    await clock.advance(PAIRING_MS - 1);
    ok(await keys.takePairing(first.code, "tablet"));
    await clock.advance(1);
    strictEqual(await keys.takePairing(second.code, "tablet"), null);
  });
}

Deno.test("a pairing link of before a start works for ten minutes at most, with the clock set back", async () => {
  const { open, clock } = place();
  const before = await open();
  const host = before.holderOfKey(before.newHostKey!)!;
  const { code } = await before.pair("host", host);
  clock.jump(-86_400_000);
  const keys = await open();
  strictEqual(keys.pairing(code)?.role, "host");
  await clock.advance(PAIRING_MS);
  strictEqual(keys.pairing(code), null);
  strictEqual(await keys.takePairing(code, "tablet"), null);
});
