/**
 * What a simulated crowd is made of: names, comments and gifts as a Thai LIVE
 * has them. Names are invented; prices are TikTok's for common gifts.
 *
 * @module
 */

/** Handle and nickname of the people in the room. */
export const PEOPLE: readonly (readonly [handle: string, nickname: string])[] =
  [
    ["mind.mildmind", "น้องมายด์ 💕"],
    ["ek_karnchang", "พี่เอก การช่าง"],
    ["ploy.pp", "พลอยชมพู"],
    ["boss_bkk99", "Boss Bangkok"],
    ["jeab.sampheng", "เจ๊เจี๊ยบ สำเพ็ง"],
    ["mawin_official", "มาวิน ✨"],
    ["fah.lanna", "ฟ้า ลานนา ☁️"],
    ["somchai.th", "Somchai88"],
    ["namfon_rainy", "น้ำฝน ☔"],
    ["pa.sri.somtum", "ป้าศรี ส้มตำถาด"],
    ["james.thailand", "James 🇹🇭"],
    ["meaw_som", "แมวส้มสีลม 🐈"],
    ["khunkru_noon", "ครูนุ่น ป.4"],
    ["tonnam.story", "ต้นน้ำ"],
    ["rabbit_noi", "🐰 กระต่ายน้อย 🐰"],
    ["lung.phon", "ลุงพล คนใจดี"],
    ["beam_nongbeam", "Nong Beam"],
    ["tee_yai", "ตี๋ใหญ่ บางแค"],
    ["kaimook.pearl", "ไข่มุก 🫧"],
    ["big.isan", "บิ๊ก อีสานอินดี้"],
    ["mali.blossom", "มะลิ"],
    ["oat_racing", "โอ๊ต เรซซิ่ง 🏍️"],
    ["jaja.kitty", "จาจ้า"],
    ["golf.hatyai", "กอล์ฟ หาดใหญ่"],
    ["pim_pimmy", "พิมมี่ 🎀"],
    ["uncle_dave", "Uncle Dave"],
    ["moo.krob", "หมูกรอบ 3 ชั้น"],
    ["view_chiangmai", "วิว เชียงใหม่"],
    ["new_newbie", "นิว ♡"],
    ["aof.fishing", "อ๊อฟ ตกปลา 🎣"],
    ["sakura_jp", "さくら"],
    ["gift.giftza", "กิ๊ฟซ่า 55+"],
    ["toto_udon", "โตโต้ อุดร"],
    ["bua_khao", "บัวขาว สู้ๆ 🥊"],
    ["linda.lao", "ລິນດາ 🇱🇦"],
    ["minji.k", "민지"],
    ["earth_earth", "เอิร์ธ"],
    ["mae.malee", "แม่มาลี ขนมไทย"],
    ["non_gamer", "นนท์ Gaming 🎮"],
    ["ice_iceberg", "ไอซ์ เย็นชา"],
    ["sarah.travels", "Sarah ✈️"],
    ["kong_kongphop", "ก้องภพ"],
    ["jun.junjun", "จูนจูน 🍓"],
    ["daeng_taxi", "แดง แท็กซี่"],
    ["baitoey.green", "ใบเตย 🌿"],
    ["pond_999", "ปอนด์ 999"],
    ["fern_fernny", "เฟิร์นนี่"],
    ["max.muaythai", "MAX 🔥🔥🔥"],
    ["yui_yui", "ยุ้ย ขายของ"],
    ["chompoo_pink", "ชมพู่ 🩷"],
    ["ali.krabi", "Ali กระบี่"],
    ["tukta_doll", "ตุ๊กตา"],
    ["phet_diamond", "เพชร 💎"],
    ["nan_rayong", "แนน ระยอง"],
    ["hong_dragon", "หงส์ 🐉"],
    ["emma.uk", "Emma in Phuket"],
    ["dao_star", "ดาว ⭐"],
    ["art_artist", "อาร์ต วาดรูป"],
    ["jib_coffee", "จิ๊บ กาแฟสด ☕"],
    ["bank_kk", "แบงค์ ขอนแก่น"],
  ];

/** What they write; questions among them. */
export const COMMENTS: readonly string[] = [
  "สวัสดีค่าาา 🙏",
  "มาแล้วววว",
  "หวัดดีจากขอนแก่นครับ",
  "55555555",
  "น่ารักมากกก",
  "สู้ๆ นะคะ ✌️",
  "เพลงนี้ชื่ออะไรคะ?",
  "พี่อายุเท่าไหร่แล้วคะ?",
  "กินข้าวหรือยังครับ?",
  "ขอเพลงหน่อยได้ไหมคะ?",
  "พรุ่งนี้ไลฟ์กี่โมงครับ?",
  "ทำยังไงให้ได้ที่หนึ่งคะ?",
  "ใครนำอยู่ตอนนี้",
  "แซงแล้ว!!! 🏎️",
  "อย่าเพิ่งปิดนะ",
  "ทีมพลอยมารายงานตัว",
  "ขอตอบคำถามหนูด้วยนะคะ 🥺",
  "พี่เคยไปญี่ปุ่นไหมคะ?",
  "เสียงดีมาก",
  "กุหลาบไปแล้ว 10 ดอก 🌹",
  "ฝากร้านด้วยค่า",
  "แตะหัวใจกันหน่อย ❤️❤️❤️",
  "ไลฟ์ถึงกี่โมงคะ?",
  "รักนะ จุ๊บๆ",
  "มาจากเชียงใหม่เจ้า",
  "Hello from Germany 👋",
  "Where are you from?",
  "First time here, what is the game?",
  "How do I get points?",
  "lol 😂😂",
  "Go go go 🔥",
  "Can you say hi to my sister?",
  "What song is this?",
  "You are so funny",
  "Do you have a dog?",
  "🔥🔥🔥",
  "❤️",
  "😂😂😂",
];

/** What they ask in TikTok's own Q&A. */
export const QUESTIONS: readonly string[] = [
  "ถ้าถูกหวยจะทำอะไรเป็นอย่างแรกคะ?",
  "ทริปในฝันของพี่คือที่ไหน?",
  "เริ่มไลฟ์มากี่ปีแล้วคะ?",
  "What is your favourite Thai food?",
  "เมนูที่ทำอร่อยที่สุดคืออะไร?",
  "If you could live anywhere, where would it be?",
];

/** Gifts that are sent all the time; `combo` for those that can be repeated. */
export const GIFTS: readonly {
  id: string;
  name: string;
  diamonds: number;
  combo: boolean;
}[] = [
  { id: "5655", name: "Rose", diamonds: 1, combo: true },
  { id: "5269", name: "TikTok", diamonds: 1, combo: true },
  { id: "5827", name: "Ice Cream Cone", diamonds: 1, combo: true },
  { id: "5487", name: "Finger Heart", diamonds: 5, combo: true },
  { id: "5658", name: "Perfume", diamonds: 20, combo: true },
  { id: "5879", name: "Doughnut", diamonds: 30, combo: true },
  { id: "5659", name: "Paper Crane", diamonds: 99, combo: true },
  { id: "5660", name: "Hand Hearts", diamonds: 100, combo: false },
  { id: "5585", name: "Confetti", diamonds: 100, combo: false },
  { id: "5509", name: "Sunglasses", diamonds: 199, combo: false },
];
