// The parts of a theme page around the map: each shows the facts, in words of the page's language.
(function () {
  "use strict";

  const { dayText, isIso, dayOf, isoOf, seasonOf, seasonDays, seasonText, windowText, yearText } = fahsai.days;
  const { changed, count, decimal, make, mark } = fahsai.drawing;
  const find = (selector) => document.querySelector(selector);

  fahsai.themeParts = (data, words) => {
    const main = find("#main");
    const { language } = data;
    const text = (key, values) => fahsai.fill(words[key], values);
    const isCarbon = (chosen) => data.time === "year" && chosen.measure === "carbon";
    const time = (window) => windowText(window, language);

    // --- words and numbers -----------------------------------------------------------------------

    // "ฤดูเผา 2568/69 ถึง 2 มี.ค. 2569 (08:00 น.)"
    function periodWords({ chosen: { window, measure }, facts }) {
      if (data.time === "year") return facts && measure === "carbon" && facts.year ? yearText(facts.year, language) : words.certificates;
      const season = seasonDays(seasonOf(window.to));
      if (window.from === window.to) return text("a_day", { day: dayText(window.to, language) });
      if (window.from !== season.from) return time(window);
      const name = text("season", { season: seasonText(seasonOf(window.to), language) });
      return window.to >= season.to ? name : `${name} ${text("to_day", { day: dayText(window.to, language) })}`;
    }

    const unit = (chosen, counted) => text(`${isCarbon(chosen) ? "carbon" : data.theme}_unit`, { count: counted });
    const short = (counted) => text(`${data.theme}_short`, { count: counted });
    const total = ({ facts, chosen }) => (data.time === "year" ? (isCarbon(chosen) ? (facts.total === null ? "–" : facts.total.toFixed(2)) : decimal(facts.total)) : count(facts.total));

    function changeWords(context) {
      const { facts, chosen, isThenOwn } = context;
      if (facts.unknown) return [];
      if (facts.isLate) return [words.late_no_base];
      if (data.time === "year" && !isCarbon(chosen)) return [text("of_factories", { certified: count(facts.certified), of: count(facts.factories) })];
      if (isCarbon(chosen) && facts.year && facts.total === null) return [words.carbon_none];
      if (facts.base === null || facts.total === null) return [words.no_base];
      const base = isThenOwn ? time(chosen.then) : data.time === "year" ? words.before_year : words[data.before];
      const shown = isCarbon(chosen) ? facts.base.toFixed(2) : count(facts.base);
      const change = isCarbon(chosen) ? context.changeOf(facts.compared * 1e6, facts.base * 1e6) : context.changeOf(facts.total, facts.base);
      return [changed(change, words), ` ${base} ${shown}`];
    }

    function numbers(context) {
      const { facts, chosen, place } = context;
      find("#theme-total").textContent = total(context);
      find("#theme-unit").textContent = data.time === "reading" ? `${unit(chosen, facts.total)} ${text("of_stations", { of: count(facts.of) })}` : unit(chosen, facts.total);
      find("#theme-change").replaceChildren(...changeWords(context));
      const extra = [];
      if (facts.outside) extra.push(text("outside", { count: count(facts.outside), unit: short(facts.outside) }));
      if (facts.apart) extra.push(text(facts.apart.isIn ? "apart_in" : "apart_out", { count: count(facts.apart.count) }));
      if (facts.unread) extra.push(text("stations_unread", { count: count(facts.unread) }));
      find("#theme-extra").textContent = extra.join(" · ");
      const pinned = find("#theme-pinned");
      pinned.hidden = !place;
      if (!place) return;
      pinned.replaceChildren(
        make("b", {}, text("pinned", { place })),
        make("a", { href: fahsai.at(`/provinces/${chosen.province}${language === "en" ? "?lang=en" : ""}`) }, words.open_place),
        make("button", { type: "button", class: "button", "data-pin": "none", onclick: () => context.pin(null) }, words.unpin));
    }

    // --- classes ---------------------------------------------------------------------------------

    function classes(context) {
      const { facts, chosen, changeOf } = context;
      const list = find("#theme-classes");
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.class : null;
      const items = data.time === "year" ? measures(context) : facts.classes.map((one) => {
        const isOn = chosen.classes ? chosen.classes.has(one.code) : !one.apart;
        return make("button", { type: "button", "data-class": one.code, "aria-pressed": String(Boolean(chosen.classes) && isOn), class: isOn ? null : "off",
          onclick: () => context.choose({ classes: toggled(chosen.classes, one.code) }) },
        swatch(one), make("span", { class: "class-name" }, one.name), make("b", {}, count(one.value)),
        one.base === null ? make("span", { class: "change unknown" }, "–") : changed(changeOf(one.value, one.base), words));
      });
      list.replaceChildren(...items.map((item) => make("li", {}, item)));
      if (focused) list.querySelector(`[data-class="${focused}"]`)?.focus({ preventScroll: true });
      const whole = find("#theme-all-classes");
      whole.hidden = !chosen.classes;
      whole.onclick = () => context.choose({ classes: null });
    }

    const swatch = (one) => (data.time === "reading"
      ? make("span", { class: `swatch aqi-${data.classes.findIndex(({ code }) => code === one.code) + 1}` }) : mark(one));

    // The first press chooses one of all, or adds what is counted apart; further ones add or take away.
    function toggled(chosen, code) {
      const isApart = data.classes.find((one) => one.code === code).apart;
      if (!chosen && !isApart) return new Set([code]);
      const next = new Set(chosen || fahsai.unaskedClasses(data.classes));
      if (!next.delete(code)) next.add(code);
      return fahsai.chosenClasses(next, data.classes);
    }

    const measures = ({ chosen, choose }) => ["certificates", "carbon"].map((name) =>
      make("button", { type: "button", "data-class": name, "aria-pressed": String(chosen.measure === name), onclick: () => choose({ measure: name, sort: null }) },
        make("span", { class: "class-name" }, words[name])));

    // --- legend ----------------------------------------------------------------------------------

    // {title, steps: [{step, text, hatched, found}], note, inView}
    function legendOf({ facts, chosen, sides }) {
      const note = words[`${data.theme}_caveat`];
      if (data.time === "reading")
        return { title: chosen.window.from === chosen.window.to ? words.by_value : words.by_highest, note,
          steps: data.classes.map((one, i) => ({ step: i + 1, ramp: "air", text: bounds(data.class_starts, i, 0.1), name: one.name })) };
      if (data.time === "day") {
        const own = sides?.now.own;
        const drawn = own?._drawn;
        if (drawn && drawn.mode === "points") return { title: words.by_points, steps: [], note };
        const breaks = own?.breaks;
        if (!drawn || !breaks) return { title: words.loading, steps: [], note };
        const km = Number(own.cellWidthKm().toPrecision(2));
        return { title: text("per_cell", { km }), note,
          steps: fahsai.stepNames(breaks, language).map((name, i) => ({ step: i + 1, ramp: data.theme, text: name })) };
      }
      const isShare = data.time === "year" && !isCarbon(chosen);
      const lows = chosen.view === "compare" ? facts.lowsBoth || facts.lows : facts.lows;
      const values = [...facts.values.values()];
      const stepOf = (value) => (value === null ? null : fahsai.numbers.stepOfValue(value, lows));
      const found = (step) => text("areas_of", { count: values.filter((value) => stepOf(value) === step).length });
      const ramp = facts.ramp || data.theme;
      const steps = lows.map((_, i) => ({ step: i + 1, ramp, text: bounds(lows, i, isShare ? 0 : 1), found: found(i + 1) }));
      if (!isShare) steps.unshift({ step: 0, text: words.zero, found: found(0) });
      if (values.includes(null)) steps.push({ step: null, hatched: true, text: isShare ? words.too_few : words.no_return, found: found(null) });
      return { title: isShare ? words.by_share : words.by_carbon, steps, note };
    }

    function bounds(lows, i, least) {
      const [low, after] = [lows[i], lows[i + 1]];
      if (after === undefined) return `${decimal(low)}+`;
      const last = after - least;
      return last <= low ? decimal(low) : `${decimal(low)}–${decimal(last)}`;
    }

    function legend(context) {
      if (!context.facts) return;
      if (context.facts.unknown) {
        find("#theme-legend").replaceChildren(make("ul", { class: "legend-list" }, make("li", {}, make("span", { class: "swatch none" }), make("span", {}, words.no_data))));
        find("#in-view").hidden = true;
        return layerLegends(context);
      }
      const told = legendOf(context);
      const isRamp = data.time === "day";
      find("#theme-legend").replaceChildren(make("h2", {}, told.title),
        make("ol", { class: isRamp ? "ramp" : "legend-list" }, ...told.steps.map(({ step, ramp, text: bound, name, found, hatched }) =>
          make("li", {}, make("span", { class: `swatch ${hatched ? "none" : step ? `${ramp}-${step}` : "zero"}` }),
            make("span", {}, name ? `${name} ${bound}` : bound), found ? make("b", {}, found) : null))));
      layerLegends(context);
      inView(context);
    }

    // Of every layer that is switched on, beneath the theme's own.
    function layerLegends({ chosen, sides }) {
      for (const name of chosen.layers) {
        const layer = sides?.now.layers[name];
        if (!layer?._map) continue;
        const said = layer.caption ? [make("p", { class: "quiet" }, layer.caption)] : [];
        find("#theme-legend").append(make("section", { class: "layer-legend", "data-layer": name },
          make("h2", {}, layer.declaration.title), ...said, ...fahsai.legendParts(layer),
          ...[fahsai.unplacedTable(layer)].filter(Boolean)));
      }
    }

    function inView({ sides, facts }) {
      const box = find("#in-view");
      const own = sides?.now.own;
      const found = facts && data.time === "day" ? own?.countsInView() : null;
      box.hidden = !found;
      if (!found) return;
      // All are in view: those in no province are what the headline does not count.
      const apart = facts.outside && found.count === facts.total + facts.outside ? ` · ${text("in_view_outside", { count: count(facts.outside) })}` : "";
      const hint = own._drawn.mode === "cells" ? ` · ${words.zoom_for_points}` : "";
      box.textContent = found.isWhole ? text("in_view", { count: `${count(found.count)} ${short(found.count)}` }) + apart + hint : words.in_view_part;
    }

    // --- what is known and what is not -----------------------------------------------------------

    function note(kind, said, ...actions) {
      find("#theme-notes").replaceChildren(...(said ? [make("div", { class: `note ${kind}` }, make("div", {}, make("p", {}, said), ...actions))] : []));
    }

    const unknownWords = ({ kind, day }) => text(`unknown_${kind}`, { day: dayText(day, language) });

    // What is said of an address that names a time that is not shown, and what can be pressed; or null.
    function unreadWords({ chosen, facts }) {
      if (chosen.buddhist) {
        const { address } = chosen.buddhist;
        return [text("buddhist", chosen.buddhist), make("a", { class: "button", href: address }, text("buddhist_go", chosen.buddhist))];
      }
      if (chosen.noProvince) return [text("no_province", { code: chosen.noProvince })];
      if (chosen.isUnread && chosen.window) return [text("unread_period", { period: time(chosen.window) })];
      if (isCarbon(chosen) && chosen.year !== null && facts.year && chosen.year !== facts.year)
        return [text("unread_year", { year: yearText(chosen.year, language), shown: yearText(facts.year, language) })];
      return null;
    }

    const action = (label, onclick) => make("button", { type: "button", class: "button", onclick }, label);

    function states(context) {
      const { facts, chosen, place, choose, model } = context;
      const unread = unreadWords(context);
      if (unread) return note("warn", ...unread);
      if (facts.unknown) return note("", unknownWords(facts.unknown), action(words.widen_newest, () => choose({ window: model.initial(data.newest) })));
      if (chosen.window && facts.first && chosen.window.from < facts.first) return note("", text("unknown_before", { day: dayText(facts.first, language) }));
      if (chosen.window && chosen.window.to > data.newest) return note("", text("not_until", { day: dayText(data.newest, language) }));
      if (!navigator.onLine) return note("warn", text("offline", { time: new Date(facts.at).toLocaleTimeString(language) }));
      const isEmpty = data.time === "year" ? false : data.time === "reading" ? !facts.of : facts.total === 0 && !facts.outside;
      if (!isEmpty) return note("");
      const names = chosen.classes ? data.classes.filter(({ code }) => chosen.classes.has(code)).map(({ name }) => name).join(" · ") : fahsai.allClasses(data, words);
      const said = text("empty", { unit: unit(chosen), classes: names, place: place || words.country, period: time(chosen.window) });
      const ways = [];
      if (chosen.classes) ways.push(action(words.widen_classes, () => choose({ classes: null })));
      if (chosen.province) ways.push(action(words.widen_place, () => context.pin(null)));
      const whole = model.whole(chosen.window, data.newest);
      if (!fahsai.themeAddress.isSame(whole, chosen.window)) ways.push(action(words.widen_time, () => choose({ window: whole })));
      ways.push(action(words.widen_before, () => choose({ window: chosen.then })));
      return note("", said, ...ways.slice(0, 2));
    }

    function failed({ isOffline }, context) {
      note("fail", isOffline ? words.offline_now : words.failed_counts, action(words.again, context.retry));
      find("#theme-period").textContent = context.chosen.window ? time(context.chosen.window) : "";
      find("#theme-total").textContent = "–";
      for (const id of ["#theme-change", "#theme-extra", "#theme-classes", "#theme-legend"]) find(id).replaceChildren();
      for (const table of document.querySelectorAll("#theme-ranking table, #theme-table table")) {
        table.tBodies[0].replaceChildren();
        table.tFoot?.remove();
      }
      find("#theme-more").hidden = find("#in-view").hidden = true;
    }

    function mapFailed(_, context) {
      if (!navigator.onLine) return context.facts && states(context);
      note("warn", words.failed_map, action(words.again, () => context.sides.now.own._load()));
      find("#in-view").hidden = true;
    }

    function neverLoaded() {
      find("#theme-total").textContent = "–";
      find("#theme-unit").textContent = unit({});
      note("warn", words.never_loaded);
      busy(false);
    }

    function busy(isBusy) {
      main.setAttribute("aria-busy", String(isBusy));
      find("#theme-busy").hidden = !isBusy;
    }

    // --- views -----------------------------------------------------------------------------------

    function view({ chosen }) {
      const shown = data.time === "year" && chosen.view === "compare" ? "map" : chosen.view;
      main.dataset.view = shown;
      main.dataset.number = isCarbon(chosen) ? "carbon" : "";
      for (const button of document.querySelectorAll("[data-view-button]"))
        button.setAttribute("aria-pressed", String(button.dataset.viewButton === shown));
      find("#theme-compared").hidden = shown !== "compare";
      find("#theme-ranking").hidden = shown !== "map";
      find("#theme-table").hidden = shown !== "table";
      find("#theme-map").hidden = shown === "table";
      find("#side-title").hidden = shown !== "compare";
      find("#theme-legend").hidden = shown === "table";
      for (const box of document.querySelectorAll("#theme-further input")) box.checked = chosen.layers.includes(box.name);
    }

    function show(context) {
      const { facts, chosen } = context;
      find("#theme-period").textContent = periodWords(context);
      numbers(context);
      classes(context);
      states(context);
      fahsai.themeRanking(find("#theme-ranking table"), context);
      for (const table of document.querySelectorAll("#theme-ranking table, #theme-table table")) table.hidden = Boolean(facts.unknown);
      find("#ranking-unknown").textContent = facts.unknown ? `– ${words.no_data}` : "";
      const more = find("#theme-more");
      more.hidden = facts.rows.length <= 16 || find("#theme-ranking table").classList.contains("whole");
      more.textContent = text("rows_more", { count: facts.rows.length });
      if (chosen.view === "table") fahsai.themeTable(find("#theme-table table"), context);
      if (chosen.view === "compare") compared(context);
      timeOf(context);
      fahsai.themeDownloads(find("#download"), context);
      legend(context);
      document.title = document.title.replace(/^[^·]*·/, `${data.title} ${periodWords(context)} ·`);
    }

    const timeOf = (context) => fahsai.themeTime(find("#theme-time"), context);

    // Both sides' numbers, and the other time's own days.
    function compared(context) {
      const { facts, chosen } = context;
      const side = (label, value, window) => [make("b", {}, `${label} ${count(value)}`), ` ${short(value)} `, make("span", { class: "quiet" }, time(window))];
      find("#side-title").replaceChildren(...side(words.now_side, facts.total, chosen.window));
      find("#then-title").replaceChildren(...side(words.then_side, facts.base, chosen.then));
      const [from, to] = [find("#then-from"), find("#then-to")];
      from.value = isoOf(chosen.then.from);
      to.value = isoOf(chosen.then.to);
      const days = ({ from: first, to: last }) => last - first + 1;
      const [one, other] = [days(chosen.window), days(chosen.then)];
      find("#then-note").textContent = Math.abs(one - other) > 3 ? text("same_length", { one, other }) : words.one_scale;
      find("#then-same").hidden = !context.isThenOwn;
    }

    function listen(context) {
      for (const button of document.querySelectorAll("[data-view-button]"))
        button.addEventListener("click", () => context().choose({ view: button.dataset.viewButton }));
      find("#theme-more").addEventListener("click", () => {
        find("#theme-ranking table").classList.add("whole");
        find("#theme-more").hidden = true;
        find("#theme-ranking .further a")?.focus();
      });
      for (const field of [find("#then-from"), find("#then-to")])
        field.addEventListener("change", () => {
          const [from, to] = [find("#then-from"), find("#then-to")].map(({ value }) => dayOf(value));
          if (!Number.isFinite(from) || !Number.isFinite(to) || from > to) return;
          context().choose({ then: { from, to } });
        });
      find("#then-same").addEventListener("click", () => context().choose({ then: null }));
      const [opener, panel] = [find("#open-download"), find("#download")];
      const open = (isOpen) => {
        panel.hidden = !isOpen;
        opener.setAttribute("aria-expanded", String(isOpen));
        (isOpen ? panel.querySelector("a, button") : opener).focus();
      };
      opener.addEventListener("click", () => open(panel.hidden));
      find("#close-download").addEventListener("click", () => open(false));
      panel.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
      find("#theme-further")?.addEventListener("change", () =>
        context().choose({ layers: [...document.querySelectorAll("#theme-further :checked")].map(({ name }) => name) }));
      window.addEventListener("online", () => context().retry());
      window.addEventListener("offline", () => context().facts && states(context()));
    }

    // Of HTML its words alone.
    const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

    // What stands around the map in its picture.
    function pictureWords(context) {
      const told = legendOf(context);
      const colors = (ramp, step) => getComputedStyle(document.documentElement).getPropertyValue(`--${ramp}-${step}`).trim();
      return {
        title: `${data.title}${context.place ? ` ${context.place}` : ""}`, period: periodWords(context),
        total: `${total(context)} ${unit(context.chosen, context.facts?.total)}`, change: find("#theme-change").innerText.replace(/\s+/g, " "),
        legend: { title: told.title, note: told.note, steps: told.steps.map(({ step, ramp, text: bound, name, hatched }) =>
          ({ color: step ? colors(ramp, step) : hatched ? null : "#f3f0ea", hatched, text: name ? `${name} ${bound}` : bound })) },
        further: context.chosen.layers.map((name) => context.sides.now.layers[name]).map((layer) =>
          ({ title: layer.declaration.title, caption: layer.caption, sources: plain(layer.declaration.attribution), parts: fahsai.legendParts(layer) })),
        printedAt: new Date().toLocaleString(language === "en" ? "en-GB" : "th-TH", { timeZone: "Asia/Bangkok" }),
      };
    }

    return { busy, failed, legend, listen, mapDrawn: legend, mapFailed, neverLoaded, note, pictureWords, show, time: timeOf, view };
  };
})();
