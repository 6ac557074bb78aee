import { computed, Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { createDecoder } from "../client/decode_props.ts";
import { createEncoder } from "./encode_props.ts";

/** Sends a value through JSON as a page does. */
function send(value: unknown): unknown {
  const encoder = createEncoder(() => 7);
  const ref = encoder.add(value, "props");
  const table = JSON.parse(JSON.stringify(encoder.table));
  return createDecoder(table, (id) => `slot ${id}`)(ref);
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  values: [
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, NaN, Infinity, -Infinity),
    fc.constantFrom("__proto__", "constructor", "</script>", "<!--"),
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
    fc.constantFrom(/a\/b/gi, /</u),
    fc.webUrl().map((url) => new URL(url)),
  ],
});

Deno.test("props come out as they went in", () => {
  fc.assert(fc.property(anything, (value) => {
    deepStrictEqual(send(value), value);
  }));
});

Deno.test("a map may have keys that are no text", () => {
  const map = new Map([[{ toString: [] }, 1]]);
  deepStrictEqual(send(map), map);
});

Deno.test("props keep addresses and invalid dates", () => {
  const { url, date } = send({
    url: new URL("https://a.example/b?c#d"),
    date: new Date(NaN),
  }) as { url: URL; date: Date };
  strictEqual(url.href, "https://a.example/b?c#d");
  strictEqual(date.getTime(), NaN);
});

Deno.test("props keep keys that mean something to JavaScript", () => {
  const evil = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
  const sent = send(evil) as Record<string, unknown>;
  deepStrictEqual(Object.keys(sent), ["__proto__", "constructor"]);
  strictEqual(Object.getPrototypeOf(sent), Object.prototype);
  strictEqual(sent.admin, undefined);
});

Deno.test("props keep what is shared and what is circular", () => {
  const self: Record<string, unknown> = { list: [] };
  self.self = self;
  (self.list as unknown[]).push(self, new Map([[self, new Set([self])]]));
  const copy = send(self) as typeof self;
  strictEqual(copy.self, copy);
  const [first, map] = copy.list as [unknown, Map<unknown, Set<unknown>>];
  strictEqual(first, copy);
  strictEqual(map.get(copy)!.has(copy), true);
});

Deno.test("a signal stays one and follows; a computed one is read only", () => {
  const count = signal<unknown>(1);
  const double = computed(() => Number(count.value) * 2);
  const sent = send({ a: count, b: [count], double }) as {
    a: Signal;
    b: [Signal];
    double: Signal;
  };
  strictEqual(sent.a, sent.b[0]);
  strictEqual(sent.a instanceof Signal, true);
  strictEqual(sent.a.value, 1);
  sent.a.value = 5;
  strictEqual(sent.b[0].value, 5);
  strictEqual(sent.double.value, 2);
  throws(() => (sent.double.value = 3), TypeError);
});

Deno.test("a signal may hold itself", () => {
  const inner = signal<unknown>(null);
  inner.value = { inner };
  const sent = send(inner) as Signal<{ inner: Signal }>;
  strictEqual(sent.value.inner, sent);
});

Deno.test("JSX becomes a slot, and objects without prototype do not", () => {
  strictEqual(send(<p>text</p>), "slot 7");
  const bare = Object.assign(Object.create(null), { type: "p", props: {} });
  deepStrictEqual(send(bare), { type: "p", props: {} });
});

Deno.test("what cannot travel is refused with its path", () => {
  const encoder = createEncoder(() => 0);
  const refuse = (value: unknown, message: string) =>
    throws(() => encoder.add(value, "<Board> props"), {
      name: "TypeError",
      message,
    });
  refuse(
    { rows: [{ onClick: () => 1 }] },
    "Cannot send <Board> props.rows[0].onClick to the browser: it is a function",
  );
  refuse(
    { "a b": Symbol() },
    'Cannot send <Board> props["a b"] to the browser: it is a symbol',
  );
  refuse(
    { map: new Map([["key", new WeakMap()]]) },
    "Cannot send <Board> props.map.get(key) to the browser: " +
      "it is an instance of WeakMap",
  );
  class Point {}
  refuse(
    { now: signal(new Point()) },
    "Cannot send <Board> props.now.value to the browser: " +
      "it is an instance of Point",
  );
});
