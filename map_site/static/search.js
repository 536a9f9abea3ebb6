// The search box of the header: what was found appears below it while one types. Without this
// script the form asks for the page of results.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const WAIT_MS = 120;
  const LIMIT = 10;
  const KEPT_ANSWERS = 50;
  const SVG = "http://www.w3.org/2000/svg";
  const ICONS = {
    province: "M3 5.5 7.5 3.5l5 2 4.5-2v11l-4.5 2-5-2L3 16.5zM7.5 3.5v11M12.5 5.5v11",
    district: "M10 17.5S4.5 12 4.5 8a5.5 5.5 0 0 1 11 0c0 4-5.5 9.5-5.5 9.5zM8 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
    subdistrict: "M4.5 10a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M10 9.900v.2",
    industrial_estate: "M3 16.500V8l5-3v11.500M8 16.500V9.500h9v7zM11 12.500h.1M14 12.500h.1",
    eco_town: "M10 17V9M10 11C5.5 11 4 8.5 4 5c4 0 6 2 6 6zM10 9c0-3 2-5 6-5 0 3.5-2 5.5-6 5.5",
    factory: "M3 16.5v-9l4.5 3v-3l4.5 3V4h2.500l.5 12.5zM3 16.5h14",
  };

  // --- small makers, which take words as text and never as markup ------------------------------

  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties))
      if (value !== null && value !== undefined) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function icon(kind) {
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("class", "icon");
    drawn.setAttribute("viewBox", "0 0 20 20");
    drawn.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[kind] || ICONS.district);
    drawn.append(path);
    return drawn;
  }

  // The spans count characters, of which JavaScript makes two where they are beyond U+FFFF.
  function marked(text, spans) {
    const characters = [...text];
    const pieces = [];
    let from = 0;
    for (const [start, end] of spans) {
      pieces.push(characters.slice(from, start).join(""));
      pieces.push(element("mark", {}, characters.slice(start, end).join("")));
      from = end;
    }
    pieces.push(characters.slice(from).join(""));
    return pieces.filter((piece) => piece !== "");
  }

  // In the order of their first result, so that the best group comes first.
  function grouped(results) {
    const groups = new Map();
    for (const one of results) {
      if (!groups.has(one.kind)) groups.set(one.kind, []);
      groups.get(one.kind).push(one);
    }
    return [...groups];
  }

  function wordsOf() {
    try {
      return JSON.parse(document.getElementById("search-words").textContent);
    } catch {
      return null;
    }
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // --- the box ---------------------------------------------------------------------------------

  class SearchBox {
    constructor(form, words) {
      this.form = form;
      this.words = words;
      this.english = document.documentElement.lang === "en";
      this.input = form.querySelector("input[name=q]");
      this.answers = new Map();
      this.active = -1;
      this.timer = 0;
      this.asking = null;
      this.build();
      this.listen();
    }

    build() {
      this.panel = element("div", { class: "search-panel", hidden: "" });
      this.list = element("div", { id: "search-list", role: "listbox", "aria-label": this.words.results });
      this.message = element("div", { class: "search-message" });
      this.status = element("p", { class: "search-status", role: "status", "aria-live": "polite" });
      this.panel.append(this.list, this.message, this.status);
      this.form.append(this.panel);
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "search-list",
        "aria-haspopup": "listbox",
        autocomplete: "off",
        enterkeyhint: "search",
      }))
        this.input.setAttribute(name, value);
    }

    listen() {
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("focus", () => this.input.value.trim() && this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.form.addEventListener("focusout", (event) => {
        if (!this.form.contains(event.relatedTarget)) this.close();
      });
      // The field keeps the focus while something is pressed, as a listbox of a combobox must.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("mousemove", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(this.options().indexOf(option), false);
      });
      document.addEventListener("pointerdown", (event) => {
        if (!this.form.contains(event.target)) this.close();
      });
      document.addEventListener("keydown", (event) => this.shortcut(event));
      window.addEventListener("online", () => this.opened() && this.ask());
    }

    shortcut(event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, textarea, select, [contenteditable=true]")) return;
      event.preventDefault();
      if (!this.input.offsetParent) document.querySelector("[data-opens=search]")?.click();
      this.input.focus();
      this.input.select();
    }

    key(event) {
      if (event.isComposing) return;
      const options = this.options();
      if (event.key === "Escape") {
        // The first one closes the list, the next one empties the field, as the pattern has it.
        if (!this.opened() && !this.input.value) return;
        event.preventDefault();
        event.stopPropagation();
        if (this.opened()) return this.close();
        this.input.value = "";
        return;
      }
      if (event.key === "Enter" && this.active >= 0 && this.opened()) {
        event.preventDefault();
        return location.assign(options[this.active].href);
      }
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
        event.preventDefault();
        if (!this.opened()) return this.ask();
        if (!options.length) return;
        const step = event.key === "ArrowDown" ? 1 : -1;
        const from = this.active < 0 && step < 0 ? 0 : this.active;
        return this.choose((from + step + options.length) % options.length);
      }
      if ((event.key === "Home" || event.key === "End") && this.active >= 0) {
        event.preventDefault();
        this.choose(event.key === "Home" ? 0 : options.length - 1);
      }
    }

    options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    choose(place, scroll = true) {
      const options = this.options();
      options[this.active]?.setAttribute("aria-selected", "false");
      this.active = place;
      const option = options[place];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      if (scroll) option.scrollIntoView({ block: "nearest" });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    }

    // --- asking: the newest question alone is answered -------------------------------------------

    async ask() {
      clearTimeout(this.timer);
      const text = this.input.value.trim();
      this.asking?.abort();
      this.asking = null;
      if (!text) return this.close();
      const kept = this.answers.get(text);
      if (kept) return this.show(text, kept);
      if (navigator.onLine === false) return this.say("offline", text);
      const asking = (this.asking = new AbortController());
      this.panel.setAttribute("aria-busy", "true");
      if (!this.opened()) this.say("loading", text);
      try {
        const query = new URLSearchParams({ q: text, limit: LIMIT, lang: this.english ? "en" : "th" });
        const answer = await fetch(fahsai.at(`/api/search?${query}`), { signal: asking.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = await answer.json();
        if (this.answers.size >= KEPT_ANSWERS) this.answers.delete(this.answers.keys().next().value);
        this.answers.set(text, found);
        if (asking === this.asking) this.show(text, found);
      } catch (problem) {
        if (problem.name === "AbortError" || asking !== this.asking) return;
        this.say(navigator.onLine === false ? "offline" : "failed", text);
      }
    }

    // --- showing ---------------------------------------------------------------------------------

    opened() {
      return !this.panel.hidden;
    }

    open() {
      this.panel.hidden = false;
      this.panel.removeAttribute("aria-busy");
      this.input.setAttribute("aria-expanded", "true");
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.asking = null;
      this.panel.hidden = true;
      this.choose(-1);
      this.input.setAttribute("aria-expanded", "false");
      this.status.textContent = "";
    }

    show(text, found) {
      if (!found.results.length) return this.say("none", text);
      this.choose(-1);
      let number = 0;
      const groups = grouped(found.results).map(([kind, results]) => {
        const title = element("p", { class: "search-kind", id: `search-kind-${kind}`, role: "presentation" }, icon(kind), this.words[kind] || results[0].kind_title);
        const options = results.map((one) => this.option(one, `search-option-${number++}`));
        return element("div", { role: "group", "aria-labelledby": title.id }, title, ...options);
      });
      groups.push(this.everything(text, `search-option-${number}`));
      this.list.replaceChildren(...groups);
      this.list.hidden = false;
      this.message.replaceChildren();
      delete this.message.dataset.state;
      this.status.textContent = fill(this.words.count, { count: found.results.length });
      this.open();
    }

    option(one, id) {
      const first = this.english ? one.name_en || one.name_th : one.name_th;
      const second = this.english ? (one.name_en ? one.name_th : null) : one.name_en;
      const spans = (name, part) => (one.matched.part === part && one.matched.text === name ? one.matched.spans : []);
      const partOf = (name) => (name === one.name_en ? "name_en" : "name_th");
      const name = element("span", { class: "search-name" }, ...marked(first, spans(first, partOf(first))));
      const lines = [];
      if (second) lines.push(element("span", { lang: second === one.name_th ? "th" : "en" }, ...marked(second, spans(second, partOf(second)))));
      if (one.matched.part === "romanised") lines.push(element("span", { lang: "th-Latn" }, one.matched.text));
      if (one.number)
        lines.push(element("span", {}, ...fill(this.words.number, { number: "\0" }).split("\0").flatMap((piece, place) => (place ? [...marked(one.number, spans(one.number, "number")), piece] : [piece]))));
      const within = [one.within.district, one.within.province].filter(Boolean).map((area) => (this.english ? area.name_en : area.name_th));
      if (within.length) lines.push(element("span", {}, within.join(", ")));
      if (one.matched.how === "similar") lines.push(element("span", {}, this.words.similar));
      const about = element("span", { class: "search-about" }, ...lines);
      return element("a", { id, role: "option", "aria-selected": "false", tabindex: "-1", href: this.address(one.href) }, name, lines.length ? about : null);
    }

    everything(text, id) {
      const words = fill(this.words.all, { text });
      const href = this.address(fahsai.at(`/search?${new URLSearchParams({ q: text })}`));
      return element("a", { id, role: "option", class: "search-all", "aria-selected": "false", tabindex: "-1", href }, words);
    }

    address(href) {
      if (!this.english) return href;
      return href + (href.includes("?") ? "&" : "?") + "lang=en";
    }

    // What is said where there is no list: nothing found, an error, no signal, or not yet.
    say(what, text) {
      this.choose(-1);
      this.list.replaceChildren();
      this.list.hidden = true;
      const words = this.words;
      const said = {
        loading: () => [element("p", {}, words.loading)],
        none: () => [
          element("p", {}, element("b", {}, fill(words.none, { text }))),
          element("p", {}, words.searched),
          element("ul", {}, element("li", {}, words.widen_shorter), element("li", {}, words.widen_spelling)),
        ],
        offline: () => [element("p", {}, element("b", {}, words.offline)), element("p", {}, words.offline_then)],
        failed: () => [element("p", {}, element("b", {}, words.failed)), element("p", {}, words.failed_still), this.retry()],
      }[what]();
      this.message.dataset.state = what;
      this.message.replaceChildren(...said);
      this.status.textContent = what === "none" ? fill(words.none, { text }) : words[what];
      this.open();
      if (what === "loading") this.panel.setAttribute("aria-busy", "true");
    }

    retry() {
      const button = element("button", { type: "button", class: "button" }, this.words.again);
      button.addEventListener("click", () => {
        this.input.focus();
        this.ask();
      });
      return button;
    }
  }

  const words = wordsOf();
  const form = document.querySelector("form.search");
  if (words && form) fahsai.searchBox = new SearchBox(form, words);
})();
