// The controls beside a map: period, year, layers, legend, freshness, and the address that
// brings the same view back.
(function () {
  "use strict";

  const { PHRASES, element, number, time } = fahsai;
  const STATUS_EVERY_MS = 300e3;

  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- the address: #map=zoom/lat/lon&period=7d&layers=a,b&year=2025 --------------------------

  function remembered() {
    const said = new URLSearchParams(location.hash.slice(1));
    const view = (said.get("map") || "").split("/").map(Number);
    return {
      view: view.length === 3 && view.every(Number.isFinite) ? view : null,
      period: said.get("period"),
      layers: said.has("layers") ? said.get("layers").split(",") : null,
      year: Number(said.get("year")) || null,
    };
  }

  class Page {
    constructor(map, layers, choices) {
      Object.assign(this, { map, layers, choices, status: null, interval: null });
      this.words = PHRASES[choices.language];
      this.state = remembered();
      this.state.period = this.state.period || "7d";
      this.notes = new Map();
      this.busy = new Set();
    }

    // Not scrollIntoView: in some browsers the Tab key then starts from the link shown.
    showCurrentPage() {
      const nav = document.querySelector("nav");
      const link = nav.querySelector("[aria-current]").getBoundingClientRect();
      const bar = nav.getBoundingClientRect();
      nav.scrollLeft += (link.left + link.right - bar.left - bar.right) / 2;
    }

    start() {
      for (const swatch of all("[data-color]")) swatch.style.setProperty("--color", swatch.dataset.color);
      this.showCurrentPage();
      const { view, layers } = this.state;
      if (view) this.map.setView([view[1], view[2]], view[0], { animate: false });
      else this.map.fitBounds([[5.6, 97.3], [20.5, 105.7]], { animate: false });
      const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = this.words;
      L.control.zoom({ position: "topright", zoomInTitle, zoomOutTitle }).addTo(this.map);
      this.map.on("moveend", () => { this.remember(); this.recount(); });
      for (const box of all("input[name=layer]")) {
        if (layers) box.checked = layers.includes(box.value);
        box.addEventListener("change", () => { this.toggle(box); this.remember(); });
      }
      for (const [name, layer] of Object.entries(this.layers)) this.follow(name, layer);
      this.bindPanel();
      this.remember();
      this.watch();
    }

    // --- status of the feeds -----------------------------------------------------------------

    async watch() {
      const first = !this.status;
      try {
        const answer = await fetch("/status");
        if (!answer.ok) throw new Error(answer.status);
        this.status = await answer.json();
        this.note("status", null);
      } catch {
        this.note("status", this.words.status, () => this.watch());
        this.tellBusy();
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.watch(), this.status ? STATUS_EVERY_MS : 10e3);
      if (!this.status) return;
      find("simulated").hidden = !this.status.simulated;
      if (first) this.begin();
      for (const name of Object.keys(this.layers)) this.tellFreshness(name);
    }

    begin() {
      this.offerSeasons();
      this.choosePeriod(this.state.period);
      for (const box of all("input[name=layer]")) this.toggle(box);
      this.tellBusy();
    }

    fresh(name) { return (this.status && this.status.layers[name]) || {}; }

    newest() {
      const times = this.choices.dated
        .map((name) => Date.parse(this.fresh(name).newest || ""))
        .filter(Number.isFinite);
      return times.length ? Math.min(Math.max(...times), Date.now() + 86400e3) : Date.now();
    }

    when(instant, name) {
      const style = this.layers[name]?.isByMonth ? { dateStyle: "medium" } : undefined;
      return time(instant, this.choices.language, style);
    }

    tellFreshness(name) {
      const line = this.part(name, ".fresh");
      const { newest, last_run: run, stale, loaded } = this.fresh(name);
      const { words } = this;
      line.classList.toggle("stale", Boolean(stale || loaded === false));
      if (loaded === false) line.textContent = words.never;
      else if (stale) line.textContent = words.stale(this.when(newest || run, name));
      else if (newest) line.textContent = words.newest(this.when(newest, name));
      else line.textContent = run ? words.read(this.when(run)) : "";
    }

    // --- period and year ---------------------------------------------------------------------

    offerSeasons() {
      for (const input of all("input[data-season]")) {
        const year = fahsai.season(this.newest()) - Number(input.dataset.season);
        input.value = `season${year}`;
        input.nextElementSibling.textContent = this.words.season(year);
      }
    }

    choosePeriod(choice) {
      if (!this.choices.period) return;
      const interval = fahsai.interval(choice, this.newest());
      if (!interval) return choice === "7d" ? undefined : this.choosePeriod("7d");
      this.state.period = choice;
      this.interval = interval;
      this.showPeriod();
      for (const name of this.choices.dated) this.layers[name].choose({ interval });
      this.remember();
    }

    showPeriod() {
      const last = new Date(this.interval[1] - 1);
      for (const input of all("input[name=period]"))
        input.checked = input.value === this.state.period.split("_")[0];
      find("from").value = fahsai.day(this.interval[0]);
      find("to").value = fahsai.day(last);
      const style = this.state.period === "24h" ? undefined : { dateStyle: "medium" };
      const told = (instant) => time(instant, this.choices.language, style);
      find("dates").textContent = this.words.range(told(this.interval[0]), told(last));
    }

    chooseOwn() {
      const [from, to] = [find("from"), find("to")];
      to.setCustomValidity(from.value <= to.value ? "" : this.words.wrongDates);
      if (from.value && to.value && to.reportValidity()) this.choosePeriod(`own_${from.value}_${to.value}`);
    }

    offerYears(layer) {
      const select = find("year");
      const years = [...new Set(layer.features.map((f) => f.properties.year))].sort((a, b) => b - a);
      if (String(years) === String(this.years) || !years.length) return;
      this.years = years;
      select.replaceChildren(...years.map((year) =>
        new Option(this.choices.language === "th" ? year + 543 : year, year)));
      if (!years.includes(this.state.year)) this.state.year = years[0];
      select.value = this.state.year;
      this.chooseYear(layer);
    }

    chooseYear(layer) {
      const { year } = this.state;
      layer.choose({ keep: (feature) => feature.properties.year === year });
      this.remember();
    }

    // --- layers and legend -------------------------------------------------------------------

    part(name, selector) { return document.querySelector(`[data-layer="${name}"] ${selector}`); }

    toggle(box) {
      const layer = this.layers[box.value];
      if (box.checked && this.status) layer.addTo(this.map);
      if (!box.checked) { layer.remove(); this.clear(box.value); }
    }

    clear(name) {
      this.note(name, null);
      this.setBusy(name, false);
      this.part(name, ".state").textContent = "";
      for (const output of all(`[data-layer="${name}"] output`)) output.textContent = "";
      this.part(name, ".totals").replaceChildren();
    }

    follow(name, layer) {
      layer.on("loading", () => this.setBusy(name, true));
      layer.on("drawn", () => this.restack());
      layer.on("loaded", () => {
        this.setBusy(name, false);
        if (name === this.choices.yearly) this.offerYears(layer);
        this.tell(name, layer);
      });
      layer.on("failed", ({ reason }) => {
        this.clear(name);
        this.note(name, this.words.failed(layer.declaration.title, reason), () => layer.load());
      });
    }

    // Answers arrive in any order; the layers lie in the order that the page declares.
    restack() {
      for (const layer of Object.values(this.layers))
        if (this.map.hasLayer(layer)) layer.bringToFront?.();
    }

    recount() {
      for (const [name, layer] of Object.entries(this.layers))
        if (this.map.hasLayer(layer) && !this.busy.has(name) && !this.notes.get(name)?.again) this.tell(name, layer);
    }

    tell(name, layer) {
      const { count, counts, more, seen } = layer.summary();
      const { declaration } = layer;
      if (count === null) this.part(name, ".state").textContent = layer.caption;
      if (count === null) return this.note(name, null);
      const isUnknown = !count && this.isUnknown(name);
      const told = (n) => (isUnknown || (more && !n) ? "–" : this.figure(n) + (more ? "+" : ""));
      this.part(name, ".count").textContent = declaration.geometry === "point" ? told(count) : "";
      this.note(name, more ? this.words.first(declaration.title) : null);
      this.part(name, ".state").textContent = count ? this.caveat(seen) : this.why(name);
      if (declaration.style.ramp.length) this.tellRamp(name, layer);
      for (const line of all(`[data-layer="${name}"] .legend [data-value]`)) {
        const found = counts.get(line.dataset.value) || 0;
        line.querySelector("output").textContent = told(found);
        line.hidden = !found && "rare" in line.dataset;
      }
      this.tellTotals(name, declaration, seen);
    }

    figure(value) { return number(value, this.choices.language); }

    caveat(seen) {
      const months = seen.filter(({ properties }) => properties.time_precision === "month").length;
      return months ? this.words.months(this.figure(months)) : "";
    }

    // Why there is nothing to see: none, or no data to tell.
    why(name) {
      const { newest, loaded } = this.fresh(name);
      if (loaded === false) return ""; // its freshness says so
      if (!this.choices.dated.includes(name)) return this.words.noneHere;
      return this.isUnknown(name) ? this.words.after(this.when(newest, name)) : this.words.none;
    }

    // No data to count: not the same as none.
    isUnknown(name) {
      const { newest, loaded } = this.fresh(name);
      const isDated = this.choices.dated.includes(name);
      return loaded === false || (isDated && newest !== null && Date.parse(newest) < this.since(name));
    }

    // What is known by month is dated with its first day.
    since(name) {
      const [start] = this.interval;
      return this.layers[name].isByMonth ? fahsai.monthStart(start) : start;
    }

    tellRamp(name, layer) {
      const { ramp, by } = layer.declaration.style;
      const unit = layer.declaration.fields.find((field) => field.name === by)?.unit || "";
      const { limits } = layer;
      const lines = limits.map((limit, i) => {
        const [low, high] = [limit, limits[i + 1]].map((value) => value !== undefined && this.rounded(value));
        return this.line(ramp[i], `${high === false ? this.words.from(low) : `${low} – ${high}`} ${unit}`);
      });
      lines.push(this.line(null, this.words.unreported));
      this.part(name, ".legend").replaceChildren(...lines);
    }

    rounded(value) {
      return new Intl.NumberFormat(this.choices.language === "th" ? "th-TH" : "en-GB",
        { maximumSignificantDigits: 3 }).format(value);
    }

    line(color, words) {
      const swatch = element("i", color ? "swatch square" : "swatch hatched");
      if (color) swatch.style.setProperty("--color", color);
      return element("li", "", swatch, element("span", "", words));
    }

    tellTotals(name, { fields }, seen) {
      const list = this.part(name, ".totals");
      list.replaceChildren();
      for (const total of this.choices.totals[name]) {
        const field = fields.find((one) => one.name === total);
        const known = seen.map(({ properties }) => properties[total]).filter(Number.isFinite);
        const sum = known.length ? this.sum(known, field) : this.words.missing;
        list.append(element("dt", "", field.title), element("dd", "", sum));
      }
    }

    sum(values, { unit }) {
      const total = Math.round(values.reduce((a, b) => a + b, 0));
      return this.figure(total) + (unit ? ` ${unit}` : "");
    }

    // --- what the map says over itself ---------------------------------------------------------

    setBusy(name, isBusy) {
      this.busy[isBusy ? "add" : "delete"](name);
      this.tellBusy();
      if (isBusy) this.part(name, ".state").textContent = this.words.loading;
    }

    tellBusy() {
      const isBusy = this.busy.size > 0;
      find("progress").hidden = !isBusy;
      document.querySelector("main").setAttribute("aria-busy", isBusy);
    }

    note(key, words, again = null) {
      if (this.notes.get(key)?.words === words) return;
      if (words) this.notes.set(key, { words, again });
      else if (!this.notes.delete(key)) return;
      find("notes").replaceChildren(...[...this.notes.values()].map((one) => {
        const item = element("li", one.again ? "failure" : "", element("span", "", one.words));
        if (one.again) {
          const button = element("button", "", this.words.retry);
          button.type = "button";
          button.addEventListener("click", one.again);
          item.append(button);
        }
        return item;
      }));
    }

    // --- the panel, links and print -----------------------------------------------------------

    bindPanel() {
      const handle = find("handle");
      handle.addEventListener("click", () => {
        const isOpen = find("panel").classList.toggle("open");
        handle.setAttribute("aria-expanded", isOpen);
        this.map.invalidateSize({ animate: false });
      });
      for (const input of all("input[name=period]"))
        input.addEventListener("change", () => input.value === "own" ? this.chooseOwn() : this.choosePeriod(input.value));
      for (const input of all(".dates input")) input.addEventListener("change", () => this.chooseOwn());
      find("year")?.addEventListener("change", (event) => {
        this.state.year = Number(event.target.value);
        this.chooseYear(this.layers[this.choices.yearly]);
      });
      // Not by the address, which holds the view.
      document.querySelector(".skip").addEventListener("click", (event) => {
        event.preventDefault();
        find("panel").focus();
      });
      find("copy").addEventListener("click", (event) => this.copyLink(event.target));
      find("print").addEventListener("click", () => window.print());
      window.addEventListener("beforeprint", () => this.map.invalidateSize({ animate: false }));
      window.addEventListener("afterprint", () => this.map.invalidateSize({ animate: false }));
      window.addEventListener("hashchange", () => location.reload());
    }

    address(period) {
      const { lat, lng } = this.map.getCenter();
      const said = new URLSearchParams();
      said.set("map", `${this.map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
      said.set("period", period);
      const on = all("input[name=layer]:checked").map((box) => box.value);
      said.set("layers", on.join(","));
      if (this.state.year) said.set("year", this.state.year);
      return `#${said.toString().replaceAll("%2F", "/").replaceAll("%2C", ",")}`;
    }

    remember() {
      const hash = this.address(this.state.period);
      history.replaceState(null, "", hash);
      find("language").hash = hash;
      const said = new URLSearchParams(hash.slice(1));
      said.delete("layers");
      for (const link of all("nav a")) link.hash = said.toString().replaceAll("%2F", "/");
    }

    // The link names days, not "the last 7 days": it shows the same a month later.
    async copyLink(button) {
      const last = this.interval && new Date(this.interval[1] - 1);
      const days = last ? `own_${fahsai.day(this.interval[0])}_${fahsai.day(last)}` : this.state.period;
      const link = location.href.split("#")[0] + this.address(days);
      const label = button.textContent;
      try {
        await navigator.clipboard.writeText(link);
        button.textContent = this.words.copied;
        setTimeout(() => (button.textContent = label), 2000);
      } catch {
        window.prompt(this.words.copy, link); // plain http, or the reader said no
      }
    }
  }

  fahsai.page = (map, layers, choices) => new Page(map, layers, choices).start();
})();
