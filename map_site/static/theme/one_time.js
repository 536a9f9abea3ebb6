// Layers of which several times would lie on one another: one of them is shown, and named.
(function () {
  "use strict";

  const { dayOf, instants, seasonOf, seasonText, windowText } = fahsai.days;
  const WORDS = {
    th: {
      crushing: (name) => `ฤดูหีบ ${name} จนถึงวันล่าสุดที่มีข้อมูล`, burning: (name) => `ฤดูเผา ${name}`,
      mean: (name, days) => `ฤดูเผา ${name} (${days}) เทียบกับค่าเฉลี่ยวันเดียวกันของฤดูก่อน ๆ ทั้งฤดู ไม่ใช่เฉพาะวันที่เลือก`,
      against: (later, name, days) => `ฤดูเผา ${later} เทียบกับวันเดียวกันของฤดู ${name} (${days}) ทั้งฤดู ไม่ใช่เฉพาะวันที่เลือก`,
      uncompared: (name) => `ไม่มีการเทียบของฤดูเผา ${name}`, unanswered: "ถามรายละเอียดของการเทียบไม่ได้ในขณะนี้", none: "ไม่มีข้อมูลในช่วงเวลานี้",
    },
    en: {
      crushing: (name) => `Crushing season ${name}, as far as it is known`, burning: (name) => `Burning season ${name}`,
      mean: (name, days) => `Burning season ${name} (${days}) against the mean of earlier seasons' same days: of the season, not of the chosen days alone`,
      against: (later, name, days) => `Burning season ${later} against the same days of ${name} (${days}): of the season, not of the chosen days alone`,
      uncompared: (name) => `Burning season ${name} is not compared`, unanswered: "What is compared cannot be told now", none: "No data in this period",
    },
  };
  const SINCE_MIDNIGHT_MS = 8 * 3_600_000; // a window begins at 08:00 of a calendar day
  const MOST_UNPLACED = 200; // more than there are mills

  const itemsOf = (layer, asked) => {
    const url = new URL(layer.source.url.replace(/\/tiles\/[^/]+$/, "/items"), location.href);
    for (const [name, value] of Object.entries({ f: "json", ...asked })) url.searchParams.set(name, value);
    return fahsai.json(url);
  };
  const iso = (instant) => new Date(instant).toISOString();

  // The newest calendar day of a window that the layer knows, the one in which it begins among them.
  async function showNewestDay(layer, window) {
    const { language } = layer.declaration;
    const [start, end] = instants(window);
    const mine = (layer.asked = {});
    const none = fahsai.isPublished ? Promise.reject(new Error("files answer nothing")) : null;
    const found = await (none || itemsOf(layer, { datetime: `${iso(start - SINCE_MIDNIGHT_MS)}/${iso(end - 1)}`, sortby: "-observed_at", limit: 1 }))
      .then(({ features: [newest] }) => (newest ? Date.parse(newest.properties.observed_at) : null), () => instants({ from: window.to, to: window.to }));
    if (layer.asked !== mine) return; // another time was chosen meanwhile
    layer.caption = typeof found === "number" ? fahsai.calendarDay(found, language) : found ? fahsai.days.dayText(window.to, language) : WORDS[language].none;
    layer.setPeriod(typeof found === "number" ? [found, found + 1000] : found || [start, end]);
  }

  // The season of a window's last day, and what is asked of it beside its areas.
  async function showSeason(layer, window) {
    const { language, name } = layer.declaration;
    const season = seasonOf(window.to);
    if (layer.season === season) return;
    const { said, ask } = SEASONS[name];
    Object.assign(layer, { season, caption: WORDS[language][said](seasonText(season, language)) });
    layer.setPeriod(null);
    layer.setFilter(`season = ${season}`, (properties) => properties.season === season);
    if (fahsai.isPublished) return;
    const found = await ask(layer, season);
    if (layer.season !== season) return;
    Object.assign(layer, found);
    layer.fire("loaded");
  }

  const SEASONS = {
    mill_burning: { said: "crushing", ask: askUnplaced },
    season_comparison: { said: "burning", ask: askCompared },
  };

  const ofSeason = (season, which, limit) => ({ "filter-lang": "cql2-text", filter: `season = ${season} AND ${which}`, limit });

  async function askUnplaced(layer, season) {
    const { features } = await itemsOf(layer, ofSeason(season, "location = 'unknown'", MOST_UNPLACED)).catch(() => ({ features: [] }));
    return { unplaced: features.map(({ properties }) => properties) };
  }

  // Which days of the country are compared with which, or why they are not.
  async function askCompared(layer, season) {
    const { fields, language } = layer.declaration;
    const words = WORDS[language];
    const name = seasonText(season, language);
    try {
      const { features: [row] } = await itemsOf(layer, ofSeason(season, "area_kind = 'country' AND land_use = 'all'", 1));
      if (!row) return { caption: words.uncompared(name) };
      const { first_day: from, last_day: to, this_season: later, change_pct: change, abstained } = row.properties;
      const days = windowText({ from: dayOf(from), to: dayOf(to) }, language);
      const compared = season === later ? words.mean(name, days) : words.against(seasonText(later, language), name, days);
      const said = change === null ? `${words.burning(name)} (${days})` : compared;
      const reason = fields.find((field) => field.name === "abstained");
      return { caption: abstained ? `${said} · ${reason.title} ${fahsai.worded(abstained, reason, language)}` : said };
    } catch {
      return { caption: `${words.burning(name)} · ${words.unanswered}` };
    }
  }

  // What has no place, as a table of the layer's own fields; null where all have one.
  function unplacedTable({ unplaced = [], declaration: { fields, language } }) {
    if (!unplaced.length) return null;
    const { make } = fahsai.drawing;
    const named = (name) => fields.find((field) => field.name === name);
    const shown = ["name", "declared", "burnt_pct"].map(named);
    // What nobody declared is not 0.
    const said = (value, field) => (value === null ? "–" : fahsai.worded(value, field, language));
    return make("table", { class: "unplaced" },
      make("caption", {}, `${named("location").values.unknown} (${unplaced.length})`),
      make("thead", {}, make("tr", {}, ...shown.map(({ title }) => make("th", { scope: "col" }, title)))),
      make("tbody", {}, ...unplaced.map((row) => make("tr", {}, ...shown.map((field) => make("td", {}, said(row[field.name], field)))))));
  }

  Object.assign(fahsai, { showNewestDay, showSeason, unplacedTable });
})();
