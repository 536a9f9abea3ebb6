// Handing a page on: its link, a short link, a map for another site, a map as a file, paper.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const WIDE = "(min-width: 721px)";
  const DAY_MS = 86400e3;
  const WEEK = 7;

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in made && name !== "form") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  const isoBefore = (iso, days) => new Date(Date.parse(`${iso}T00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
  const query = (pairs) => {
    const said = new URLSearchParams(Object.entries(pairs).filter(([, value]) => value));
    if (document.documentElement.lang === "en") said.set("lang", "en");
    return said.toString().replaceAll("%2C", ",");
  };

  // The days of a theme's page as it shows them, to the newest.
  function daysShown() {
    const window = fahsai.theme?.chosen.window;
    if (!window) return {};
    const { newest } = fahsai.theme.context().data;
    return { from: fahsai.days.isoOf(window.from), to: fahsai.days.isoOf(Math.max(window.from, Math.min(window.to, newest))) };
  }

  // The address of what is seen, which shows the same tomorrow: a page that opens on the newest day or
  // period names it there.
  function addressShown() {
    if (fahsai.shareAddress) return fahsai.shareAddress();
    const url = new URL(location.href);
    const day = document.getElementById("day-shown")?.dateTime;
    if (day) url.searchParams.set("day", day);
    return url.href.replaceAll("%2C", ",");
  }

  // What there is to hand on beside the address: the queries of /embed and of /export/map, or null.
  function shareables({ pathname, searchParams }) {
    if (fahsai.isPublished) return { embed: null, offline: null }; // there is no service to make them
    const of = (name) => searchParams.get(name);
    const pick = (...names) => Object.fromEntries(names.map((name) => [name, of(name)]));
    const week = of("day") ? { from: isoBefore(of("day"), WEEK - 1), to: of("day") } : {};
    const path = fahsai.within(pathname);
    const province = path.match(/^\/provinces\/(\d{2})$/)?.[1];
    if (path === "/")
      return { embed: query(pick("day", "number", "region", "province", "background")),
        offline: query({ layers: "provinces,hotspots", ...week, ...pick("province") }) };
    const days = daysShown();
    if (path === "/maps/burning")
      return { embed: query({ theme: "burning", ...(of("from") || of("to") ? days : {}), ...pick("classes", "province", "z", "lat", "lon", "background") }),
        offline: query({ layers: "provinces,hotspots", ...days, ...pick("province") }) };
    if (path === "/maps/air")
      return { embed: query({ theme: "air", day: of("to") && days.to, ...pick("province", "background") }), offline: null,
        isLess: days.from !== days.to || Boolean(of("classes")) };
    if (path === "/maps/complaints")
      return { embed: query({ theme: "complaints", ...pick("background") }), offline: null, isLess: Boolean(of("table") || of("period")) };
    if (path === "/maps/green")
      return { embed: query({ theme: "green", ...pick("province", "background") }), isLess: of("number") === "carbon",
        offline: query({ layers: "provinces,green_certificates", ...pick("province") }) };
    if (province)
      return { embed: query({ theme: "burning", ...week, province, ...pick("background") }),
        offline: query({ layers: "provinces,hotspots,factories", ...week, province }) };
    return { embed: null, offline: null };
  }

  function sizeText(bytes) {
    const [amount, unit] = bytes < 1e6 ? [Math.round(bytes / 1e3), "kB"] : [(bytes / 1e6).toFixed(1), "MB"];
    return `${amount} ${unit}`;
  }

  class Share {
    constructor(opener) {
      this.opener = opener;
      this.words = fahsai.wordsOf("share");
      this.address = fahsai.addressShown();
      const url = new URL(this.address, location.href);
      this.path = fahsai.within(url.pathname) + url.search + url.hash;
      this.isBlurred = fahsai.within(url.pathname) === "/field";
      this.build(shareables(url));
    }

    build({ embed, offline, isLess }) {
      const { words } = this;
      const close = this.button(words.close, () => this.dialog.close());
      const head = make("div", { className: "share-head" }, make("h2", { id: "share-title" }, words.title), close);
      this.status = make("div", { className: "unseen", role: "status" });
      this.dialog = make("dialog", { className: "share", "aria-labelledby": "share-title" }, head, this.linkPart(),
        ...(fahsai.isPublished ? [] : [this.shortPart(), ...(this.isBlurred ? [] : [this.citePart()])]), ...(embed === null ? [] : [this.embedPart(embed, isLess)]),
        ...(offline === null ? [] : [this.offlinePart(offline)]), this.paperPart(), this.status);
      this.dialog.addEventListener("close", () => { this.dialog.remove(); this.opener.focus(); });
      this.dialog.addEventListener("click", (event) => this.isOutside(event) && this.dialog.close());
    }

    open() {
      document.body.append(this.dialog);
      this.dialog.showModal();
      this.place();
      this.dialog.querySelector(".share-row .button").focus();
    }

    // Below the button on a wide screen, as far as there is room; on a phone the style sheet places it.
    place() {
      if (!matchMedia(WIDE).matches) return;
      const button = this.opener.getBoundingClientRect();
      const { width, height } = this.dialog.getBoundingClientRect();
      const within = (at, size, whole) => Math.max(8, Math.min(at, whole - size - 8));
      Object.assign(this.dialog.style, { margin: "0",
        left: `${within(button.right - width, width, innerWidth)}px`,
        top: `${within(button.bottom + 6, height, innerHeight)}px` });
    }

    isOutside({ target, clientX: x, clientY: y }) {
      const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
      return target === this.dialog && (x < left || x > right || y < top || y > bottom);
    }

    button(text, act, className = "button") {
      const made = make("button", { type: "button", className }, text);
      made.addEventListener("click", act);
      return made;
    }

    part(title, ...children) {
      return make("section", { className: "share-part", "aria-label": title }, make("h3", {}, title), ...children);
    }

    hint(text, className = "") { return make("p", { className }, text); }

    // A text to take along, and the button that copies it.
    row(tag, label, value) {
      const field = make(tag, { readOnly: true, value, "aria-label": label });
      field.addEventListener("focus", () => field.select());
      const copy = this.button(this.words.copy, () => this.copy(field, copy));
      return make("div", { className: "share-row" }, field, copy);
    }

    async copy(field, button) {
      const { words } = this;
      let isCopied = true;
      try {
        await navigator.clipboard.writeText(field.value);
      } catch { // plain http, or refused
        field.select();
        isCopied = document.execCommand("copy");
      }
      this.status.textContent = isCopied ? words.copied : words.copy_by_hand;
      if (!isCopied) return field.focus();
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    }

    // --- the parts -----------------------------------------------------------------------------

    linkPart() {
      const { words, address } = this;
      const parts = [this.row("input", words.link, address), this.hint(words.link_hint)];
      if (navigator.share)
        parts.push(this.button(words.by_app, () => navigator.share({ title: document.title, url: address }).catch(() => {})));
      return this.part(words.link, ...parts);
    }

    shortPart() {
      const { words } = this;
      const box = make("div", {});
      box.append(this.button(words.make_short, () => this.shorten(box)));
      if (this.isBlurred) box.append(this.hint(words.short_blurred));
      return this.part(words.short, box);
    }

    shorten(box) {
      const { words } = this;
      return this.make(box, "/api/short-links", words.short_often, words.short_failed, ({ code }) =>
        this.row("input", words.short, location.origin + fahsai.at(`/s/${code}`)));
    }

    citePart() {
      const { words } = this;
      const box = make("div", {});
      box.append(this.button(words.make_cite, () => this.cite(box)), this.hint(words.cite_hint));
      return this.part(words.cite, box);
    }

    cite(box) {
      const { words } = this;
      return this.make(box, "/api/citations", words.cite_often, words.cite_failed, ({ code, line }) => {
        const address = location.origin + fahsai.at(`/cite/${code}`);
        fahsai.cited = { address, line: line[document.documentElement.lang === "en" ? "en" : "th"], path: this.path };
        fahsai.printCitation();
        const query = document.documentElement.lang === "en" ? "?lang=en" : "";
        const more = make("a", { className: "button", href: address + query }, words.cite_open);
        return make("div", {}, this.row("input", words.cite, address), more);
      });
    }

    // What the service makes of this page, in the place of the button that asked for it.
    async make(box, service, often, failed, shown) {
      const button = box.querySelector("button");
      button.disabled = true;
      box.querySelector(".warn")?.remove();
      try {
        const answer = await fetch(fahsai.at(service), { method: "POST", body: JSON.stringify({ path: this.path }),
          headers: { "Content-Type": "application/json" } });
        if (answer.status === 429)
          return this.refuse(box, fahsai.fill(often, { seconds: answer.headers.get("Retry-After") }));
        if (!answer.ok) throw new Error(String(answer.status));
        const row = shown(await answer.json());
        button.replaceWith(row);
        row.querySelector("button").focus();
      } catch {
        this.refuse(box, failed);
      }
    }

    refuse(box, why) {
      box.querySelector("button").disabled = false;
      box.append(this.hint(why, "warn"));
      this.status.textContent = why;
    }

    embedPart(asked, isLess) {
      const { words } = this;
      const source = new URL(fahsai.at(asked ? `/embed?${asked}` : "/embed"), location.origin).href.replaceAll("&", "&amp;");
      const code = `<iframe src="${source}" title="${words.embed_title}" width="100%" height="520" loading="lazy"></iframe>`;
      return this.part(words.embed, this.row("textarea", words.embed, code), this.hint(words.embed_hint), ...(isLess ? [this.hint(words.embed_less)] : []));
    }

    offlinePart(asked) {
      const { words } = this;
      const box = make("div", {});
      box.append(this.button(words.offline_size, () => this.prepare(box, asked)), this.hint(words.offline_hint));
      return this.part(words.offline, box);
    }

    // The file is made for its size to be told; what is then downloaded is that file.
    async prepare(box, asked) {
      const { words } = this;
      const button = box.querySelector("button");
      Object.assign(button, { disabled: true, textContent: words.offline_wait });
      box.querySelector(".warn")?.remove();
      try {
        const answer = await fetch(fahsai.at(`/export/map?${asked}`));
        if (answer.status === 400) throw Object.assign(new Error("refused"), { said: await this.refusal(answer) });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = await answer.json();
        const counted = Object.entries(told.features).filter(([name]) => name !== "provinces"); // where the rest lies
        const features = counted.reduce((sum, [, count]) => sum + count, 0).toLocaleString("en");
        const link = make("a", { className: "button primary", href: fahsai.at(`/export/map.html?${asked}`), download: "" },
          fahsai.fill(words.offline_get, { size: sizeText(told.bytes) }));
        const count = fahsai.fill(words.offline_count, { features, from: this.day(told.from), to: this.day(told.to) });
        button.replaceWith(link);
        box.append(this.hint(count));
        this.status.textContent = `${link.textContent} ${count}`;
        link.focus();
      } catch (problem) {
        button.textContent = words.offline_size;
        this.refuse(box, problem.said || words.offline_failed);
      }
    }

    async refusal(answer) {
      const { parameter, detail } = await answer.json().catch(() => ({}));
      const { words } = this;
      if (parameter === "layers") return words.offline_too_many;
      return parameter === "to" && detail.includes("400") ? words.offline_days : fahsai.fill(words.offline_refused, { detail });
    }

    day(iso) {
      const locale = document.documentElement.lang === "en" ? "en-GB" : "th-TH";
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(iso));
    }

    paperPart() {
      const { words } = this;
      const print = this.button(fahsai.wordsOf("site").print, () => { this.dialog.close(); window.print(); });
      const hints = [this.hint(words.paper_hint)];
      if (document.getElementById("open-download")) hints.push(this.hint(words.picture_hint));
      return this.part(words.paper, print, ...hints);
    }
  }

  // The line of a citation that was made of what is seen, for paper and pictures; nothing once
  // another thing is seen.
  function citedLine() {
    const url = new URL(addressShown(), location.href);
    return fahsai.cited && fahsai.cited.path === fahsai.within(url.pathname) + url.search + url.hash ? fahsai.cited.line : "";
  }

  fahsai.printCitation = () => {
    const printed = document.querySelector("[data-printed]");
    if (!printed) return;
    let line = document.getElementById("cited-line");
    if (!line) printed.after(line = make("p", { id: "cited-line", className: "printed" }));
    line.textContent = citedLine();
  };
  window.addEventListener("beforeprint", () => fahsai.cited && fahsai.printCitation());

  Object.assign(fahsai, { citedLine, addressShown, shareables, openShare: (button) => new Share(button).open() });
})();
