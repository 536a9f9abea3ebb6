// One side of a theme page: Folium's map with the theme's layers, and what they show of the facts.
(function () {
  "use strict";

  const { instants } = fahsai.days;
  const { ranked, stepOfValue } = fahsai.numbers;
  const { COUNTRY, fit, showView } = fahsai;
  const LABELLED = 9;
  const PHONE = matchMedia("(max-width: 720px)"); // where the line at the map's foot lies below it
  const STATION_PX = 24;
  const BESIDE_STATION = [17, -13]; // px: clear of the station's own mark
  const AN_END_MS = 1000; // periods are asked for in whole seconds
  const EVENTS_FROM = 8; // farther out fires are too small to be seen
  const POINTS_FROM = 12; // nearer than this single points are marked, and their pixels drawn
  const ROUND = { z: 100, lat: 10_000, lon: 10_000 };

  // Beside the country; on the screen the line at the map's foot must not lie on its southern tip.
  function room(map, time) {
    const foot = map.fahsaiAtOnce || map.getContainer().id === "picture-map" ? 4 : time === "day" && !PHONE.matches ? 56 : 22;
    return { paddingTopLeft: [4, 4], paddingBottomRight: [4, foot] };
  }

  class Side {
    constructor(map, layers, data) {
      Object.assign(this, { map, data, layers, own: null, facts: null });
      this.provinces = layers.provinces;
      const isOutlined = data.time === "day" || data.time === "reading";
      map.setMinZoom(4);
      L.setOptions(this.provinces, { popup: false, outlines: isOutlined });
      if (data.time === "day") this.own = layers[data.layer];
      for (const name of data.of_stations) L.setOptions(layers[name], { shift: BESIDE_STATION });
      this.events = data.events ? layers[data.events] : null;
      if (this.events) this._watchEvents();
      if (map.getContainer().id !== "picture-map") addButtons(map, data);
    }

    // Fires before the points that they are of.
    _watchEvents() {
      const { events, map, own } = this;
      L.setOptions(events, { reach: true, completed: true });
      L.setOptions(own, { yieldsTo: { layer: events, below: POINTS_FROM } });
      events.on("drawn", () => own._redraw());
      map.on("zoomend", () => this._showEvents());
    }

    _showEvents() {
      const { events, map } = this;
      const isNear = Boolean(events.period) && map.getZoom() >= EVENTS_FROM;
      if (isNear && !map.hasLayer(events)) map.addLayer(events);
      else if (!isNear && map.hasLayer(events)) map.removeLayer(events);
    }

    // What it shows of the facts; null for what is still to come.
    get shown() { return this.data.time === "year" ? [this.provinces] : [this.provinces, this.own]; }

    // All of the country, unless the address says where.
    frame(place) {
      this.isFraming = true; // which is no choice of a place
      this.map.invalidateSize({ animate: false });
      showView(this.map, this.view(place));
      this.isFraming = false;
    }

    view(place) {
      if (place) return { center: L.latLng(place.lat, place.lon), zoom: place.z };
      return fit(this.map, COUNTRY, room(this.map, this.data.time));
    }

    // As another map stands.
    follow({ map }) {
      showView(this.map, { center: map.getCenter(), zoom: map.getZoom() });
    }

    get place() {
      const { lat, lng } = this.map.getCenter();
      const round = (name, value) => Math.round(value * ROUND[name]) / ROUND[name];
      return { z: round("z", this.map.getZoom()), lat: round("lat", lat), lon: round("lon", lng) };
    }

    // `side` is {window, values, lows, stations}: what this map shows of the facts.
    show(side, chosen) {
      const { data } = this;
      if (data.time === "day") {
        this.own.setPeriod(instants(side.window));
        this.own.setClasses(this._members(chosen.classes));
        if (this.events) this._chooseEvents(side, chosen);
      }
      if (data.time === "year") {
        const ramp = fahsai.rampOf(side.ramp || data.theme);
        this.provinces.setValues(this._steps(side), ramp);
      }
      if (data.time === "day") this._hatch(side.isUnknown);
      if (data.time === "reading") this._showStations(side, chosen);
      const further = this._showFurther(side.window, chosen.layers);
      this.provinces.highlight(chosen.province);
      // Only now: before, they would have asked for all times.
      for (const layer of [this.own, this.provinces])
        if (layer && !this.map.hasLayer(layer)) this.map.addLayer(layer);
      return Promise.all([this._name(side), further]);
    }

    // Those that began in the time, by the land use of most of their hotspots.
    _chooseEvents({ window }, { classes }) {
      this.events.period = instants(window);
      const chosen = ["land_use", this.data.classes.filter(({ apart }) => !apart), classes];
      this.events.setFilter(fahsai.classFilter(...chosen), fahsai.classKept(...chosen));
      this._showEvents();
    }

    // Of a time that nobody knows the ground is hatched, so that it is not as if nothing was found.
    _hatch(isUnknown) {
      if (this.provinces.options.outlines === !isUnknown) return;
      L.setOptions(this.provinces, { outlines: !isUnknown });
      this.provinces.setValues(isUnknown ? new Map() : null);
    }

    // Of a time that cannot be read nothing older is left: tiles that do not come are hatched.
    clear(window) {
      this.map.fahsaiLabels.setLabels("value", []);
      if (this.data.time === "day") this.own.setPeriod(instants(window));
      else if (this.data.time === "reading" && this.own) this.map.removeLayer(this.own);
      else this.provinces.setValues(new Map());
    }

    // The provinces that have the most, with their value; the others are named by the map itself.
    async _name({ values, format }) {
      const anchors = await this.map.fahsaiPlaces;
      const places = new Map((anchors.province || []).map((anchor) => [anchor.code, anchor]));
      const names = new Map(this.data.provinces.map(({ code, name }) => [code, name]));
      const shown = [...(values || [])].filter(([code, value]) => value && places.has(code));
      const highest = ranked(shown, names).slice(0, LABELLED);
      this.map.fahsaiLabels.setLabels("value", highest.map(({ code, value }, rank) => {
        const { lon, lat, text } = places.get(code);
        return { lon, lat, code, rank, text: `${text} ${format(value)}` };
      }));
    }

    // Layers beside the theme's own, of the same time where they have one; each is added once it knows
    // of which.
    async _showFurther(window, names) {
      this.wanted = names;
      await Promise.all(this.data.further.map(async (name) => {
        const layer = this.layers[name];
        if (!names.includes(name)) return this.map.removeLayer(layer);
        if (window) await this._chooseTime(name, layer, window);
        if (this.wanted.includes(name)) this.map.addLayer(layer);
      }));
    }

    _chooseTime(name, layer, window) {
      const { one_day: ofDay, one_season: ofSeason, of_stations: ofStations } = this.data;
      if (ofDay.includes(name)) return fahsai.showNewestDay(layer, window);
      if (ofSeason.includes(name)) return fahsai.showSeason(layer, window);
      const period = instants(window);
      // A day of theirs is told by its end, which is the beginning of the next.
      if (ofStations.includes(name)) return layer.setPeriod(period.map((instant) => instant + AN_END_MS));
      return layer.setPeriod ? layer.setPeriod(period) : layer.choose({ interval: period });
    }

    // "zero", a step of the ramp, or "hatch" where it is not known.
    _steps({ values, lows }) {
      const stepped = (value) => {
        if (value === null || value === undefined) return "hatch";
        const step = stepOfValue(value, lows);
        return step ? step - 1 : "zero";
      };
      return new Map([...values].map(([code, value]) => [code, stepped(value)]));
    }

    _members(classes) {
      if (!classes) return null;
      return new Set(this.data.classes.filter(({ code }) => classes.has(code)).flatMap(({ members }) => members));
    }

    _showStations({ stations }) {
      if (this.own) this.map.removeLayer(this.own);
      this.own = fahsai.vectorLayer(this.data.declaration, { data: stations });
      this.onown?.(this.own);
      this.map.fahsaiLabels.setLabels("mark", stations.features.map(({ geometry: { coordinates: [lon, lat] } }) =>
        ({ lon, lat, width: STATION_PX, height: STATION_PX })));
    }
  }

  const WHOLE = { th: "ทั้งประเทศ", en: "The whole country" };

  function addButtons(map, { language, time }) {
    const whole = WHOLE[language];
    const control = L.control.zoom({ position: "topright" }).addTo(map);
    const button = L.DomUtil.create("a", "whole-country", control.getContainer());
    Object.assign(button, { href: "#main", role: "button", title: whole });
    button.setAttribute("aria-label", whole);
    button.append(fahsai.drawing.picture("icon", 20, 20, fahsai.drawing.svg("path",
      { d: "M3 5.500 7.500 3.500l5 2 4.500-2v11l-4.500 2-5-2L3 16.500zM7.500 3.500v11M12.500 5.500v11" })));
    L.DomEvent.on(button, "click", (event) => {
      L.DomEvent.stop(event);
      map.fitBounds(COUNTRY, room(map, time));
    });
  }

  // Two maps that move together and share the scale of their hexagons.
  function pair(one, other) {
    let isMoving = false;
    const follow = (from, to) => from.map.on("move", () => {
      if (isMoving || !other.isShown) return;
      isMoving = true;
      to.follow(from);
      isMoving = false;
    });
    follow(one, other);
    follow(other, one);
    if (one.data.time !== "day") return { rescale() {} };
    const found = new Map();
    let shared = null;
    // Each finds its own scale first; the one that reaches higher then holds for both.
    const rescale = () => {
      shared = null;
      found.clear();
      for (const side of [one, other]) side.own.setBreaks(null);
    };
    for (const side of [one, other])
      side.own.on("drawn", ({ breaks }) => {
        if (!other.isShown || shared) return;
        found.set(side, breaks);
        if (found.size < 2 || [...found.values()].includes(null)) return;
        shared = [...found.values()].sort((a, b) => b.at(-1) - a.at(-1))[0];
        for (const one of found.keys()) one.own.setBreaks(shared);
      });
    one.map.on("zoomend", () => other.isShown && rescale());
    return { rescale };
  }

  const made = {};
  const waiting = [];
  function arrive(name, map, layers) {
    made[name] = { map, layers };
    if (made.now && made.then) for (const ready of waiting.splice(0)) ready(made);
  }
  // Folium's scripts call these, each with its map.
  fahsai.themeMap = (map, layers) => arrive("now", map, layers);
  fahsai.comparedMap = (map, layers) => arrive("then", map, layers);
  fahsai.themeMaps = () => new Promise((resolve) => (made.now && made.then ? resolve(made) : waiting.push(resolve)));

  Object.assign(fahsai, { Side, pairSides: pair });
})();
