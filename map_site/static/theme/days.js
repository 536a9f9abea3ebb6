// Days as whole numbers since 1970, and as people write them. A day is the 24 hours that end at
// 08:00 of it in Thailand, 01:00 UTC.
(function () {
  "use strict";

  const DAY_MS = 86_400_000;
  const CUT_MS = 3_600_000; // 08:00 in Thailand, after midnight UTC
  const SEASON_END = [3, 30]; // 30 April

  const dayOf = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
  const dateOf = (day) => new Date(day * DAY_MS);
  const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);
  const isIso = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text || "") && Number.isFinite(dayOf(text)) && isoOf(dayOf(text)) === text;
  const isMonth = (text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text || "");
  const at = (year, month, day) => Date.UTC(year, month, day) / DAY_MS;

  // The same day so many years on; of 29 February the 28th.
  function yearsOn(day, years) {
    const date = dateOf(day);
    const [year, month] = [date.getUTCFullYear() + years, date.getUTCMonth()];
    const moved = at(year, month, date.getUTCDate());
    return dateOf(moved).getUTCMonth() === month ? moved : at(year, month + 1, 0);
  }

  // The year in whose December the season of a day began; what comes after April is counted with it.
  const seasonOf = (day) => dateOf(day).getUTCFullYear() - (dateOf(day).getUTCMonth() === 11 ? 0 : 1);
  const seasonDays = (season) => ({ from: at(season, 11, 1), to: at(season + 1, ...SEASON_END) });
  // All days until the next season, of which those after April have few fires.
  const yearDays = (season) => ({ from: at(season, 11, 1), to: at(season + 1, 11, 1) - 1 });

  const monthEnd = (day) => at(dateOf(day).getUTCFullYear(), dateOf(day).getUTCMonth() + 1, 0);

  // When the days of a window begin and end, in milliseconds; the end is left out.
  const instants = ({ from, to }) => [(from - 1) * DAY_MS + CUT_MS, to * DAY_MS + CUT_MS];

  const formats = new Map();
  function format(day, language, options) {
    const key = language + JSON.stringify(options);
    if (!formats.has(key)) {
      const locale = language === "en" ? "en-GB" : "th-TH-u-ca-buddhist-nu-latn";
      formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }));
    }
    // The era goes without saying: years are the country's own.
    return formats.get(key).formatToParts(dateOf(day))
      .filter(({ type }) => type !== "era").map(({ value }) => value).join("").replace(/\s+(พ\.ศ\.\s*)?/g, " ").trim();
  }
  const dayText = (day, language) => format(day, language, { day: "numeric", month: "short", year: "numeric" });
  const shortDay = (day, language) => format(day, language, { day: "numeric", month: "short" });

  // "1 ธ.ค. 2568 – 2 มี.ค. 2569", or one day.
  function windowText({ from, to }, language) {
    const [first, last] = [dayText(from, language), dayText(to, language)];
    return first === last ? first : `${first} – ${last}`;
  }

  const yearText = (year, language) => String(language === "en" ? year : year + 543);
  const seasonText = (season, language) =>
    `${yearText(season, language)}/${yearText(season + 1, language).slice(-2)}`;

  fahsai.days = {
    dayOf, dayText, instants, isIso, isMonth, isoOf, monthEnd, seasonDays, seasonOf,
    seasonText, shortDay, windowText, yearDays, yearText, yearsOn,
  };
})();
