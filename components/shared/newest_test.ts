import { deepStrictEqual } from "node:assert";
import { createNewest } from "./newest.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("createNewest() tells the first at once and then only the newest", async () => {
  const told: number[] = [];
  const newest = createNewest<number>(30, (n) => told.push(n));
  for (let n = 1; n <= 5; n++) newest.put(n);
  deepStrictEqual(told, [1]);
  await sleep(50);
  deepStrictEqual(told, [1, 5]);
  newest.close();
});

Deno.test("createNewest() lets what is urgent through and forgets what waited", async () => {
  const told: number[] = [];
  const newest = createNewest<number>(20, (n) => told.push(n));
  newest.put(1);
  newest.put(2);
  newest.put(3, true);
  await sleep(40);
  newest.close();
  deepStrictEqual(told, [1, 3]);
});
