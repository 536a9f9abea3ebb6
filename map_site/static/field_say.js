// Numbers, times and distances of the field page in words, as map_site/numbers.py writes them.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const words = fahsai.wordsOf("field");
  const names = JSON.parse(document.querySelector("#field-names").textContent);
  const thai = document.documentElement.lang === "th";
  const THAI_TIME_MS = 7 * 3600 * 1000;
  const BUDDHIST_ERA = 543;

  // A number and its unit stay on one line.
  const together = (text) => text.replace(/(\d) (?=(จุด|แห่ง|เรื่อง|พื้นที่|รายการ|สถานี|ฉบับ|คน|ชม\.|วัน|นาที|กม\.|ม\.|น\.|km|m|h|min|µg)(?![a-z]))/g, "$1\u00a0");
  // A word, with values filled in.
  const say = (name, values) => together(values ? fahsai.fill(words[name], values) : words[name]);
  const count = (number) => (number == null ? "–" : Math.round(number).toLocaleString("en-US"));

  function distance(metres) {
    const tens = Math.round(metres / 10) * 10;
    if (tens < 1000) return `${Math.max(tens, 10)}\u00a0${thai ? "ม." : "m"}`;
    return `${(metres / 1000).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0${thai ? "กม." : "km"}`;
  }

  // From the nearest to the farthest of a group; one where they are told alike.
  function distances(nearest, farthest) {
    const [near, far] = [distance(nearest), distance(farthest)];
    if (near === far) return near;
    const [number, unit] = near.split("\u00a0");
    return far.endsWith(unit) ? `${number}–${far}` : `${near} – ${far}`;
  }

  const radius = (km) => `${km}\u00a0${thai ? "กม." : "km"}`;
  const speed = (metres) => `${metres.toFixed(1)}\u00a0m/s`;

  // Thailand's day and hour, whatever the device is set to.
  const there = (at) => new Date(new Date(at).getTime() + THAI_TIME_MS).toISOString();
  const clock = (at) => there(at).slice(11, 16) + (thai ? "\u00a0น." : "");

  function day(at) {
    const [year, month, date] = there(at).slice(0, 10).split("-").map(Number);
    return `${date} ${names.months[month - 1]} ${thai ? year + BUDDHIST_ERA : year}`;
  }

  const month = (at) => day(at).replace(/^\d+ /, "");

  // The hour alone where it is of today.
  function moment(at, now) {
    return there(at).slice(0, 10) === there(now).slice(0, 10) ? clock(at) : `${day(at)} ${clock(at)}`;
  }

  function age(ms) {
    const minutes = Math.max(Math.floor(ms / 60000), 0);
    if (minutes < 60) return say("minutes", { count: minutes });
    if (minutes < 48 * 60) return say("hours", { count: Math.floor(minutes / 60) });
    return say("days", { count: Math.floor(minutes / 1440) });
  }

  const back = (hours) => (hours < 48 ? say("hours", { count: hours }) : say("days", { count: Math.round(hours / 24) }));
  const direction = (bearing) => names.directions[field.near.direction(bearing)];

  function place(near) {
    const { district, province } = near.place;
    const name = (area) => area[thai ? "name_th" : "name_en"];
    const parts = [district && say("district", { name: name(district) }), province && name(province)];
    return parts.filter(Boolean).join(thai ? " " : ", ") || say("no_province");
  }

  field.say = { age, back, clock, count, day, direction, distance, distances, moment, month, names, place, radius, say, speed, thai, there };
})();
