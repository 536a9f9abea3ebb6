// What is chosen, and the address that holds it: whatever is as it is at first is left out.
(function () {
  "use strict";

  const { dayOf, isIso, isMonth, isoOf, monthEnd } = fahsai.days;
  // The codes of the classes that are counted unless others are asked for; null for all.
  function unaskedClasses(classes) {
    return classes.some(({ apart }) => apart) ? new Set(classes.filter(({ apart }) => !apart).map(({ code }) => code)) : null;
  }

  // What is chosen of classes, in their order, or null where that is what nobody has to ask for.
  function chosenClasses(codes, classes) {
    const unasked = unaskedClasses(classes) || new Set(classes.map(({ code }) => code));
    const chosen = classes.map(({ code }) => code).filter((code) => codes.has(code));
    const isUnasked = chosen.length === unasked.size && chosen.every((code) => unasked.has(code));
    return chosen.length && !isUnasked ? new Set(chosen) : null;
  }

  const VIEWS = ["map", "compare", "table"];
  const numberOf = (text) => (text !== null && text !== "" && Number.isFinite(Number(text)) ? Number(text) : null);

  // Years that can be meant: those between are of the Buddhist calendar, which `fahsai.buddhistIn` tells.
  const YEARS = { first: 1900, last: 2399, far: 2700 };

  // `known`: {classes: as declared; provinces: all codes; layers: all names; window: at first}.
  function parse(search, known) {
    const query = new URLSearchParams(search);
    const day = (name) => dayIn(query.get(name), name.endsWith("to"));
    const own = windowOf(day("from"), day("to"));
    const listed = new Set((query.get("classes") || "").split(","));
    const [z, lat, lon] = ["z", "lat", "lon"].map((name) => numberOf(query.get(name)));
    return {
      view: VIEWS.includes(query.get("view")) ? query.get("view") : "map",
      window: own || known.window,
      isUnread: !own && (query.has("from") || query.has("to")), // another time is shown in its place
      buddhist: fahsai.buddhistIn(location.pathname + search),
      then: windowOf(day("then_from"), day("then_to")),
      classes: chosenClasses(listed, known.classes),
      province: known.provinces.includes(query.get("province")) ? query.get("province") : null,
      noProvince: known.provinces.length && !known.provinces.includes(query.get("province")) ? query.get("province") : null, // where no service refuses it
      sort: query.get("sort"),
      measure: query.get("number") === "carbon" ? "carbon" : "certificates",
      year: numberOf(query.get("year")),
      layers: (query.get("layers") || "").split(",").filter((name) => known.layers.includes(name)),
      place: z !== null && lat !== null && lon !== null ? { z, lat, lon } : null,
      background: /^[a-z0-9-]+$/.test(query.get("background") || "") ? query.get("background") : null,
      popup: fahsai.parsePopup(query.get("popup"), known.layers),
    };
  }

  // A day as it is written, or of a month its first or its last.
  function dayIn(text, isEnd) {
    const year = Number((text || "").slice(0, 4));
    if (year < YEARS.first || (year > YEARS.last && year < YEARS.far)) return null;
    if (isIso(text)) return dayOf(text);
    if (!isMonth(text)) return null;
    const first = dayOf(`${text}-01`);
    return isEnd ? monthEnd(first) : first;
  }

  const windowOf = (from, to) => (from !== null && to !== null && from <= to ? { from, to } : null);

  // The address of this page with what is chosen; in the other language it may have a path of its own.
  function format(chosen, known, language, path = location.pathname) {
    const query = new URLSearchParams();
    const set = (name, value) => value !== null && value !== undefined && value !== false && query.set(name, value);
    if (chosen.view !== "map") set("view", chosen.view);
    if (chosen.window && !isSame(chosen.window, known.window)) {
      set("from", isoOf(chosen.window.from));
      set("to", isoOf(chosen.window.to));
    }
    if (chosen.then) {
      set("then_from", isoOf(chosen.then.from));
      set("then_to", isoOf(chosen.then.to));
    }
    if (chosen.classes) set("classes", [...chosen.classes].join(","));
    set("province", chosen.province);
    set("sort", chosen.sort);
    if (chosen.measure === "carbon") set("number", "carbon");
    set("year", chosen.year);
    if (chosen.layers.length) set("layers", chosen.layers.join(","));
    if (chosen.place) for (const name of ["z", "lat", "lon"]) set(name, chosen.place[name]);
    set("background", chosen.background);
    set("popup", chosen.popup);
    if (language === "en") set("lang", "en");
    const text = query.toString().replaceAll("%2C", ",");
    return path + (text ? `?${text}` : "");
  }

  const isSame = (a, b) => Boolean(a && b) && a.from === b.from && a.to === b.to;

  Object.assign(fahsai, { chosenClasses, unaskedClasses });
  fahsai.themeAddress = { format, isSame, parse };
})();
