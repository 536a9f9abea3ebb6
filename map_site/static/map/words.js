// What the map says of itself, in Thai and English.
(function () {
  "use strict";

  fahsai.MAP_WORDS = {
    th: {
      near: "ดูสิ่งที่อยู่ใกล้จุดนี้", directions: "เส้นทาง (Google Maps)", page: "เปิดหน้าของที่นี่",
      closer: "ซูมเข้า", close: "ปิด", none: "ไม่ระบุ", unknown: "ไม่มีข้อมูล", uncompared: "นับแล้ว แต่ไม่เทียบ", undrawn: "ไม่ได้วาด", loading: "กำลังโหลด…",
      count: (n) => `${n} จุดในช่องนี้`, inView: (n) => `ในกรอบแผนที่ ${n}`, empty: "ไม่มีข้อมูลในช่วงเวลาและกรอบนี้", part: "แสดงได้ไม่หมด ซูมเข้าเพื่อดูเพิ่ม", others: "วันอื่นในช่วงเวลานี้",
      newest: (first, last) => (last ? `ที่แสดงคือล่าสุดของแต่ละจุด ตั้งแต่ ${first} ถึง ${last}` : `ที่แสดงคือของ ${first}`),
      newestDay: (end, first, last) => (last ? `ที่แสดงคือวันล่าสุดของแต่ละจุด ตั้งแต่ ${first} ถึง ${last} (วันคือ 24 ชั่วโมงถึง ${end} น.)` : `ที่แสดงคือวันที่ ${first} (24 ชั่วโมงถึง ${end} น.)`),
      goes: "ลูกศรชี้ทิศที่พัดไป", still: "สงบ หรือไม่ทราบทิศ",
      width: (km) => `จำนวนต่อช่องหกเหลี่ยม (กว้าง ${km} กม.)`, simulated: "ข้อมูลจำลอง",
      some: "รายละเอียดอื่นอ่านไม่ได้ในขณะนี้", subdistrict: "ต.", district: "อ.", province: "จ.",
    },
    en: {
      near: "What is near this point", directions: "Directions (Google Maps)", page: "Open its page",
      closer: "Zoom in", close: "Close", none: "Not stated", unknown: "No data", uncompared: "Counted, but not compared", undrawn: "not drawn", loading: "Loading…",
      count: (n) => `${n} in this cell`, inView: (n) => `In view: ${n}`, empty: "No data of this time in view", part: "Not all can be shown: zoom in for more", others: "Other days of this time",
      newest: (first, last) => (last ? `Shown: the newest of each place, from ${first} to ${last}` : `Shown: ${first}`),
      newestDay: (end, first, last) => (last ? `Shown: the newest day of each place, from ${first} to ${last} (days end at ${end})` : `Shown: the day ${first}, the 24 hours to ${end}`),
      goes: "Arrows point to where it blows", still: "Calm, or direction not known",
      width: (km) => `Count per hexagon (${km} km wide)`, simulated: "Simulated data",
      some: "The other details cannot be read now", subdistrict: "", district: "", province: "",
    },
  };
})();
