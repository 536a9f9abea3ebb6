// Takes what the page shows to a file: its items by the service's own addresses, its table, its picture.
(function () {
  "use strict";

  const { instants, isoOf, windowText } = fahsai.days;
  const { count, make } = fahsai.drawing;
  const MOST_IN_ONE = 10_000; // items in an answer of GeoJSON; longer ones come a line each

  const utc = (instant) => new Date(instant).toISOString().replace(/\.000Z$/, "Z");

  // The parameters that choose what is shown: time, classes, province.
  function selection({ data, chosen }) {
    const [start, end] = instants(chosen.window);
    const query = new URLSearchParams();
    // An interval of OGC includes its end, which is the next day's.
    query.set("datetime", `${utc(start)}/${utc(end - 1).replace("Z", "").padEnd(23, "0")}Z`);
    const filters = [];
    const filter = classFilter(data.declaration.style.by, data.classes, chosen.classes);
    if (filter) filters.push(filter);
    if (chosen.province) filters.push(`province_code = '${chosen.province}'`);
    if (filters.length) query.set("filter", filters.join(" AND "));
    return query;
  }

  // CQL2 of what is shown of classes by a field, or null for all; `chosen` is null for all but those
  // that are apart.
  function classFilter(by, classes, chosen) {
    if (!chosen) {
      const apart = classes.filter((one) => one.apart).flatMap((one) => one.members.map((value) => `'${value}'`));
      return apart.length ? `(${by} IS NULL OR ${by} NOT IN (${apart.join(",")}))` : null;
    }
    const members = classes.filter(({ code }) => chosen.has(code)).flatMap((one) => one.members);
    const named = members.filter((value) => value !== null).map((value) => `'${value}'`);
    const parts = named.length ? [`${by} IN (${named.join(",")})`] : [];
    if (members.includes(null)) parts.push(`${by} IS NULL`);
    // Of no class, as where those that are apart are of another field, there is none.
    if (!parts.length) return `${by} = ''`;
    return parts.length > 1 ? `(${parts.join(" OR ")})` : parts[0];
  }

  // The same of the properties of a feature.
  function classKept(by, classes, chosen) {
    const members = (isOf) => new Set(classes.filter(isOf).flatMap((one) => one.members));
    if (chosen) return ({ [by]: value = null }) => members(({ code }) => chosen.has(code)).has(value);
    return ({ [by]: value = null }) => !members(({ apart }) => apart).has(value);
  }

  // What is shown where nothing was chosen, in words.
  const allClasses = (data, words) => (fahsai.unaskedClasses(data.classes) ? words.all_classes_but_apart : words.all_classes);

  function itemsAddress(context, form) {
    const query = selection(context);
    const isLong = form === "geojson" && countOf(context) > MOST_IN_ONE;
    query.set("f", form === "excel" ? "csv" : isLong ? "geojsonseq" : form);
    if (form === "geojson" && !isLong) query.set("limit", MOST_IN_ONE);
    if (form === "excel") query.set("bom", "true");
    return `${context.data.items}?${query}`;
  }

  // How many items there are: those in no province are among them, unless one is chosen.
  const countOf = ({ facts }) => (facts.total || 0) + (facts.outside || 0);

  function panel(box, context) {
    const { data, words, chosen, facts, place } = context;
    const fileName = nameOf(context);
    const items = [];
    const link = (form, text) => items.push(make("li", {}, make("a", {
      class: "button", href: itemsAddress(context, form), download: `${fileName}.${form === "excel" ? "excel.csv" : form}`, "data-form": form, onclick: saveNamed }, text)));
    if (data.items && data.time === "day" && !facts.unknown) {
      link("excel", words.download_excel);
      link("csv", words.download_csv);
      link("geojson", words.download_geojson);
      link("parquet", words.download_parquet);
    }
    const action = (text, form, onclick) => items.push(make("li", {}, make("button", { type: "button", class: "button", "data-form": form, onclick }, text)));
    if (!facts.unknown) action(data.time === "reading" ? words.download_stations : words.download_table, "table", () =>
      save(new Blob([csv(fahsai.themeTableRows(context))], { type: "text/csv" }), `${fileName}.table.csv`));
    action(words.download_picture, "picture", () => context.savePicture(fileName));
    if (!fahsai.isPublished && data.time === "day" && !facts.unknown) action(words.download_offline, "offline", (event) => prepareOffline(event.target, context));
    const said = [];
    if (facts.unknown) said.push(words.no_data);
    else if (data.time === "day") {
      const names = chosen.classes ? data.classes.filter(({ code }) => chosen.classes.has(code)).map(({ name }) => name).join(" · ") : fahsai.allClasses(data, words);
      said.push(fahsai.fill(words.download_counts, { count: count(countOf(context)),
        period: windowText(chosen.window, data.language), classes: names, place: place || words.country }));
      if (facts.outside) said.push(fahsai.fill(words.download_outside, { count: count(facts.outside) }));
    }
    box.querySelector("[data-part=said]").replaceChildren(...said.map((text) => make("p", {}, text)));
    box.querySelector("[data-part=items]").replaceChildren(...items);
  }

  // The service names its files by the day of the answer; here they are named by what is in them.
  async function saveNamed(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const link = event.currentTarget;
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(`${answer.status}`);
      save(await answer.blob(), link.download);
    } catch {
      location.assign(link.href); // the service's own answer says why, or is the file after all
    } finally {
      link.removeAttribute("aria-busy");
    }
  }

  // The map as one file that opens without a network, its size told before it is taken.
  async function prepareOffline(button, { data, words, chosen }) {
    const query = new URLSearchParams({ layers: data.layer, from: isoOf(chosen.window.from), to: isoOf(chosen.window.to), lang: data.language });
    if (chosen.province) query.set("province", chosen.province);
    button.disabled = true;
    try {
      const answer = await fetch(fahsai.at(`/export/map?${query}`));
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.detail);
      const text = fahsai.fill(words.download_offline_ready, { size: (found.bytes / 1e6).toFixed(1) });
      const link = make("a", { class: "button", href: found.href, "data-form": "offline" }, text);
      button.replaceWith(link);
      link.focus();
    } catch (problem) {
      button.replaceWith(make("p", { class: "note fail" }, `${words.download_offline_failed}: ${problem.message}`));
    }
  }

  function nameOf({ data, chosen, facts }) {
    const time = chosen.window ? `${isoOf(chosen.window.from)}_${isoOf(chosen.window.to)}` : String(facts.year ?? "");
    const classes = chosen.classes && [...chosen.classes].sort().join("+");
    return ["fahsai", data.layer, time, classes, chosen.province].filter(Boolean).join("-");
  }

  // For Excel: a byte order mark, and text that begins as a formula does is kept from being one.
  function csv(rows) {
    const quoted = (value) => {
      const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return `\uFEFF${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
  }

  function save(blob, name) {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  Object.assign(fahsai, { allClasses, classFilter, classKept, themeDownloads: panel, saveFile: save });
})();
