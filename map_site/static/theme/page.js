// A theme page: what is chosen, in the address and on every part alike.
(function () {
  "use strict";

  const box = document.getElementById("theme-data");
  if (!box) return;

  const { dayOf } = fahsai.days;
  const { count, decimal } = fahsai.drawing;
  const data = prepared(JSON.parse(box.textContent));
  const words = { ...fahsai.wordsOf("site"), ...fahsai.wordsOf("theme") };
  const model = fahsai.themeModel(data);
  const parts = fahsai.themeParts(data, words);
  const known = {
    classes: data.classes,
    provinces: data.provinces.map(({ code }) => code),
    layers: data.further,
    window: data.newest === null ? null : model.initial(data.newest),
  };
  function read() {
    const found = fahsai.themeAddress.parse(location.search, known);
    const view = data.time === "year" && found.view === "compare" ? "map" : found.view; // of which there is no other time
    return { ...found, view, window: found.window && model.snap(found.window), then: found.then && model.snap(found.then) };
  }

  let chosen = read();
  let facts = null;
  let turn = 0;
  let sides = null;
  let isCompared = false;

  function prepared(declared) {
    for (const name of ["first", "newest", "today"]) declared[name] = declared[name] && dayOf(declared[name]);
    return declared;
  }

  const isStation = (popup) => data.time === "reading" && popup !== null && popup.split(",").length === 2;
  const isCarbon = () => data.time === "year" && chosen.measure === "carbon";
  const thenOf = () => chosen.then || (chosen.window && model.yearAgo(chosen.window));
  const placeName = () => data.provinces.find(({ code }) => code === chosen.province)?.name || null;

  // All that the parts of the page are told.
  const context = () => ({
    data, words, facts, chosen: { ...chosen, then: thenOf() },
    isThenOwn: Boolean(chosen.then),
    place: placeName(),
    title: data.title,
    changeOf: fahsai.changeIn({ ...data, more_is_better: data.more_is_better && !isCarbon() }),
    addressOf: (change) => fahsai.themeAddress.format({ ...chosen, ...change }, known, data.language),
    pin: (code) => choose({ province: code }),
    sortBy: (key) => choose({ sort: key }),
    choose, savePicture, retry: () => show(), model, sides,
  });

  // --- choosing --------------------------------------------------------------------------------

  // Takes over a choice and puts it into the address; `isPassing` while a handle is dragged or the
  // time plays, so that Back does not lead through every moment.
  function choose(change, isPassing = false) {
    chosen = { ...chosen, ...change };
    if (change.window) {
      chosen.window = model.snap(change.window);
      // A station stays what is looked at; a fire is of its own day.
      if (!isStation(chosen.popup)) chosen.popup = null;
      chosen.isUnread = false;
      chosen.buddhist = null;
    }
    if ("province" in change) chosen.noProvince = null;
    const address = fahsai.themeAddress.format(chosen, known, data.language);
    if (address !== location.pathname + location.search)
      history[isPassing ? "replaceState" : "pushState"]({ ...history.state, theme: true }, "", address);
    keepLanguageLink();
    if ("province" in change) goTo(change.province);
    return show();
  }

  function keepLanguageLink() {
    const link = document.querySelector("a.language");
    const other = data.language === "en" ? "th" : "en";
    link.href = fahsai.themeAddress.format(chosen, known, other, link.pathname);
  }

  window.addEventListener("popstate", () => {
    const { place } = chosen;
    chosen = read();
    keepLanguageLink();
    show();
    if (sides && JSON.stringify(place) !== JSON.stringify(chosen.place)) sides.now.frame(chosen.place);
  });

  // --- showing ---------------------------------------------------------------------------------

  async function show() {
    const mine = ++turn;
    parts.view(context());
    if (data.state === "never_loaded") return parts.neverLoaded(context());
    const waits = setTimeout(() => mine === turn && parts.busy(true), 150);
    try {
      const found = await model.load({ ...chosen, then: thenOf() }, words);
      if (mine !== turn) return;
      facts = found;
      parts.show(context());
      await showMaps();
    } catch (problem) {
      if (mine !== turn) return;
      if (!(problem instanceof fahsai.NoCounts)) throw problem;
      facts = null; // nothing of another time stands in
      for (const side of sides ? [sides.now, sides.then] : []) side.clear(chosen.window);
      parts.failed(problem, context());
    } finally {
      clearTimeout(waits);
      if (mine === turn) parts.busy(false);
    }
  }

  async function showMaps() {
    if (chosen.view === "table") return; // there is none to be seen
    sides = sides || (await madeSides());
    const { now, then } = sides;
    const shows = context();
    const isComparing = chosen.view === "compare" && data.time !== "year";
    now.show(sideFacts(shows, false, isComparing), shows.chosen);
    then.isShown = false; // until it has its place, which the other would follow
    if (isComparing !== isCompared || !now.map.getSize().x) now.frame(chosen.place);
    if (isComparing) {
      then.map.invalidateSize();
      then.follow(now);
      then.isShown = true;
      then.show(sideFacts(shows, true, true), shows.chosen);
    }
    if (isComparing) sides.pair.rescale();
    else if (isCompared && now.own?.setBreaks) now.own.setBreaks(null);
    isCompared = isComparing;
    sides.popup.show(chosen.popup, isStation(chosen.popup) ? JSON.stringify(chosen.window) : null);
    parts.legend(context());
  }

  // What one map shows: both of a comparison by the same steps.
  function sideFacts({ facts: shown, chosen: { window, then } }, isThen, isComparing) {
    const lows = isComparing ? shown.lowsBoth || shown.lows : shown.lows;
    const same = { lows, ramp: shown.ramp, format: data.time === "year" && !isCarbon() ? (value) => `${decimal(value)} %` : count };
    const none = { type: "FeatureCollection", features: [] };
    return isThen
      ? { ...same, window: then, isUnknown: shown.isBaseKnown === false, values: shown.valuesBefore || new Map(), stations: shown.stationsBefore || none }
      : { ...same, window, isUnknown: Boolean(shown.unknown), values: shown.values, stations: shown.stations };
  }

  // A page can be printed before it has its facts.
  const bareSides = fahsai.themeMaps().then((made) => {
    const found = ["now", "then"].map((name) => new fahsai.Side(made[name].map, made[name].layers, data));
    for (const [i, title] of ["side-title", "then-title"].entries()) found[i].map.getContainer().setAttribute("aria-labelledby", title);
    for (const side of found) fahsai.printing(side.map, () => side.view(chosen.place), () => side.shown);
    return found;
  });

  async function madeSides() {
    const [now, then] = await bareSides;
    now.frame(chosen.place);
    const found = { now, then };
    found.pair = fahsai.pairSides(now, then);
    found.popup = new fahsai.NamedPopup(now, popupChosen);
    listen(found);
    return found;
  }

  const OWN_MOVE_MS = 3000; // a map that is let go glides on
  let touchedAt = -Infinity;

  function listen({ now, then, popup }) {
    // The page may take its last shape after the map has its first.
    const box = now.map.getContainer();
    new ResizeObserver(() => box.clientWidth && !document.documentElement.classList.contains("printing") && now.map.invalidateSize({ animate: false })).observe(box);
    now.map.on("resize", () => !now.isFraming && !chosen.place && now.frame(null));
    // Another size of the window, or paper, moves the map too, and is no choice of a place.
    for (const { map } of [now, then])
      for (const kind of ["pointerdown", "wheel", "keydown"])
        map.getContainer().addEventListener(kind, () => (touchedAt = performance.now()), { capture: true, passive: true });
    now.map.on("moveend", () => {
      if (!now.isFraming && !now.map.fahsaiAtOnce && performance.now() - touchedAt < OWN_MOVE_MS) passing({ place: now.place });
      parts.legend(context());
    });
    for (const side of [now, then])
      side.provinces.on("chosen", ({ feature }) => choose({ province: feature.code === chosen.province ? null : feature.code }));
    for (const name of data.further) {
      popup.watch(now.layers[name], name);
      now.layers[name].on("loaded drawn failed", () => parts.legend(context())); // a surface says of which day it is
    }
    now.onown = (own) => popup.watch(own, null); // stations are a layer of their own for each time
    if (!now.own) return;
    now.onown(now.own);
    now.own.on("drawn", () => parts.mapDrawn(context()));
    now.own.on("failed", (failure) => parts.mapFailed(failure, context()));
  }

  // A station's popup makes the time bar its own.
  async function popupChosen(popup) {
    passing({ popup });
    if (data.time !== "reading" || !facts) return;
    const mine = turn;
    const found = await model.load({ ...chosen, then: thenOf() }, words);
    if (mine !== turn) return;
    facts = found;
    parts.time(context());
  }

  fahsai.keepBackground = (background) => choose({ background });

  // Belongs into the address, and is no step of its own.
  function passing(change) {
    chosen = { ...chosen, ...change };
    history.replaceState({ ...history.state, theme: true }, "", fahsai.themeAddress.format(chosen, known, data.language));
    keepLanguageLink();
  }

  // Shows a province that is pinned as large as it goes; its outline is asked for then.
  async function goTo(province) {
    if (!sides) return;
    if (province === null) {
      sides.now.frame(null);
      return passing({ place: null });
    }
    try {
      const feature = await fahsai.jsonOf(fahsai.at(`/ogc/collections/provinces/items/${province}?f=json`));
      touchedAt = performance.now();
      if (chosen.province === province) sides.now.map.fitBounds(L.geoJSON(feature).getBounds(), { padding: [16, 16], maxZoom: 10 });
    } catch { /* the map stays where it is: names and numbers are of the province all the same */ }
  }

  // --- picture ---------------------------------------------------------------------------------

  async function savePicture(name) {
    const shown = context();
    try {
      const wordsOf = (side) => parts.pictureWords({ ...shown, sides: { now: side } });
      const blob = await fahsai.themePicture({ ...shown, wordsOf, site: fahsai.wordsOf("site"), address: location.href },
        { side: sides.now, facts: sideFacts(shown, false, false) });
      fahsai.saveFile(blob, `${name}.png`);
      fahsai.announce(words.picture_made);
    } catch {
      parts.note("fail", words.picture_failed);
    }
  }

  // With the period and the year, even where the page opens on them today.
  fahsai.shareAddress = () => {
    const shown = { ...chosen, year: facts?.year ?? chosen.year };
    return new URL(fahsai.themeAddress.format(shown, { ...known, window: null }, data.language), location.href).href;
  };

  fahsai.theme = { choose, context, get chosen() { return chosen; }, get facts() { return facts; }, get sides() { return sides; } };
  parts.listen(context);
  keepLanguageLink();
  show();
})();
