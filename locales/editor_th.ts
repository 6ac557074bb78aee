/**
 * Thai for the editor of the overlay. `th.ts` takes it in.
 *
 * @module
 */
import type { Texts } from "./en.ts";

/** See the module. */
export const editorTh: Texts["editor"] = {
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
    ringside: "Ringside",
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
