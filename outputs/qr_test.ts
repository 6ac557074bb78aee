import { ok, strictEqual } from "node:assert";
import { qrCode, qrText } from "./qr.ts";

const LINK =
  "http://192.168.1.20:8000/pair?code=abcdefghijklmnopqrstuvwxyz012345";

Deno.test("qrCode() has the three finder patterns, and a margin around all", () => {
  const { size, path } = qrCode(LINK);
  const dark = new Set(path.match(/M\d+ \d+/g));
  for (const [x, y] of [[4, 4], [size - 11, 4], [4, size - 11]] as const) {
    for (let i = 0; i < 7; i++) ok(dark.has(`M${x + i} ${y}`), `${x + i} ${y}`);
    ok(!dark.has(`M${x + 1} ${y + 1}`));
  }
  for (let i = 0; i < size; i++) {
    for (let edge = 0; edge < 4; edge++) ok(!dark.has(`M${i} ${edge}`));
  }
  ok(/^(M\d+ \d+h1v1h-1z)+$/.test(path));
});

Deno.test("qrText() is narrow enough for a terminal", () => {
  const lines = qrText(LINK).split("\n");
  const widths = new Set(lines.map((line) => [...line].length));
  strictEqual(widths.size, 1);
  ok([...widths][0]! <= 60 && lines.length <= 30);
});
