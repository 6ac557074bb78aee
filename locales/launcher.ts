/**
 * What the window of the downloaded program says. It does not know yet who
 * reads it, so it says everything in both languages.
 *
 * @module
 */
import type { Language } from "./languages.ts";

const en = {
  starting: "Starting. The panel opens by itself in a moment.",
  keepOpen:
    "Keep this window open while you play. To stop, press Ctrl and C, or close it; everything is saved.",
  open: (address: string) => `The panel: ${address}`,
  openYourself: (address: string) =>
    `No browser could be opened. Open this address yourself: ${address}`,
  runsAlready: (address: string) =>
    `It runs already. Its panel is at ${address}`,
  taken: (taken: number, instead: number) =>
    `Port ${taken} is taken by another program, so this time it is ${instead}. Links in OBS need the new number, too.`,
  noneFree: (from: number, to: number) =>
    `All ports from ${from} to ${to} are taken. Choose one with --port N.`,
  noAnswer:
    "It runs already, but does not answer. Close its window, wait a moment and start it again; if that does not help, restart the computer.",
  unknown: (argument: string) =>
    `"${argument}" cannot be understood here; --help says what can.`,
  noNumber: (text: string) =>
    `--port needs a number from 1 to 65535, not "${text}".`,
  noHome: "No folder for the data was found. Name one with --data DIR.",
  noFolder: (folder: string, why: string) =>
    `The data folder ${folder} cannot be used: ${why}`,
  failed: "It has not started. The reason stands above.",
  ended: "It has ended by itself. The reason stands above.",
  pressEnter: "Press Enter to close this window.",
  usage: (start: string, folder: string) =>
    `${start} starts the program and opens its panel.

  --port N      where it listens (8000, or the next that is free)
  --data DIR    where it keeps everything (${folder})
  --no-browser  opens no browser
  --version     says which version this is
  --help        says this

Settings come from the environment, or from a file .env in that folder.`,
};

const th: typeof en = {
  starting: "กำลังเปิดโปรแกรม อีกสักครู่แผงควบคุมจะเปิดขึ้นเอง",
  keepOpen:
    "เปิดหน้าต่างนี้ทิ้งไว้ตลอดการเล่น ถ้าจะหยุด กด Ctrl กับ C หรือปิดหน้าต่างนี้ ทุกอย่างถูกบันทึกไว้",
  open: (address) => `แผงควบคุม: ${address}`,
  openYourself: (address) => `เปิดเบราว์เซอร์ให้ไม่ได้ กรุณาเปิดที่อยู่นี้เอง: ${address}`,
  runsAlready: (address) => `โปรแกรมเปิดอยู่แล้ว แผงควบคุมอยู่ที่ ${address}`,
  taken: (taken, instead) =>
    `พอร์ต ${taken} มีโปรแกรมอื่นใช้อยู่ ครั้งนี้จึงใช้พอร์ต ${instead} ลิงก์ใน OBS ต้องเปลี่ยนเลขตามด้วย`,
  noneFree: (from, to) =>
    `พอร์ต ${from} ถึง ${to} ถูกใช้หมดแล้ว เลือกพอร์ตเองได้ด้วย --port N`,
  noAnswer:
    "โปรแกรมเปิดอยู่แล้วแต่ไม่ตอบ ปิดหน้าต่างของมัน รอสักครู่แล้วเปิดใหม่ ถ้ายังไม่ได้ให้เปิดเครื่องใหม่",
  unknown: (argument) => `ไม่รู้จัก "${argument}" ดูคำสั่งที่ใช้ได้ด้วย --help`,
  noNumber: (text) => `--port ต้องเป็นตัวเลข 1 ถึง 65535 ไม่ใช่ "${text}"`,
  noHome: "หาโฟลเดอร์สำหรับเก็บข้อมูลไม่พบ ระบุเองได้ด้วย --data DIR",
  noFolder: (folder, why) => `ใช้โฟลเดอร์ข้อมูล ${folder} ไม่ได้: ${why}`,
  failed: "โปรแกรมเปิดไม่สำเร็จ เหตุผลอยู่ด้านบน",
  ended: "โปรแกรมหยุดเอง เหตุผลอยู่ด้านบน",
  pressEnter: "กด Enter เพื่อปิดหน้าต่างนี้",
  usage: (start, folder) =>
    `${start} เปิดโปรแกรมและแผงควบคุม

  --port N      พอร์ตที่ใช้ (8000 หรือพอร์ตถัดไปที่ว่าง)
  --data DIR    โฟลเดอร์ที่เก็บทุกอย่าง (${folder})
  --no-browser  ไม่ต้องเปิดเบราว์เซอร์
  --version     บอกรุ่นของโปรแกรม
  --help        แสดงข้อความนี้

ตั้งค่าอื่น ๆ ได้จาก environment หรือไฟล์ .env ในโฟลเดอร์นั้น`,
};

/** Its texts by language. */
export const LAUNCHER_TEXTS: Record<Language, typeof en> = { en, th };

/** What a text is called, and how it is said in one language. */
export type LauncherTexts = typeof en;
