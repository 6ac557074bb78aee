/**
 * What the editor of the overlay says. Apart from the other texts, because it
 * comes with the editor.
 *
 * @module
 */
import type { Look } from "@/core/shapes/look.ts";
import type { Language } from "./languages.ts";

const en = {
  open: "Design the overlay",
  title: "Overlay",
  preview: "Preview",
  shape: "Shape of the stream",
  portrait: "Portrait",
  landscape: "Landscape",
  guides: "TikTok's own buttons",
  tries: "Try it here (the stream does not see it)",
  trials: {
    overtake: "Overtake",
    countdown: "Countdown",
    winner: "Winner",
    question: "Question",
    storm: "Storm",
    clear: "Back to calm",
  },
  forAll: "For all overlays",
  forAllHelp: "Off: only the link below carries it",
  use: "Use on air",
  backToAir: "Back to what is on air",
  isOnAir: "This is what viewers see",
  isDraft: "A draft: viewers do not see it yet",
  theme: "Look",
  themes: {
    market: "Night market",
    neon: "Neon",
    paper: "Paper",
    gold: "Gold",
    pixel: "Pixel",
    chroma: "Green screen",
  } satisfies Record<Look["theme"], string>,
  layout: "Place",
  layouts: {
    auto: "By the source",
    portrait: "Portrait",
    left: "Left",
    right: "Right",
    fill: "Fills the source",
  } satisfies Record<Look["layout"], string>,
  rows: "Rows",
  scale: "Size, as far as it fits",
  boardTitle: "Title above the board",
  minPoints: "Show from so many points",
  hideRank: "Hide the places",
  hideAvatar: "Hide the pictures",
  hidePoints: "Hide the points",
  hideProgress: "Hide the distance to the next place",
  sounds: "Sounds",
  soundsHelp: "Overtakings, the countdown, winners",
  volume: "Volume",
  undo: "Undo",
  redo: "Redo",
  reset: "As it was made",
  link: "Link for OBS",
  drag: "Drag me into OBS",
};

/** Texts of the editor. */
export type EditorTexts = typeof en;

const th: EditorTexts = {
  open: "แต่งหน้าจอ",
  title: "หน้าจอในไลฟ์",
  preview: "ตัวอย่าง",
  shape: "รูปแบบไลฟ์",
  portrait: "แนวตั้ง",
  landscape: "แนวนอน",
  guides: "ปุ่มของ TikTok",
  tries: "ลองตรงนี้ (คนดูไม่เห็น)",
  trials: {
    overtake: "แซง",
    countdown: "นับถอยหลัง",
    winner: "ผู้ชนะ",
    question: "คำถาม",
    storm: "พายุ",
    clear: "กลับเป็นปกติ",
  },
  forAll: "ใช้กับทุกหน้าจอ",
  forAllHelp: "ถ้าปิด จะมีผลกับลิงก์ด้านล่างเท่านั้น",
  use: "ใช้ในไลฟ์",
  backToAir: "กลับเป็นแบบที่ใช้อยู่",
  isOnAir: "คนดูเห็นแบบนี้อยู่",
  isDraft: "ยังเป็นแบบร่าง คนดูยังไม่เห็น",
  theme: "ธีม",
  themes: {
    market: "ตลาดกลางคืน",
    neon: "นีออน",
    paper: "กระดาษ",
    gold: "ทอง",
    pixel: "พิกเซล",
    chroma: "กรีนสกรีน",
  },
  layout: "ตำแหน่ง",
  layouts: {
    auto: "ตามขนาดจอ",
    portrait: "แนวตั้ง",
    left: "ซ้าย",
    right: "ขวา",
    fill: "เต็มจอ",
  },
  rows: "จำนวนแถว",
  scale: "ขนาด (เท่าที่ไม่ล้นจอ)",
  boardTitle: "ข้อความเหนืออันดับ",
  minPoints: "แสดงตั้งแต่กี่คะแนน",
  hideRank: "ซ่อนอันดับ",
  hideAvatar: "ซ่อนรูป",
  hidePoints: "ซ่อนคะแนน",
  hideProgress: "ซ่อนระยะถึงอันดับถัดไป",
  sounds: "เสียง",
  soundsHelp: "ตอนแซง นับถอยหลัง และมีผู้ชนะ",
  volume: "ความดัง",
  undo: "ย้อนกลับ",
  redo: "ทำอีกครั้ง",
  reset: "แบบเริ่มต้น",
  link: "ลิงก์สำหรับ OBS",
  drag: "ลากไปใส่ OBS",
};

const ALL: Record<Language, EditorTexts> = { th, en };

/** What the editor says in a language. */
export function editorTextsOf(language: Language): EditorTexts {
  return ALL[language];
}
