import { deepStrictEqual as equal } from "node:assert";
import type { Lease } from "@/core/ports.ts";
import { T0 } from "@/core/testing.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { openOwner } from "./owner.ts";

/** An owner whose lease a test has in its hand, and what it was told to do. */
async function opened() {
  const clock = createFakeClock(T0);
  const did: string[] = [];
  let token = 1;
  const lease: Lease = {
    ms: 2_000,
    name: "one",
    remembered: () => Promise.resolve(0),
    claim: () => Promise.resolve({ token, leader: "one" }),
    mayPresume: () => Promise.resolve(false),
    presume() {},
    release: () => Promise.resolve(),
  };
  const owner = await openOwner({
    ...{ lease, clock, log() {}, onJoin() {}, onChange() {} },
    onLead: () => Promise.resolve(void did.push("leads")),
    onStandBy: () => Promise.resolve(void did.push("stands by")),
  });
  return { clock, owner, did, setToken: (next: number) => void (token = next) };
}

Deno.test("an owner that goes on with the token it has begins nothing anew", async () => {
  const { clock, owner, did } = await opened();
  await clock.advance(1_000);
  equal([did, owner.token()], [["leads"], 1]);
  await owner.close();
});

Deno.test("an owner that stood still while another led begins anew, although it leads again", async () => {
  const { clock, owner, did, setToken } = await opened();
  setToken(3); // 2 was another's
  await clock.advance(1_000);
  equal([did, owner.token()], [["leads", "stands by", "leads"], 3]);
  await owner.close();
});
