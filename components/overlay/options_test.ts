import { deepStrictEqual, strictEqual } from "node:assert";
import * as core from "@/core/frame.ts";
import {
  DEFAULT_ROWS,
  framesUrl,
  KEY_GREEN,
  MAX_ROWS,
  readOptions,
} from "./options.ts";

const read = (query: string) => readOptions(new URLSearchParams(query));
const defaults = read("");

Deno.test("readOptions() knows the bounds of a frame", () => {
  strictEqual(DEFAULT_ROWS, core.DEFAULT_ROWS);
  strictEqual(MAX_ROWS, core.MAX_ROWS);
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
    demo: true,
    motion: "reduced",
    lang: "th",
  });
});

Deno.test("readOptions() ignores what is wrong", () => {
  const wrong = "show=nothing&rows=0&theme=../panel&layout=up&scale=99" +
    "&hiderank=0&hideavatar=false&minpoints=many&chroma=red;}" +
    '&font=x";}body{color:red&motion=wild&lang=fr';
  deepStrictEqual(read(wrong), defaults);
  deepStrictEqual(read("rows=31&scale=-1&minpoints=-1&font="), defaults);
  deepStrictEqual(read("rows=NaN&scale=Infinity&chroma=12345"), defaults);
});

Deno.test("readOptions() paints nothing unless it is asked to", () => {
  strictEqual(defaults.chroma, null);
  strictEqual(read("theme=chroma").chroma, KEY_GREEN);
  strictEqual(read("theme=chroma&chroma=f0f").chroma, "#f0f");
});

Deno.test("framesUrl() passes the key through", () => {
  strictEqual(framesUrl(defaults, null), "/api/frames?rows=5");
  strictEqual(framesUrl(read("rows=9"), "a&b"), "/api/frames?rows=9&key=a%26b");
});
