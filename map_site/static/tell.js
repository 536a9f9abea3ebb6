// Puts values into words, and a feature into a popup. Values reach the page as text nodes alone:
// citizens write some of them.
(function () {
  "use strict";

  const WORDS = {
    th: {
      yes: "ใช่", no: "ไม่ใช่", unknown: "ไม่มีข้อมูล", observed: "เวลา",
      simulated: "ข้อมูลจำลอง", closer: "ซูมเข้า", farther: "ซูมออก", km: "กม.", m: "ม.", close: "ปิด", credits: "ที่มา", popup: "รายละเอียด", here: (n) => `${n} รายการบริเวณนี้`,
      unavailable: "ฐานข้อมูลยังไม่พร้อมให้บริการ จะลองใหม่เอง", offline: "ติดต่อเซิร์ฟเวอร์ไม่ได้",
      refused: (status) => `เซิร์ฟเวอร์ตอบว่าผิดพลาด (${status})`,
      unpublished: "แผนที่ชุดนี้ไม่มีข้อมูลของช่วงเวลานี้",
    },
    en: {
      yes: "yes", no: "no", unknown: "no data", observed: "Time",
      simulated: "Simulated data", closer: "Zoom in", farther: "Zoom out", km: "km", m: "m", close: "Close", credits: "Credits", popup: "Details", here: (n) => `${n} here`,
      unavailable: "The database is not available; trying again by itself",
      offline: "The server cannot be reached",
      refused: (status) => `The server answered with an error (${status})`,
      unpublished: "These maps have nothing of this time",
    },
  };

  const locale = (language) => (language === "th" ? "th-TH" : "en-GB");
  // With as many decimals as it is good for, where that is known; a little above 0 is told from 0.
  function number(value, language, decimals = null) {
    const options = decimals === null ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: decimals };
    const write = (one) => new Intl.NumberFormat(locale(language), options).format(one);
    const least = 10 ** -decimals;
    if (decimals === null || value === 0 || Math.abs(value) >= least / 2) return write(value);
    return value > 0 ? `< ${write(least)}` : write(0);
  }

  // Asia/Bangkok, and the Buddhist era in Thai, as Thai readers expect of a date.
  function time(value, language, style = { dateStyle: "medium", timeStyle: "short" }) {
    const options = { timeZone: "Asia/Bangkok", ...style };
    return new Intl.DateTimeFormat(locale(language), options).format(new Date(value));
  }

  const DATE = /^\d{4}-\d\d-\d\d$/;
  const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

  function worded(value, field, language) {
    const words = WORDS[language];
    if (value === null) return "";
    if (Array.isArray(value)) return value.map((v) => worded(v, field, language)).join(", ");
    if (typeof value === "object") return JSON.stringify(value);
    if (field.values && field.values[value] !== undefined) return field.values[value];
    const codes = field.values && typeof value === "string" ? value.split(", ") : [];
    if (codes.length > 1) return worded(codes, field, language);
    if (typeof value === "boolean") return value ? words.yes : words.no;
    if (typeof value === "number") {
      if (field.kind === "year") // not 2,026
        return language === "th" ? `พ.ศ. ${value + 543} (ค.ศ. ${value})` : String(value);
      if (field.kind === "share") return `${number(value * 100, language, 1)} %`;
      return number(value, language, field.decimals ?? null) + (field.unit ? ` ${field.unit}` : "");
    }
    if (INSTANT.test(value)) return time(value, language);
    if (DATE.test(value)) return time(`${value}T00:00:00+07:00`, language, { dateStyle: "medium" });
    return String(value) + (field.unit ? ` ${field.unit}` : "");
  }

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function table(rows, className = "") {
    const list = element("dl", className);
    for (const [name, value] of rows) list.append(element("dt", "", name), element("dd", "", value));
    return list;
  }

  // The one object that all scripts hold: a copy would be another.
  Object.assign((window.fahsai = window.fahsai || {}), { WORDS, element, table, number, time, worded });
})();
