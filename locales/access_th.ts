/**
 * Who may come in, in Thai.
 *
 * @module
 */
import type { AccessTexts } from "./access_en.ts";

const moment = new Intl.DateTimeFormat("th-TH-u-ca-gregory", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** See the module. */
export const accessTh: AccessTexts = {
  title: "ใครเข้าใช้ได้บ้าง",
  open: "อุปกรณ์และคีย์",

  signIn: "เข้าสู่ระบบ",
  signInLead: "หน้านี้เป็นของโฮสต์ เข้าด้วยบัญชีที่โฮสต์เพิ่มไว้ หรือเปิดลิงก์ที่โฮสต์แสดงให้",
  signInByLink: "เปิดลิงก์ที่โปรแกรมแสดงตอนเริ่ม หรือขอลิงก์จับคู่จากโฮสต์",
  wrongLink: "ลิงก์นี้ไม่ถูกต้องหรือถูกเปลี่ยนแล้ว ขอลิงก์ใหม่จากโฮสต์",
  with: (provider) => `เข้าด้วย ${provider}`,
  problems: {
    notListed: (account) => `${account} ยังไม่อยู่ในรายชื่อของที่นี่ ขอให้โฮสต์เพิ่มให้ก่อน`,
    refused: "ยังเข้าสู่ระบบไม่สำเร็จ ลองใหม่อีกครั้ง",
    expired: "ใช้เวลานานเกินไป หรือเริ่มไว้ในหน้าต่างอื่น ลองใหม่อีกครั้ง",
    away: "บริการเข้าสู่ระบบไม่ตอบ อีกสักครู่ลองใหม่",
  },
  signOut: "ออกจากระบบบนเครื่องนี้",

  roles: {
    host: "โฮสต์",
    moderator: "ผู้ช่วยดูแล",
    display: "โอเวอร์เลย์ ดูได้อย่างเดียว",
    button: "ปุ่มกด",
  },

  pairTitle: "ให้เครื่องนี้เข้าใช้",
  pairAsks: (role) =>
    `โฮสต์ให้เครื่องนี้เข้าใช้เป็น: ${role} และจะอยู่ในระบบจนกว่าจะมีคนสั่งออก`,
  pairDo: "เข้าใช้",
  pairingGone: "ลิงก์นี้ใช้ไปแล้ว หรือครบสิบนาทีแล้ว สร้างลิงก์ใหม่ในแผงควบคุม",

  pairHead: "เพิ่มอุปกรณ์",
  pairLead: "ส่องกล้องแท็บเล็ตไปที่โค้ด ใช้ได้ครั้งเดียว ภายในสิบนาที",
  pairAs: "ให้เป็น",
  pairAt: "ที่อยู่",
  pairMake: "แสดงโค้ด",
  pairAgain: "โค้ดใหม่",
  pairQr: "คิวอาร์โค้ดของลิงก์จับคู่",
  pairUntil: (at) => `ใช้ได้ถึง ${moment.format(at)}`,
  pairLink: "ลิงก์จับคู่",
  pairNowhere:
    "ตอนนี้เปิดแผงควบคุมได้จากเครื่องนี้เท่านั้น ถ้าจะใช้แท็บเล็ต ให้เริ่มโปรแกรมด้วย HOST=0.0.0.0",

  devices: "อุปกรณ์ที่อยู่ในระบบ",
  noDevices: "ยังไม่มีอุปกรณ์อยู่ในระบบ",
  thisDevice: "เครื่องนี้",
  usedAt: (at) => `ใช้ล่าสุด ${moment.format(at)}`,
  neverUsed: "ยังไม่เคยใช้",
  madeAt: (at) => `ตั้งแต่ ${moment.format(at)}`,
  signOutOne: "ให้ออก",
  signOutSure: "ให้ออกจริงไหม",
  signOutAll: "ให้เครื่องอื่นออกทั้งหมด",
  signOutAllSure: "ให้ออกทั้งหมดจริงไหม",
  signedOut: "ออกจากระบบแล้ว",

  keys: "คีย์",
  keysLead: "สำหรับ OBS บนเครื่องอื่นและปุ่มกด ใครมีคีย์ก็มีสิทธิ์ตามคีย์นั้น",
  keyLabel: "ใช้ทำอะไร",
  keyRole: "สิทธิ์",
  keyMake: "สร้างคีย์",
  keyReplace: "เปลี่ยนใหม่",
  keyReplaceSure: "คีย์เดิมจะใช้ไม่ได้ แน่ใจไหม",
  keyRevoke: "ยกเลิก",
  keyRevokeSure: "ยกเลิกจริงไหม",
  keyRevoked: "คีย์นี้ใช้ไม่ได้แล้ว",
  keyMade: (label) => `คีย์ “${label}” แสดงครั้งนี้ครั้งเดียว คัดลอกไว้เลย`,
  keyOnce: "คีย์",
  keyOverlay: "ลิงก์โอเวอร์เลย์พร้อมคีย์นี้",
  keepComments: "เก็บคอมเมนต์หลังจบเกม",
  keepAvatars: "เก็บรูปหลังจบเกม",
  days: "วัน",
  keepHelp: "0 คือเก็บไว้ตลอด คะแนนและอันดับยังอยู่เสมอ",
  show: "แสดง",
  hide: "ซ่อน",
};
