/**
 * What the page says that checks certificates. It works alone, from a file, and
 * so has both languages and nothing of the other texts.
 *
 * @module
 */
import type { FaultKind } from "@/core/verify.ts";
import { type Language, LANGUAGES } from "./languages.ts";
import { timesOf } from "./times.ts";

const number = (n: number) => n.toLocaleString("en");

const en = {
  title: "Is this evening true?",
  lead:
    "Choose the ledger of a game (.jsonl) or a viewer's file (.json). It is checked in this page alone: nothing is sent anywhere, and it works without the network.",
  choose: "Choose a file, or drop it here",
  another: "Another file",
  checking: (part: number) => `Checking … ${Math.round(part * 100)} %`,
  isTrue: "This file is true",
  isWrong: "This file is not true",
  faults: (n: number) => `${number(n)} places, the first ones below`,
  line: (n: number) => `Line ${number(n)}`,
  why: {
    json: "cannot be read: it is no line of a ledger.",
    header: "is no beginning of a ledger that this page knows.",
    order: "does not follow: a line is missing, doubled or out of place here.",
    chain: "was changed after it was written.",
    more: "stands after the end.",
    unfinished: "is the last one, and the end is missing.",
    rules: "is not what the rules of the game give here.",
    secret: "draws with another secret than the one that was promised.",
    draw: "draws something else than the secret does, or from another list.",
    board: "has another board than the entries give.",
    receipts: "has other receipts than the entries give.",
  } satisfies Record<FaultKind, string>,
  game: (title: string, channel: string) => title || `@${channel}`,
  rehearsal: "A rehearsal: its events are made up.",
  facts: (entries: number, viewers: number, points: number) =>
    `${number(entries)} entries, ${number(viewers)} viewers, ${
      number(points)
    } points: the chain, every rule, every receipt, the board and the draws hold.`,
  closing: "Closing hash",
  closingHelp:
    "If the host said its beginning when the game ended, and it is this one, the file is that evening. Without that, it only shows that the file holds together.",
  noClosing:
    "An earlier program has written this file: it has no closing hash, and no file of a viewer belongs to it.",
  earlier:
    "Data of viewers was deleted from it since. Files given out before have one of these:",
  first: "The first places",
  draws: "Draws",
  noDraws: "Nothing was drawn.",
  drawn: (line: number, from: number) =>
    from === 1
      ? `line ${number(line)}, the only one`
      : `line ${number(line)}, one of ${number(from)}`,
  secret: "Secret",
  ofViewer: "Receipts of one viewer",
  viewer: (id: string, points: number, stars: number) =>
    `Viewer ${id}: ${number(points)} points${
      stars === 0 ? "" : `, ${number(stars)} ★`
    }`,
  belongs:
    "They belong to the evening with this closing hash, and add up to the points.",
  wrongSum: "The receipts do not add up to the points.",
  wrongTree: "The receipts do not lead to the evening that the file names.",
  wrongFile: "This is no file of a viewer that this page knows.",
  save: "Save this page",
  saveHelp: "It works from the disk, too.",
  points: number,
};

/** What the page says, in one language. */
export type VerifyTexts = typeof en & {
  moment(at: number): string;
};

