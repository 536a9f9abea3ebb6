// What every page does beside being read: the menu on a phone, sharing, printing, and links that
// change a part of the page without leaving it.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  document.documentElement.classList.remove("no-script");

  // The words of a topic, as the page carries them.
  fahsai.wordsOf = (topic) => JSON.parse(find(`#${topic}-words`)?.textContent || "{}");
  // A line that readers of the screen hear.
  fahsai.announce = (text) => (find("#announcement").textContent = text);
  // `fill("{n} of {of}", {n: 3, of: 7})`
  // and "{n} [fire|fires]": the first where the value before it, or `count` where none is, is 1.
  fahsai.fill = (text, values) => text.replace(/\[([^[\]|]*)\|([^[\]|]*)\]/g, (_, one, many, at) => {
    const name = [...text.slice(0, at).matchAll(/\{(\w+)\}/g)].at(-1)?.[1] || "count";
    return String(values[name]) === "1" ? one : many;
  }).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  // Where an address has a day or a year of the Buddhist calendar: {written, meant} of the first, and
  // the `address` that has the Christian years in their place; else null.
  fahsai.buddhistIn = (href) => {
    const url = new URL(href, location.href);
    let first = null;
    for (const name of ["from", "to", "then_from", "then_to", "day", "at", "year"]) {
      const written = url.searchParams.get(name) || "";
      const meant = written.replace(/^2[4-6]\d\d(?=-|$)/, (year) => year - 543);
      if (meant === written) continue;
      first = first || { written, meant };
      url.searchParams.set(name, meant);
    }
    return first && { ...first, address: url.pathname + url.search.replaceAll("%2C", ",") };
  };

  const momentNow = () => new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "th-TH",
    { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Bangkok" }).format(new Date());

  function openByButton() {
    for (const button of all("[data-opens]"))
      button.addEventListener("click", () => {
        const opened = find(`#${button.dataset.opens}`).classList.toggle("open");
        button.setAttribute("aria-expanded", opened);
        for (const other of all("[data-opens]"))
          if (other !== button) {
            find(`#${other.dataset.opens}`).classList.remove("open");
            other.setAttribute("aria-expanded", "false");
          }
        if (opened) find("input, a", find(`#${button.dataset.opens}`))?.focus();
      });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const button of all("[data-opens][aria-expanded=true]")) {
        button.click();
        button.focus();
      }
    });
  }

  // --- links that change parts of the page ----------------------------------------------------

  // Of the newest click alone: answers arrive in any order.
  let asked = 0;

  // What lies beneath the map stays while the same page is looked at.
  function withBackground(href) {
    const url = new URL(href, location.href);
    const chosen = new URLSearchParams(location.search).get("background");
    if (chosen && url.pathname === location.pathname) url.searchParams.set("background", chosen);
    return url.href.replaceAll("%2C", ",");
  }

  // Reads the page at an address and takes over its live parts; the map and what else is kept stay.
  async function visit(href, { push = true, focus = null } = {}) {
    const mine = ++asked;
    const address = push ? withBackground(href) : href;
    const live = find("[data-live]");
    live.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      if (push) history.pushState({ live: true }, "", address);
      takeOver(page, focus);
    } catch (problem) {
      if (mine !== asked) return;
      location.assign(address); // the browser says best why it cannot be had
    }
  }

  function takeOver(page, focus) {
    document.title = page.title;
    document.body.className = page.body.className;
    const live = find("[data-live]");
    const coming = find("[data-live]", page);
    for (const kept of all("[data-kept]")) {
      const place = find(`[data-kept="${kept.dataset.kept}"]`, coming);
      if (place) place.replaceWith(kept);
    }
    const whole = all("table.whole").map((table) => table.id);
    live.replaceChildren(...coming.childNodes);
    live.removeAttribute("aria-busy");
    for (const id of whole) find(`#${id}`)?.classList.add("whole");
    const language = find("a.language", page);
    if (language) find("a.language").href = language.href;
    prepare();
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("fahsai:live"));
  }

  function followLinks() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-live-link]");
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      visit(link.href, { focus: link.id });
    });
    history.replaceState({ ...history.state, live: true }, "");
    window.addEventListener("popstate", (event) => {
      if (event.state?.live && find("[data-live]")) visit(location.href, { push: false });
    });
  }
  fahsai.visit = visit;

  // --- what comes anew with each part ---------------------------------------------------------

  function prepare() {
    for (const button of all("[data-shows-all]")) {
      const table = find(`#${button.dataset.showsAll}`);
      button.hidden = table.classList.contains("whole");
      button.onclick = () => {
        table.classList.add("whole");
        button.hidden = true;
        find(".further a", table)?.focus();
      };
    }
    if (matchMedia("(max-width: 720px)").matches)
      for (const box of all("details.freshness-box")) box.open = false;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share], [data-print]");
    if (button?.matches("[data-share]")) fahsai.openShare(button);
    if (button?.matches("[data-print]")) window.print();
  });
  window.addEventListener("beforeprint", () => {
    for (const box of all("details:not(.by-area, .withheld)")) box.open = true;
    for (const line of all("[data-printed]"))
      line.textContent = `${fahsai.wordsOf("site").this_page}: ${fahsai.addressShown()}`;
    for (const line of all("[data-printed-at]"))
      line.textContent = `${fahsai.wordsOf("site").printed} ${momentNow()}`;
  });
  openByButton();
  followLinks();
  prepare();
})();
