/**
 * Thai for what surrounds the evening; see `panel_en.ts`.
 *
 * @module
 */
import type { panelEn } from "./panel_en.ts";

const whole = (n: number) => n.toLocaleString("en");

/** See the module. */
export const panelTh: typeof panelEn = {
  queue: {
    title: "คิวขึ้นจอ",
    empty: "ยังไม่มีคิว กด + ข้างคอมเมนต์เพื่อเอาเข้าคิว",
    add: "เข้าคิว",
    added: "เข้าคิวแล้ว",
    remove: "เอาออกจากคิว",
    removed: "เอาออกจากคิวแล้ว",
    air: "ขึ้นจอ",
    airNext: "ขึ้นจออันถัดไป",
    count: (n) => `${whole(n)} คิว`,
  },

  kept: {
    hide: "ซ่อน",
    show: "เลิกซ่อน",
    hidden: "ซ่อนแล้ว",
    shown: "กลับมาแสดงแล้ว",
    filter: "ซ่อนไว้",
    masked: "มีคำต้องห้าม",
  },

  questions: {
    title: "คำถามจาก TikTok",
    empty: "คำถามจาก Q&A ของ TikTok จะขึ้นตรงนี้",
  },

  words: {
    title: "คำต้องห้าม",
    help:
      "คอมเมนต์ที่มีคำพวกนี้จะไม่ขึ้นทั้งในรายการและบนจอ ชื่อที่มีจะถูกปิด แต่คะแนนยังนับเหมือนเดิม เขียนตัวอักษรให้คล้ายกันก็หลบไม่ได้",
    field: "คำ",
    part: "ห้ามแม้อยู่ในคำอื่น",
    whole: "ทั้งคำ",
    inside: "รวมในคำอื่น",
    add: "เพิ่ม",
    remove: (word) => `ลบ ${word}`,
    none: "ยังไม่มีคำต้องห้าม",
    already: "มีคำนี้อยู่แล้ว",
  },

  presets: {
    title: "อัตราที่บันทึกไว้",
    name: "ตั้งชื่ออัตรานี้",
    placeholder: "สุดสัปดาห์",
    save: "บันทึก",
    use: (name) => `ลองใช้ ${name}`,
    remove: (name) => `ลบ ${name}`,
    removeShort: "ลบ",
    removeConfirm: "กดอีกครั้ง",
    none: "ตั้งชื่ออัตราแล้วบันทึกไว้ เรียกใช้ได้ด้วยการกดครั้งเดียว",
  },

  rehearsal: {
    title: "ซ้อม",
    help: "ปุ่มทดสอบ มีผลกับการซ้อมนี้เท่านั้น",
    like: (n) => `กดใจ ${whole(n)} ครั้ง`,
    gift: (n, name) => `${name} ×${whole(n)}`,
    comment: "คอมเมนต์",
    follow: "ติดตาม",
    share: "แชร์",
    sent: "ส่งทดสอบแล้ว",
  },

  winners: {
    title: "ผู้ชนะที่ผ่านมา",
    none: "ยังไม่มีผู้ชนะ กดเลือกผู้ชนะได้เลย",
    undone: "ย้อนกลับแล้ว",
    undo: "ย้อนกลับ",
    undoConfirm: "กดอีกครั้ง",
    byRank: "หรือเลือกจากอันดับ",
    rank: "อันดับที่",
    choose: "เลือก",
    nobody: (rank) => `ไม่มีใครอยู่อันดับ ${whole(rank)}`,
  },

  preview: {
    title: "ที่คนดูเห็น",
    open: "ตัวอย่างจอ",
    frame: "ตัวอย่างโอเวอร์เลย์",
  },

  timeline: {
    title: "คะแนนตลอดเกม",
    points: "คะแนน",
    events: "เหตุการณ์",
    late: "มาช้า",
    step: (length) => `แท่งละ ${length}`,
    minutes: (n) => `${whole(n)} นาที`,
    hours: (n) => `${whole(n)} ชม.`,
    peak: (points, clock) => `มากสุด ${points} ตอน ${clock}`,
    bar: (clock, points, events) =>
      `${clock}: ${points} คะแนน ${events} เหตุการณ์`,
    gap: "ช่วงที่หลุด",
    marks: {
      opened: "เปิดรับ",
      frozen: "หยุดรับ",
      winner: "ผู้ชนะ",
      ended: "จบ",
    },
    none: "ยังไม่มีอะไรเกิดขึ้น",
    table: "ดูเป็นตัวเลข",
    slider: "อันดับ ณ เวลาหนึ่งของเกม",
    at: (clock) => `ตอน ${clock}`,
    atEnd: "เลื่อนเพื่อดูอันดับย้อนหลัง",
    when: "เวลา",
  },

  games: {
    rename: "เปลี่ยนชื่อ",
    name: "ชื่อใหม่",
    save: "บันทึก",
    renamed: "เปลี่ยนชื่อแล้ว",
    remove: "ลบเกมนี้",
    removeConfirm: "กดอีกครั้งเพื่อลบ",
    removeHelp: "กู้คืนได้ภายใน 30 วัน",
    removeLater: "ลบได้เมื่อเกมจบแล้ว",
    removedTitle: "เกมที่ลบไป",
    removedHelp: "กู้คืนได้ภายใน 30 วัน",
    removedNone: "ไม่มีเกมที่ลบไป",
    restore: "กู้คืน",
    restored: "กู้คืนแล้ว",
    removedAt: (moment) => `ลบเมื่อ ${moment}`,
    import: "นำเข้าเกม",
    importHelp: "ไฟล์บันทึกที่ส่งออกจากที่นี่หรือที่อื่น (JSONL)",
    importFile: "เลือกไฟล์",
    importing: "กำลังนำเข้า…",
    imported: "นำเข้าแล้ว",
    importBad: (why) => `นำเข้าไม่ได้: ${why}`,
    live: "ตอนนี้",
  },

  order: {
    newest: "ใหม่สุดก่อน",
    oldest: "เก่าสุดก่อน",
  },
};
