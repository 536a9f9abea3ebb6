// Draws a layer that is a raster: the day or hour that the chosen period ends with. Land of which
// nothing is estimated is hatched: without it, it would look as clean air does.
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

  const OURS = "TH"; // of the outlines, the land of which something could be estimated

  // A picture's `colors`, and where it has any, however faint: as a canvas each.
  async function pictureOf({ png }) {
    const answer = await fetch(png);
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { answer });
    const colors = await createImageBitmap(await answer.blob());
    const known = fahsai.newCanvas(colors.width, colors.height);
    const pen = known.getContext("2d", { willReadFrequently: true });
    pen.drawImage(colors, 0, 0);
    const pixels = pen.getImageData(0, 0, colors.width, colors.height);
    for (let i = 3; i < pixels.data.length; i += 4) if (pixels.data[i]) pixels.data[i] = 255;
    pen.putImageData(pixels, 0, 0);
    return { colors, known };
  }

  // "วันที่ 1 มี.ค. 2569 (วันตามปฏิทิน …)": pages count days to 08:00, and this is none of those.
  const calendarDay = (instant, language) =>
    `${WORDS[language].day(fahsai.time(instant, language, { dateStyle: "medium" }))} (${WORDS[language].calendar})`;

  // The same events and methods as a layer of features; `caption` says which day is shown.
  const Raster = fahsai.CanvasLayer.extend({
    initialize(declaration, { url }) {
      Object.assign(this, { declaration, url, interval: null, caption: "", _turn: 0 });
    },

    onAdd(map) {
      this._addCanvas(map.getPane("rasters"));
      this.load();
    },

    onRemove() {
      this._turn++;
      this._shown = undefined;
      this._removeCanvas();
    },

    getEvents() {
      const { _paint, _tell } = this;
      return { ...fahsai.CanvasLayer.prototype.getEvents.call(this), moveend: _paint, resize: _paint, land: _paint, unfound: _tell };
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
      const turn = ++this._turn;
      this.fire("loading");
      try {
        const url = new URL(this.url, location.href);
        url.searchParams.set("lang", this.declaration.language);
        this._told = this._told || (await fahsai.json(url));
        const shown = this._newest();
        const picture = shown && (await pictureOf(shown));
        if (turn !== this._turn) return;
        this._show(shown, picture);
        this.fire("loaded");
      } catch (failure) {
        const why = await fahsai.explain(failure, this.declaration.language);
        if (turn === this._turn) this._fail(why);
      }
    },

    // Of the days any of which lies in the period; null without one.
    _newest() {
      const inPeriod = ({ starts_at, ends_at }) => !this.interval
        || (Date.parse(starts_at) < this.interval[1] && Date.parse(ends_at) > this.interval[0]);
      const [newest] = this._told.days.filter(inPeriod).sort((a, b) => (a.ends_at < b.ends_at ? 1 : -1));
      return newest ?? null;
    },

    _show(shown, picture) {
      const { language } = this.declaration;
      Object.assign(this, { _shown: shown, _picture: picture });
      if (shown) {
        const when = shown.hour === undefined ? calendarDay(shown.starts_at, language) : this._time();
        this.caption = `${when} · ${shown.method}`;
      } else this.caption = WORDS[language].none;
      this._paint();
    },

    // Nothing of another time is left.
    _fail(why) {
      Object.assign(this, { _shown: undefined, caption: why.reason });
      this._showFrame(this._frame());
      this.fire("failed", why);
    },

    _paint() {
      if (this._shown === undefined) return; // not told yet
      const frame = this._frame();
      const ours = (this._map.fahsaiLand || []).filter(({ code }) => code === OURS);
      fahsai.paintUnknown(frame, ours);
      if (this._shown) this._paintPicture(frame);
      this._showFrame(frame);
      this.fire("drawn");
    },

    // In the hatch it takes its own room, where it is faint too.
    _paintPicture({ pen, scale, left, top }) {
      const [west, south, east, north] = this._shown.bounds;
      const [x, y] = [fahsai.worldX(west) * scale - left, fahsai.worldY(north) * scale - top];
      const box = [x, y, fahsai.worldX(east) * scale - left - x, fahsai.worldY(south) * scale - top - y];
      pen.globalCompositeOperation = "destination-out";
      pen.drawImage(this._picture.known, ...box);
      pen.globalCompositeOperation = "source-over";
      pen.globalAlpha = this.declaration.style.fill_opacity;
      pen.drawImage(this._picture.colors, ...box);
      pen.globalAlpha = 1;
    },

    // The legend's parts: each class with its values, and what is not estimated.
    told() {
      const { language, style, fields: [{ unit }] } = this.declaration;
      if (this._shown === undefined) return [];
      const list = fahsai.element("ul", "");
      const add = (color, text) => list.append(fahsai.element("li", "", fahsai.areaSwatch(color), fahsai.element("span", "", text)));
      for (const { title, color, above, up_to: upTo } of this._told.legend) {
        const bound = upTo === null ? `> ${above}` : `≤ ${upTo}`;
        add(fahsai.translucent(color, style.fill_opacity), /\d/.test(title) ? title : `${title} (${bound})`);
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
