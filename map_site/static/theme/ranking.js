// The ranking beside the map, and the table that says all that the map shows.
(function () {
  "use strict";

  const { changed, count, decimal, make, meter, shares } = fahsai.drawing;
  const ROWS = 16;

  // `context`: {data, words, chosen, facts, changeOf, pin(code), sortBy(key), addressOf(change)}.
  function ranking(table, context) {
    const { data, words, facts, chosen } = context;
    const isStations = data.time === "reading";
    const hasParts = data.theme === "burning";
    const hasBase = facts.rows.some(({ base }) => base !== null);
    const highest = Math.max(0, ...facts.rows.flatMap(({ value, base }) => [value ?? 0, base ?? 0]));
    const head = [
      heading(words.rank, "rank", true),
      heading(isStations ? words.station : words.province, "name"),
      ...(isStations ? [] : [heading(hasBase ? (data.before === "last_season" ? words.tick : words.tick_year) : words.bar, "tick-cell")]),
      ...(hasParts ? [heading(words.shares, "parts")] : []),
      heading(isStations ? "PM2.5" : fahsai.fill(words[`${measureOf(context)}_short`], {}), "value"),
      ...(hasBase ? [heading(words.changed, "changed")] : []),
    ];
    const pinned = facts.rows.filter(({ place }) => chosen.province && place === chosen.province);
    const others = facts.rows.filter((row) => !pinned.includes(row));
    const rows = [...pinned, ...others].map((row, i) =>
      rankingRow(row, { ...context, highest, hasParts, hasBase, isStations, isPinned: i < pinned.length, isFurther: i >= ROWS }));
    fill(table, head, rows);
  }

  const measureOf = ({ data, chosen }) => (data.time === "year" && chosen.measure === "carbon" ? "carbon" : data.theme);
  const heading = (text, kind, isUnseen) =>
    make("th", { scope: "col", class: kind }, isUnseen ? make("span", { class: "unseen" }, text) : text);

  function rankingRow(row, context) {
    const { data, words, highest, changeOf, isStations, hasParts, hasBase, isPinned, isFurther } = context;
    const value = isStations ? pill(row, data) : data.time === "year" && context.chosen.measure !== "carbon" ? share(row, words) : count(row.value);
    return make("tr", { id: `row-${row.code}`, class: isPinned ? "pinned" : isFurther ? "further" : null },
      make("td", { class: "rank" }, row.rank === null ? "" : String(row.rank)),
      make("th", { scope: "row", class: "name" }, placeLink(row, context), row.detail ? make("small", {}, row.detail) : null),
      isStations ? null : make("td", { class: "tick-cell" }, meter(row.value || 0, row.base, highest, hasParts ? 52 : 120)),
      hasParts ? make("td", { class: "parts" }, shares(data.classes.map(({ code }) => [code, row.parts.get(code) || 0]))) : null,
      make("td", { class: "value" }, value),
      hasBase ? make("td", { class: "changed" }, changed(changeOf(row.value, row.base), words)) : null);
  }

  function placeLink(row, { words, chosen, pin, addressOf }) {
    if (!row.place) return document.createTextNode(row.name);
    const isPinned = chosen.province === row.place;
    const code = isPinned ? null : row.place;
    const title = isPinned ? words.unpin : fahsai.fill(words.pin, { place: row.name });
    return make("a", {
      href: addressOf({ province: code }), title, "aria-current": isPinned ? "true" : null, "data-pin": row.place,
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        pin(code);
      },
    }, row.name);
  }

  function pill({ value, level }, data) {
    if (value === null) return make("span", { class: "quiet" }, "–");
    return make("span", { class: `aqi aqi-${level}${value > data.standard ? " above" : ""}` }, String(Math.round(value)));
  }

  const share = ({ value }, words) =>
    value === null ? make("span", { class: "quiet", title: words.too_few }, "–", make("span", { class: "unseen" }, ` ${words.too_few}`)) : `${decimal(value)} %`;

  // --- the table -----------------------------------------------------------------------------

  function table(element, context) {
    const { words, facts, chosen, sortBy } = context;
    const { key, isFalling } = sortOf(chosen.sort, facts.columns);
    const head = facts.columns.map(({ key: own, title, kind }) => {
      const button = make("button", { type: "button", "data-sort": own,
        onclick: () => sortBy(own === key ? (isFalling ? own : `-${own}`) : kind === "name" || kind === "text" ? own : `-${own}`) }, title);
      return make("th", { scope: "col", class: kind, "aria-sort": own === key ? (isFalling ? "descending" : "ascending") : null }, button);
    });
    const rows = sorted(facts.rows, key, isFalling).map((row) => make("tr", { class: chosen.province && row.place === chosen.province ? "pinned" : null },
      ...facts.columns.map((column, i) => cell(row, column, i, context))));
    fill(element, head, rows);
    const footer = foot(context);
    element.tFoot?.remove();
    if (footer) element.append(footer);
    element.caption.textContent = `${context.title}: ${words.view_table}`;
  }

  function sortOf(asked, columns) {
    const key = (asked || "").replace(/^-/, "");
    if (columns.some((column) => column.key === key)) return { key, isFalling: asked.startsWith("-") };
    const first = columns.find(({ kind }) => ["strong", "aqi", "decimal"].includes(kind)) || columns[1];
    return { key: first.key, isFalling: true };
  }

  // What is not known comes last, whichever way, and what is alike is in the order of names.
  function sorted(rows, key, isFalling) {
    const sign = isFalling ? -1 : 1;
    return [...rows].sort(fahsai.numbers.byName).sort(({ cells: { [key]: a } }, { cells: { [key]: b } }) => {
      if (a === null || b === null || a === undefined || b === undefined) return (a ?? null) === (b ?? null) ? 0 : (a ?? null) === null ? 1 : -1;
      return sign * (typeof a === "string" ? a.localeCompare(b, "th") : a - b);
    });
  }

  function cell(row, { key, kind }, i, context) {
    const { words, data, changeOf } = context;
    const value = row.cells[key];
    if (i === 0) return make("th", { scope: "row", class: "name" }, placeLink(row, context));
    const text = () => {
      if (kind === "change") return changed(changeOf(row.value, row.base), words);
      if (kind === "aqi") return pill(row, data);
      if (kind === "text") return value || "–";
      if (kind === "decimal") return value === null ? share(row, words) : `${decimal(value)} %`;
      return count(value);
    };
    return make("td", { class: kind }, text());
  }

  // What lies in no province is counted, too, so that the table adds up.
  function foot({ facts, words, chosen }) {
    if (!facts.outside || chosen.province) return null;
    return make("tfoot", {}, make("tr", {}, make("th", { scope: "row", class: "name" }, words.outside_row),
      ...facts.columns.slice(1).map(({ kind }) => make("td", { class: kind }, kind === "strong" ? count(facts.outside) : ""))));
  }

  function fill(element, head, rows) {
    const keepsFocus = element.contains(document.activeElement) && document.activeElement;
    const wanted = keepsFocus && (keepsFocus.dataset.pin ? `[data-pin="${keepsFocus.dataset.pin}"]` : `[data-sort="${keepsFocus.dataset.sort}"]`);
    element.tHead.replaceChildren(make("tr", {}, ...head));
    element.tBodies[0].replaceChildren(...rows);
    if (wanted) element.querySelector(wanted)?.focus({ preventScroll: true });
  }

  // The table as people take it to a spreadsheet.
  function tableRows({ facts, chosen, words }) {
    const { key, isFalling } = sortOf(chosen.sort, facts.columns);
    const plain = (value) => (value === null || value === undefined ? "" : typeof value === "number" ? Math.round(value * 100) / 100 : value);
    const rows = sorted(facts.rows.filter(({ place }) => !chosen.province || place === chosen.province), key, isFalling)
      .map(({ cells }) => facts.columns.map((column) => plain(cells[column.key])));
    if (facts.outside && !chosen.province)
      rows.push(facts.columns.map(({ kind }, i) => (i === 0 ? words.outside_row : kind === "strong" ? facts.outside : "")));
    return [facts.columns.map(({ title }) => title), ...rows];
  }

  Object.assign(fahsai, { themeRanking: ranking, themeTable: table, themeTableRows: tableRows, measureOf });
})();
