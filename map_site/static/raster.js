// Draws a layer that is a raster: the day or hour that the chosen period ends with, as an image overlay.
(function () {
  "use strict";

  const WORDS = {
    th: { day: (day) => `วันที่ ${day}`, calendar: "วันตามปฏิทิน เที่ยงคืนถึงเที่ยงคืน", notEstimated: "ไม่ประมาณค่า", none: "ไม่มีภาพในช่วงเวลานี้",
      hour: (time) => `ชั่วโมงที่สิ้นสุด ${time}`,
      band: "ค่าที่สถานี ณ จุดนี้จะวัดได้ควรอยู่ในช่วง ± นี้ราวสองในสาม",
      near: (km) => `ประมาณค่า ไม่ใช่ค่าที่ตรวจวัด สถานีใกล้ที่สุดอยู่ห่าง ${km} กม.`, error: (text) => `ทั้งภาพคลาดเคลื่อน ${text} เมื่อประมาณแต่ละสถานีจากสถานีอื่น`,
      failed: "ถามค่า ณ จุดนี้ไม่ได้" },
    en: { day: (day) => day, calendar: "calendar day, midnight to midnight", notEstimated: "Not estimated", none: "No surface in this period",
      hour: (time) => `The hour to ${time}`,
      band: "A station here would measure within ± as much about two times in three",
      near: (km) => `Estimated, not measured; the nearest station is ${km} km away`, error: (text) => `Error of the whole surface ${text}, telling each station from the others`,
      failed: "The value here could not be asked for" },
  };

  // "วันที่ 1 มี.ค. 2569 (วันตามปฏิทิน …)": pages count days to 08:00, and this is none of those.
  const calendarDay = (instant, language) =>
    `${WORDS[language].day(fahsai.time(instant, language, { dateStyle: "medium" }))} (${WORDS[language].calendar})`;

  // The same events and methods as a layer of features; `caption` says which day is shown.
  const Raster = L.LayerGroup.extend({
    initialize(declaration, { url }) {
      L.LayerGroup.prototype.initialize.call(this, []);
      Object.assign(this, { declaration, url, interval: null, caption: "" });
      this.features = [];
    },

    getAttribution() { return this.declaration.attribution; },

    onAdd(map) {
      L.LayerGroup.prototype.onAdd.call(this, map);
      map.on("unfound", this._tell, this);
      this.load();
    },

    onRemove(map) {
      map.off("unfound", this._tell, this);
      L.LayerGroup.prototype.onRemove.call(this, map);
    },

    // What is estimated at a place where no feature lies, or why nothing is.
    async _tell({ latlng }) {
      if (!this._shown) return;
      const { element, number } = fahsai;
      const { title, language, fields: [{ decimals }] } = this.declaration;
      const words = WORDS[language];
      const url = new URL(`${this.url}/point`, location.href);
      const asked = { lon: latlng.lng.toFixed(5), lat: latlng.lat.toFixed(5), lang: language, ...this._when() };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      const told = await fahsai.json(url).catch(() => ({ note: words.failed }));
      if (!this._map) return;
      // A class whose name is a range says no more than the value.
      const named = /\d/.test(told.class_title || "") ? "" : ` · ${told.class_title}`;
      const sure = told.standard_error === null ? "" : ` ± ${number(told.standard_error, language, decimals)}`;
      const lines = told.note ? [told.note] : [`${number(told.value, language, decimals)}${sure} ${told.unit}${named}`, this._time()];
      if (!told.note && sure) lines.push(words.band);
      if (!told.note && told.nearest_station_m !== null) lines.push(words.near(Math.round(told.nearest_station_m / 1000)));
      if (!told.note && told.rmse !== null) lines.push(words.error(`${told.rmse.toFixed(1)} ${told.unit}`));
      const box = element("section", "fahsai-popup", element("h3", "", title), ...lines.map((line) => element("p", "", line)));
      L.popup({ maxWidth: 320, minWidth: 200 }).setLatLng(latlng).setContent(box).openOn(this._map);
    },

    choose({ interval }) {
      if (interval) this.interval = interval;
      if (this._map) this.load();
    },

    async load() {
      this.fire("loading");
      try {
        const url = new URL(this.url, location.href);
        url.searchParams.set("lang", this.declaration.language);
        this._told = this._told || (await fahsai.json(url));
        this._show();
        this.fire("loaded");
      } catch (failure) {
        this.fire("failed", await fahsai.explain(failure, this.declaration.language));
      }
    },

    summary() { return { count: null, counts: new Map(), more: false, seen: [] }; },

    // A day is shown if any of it lies in the period; the newest of them.
    _show() {
      const { language } = this.declaration;
      const inPeriod = ({ starts_at, ends_at }) => !this.interval
        || (Date.parse(starts_at) < this.interval[1] && Date.parse(ends_at) > this.interval[0]);
      const [newest] = this._told.days.filter(inPeriod).sort((a, b) => (a.ends_at < b.ends_at ? 1 : -1));
      this.clearLayers();
      this.caption = WORDS[language].none;
      this._shown = newest ?? null;
      if (!newest) return;
      const [west, south, east, north] = newest.bounds;
      const image = L.imageOverlay(newest.png, [[south, west], [north, east]], {
        pane: "rasters", opacity: this.declaration.style.fill_opacity, interactive: false,
      });
      this.addLayer(image);
      const when = newest.hour === undefined ? calendarDay(newest.starts_at, language) : this._time();
      this.caption = `${when} · ${newest.method}`;
    },

    // The legend's parts: each class with its values, and what is not estimated.
    told() {
      const { language, fields: [{ unit }] } = this.declaration;
      if (!this._shown) return [];
      const list = fahsai.element("ul", "");
      const add = (color, text) => list.append(fahsai.element("li", "", fahsai.areaSwatch(color), fahsai.element("span", "", text)));
      for (const { title, color, above, up_to: upTo } of this._told.legend) {
        const bound = upTo === null ? `> ${above}` : `≤ ${upTo}`;
        add(color, /\d/.test(title) ? title : `${title} (${bound})`);
      }
      add(null, WORDS[language].notEstimated);
      return [fahsai.element("p", "", [this._told.quantity, unit].filter(Boolean).join(" ")), list];
    },

    // The day or the hour that is shown, in words.
    _time() {
      const { language } = this.declaration;
      const { hour, starts_at, ends_at } = this._shown;
      return hour === undefined
        ? WORDS[language].day(fahsai.time(starts_at, language, { dateStyle: "medium" }))
        : WORDS[language].hour(fahsai.time(ends_at, language, { dateStyle: "medium", timeStyle: "short" }));
    },

    // What asks for the day or the hour that is shown.
    _when() {
      const { day, hour, ends_at } = this._shown;
      return hour === undefined ? { day } : { datetime: ends_at };
    },
  });

  fahsai.calendarDay = calendarDay;
  fahsai.rasterLayer = (declaration, source) => new Raster(declaration, source);
})();
