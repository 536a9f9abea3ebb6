// Layers of which several times would lie on one another: one of them is shown, and named.
(function () {
  "use strict";

  const { instants, seasonOf, seasonText } = fahsai.days;
  const WORDS = {
    th: { season: (name) => `ฤดูหีบ ${name} จนถึงวันล่าสุดที่มีข้อมูล`, none: "ไม่มีข้อมูลในช่วงเวลานี้" },
    en: { season: (name) => `Crushing season ${name}, as far as it is known`, none: "No data in this period" },
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

  // The season of a window's last day, and what of it has no place on a map.
  async function showSeason(layer, window) {
    const { language } = layer.declaration;
    const season = seasonOf(window.to);
    if (layer.season === season) return;
    Object.assign(layer, { season, unplaced: [], caption: WORDS[language].season(seasonText(season, language)) });
    layer.setPeriod(null);
    layer.setFilter(`season = ${season}`, (properties) => properties.season === season);
    if (fahsai.isPublished) return;
    const asked = { "filter-lang": "cql2-text", filter: `season = ${season} AND location = 'unknown'`, limit: MOST_UNPLACED };
    const { features } = await itemsOf(layer, asked).catch(() => ({ features: [] }));
    if (layer.season !== season) return;
    layer.unplaced = features.map(({ properties }) => properties);
    layer.fire("loaded");
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
