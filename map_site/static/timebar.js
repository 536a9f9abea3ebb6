// A period chosen on daily bars: two handles, a drag between them, lengths, and play.
//
//   const bar = fahsai.timeBar(element, { series, lastSeason, first, from, to, newest, words, onchange });
//
// Days are numbers from the first, which is `first` ("2026-12-01"); `series` and `lastSeason` have a
// count for each, null where nothing is known; `caption`, where there is one, says what they count. `from` and `to` are the first and the last day of the
// period, which may lie beyond the data, though nobody chooses such a one here; `newest` is the last that
// there are data of, which is `isToday` unless they are late. `onchange({from, to, isPlaying})` follows each choice;
// where it returns a promise, play waits for it.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const [WIDTH, HEIGHT, FOOT] = [1000, 100, 20];
  const STEP_MS = 450;
  const LENGTHS = [1, 7, 30, null]; // days; null: all

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function shape(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  class TimeBar {
    constructor(element, options) {
      Object.assign(this, { element, last: options.series.length - 1, ...options });
      this.newest = Math.min(this.newest ?? this.last, this.last);
      [this.from, this.to] = this._within(this.from ?? 0, this.to ?? this.newest, this.last);
      this._build();
      this._show();
      this._onHidden = () => document.hidden && this.pause();
      document.addEventListener("visibilitychange", this._onHidden);
    }

    // --- choices -------------------------------------------------------------------------------

    // The page's own choice, as from its address: shown, and not told back.
    set(from, to) {
      [this.from, this.to] = this._within(from, to, this.last);
      this._show();
    }

    choose(from, to) {
      const [first, last] = this._within(from, to);
      if (first === this.from && last === this.to) return undefined;
      [this.from, this.to] = [first, last];
      this._show();
      return this._tell();
    }

    // A period of so many days that ends where this one does; null: all there are.
    chooseLength(days) {
      return days ? this.choose(Math.max(0, this.to - days + 1), this.to) : this.choose(0, this.newest);
    }

    get isPlaying() { return Boolean(this._play); }

    // Moves the period on by its own length's day, from the beginning again where it has ended.
    async play() {
      if (this._play) return;
      const turn = (this._play = {});
      this._show();
      if (this.to >= this.newest) await this.choose(0, this.to - this.from);
      while (this._play === turn && this.to < this.newest) {
        const began = performance.now();
        await this.choose(this.from + 1, this.to + 1);
        await new Promise((resolve) => setTimeout(resolve, this._wait() - (performance.now() - began)));
      }
      if (this._play === turn) this.pause();
    }

    // With motion reduced each day stands long enough to be read as a picture of its own.
    _wait() { return still.matches ? STEP_MS * 4 : STEP_MS; }

    pause() {
      if (!this._play) return;
      this._play = null;
      this._show();
      this._tell();
    }

    destroy() {
      this._play = null;
      document.removeEventListener("visibilitychange", this._onHidden);
      this.element.replaceChildren();
    }

    // In order, and of days up to the last; of those that are chosen there are data.
    _within(from, to, last = this.newest) {
      const bound = (day) => Math.max(0, Math.min(last, Math.round(day)));
      const [a, b] = [bound(from), bound(to)];
      return a <= b ? [a, b] : [b, a];
    }

    _tell() { return this.onchange?.({ from: this.from, to: this.to, isPlaying: this.isPlaying }); }

    // --- what is seen --------------------------------------------------------------------------

    _build() {
      this.element.classList.add("timebar");
      this.playButton = this._button("timebar-play", "", () => (this.isPlaying ? this.pause() : this.play()));
      this.range = fahsai.element("output", "timebar-range");
      this.lengths = LENGTHS.map((days) =>
        this._button("", days ? this.words.days(days) : this.words.all, () => { this.pause(); this.chooseLength(days); }));
      const lengths = fahsai.element("div", "timebar-lengths", ...this.lengths);
      lengths.setAttribute("role", "group");
      lengths.setAttribute("aria-label", this.words.lengths);
      const caption = this.caption ? [fahsai.element("span", "timebar-caption", this.caption)] : [];
      const side = fahsai.element("div", "timebar-side", ...caption, this.range, lengths);
      this.chart = fahsai.element("div", "timebar-chart", this._drawn());
      this.handles = ["from", "to"].map((end) => this._handle(end));
      this.chart.append(...this.handles, ...this._axis());
      this._bindDrag();
      this.element.replaceChildren(this.playButton, side, this.chart);
    }

    _button(className, text, act) {
      const made = fahsai.element("button", className, text);
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    }

    _drawn() {
      const most = Math.max(1, ...this.series.filter(Number.isFinite), ...(this.lastSeason || []).filter(Number.isFinite));
      const each = WIDTH / (this.last + 1);
      const tall = (count) => (count / most) * (HEIGHT - FOOT - 6);
      const bars = this.series.map((count, day) => day <= this.newest && count > 0 && shape("rect", {
        x: day * each + each * 0.1, y: HEIGHT - FOOT - tall(count), width: each * 0.8, height: tall(count),
        class: "timebar-bar" }));
      // No data is not none: a hatched foot where a day of the past is not known.
      const unknown = this.series.map((count, day) => day <= this.newest && count === null && shape("rect", {
        x: day * each, y: HEIGHT - FOOT - 6, width: each, height: 6, class: "timebar-unknown" }));
      this.brush = shape("rect", { y: 0, height: HEIGHT - FOOT, class: "timebar-brush" });
      const now = (this.newest + 1) * each;
      return shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
        this.brush, ...[...bars, ...unknown].filter(Boolean), this._formerLine(each, tall),
        shape("line", { x1: 0, x2: WIDTH, y1: HEIGHT - FOOT, y2: HEIGHT - FOOT, class: "timebar-base" }),
        shape("line", { x1: now, x2: now, y1: 0, y2: HEIGHT - FOOT, class: "timebar-newest" }));
    }

    // Text lies beside the stretched picture: each month at its first day, and how far the data reach.
    _axis() {
      const at = (day, className, text) => {
        const made = fahsai.element("span", className, text);
        made.style.left = `${(day * 100) / (this.last + 1)}%`;
        made.setAttribute("aria-hidden", "true");
        return made;
      };
      const days = this.series.map((_, day) => day);
      const months = days.filter((day) => this._date(day).endsWith("-01"));
      // Of a year's months a narrow bar names each quarter's first alone.
      const isBetween = (day) => months.length > 6 && ![1, 4, 7, 10].includes(Number(this._date(day).slice(5, 7)));
      const labels = months.map((day) =>
        at(day, `timebar-month${isBetween(day) ? " timebar-between" : ""}`, this.words.month(this._date(day))));
      // Where little room is left after it, it is named before.
      const side = (this.newest + 1) / (this.last + 1) > 0.8 ? "timebar-now timebar-now-before" : "timebar-now";
      const { reached, today } = this.words;
      if (this.newest < this.last) labels.push(at(this.newest + 1, side, this.isToday ?? true ? today : reached));
      return labels;
    }

    _formerLine(each, tall) {
      let isDown = false;
      const parts = (this.lastSeason || []).slice(0, this.last + 1).map((count, day) => {
        if (!Number.isFinite(count)) { isDown = false; return ""; }
        const command = isDown ? "L" : "M";
        isDown = true;
        return `${command}${((day + 0.5) * each).toFixed(1)} ${(HEIGHT - FOOT - tall(count)).toFixed(1)}`;
      });
      return shape("path", { d: parts.join("") || "M0 0", class: "timebar-former" });
    }

    _handle(end) {
      const handle = fahsai.element("div", `timebar-handle timebar-${end}`);
      Object.assign(handle, { tabIndex: 0 });
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", this.words[end]);
      handle.setAttribute("aria-valuemin", 0);
      handle.addEventListener("keydown", (event) => this._key(event, end));
      return handle;
    }

    // --- keyboard and pointer --------------------------------------------------------------------

    _key(event, end) {
      const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7,
        Home: -Infinity, End: Infinity };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      this.pause();
      this._move(end, this[end] + move);
    }

    // One end goes as far as the other and no further.
    _move(end, day) {
      if (end === "from") this.choose(Math.max(0, Math.min(day, this.to)), this.to);
      else this.choose(this.from, Math.min(this.newest, Math.max(day, this.from)));
    }

    _bindDrag() {
      let held = null;
      const dayAt = (event) => {
        const { left, width } = this.chart.getBoundingClientRect();
        return ((event.clientX - left) / width) * (this.last + 1);
      };
      this.chart.addEventListener("pointerdown", (event) => {
        this.pause();
        const day = dayAt(event);
        const handle = this.handles.indexOf(event.target);
        if (handle >= 0) held = { end: ["from", "to"][handle] };
        else if (day >= this.from && day <= this.to + 1) held = { day, from: this.from, to: this.to };
        else held = { end: day < this.from ? "from" : "to" };
        this.chart.setPointerCapture(event.pointerId);
        if (held.end) { this.handles[held.end === "from" ? 0 : 1].focus(); event.preventDefault(); }
        if (held.end && handle < 0) this._move(held.end, Math.floor(day));
      });
      this.chart.addEventListener("pointermove", (event) => {
        if (!held) return;
        const day = dayAt(event);
        if (held.end) this._move(held.end, held.end === "from" ? Math.round(day) : Math.round(day) - 1);
        else this._shift(held, Math.round(day - held.day));
      });
      for (const name of ["pointerup", "pointercancel"])
        this.chart.addEventListener(name, () => (held = null));
    }

    _shift({ from, to }, days) {
      const moved = Math.max(-from, Math.min(this.newest - to, days));
      this.choose(from + moved, to + moved);
    }

    // --- after each choice -----------------------------------------------------------------------

    _show() {
      const { words, from, to, handles } = this;
      const each = WIDTH / (this.last + 1);
      this.brush.setAttribute("x", from * each);
      this.brush.setAttribute("width", (to - from + 1) * each);
      [from, to + 1].forEach((day, i) => (handles[i].style.left = `${(day * each * 100) / WIDTH}%`));
      [from, to].forEach((day, i) => {
        handles[i].setAttribute("aria-valuemax", Math.max(this.newest, to));
        handles[i].setAttribute("aria-valuenow", day);
        handles[i].setAttribute("aria-valuetext", words.day(this._date(day)));
      });
      this.range.textContent = words.range(this._date(from), this._date(to), to - from + 1);
      this.playButton.setAttribute("aria-label", this.isPlaying ? words.pause : words.play);
      this.playButton.classList.toggle("is-playing", this.isPlaying);
      LENGTHS.forEach((days, i) => this.lengths[i].setAttribute("aria-pressed",
        days ? to - from + 1 === days : from === 0 && to === this.newest));
    }

    // The date of a day as "2026-12-01".
    _date(day) { return new Date(Date.parse(`${this.first}T00:00Z`) + day * 86400e3).toISOString().slice(0, 10); }
  }

  // What the bar says in both languages; a page may say more in its own.
  const date = (day, language, style) => fahsai.time(`${day}T12:00:00+07:00`, language, style);
  const worded = (language, text) => ({
    ...text,
    day: (day) => date(day, language, { dateStyle: "medium" }),
    month: (day) => date(day, language, day.slice(5, 7) === "01" ? { month: "short", year: "numeric" } : { month: "short" }),
    range: (from, to, days) => {
      const said = [from, to].map((day) => date(day, language, { dateStyle: "medium" }));
      return `${from === to ? said[0] : said.join(" – ")} · ${text.days(days)}`;
    },
  });
  const TIME_BAR_WORDS = {
    th: worded("th", { play: "เล่นทีละวัน", pause: "หยุด", from: "วันแรกของช่วง", to: "วันสุดท้ายของช่วง",
      all: "ทั้งฤดู", today: "วันนี้", reached: "ข้อมูลถึงตรงนี้", lengths: "ความยาวของช่วงเวลา", days: (n) => `${n} วัน` }),
    en: worded("en", { play: "Play day by day", pause: "Pause", from: "First day", to: "Last day",
      all: "Whole season", today: "Today", reached: "Data to here", lengths: "Length of the period", days: (n) => (n === 1 ? "1 day" : `${n} days`) }),
  };

  Object.assign(fahsai, { TIME_BAR_WORDS, timeBar: (element, options) => new TimeBar(element, options) });
})();
