/**
 * What the page about keys of a Stream Deck says. Apart from the other texts,
 * because the panel has no use for it.
 *
 * @module
 */
import type { Language } from "./languages.ts";

const en = {
  title: "Buttons",
  lead:
    "Freeze, open, pick the winner and switch scenes from a Stream Deck, Companion or anything else that can send a web request.",
  first: "1. Make a button key",
  firstHelp:
    "In the panel under More, Who may come in: make a key with the right “Button”. It presses these buttons and can do nothing else; revoke it there if a device is lost.",
  toPanel: "Open the panel",
  second: "2. The addresses",
  secondHelp:
    "Each one is sent as POST, with the header below. Two presses within 0.3 s count once.",
  header: "Header, with your key in place of KEY",
  actions: {
    freeze: "Freeze, with the countdown",
    open: "Open again",
    toggle: "Freeze or open, whichever comes next",
    "winner-latest": "Winner with the latest comment",
    "winner-random": "Winner with a random comment",
    "clear-stage": "Clear the screen",
    undo: "Undo",
    "start-round": "Next round, as the last one",
    pause: "Pause the round",
    resume: "Go on after a pause",
    "add-time": "15 seconds more on the clock",
    boost: "Everything counts twice for a minute",
  },
  scene: (scene: string) => `Scene ${scene}`,
  sceneExample: "Scene, with its name at the end",
  state: "What to show on a key (GET, same header)",
  stateHelp:
    "Answers phase, text (two short lines), the seconds left, how many viewers, the winner and the scene.",
  streamDeck: "Stream Deck",
  streamDeckSteps: [
    "In the Stream Deck app, open the store and install a plugin that sends web requests with headers, such as API Ninja.",
    "Drag its action onto a key, choose POST and paste an address from above.",
    "Add the header Authorization with the value Bearer and your key. Press the key once to try it.",
  ],
  companion: "Companion",
  companionSteps: [
    "Under Connections, add Generic: HTTP Requests, and paste the base address below.",
    "On a button, add its action POST, with the part of an address after the base.",
    "Paste the header below as JSON, with your key in place of KEY.",
  ],
  base: "Base address",
  json: "Header as JSON",
  curl: "Or from a terminal",
};

const th: typeof en = {
  title: "ปุ่มกด",
  lead:
    "หยุดรับ เปิดรับ เลือกผู้ชนะ และเปลี่ยนฉากได้จาก Stream Deck, Companion หรืออะไรก็ได้ที่ส่ง web request ได้",
  first: "1. สร้างคีย์ปุ่ม",
  firstHelp:
    "ในแผงควบคุม ที่อื่น ๆ หัวข้อใครเข้าใช้ได้บ้าง สร้างคีย์ที่มีสิทธิ์ “ปุ่มกด” คีย์นี้กดปุ่มได้อย่างเดียว ถ้าอุปกรณ์หายก็ยกเลิกได้ที่เดียวกัน",
  toPanel: "เปิดแผงควบคุม",
  second: "2. ลิงก์ของแต่ละปุ่ม",
  secondHelp: "ส่งเป็น POST พร้อม header ด้านล่าง กดซ้ำภายใน 0.3 วินาทีนับเป็นครั้งเดียว",
  header: "Header ใส่คีย์ของคุณแทนคำว่า KEY",
  actions: {
    freeze: "หยุดรับ พร้อมนับถอยหลัง",
    open: "เปิดรับใหม่",
    toggle: "หยุดรับหรือเปิดรับ ปุ่มเดียวสลับกัน",
    "winner-latest": "ผู้ชนะ กับคอมเมนต์ล่าสุด",
    "winner-random": "ผู้ชนะ กับคอมเมนต์ที่สุ่มได้",
    "clear-stage": "เอาลงจากจอ",
    undo: "ย้อนกลับ",
    "start-round": "เริ่มรอบถัดไป แบบเดียวกับรอบก่อน",
    pause: "พักเกม",
    resume: "เล่นต่อหลังพัก",
    "add-time": "เพิ่มเวลาอีก 15 วินาที",
    boost: "คะแนนคูณสอง 1 นาที",
  },
  scene: (scene) => `ฉาก ${scene}`,
  sceneExample: "เปลี่ยนฉาก ใส่ชื่อฉากไว้ท้ายลิงก์",
  state: "ข้อมูลสำหรับแสดงบนปุ่ม (GET ใช้ header เดียวกัน)",
  stateHelp:
    "ตอบ phase, text (สองบรรทัดสั้น ๆ), วินาทีที่เหลือ, จำนวนคน, ผู้ชนะ และฉากที่ออกอยู่",
  streamDeck: "Stream Deck",
  streamDeckSteps: [
    "ในแอป Stream Deck เปิดสโตร์แล้วลงปลั๊กอินที่ส่ง web request พร้อม header ได้ เช่น API Ninja",
    "ลากมาวางบนปุ่ม เลือก POST แล้ววางลิงก์จากด้านบน",
    "เพิ่ม header ชื่อ Authorization ค่าเป็น Bearer ตามด้วยคีย์ของคุณ แล้วลองกดดู",
  ],
  companion: "Companion",
  companionSteps: [
    "ที่ Connections เพิ่ม Generic: HTTP Requests แล้ววาง Base address ด้านล่าง",
    "ที่ปุ่ม เพิ่ม action แบบ POST ใส่ส่วนของลิงก์ที่ต่อจาก Base address",
    "วาง header แบบ JSON ด้านล่าง โดยใส่คีย์ของคุณแทนคำว่า KEY",
  ],
  base: "Base address",
  json: "Header แบบ JSON",
  curl: "หรือจากเทอร์มินัล",
};

const ALL: Record<Language, typeof en> = { th, en };

/** The texts of the page in a language. */
export function buttonsTextsOf(language: Language): typeof en {
  return ALL[language];
}