const th: typeof en = {
  title: "ค่ำคืนนี้เป็นของจริงไหม",
  lead:
    "เลือกไฟล์บันทึกของเกม (.jsonl) หรือไฟล์ของผู้ชม (.json) หน้านี้ตรวจเองทั้งหมด ไม่ส่งอะไรออกไป และใช้ได้โดยไม่ต้องต่อเน็ต",
  choose: "เลือกไฟล์ หรือลากมาวางที่นี่",
  another: "ตรวจไฟล์อื่น",
  checking: (part) => `กำลังตรวจ … ${Math.round(part * 100)} %`,
  isTrue: "ไฟล์นี้เป็นของจริง",
  isWrong: "ไฟล์นี้ไม่ใช่ของจริง",
  faults: (n) => `พบ ${number(n)} จุด จุดแรก ๆ อยู่ด้านล่าง`,
  line: (n) => `บรรทัดที่ ${number(n)}`,
  why: {
    json: "อ่านไม่ได้ ไม่ใช่บรรทัดของบันทึก",
    header: "ไม่ใช่ต้นบันทึกแบบที่หน้านี้รู้จัก",
    order: "ไม่ต่อกับบรรทัดก่อน มีบรรทัดหาย ซ้ำ หรือสลับที่ตรงนี้",
    chain: "ถูกแก้หลังจากเขียนไปแล้ว",
    more: "อยู่ต่อท้ายบรรทัดจบ",
    unfinished: "เป็นบรรทัดสุดท้าย แต่ไม่มีบรรทัดจบ",
    rules: "ไม่ตรงกับที่กติกาของเกมให้ ณ ตรงนี้",
    secret: "สุ่มด้วยความลับอื่น ไม่ใช่อันที่ผนึกไว้",
    draw: "ไม่ตรงกับที่ความลับสุ่มได้ หรือสุ่มจากรายการอื่น",
    board: "มีกระดานคะแนนไม่ตรงกับบันทึก",
    receipts: "มีที่มาของคะแนนไม่ตรงกับบันทึก",
  },
  game: (title, channel) => title || `@${channel}`,
  rehearsal: "เป็นการซ้อม เหตุการณ์ถูกสมมติขึ้น",
  facts: (entries, viewers, points) =>
    `${number(entries)} รายการ ผู้ชม ${number(viewers)} คน ${
      number(points)
    } คะแนน ตรงกันหมดทั้งสายบันทึก กติกา ที่มาของคะแนน กระดาน และการสุ่ม`,
  closing: "รหัสปิดเกม",
  closingHelp:
    "ถ้าโฮสต์บอกตัวแรก ๆ ของรหัสนี้ไว้ตอนจบเกม และตรงกัน ไฟล์นี้คือค่ำคืนนั้นจริง ถ้าไม่ได้บอกไว้ จะรู้ได้แค่ว่าไฟล์ไม่ขัดแย้งกันเอง",
  noClosing: "ไฟล์นี้มาจากโปรแกรมรุ่นก่อน จึงไม่มีรหัสปิดเกม และไม่มีไฟล์ของผู้ชมคู่กัน",
  earlier: "มีการลบข้อมูลผู้ชมออกหลังจากนั้น ไฟล์ที่ให้ไปก่อนหน้ามีรหัสใดรหัสหนึ่งนี้",
  first: "อันดับต้น ๆ",
  draws: "การสุ่ม",
  noDraws: "ไม่มีการสุ่ม",
  drawn: (line, from) =>
    from === 1
      ? `บรรทัดที่ ${number(line)} มีอันเดียว`
      : `บรรทัดที่ ${number(line)} จาก ${number(from)} อัน`,
  secret: "ความลับ",
  ofViewer: "ที่มาของคะแนนของผู้ชมคนหนึ่ง",
  viewer: (id, points, stars) =>
    `ผู้ชม ${id}: ${number(points)} คะแนน${
      stars === 0 ? "" : ` ${number(stars)} ★`
    }`,
  belongs: "เป็นของค่ำคืนที่มีรหัสปิดเกมนี้ และรวมกันได้เท่ากับคะแนนพอดี",
  wrongSum: "ที่มาของคะแนนรวมกันไม่เท่ากับคะแนน",
  wrongTree: "ที่มาของคะแนนไม่ตรงกับค่ำคืนที่ไฟล์อ้างถึง",
  wrongFile: "ไม่ใช่ไฟล์ของผู้ชมแบบที่หน้านี้รู้จัก",
  save: "บันทึกหน้านี้ไว้",
  saveHelp: "เปิดจากเครื่องได้เลย",
  points: number,
};

/** The page's texts; a browser's own language, English where neither. */
export function verifyTextsOf(language: Language): VerifyTexts {
  const { moment } = timesOf(language);
  return { ...(language === "th" ? th : en), moment };
}

/** What can be spoken. */
export { type Language, LANGUAGES };
