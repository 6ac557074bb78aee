import { deepStrictEqual } from "node:assert";
import { linkNotes } from "./link_notes.ts";

const notes = (query: string) => linkNotes(new URLSearchParams(query));

Deno.test("linkNotes() says nothing of a link that is used as it is written", () => {
  deepStrictEqual(
    notes(
      "show=board,Countdown&rows=12&theme=Neon&layout=right&scale=1.5&title=Hi" +
        "&hiderank&hideavatar=1&hidepoints=true&hideprogress=0&minpoints=50" +
        "&font=Noto+Sans+Thai&chroma=00ff00&preview&demo&guides&studio" +
        "&sounds&volume=10&motion=reduced&lang=th&key=abc" +
        "&layer-name=Board&layer-width=1080&layer-height=1920",
    ),
    [],
  );
});

Deno.test("linkNotes() names what is used instead of a number out of its range", () => {
  deepStrictEqual(
    notes("rows=99&scale=0&minpoints=-5&volume=200&rows=many&scale="),
    [
      "rows=99 → 30",
      "scale=0 → 0.3",
      "minpoints=-5 → 0",
      "volume=200 → 100",
      "rows=many",
      "scale",
    ],
  );
});

Deno.test("linkNotes() names an unknown option, with the one that may be meant", () => {
  deepStrictEqual(notes("row=5&hide_rank&Theme=gold&hidernk=1&colour=red"), [
    "row → rows?",
    "hide_rank → hiderank?",
    "Theme → theme?",
    "hidernk → hiderank?",
    "colour",
  ]);
  deepStrictEqual(notes("kye=secret"), ["kye → key?"], "the key was shown");
});

Deno.test("linkNotes() names a value that is none, with the one that may be meant", () => {
  deepStrictEqual(
    notes(
      "theme=golld&layout=up&show=bord,stage&motion=redused&chroma=red;}" +
        '&font=x";}',
    ),
    [
      "theme=golld → gold?",
      "layout=up",
      "show=bord,stage → board?",
      "motion=redused → reduced?",
      "chroma=red;}",
      'font=x";}',
    ],
  );
});

Deno.test("linkNotes() stays short whatever a link holds", () => {
  const long = Array.from({ length: 100 }, (_, i) => `${"y".repeat(99)}${i}=`);
  const said = notes(long.join("&"));
  deepStrictEqual([said.length, said[0]?.length], [8, 40]);
});
