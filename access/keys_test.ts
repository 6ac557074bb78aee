import {
  deepStrictEqual,
  match,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert";
import { HOST_KEY_ID, type KeysOptions, openKeys, SIGN_IN_MS } from "./keys.ts";

const NOW = 1_700_000_000_000;

/** Documents that live as long as a test; `text()` is what a thief would see. */
function place() {
  const kept = new Map<string, string>();
  const documents: KeysOptions["documents"] = {
    document: (name) => Promise.resolve(JSON.parse(kept.get(name) ?? "null")),
    putDocument(name, value) {
      kept.set(name, JSON.stringify(value));
      return Promise.resolve();
    },
  };
  const clock = { now: NOW };
  const open = (hostKey?: string) =>
    openKeys({ documents, hostKey, now: () => clock.now });
  return { open, clock, text: () => [...kept.values()].join() };
}

Deno.test("openKeys() makes the host's key at the first start and shows it once", async () => {
  const { open, text } = place();
  const first = await open();
  const key = first.newHostKey!;
  match(key, /^[\w-]{32}$/);
  deepStrictEqual(first.holderOfKey(key), {
    role: "host",
    keyId: HOST_KEY_ID,
    signInId: null,
  });
  ok(!text().includes(key), "only a hash is kept");
  const second = await open();
  strictEqual(second.newHostKey, null);
  strictEqual(second.holderOfKey(key)?.role, "host");
  strictEqual(second.holderOfKey(key.slice(0, -1)), null);
  strictEqual(second.holderOfKey(""), null);
});

Deno.test("openKeys() honours the host's key from the settings", async () => {
  const { open } = place();
  const made = (await open()).newHostKey!;
  const keys = await open("sixteen letters!");
  strictEqual(keys.newHostKey, null);
  strictEqual(keys.holderOfKey("sixteen letters!")?.role, "host");
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
  clock.now = NOW + SIGN_IN_MS;
  strictEqual(again.holderOfSignIn(token), null);
  clock.now = NOW;
  strictEqual(await again.signOut(holder.signInId!), true);
  strictEqual(again.holderOfSignIn(token), null);
  strictEqual(await again.signOut(holder.signInId!), false);
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
