import { deepStrictEqual, strictEqual } from "node:assert";
import { DEFAULT_LOOK } from "@/core/look.ts";
import type { Look } from "@/core/shapes/look.ts";
import {
  framesUrl,
  KEY_GREEN,
  RANGES,
  readOptions,
  writeOptions,
} from "./options.ts";

const read = (query: string) => readOptions(new URLSearchParams(query));
const defaults = read("");

Deno.test("readOptions() lets the link win over the host's settings", () => {
  const set = {
    ...DEFAULT_LOOK,
    rows: 9,
    hideRank: true,
    title: "Hi",
    sounds: true,
  };
  const query = new URLSearchParams("rows=3&hiderank=0&volume=nonsense");
  const options = readOptions(query, set);
  deepStrictEqual(
    [options.rows, options.hideRank, options.title, options.sounds],
    [3, false, "Hi", true],
  );
  strictEqual(options.volume, 60);
});

Deno.test("writeOptions() makes a link that reads as it was meant", () => {
  const set = { ...DEFAULT_LOOK, hideRank: true };
  const wanted: Look = {
    ...DEFAULT_LOOK,
    theme: "gold",
    scale: 1.2,
    sounds: true,
  };
  const query = writeOptions(wanted, set);
  strictEqual(String(query), "theme=gold&scale=1.2&hiderank=0&sounds=1");
  const read = readOptions(query, set);
  deepStrictEqual({ ...read, ...wanted }, read);
});

Deno.test("readOptions() takes what a link says", () => {
  const options = read(
    "show=board,countdown&rows=12&theme=Neon&layout=right&scale=1.5" +
      "&title=%20Hi%20&hiderank&hideavatar=1&hidepoints=true&minpoints=50" +
      "&font=Noto+Sans+Thai&chroma=00ff00&preview&demo&motion=reduced&lang=th",
  );
  deepStrictEqual(options, {
    show: ["board", "countdown"],
    rows: 12,
    theme: "neon",
    layout: "right",
    scale: 1.5,
    title: "Hi",
    hideRank: true,
    hideAvatar: true,
    hidePoints: true,
    minPoints: 50,
    font: "Noto Sans Thai",
    chroma: "#00ff00",
    preview: true,
    guides: false,
    studio: false,
    hideProgress: false,
    sounds: false,
    volume: 60,
    demo: true,
    motion: "reduced",
    lang: "th",
  });
});

Deno.test("readOptions() ignores what is wrong", () => {
  const wrong = "show=nothing&rows=x&theme=../panel&layout=up&scale=big" +
    "&hiderank=0&hideavatar=false&minpoints=many&chroma=red;}" +
    '&font=x";}body{color:red&motion=wild&lang=fr';
  deepStrictEqual(read(wrong), defaults);
  deepStrictEqual(read("rows=&scale=&minpoints=%20&font="), defaults);
  deepStrictEqual(read("rows=NaN&scale=Infinity&chroma=12345"), defaults);
});

Deno.test("readOptions() takes the nearest number in range for one out of it", () => {
  const numbers = (query: string) => {
    const { rows, scale, minPoints, volume } = read(query);
    return [rows, scale, minPoints, volume];
  };
  const [least, most] = [
    "rows=0&scale=-1&minpoints=-1&volume=-7",
    "rows=99&scale=99&minpoints=2e9&volume=101",
  ].map(numbers);
  deepStrictEqual(least, Object.values(RANGES).map(({ min }) => min));
  deepStrictEqual(most, Object.values(RANGES).map(({ max }) => max));
});

Deno.test("readOptions() paints nothing unless it is asked to", () => {
  strictEqual(defaults.chroma, null);
  strictEqual(read("theme=chroma").chroma, KEY_GREEN);
  strictEqual(read("theme=chroma&chroma=f0f").chroma, "#f0f");
});

Deno.test("framesUrl() passes the key through", () => {
  strictEqual(framesUrl(null), "/api/frames?rows=30");
  strictEqual(framesUrl("a&b"), "/api/frames?rows=30&key=a%26b");
});
