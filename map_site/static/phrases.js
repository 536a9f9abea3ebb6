// What a page says of its data, in Thai and English.
(function () {
  "use strict";

  const { LIMIT } = fahsai;

  const PHRASES = {
    th: {
      season: (year) => `ฤดูเผา ${year + 543}/${(year + 544) % 100}`,
      range: (from, to) => (from === to ? from : `${from} – ${to}`),
      loading: "กำลังโหลด…", first: (title) => `${title}: แสดง ${LIMIT.toLocaleString("th-TH")} จุดแรก — ซูมเข้าหรือเลือกช่วงเวลาที่สั้นลงเพื่อดูครบ`,
      retry: "ลองใหม่", failed: (title, reason) => `${title}: ${reason}`,
      newest: (when) => `ข้อมูลล่าสุด ${when}`, read: (when) => `นำเข้าล่าสุด ${when}`,
      stale: (when) => `ไม่มีข้อมูลใหม่ตั้งแต่ ${when}`, never: "ยังไม่เคยนำเข้าข้อมูล",
      none: "ไม่มีในภาพและช่วงเวลานี้", noneHere: "ไม่มีในภาพนี้",
      after: (when) => `ไม่มีข้อมูลในช่วงนี้ ข้อมูลมีถึง ${when}`,
      months: (count) => `ในจำนวนนี้ ${count} รายการทราบเวลาเพียงระดับเดือน`,
      missing: "ไม่มีข้อมูล", unreported: "ไม่มีแบบรายงาน", from: (value) => `${value} ขึ้นไป`,
      status: "ยังอ่านสถานะของข้อมูลไม่ได้ ฐานข้อมูลไม่พร้อมให้บริการ จะลองใหม่เอง",
      copied: "คัดลอกแล้ว", copy: "คัดลอกลิงก์นี้", zoomIn: "ซูมเข้า", zoomOut: "ซูมออก", wrongDates: "วันที่เริ่มต้องไม่อยู่หลังวันที่สิ้นสุด",
    },
    en: {
      season: (year) => `Season ${year}/${(year + 1) % 100}`,
      range: (from, to) => (from === to ? from : `${from} – ${to}`),
      loading: "Loading…", first: (title) => `${title}: the first ${LIMIT.toLocaleString("en")} are shown — zoom in or choose a shorter period to see all`,
      retry: "Try again", failed: (title, reason) => `${title}: ${reason}`,
      newest: (when) => `Newest data ${when}`, read: (when) => `Last read ${when}`,
      stale: (when) => `Stale: no new data since ${when}`, never: "Never loaded",
      none: "None in this view and period", noneHere: "None in this view",
      after: (when) => `No data in this period; there are data until ${when}`,
      months: (count) => `${count} of them are known by month only`,
      missing: "No data", unreported: "No returns", from: (value) => `${value} and more`,
      status: "The state of the data cannot be read, the database is not available; trying again by itself",
      copied: "Copied", copy: "Copy this link", zoomIn: "Zoom in", zoomOut: "Zoom out", wrongDates: "The first day must not be after the last",
    },
  };

  fahsai.PHRASES = PHRASES;
})();
