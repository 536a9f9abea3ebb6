// A declared layer on a Leaflet map, drawn from vector tiles on one canvas. Nothing is left out: from
// afar points are summed into hexagons, and what was counted is what is drawn.
//
// Events: "busy"; "drawn" {mode: "cells" | "points" | "areas", breaks, level}; "failed" {reason,
// missing: how many tiles, retryAfter: s or null}; "chosen" {feature, latlng}; "popup" {id, latlng}.
(function () {
  "use strict";

  const { binned, breaksOf, classesOf, explain, levelFor, metresAt, binWidth, NONE } = fahsai;
  const SEEN_AFAR = 8; // before this zoom points are hexagons where the layer declares their colours
  const MOST_MARKS = 6000; // in view at once; where there are more, marks would be blots
  const FIRST_RETRY_S = 1;
  const SLICE_MS = 12;

  // Sooner than a timer, which waits 4 ms, and after what waits already.
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => waiting.shift()();
  const soon = (go) => { waiting.push(go); port2.postMessage(null); };

  // The values that are drawn unless others are asked for; null for all.
  function unasked({ style: { apart = [], classes } }) {
    return apart.length ? new Set([...classes.filter((value) => !apart.includes(value)), null]) : null;
  }

  const VectorLayer = fahsai.CanvasLayer.extend({
    // `popup`: false where a page says itself what was chosen; `links`: {page: "/factories/{id}"};
    // `outlines`: areas as lines alone, above the points, deaf to clicks. `yieldsTo`: {layer, below}:
    // points are small below that zoom where the areas of another layer say the same in fewer marks.
    // `shift`: px right and down by which points are drawn beside their place, where a mark lies already.
    // `reach`: small areas answer a click beside them; `completed`: popups of areas ask for all.
    options: { popup: true, links: {}, legend: false, outlines: false, yieldsTo: null,
      reach: false, completed: false, shift: [0, 0] },

    initialize(declaration, source, options) {
      L.setOptions(this, options);
      this.declaration = declaration;
      this.source = fahsai.source(declaration, source);
      this.classCount = classesOf(declaration).length;
      Object.assign(this, { period: null, known: null, classes: unasked(declaration), values: null, ramp: null, chosen: null });
      Object.assign(this, { breaks: null, _fixedBreaks: null, _drawn: null, _turn: 0, _failures: 0 });
    },

    onAdd(map) {
      const pane = paneFor(map, this.options.outlines ? "outlines" : this.declaration.geometry);
      this._addCanvas(pane);
      fahsai.listen(map, this);
      if (this.options.legend) this._legend = fahsai.legend(this).addTo(map);
      this._load();
    },

    onRemove(map) {
      this._turn++;
      this._job = null;
      clearTimeout(this._timer);
      this.source.drop([], null);
      fahsai.unlisten(map, this);
      this._legend?.remove();
      this._removeCanvas();
      this._drawn = null;
    },

    getEvents() {
      return { ...fahsai.CanvasLayer.prototype.getEvents.call(this), moveend: this._load, resize: this._load, land: this._redraw };
    },

    // --- what a page chooses -------------------------------------------------------------------

    // [from, to) as Dates or milliseconds, or null for all times.
    setPeriod(period) {
      this.period = period && [Number(period[0]), Number(period[1])];
      return this._reload();
    },

    // [from, to) of which there are data, [] of none; null where a page says itself what is not known.
    setKnown(known) {
      this.known = known;
      return this._redraw();
    },

    // A Set of values of the layer's classes, null among them for what has none; or null for all but
    // those that are apart.
    setClasses(classes) {
      this.classes = classes || unasked(this.declaration);
      return this._redraw();
    },

    // CQL2 text that the service applies, and of properties whether they meet it, which is for tiles
    // that nobody chooses from; or null. Carried features have no filter.
    setFilter(filter, isKept = null) {
      Object.assign(this.source, { filter, isKept: filter && isKept });
      return this._reload();
    },

    // By code of an area: a step of the ramp, "zero" or "hatch"; an area that is not named is hatched.
    setValues(values, ramp = this.declaration.style.ramp) {
      Object.assign(this, { values, ramp });
      return this._redraw();
    },

    // The least counts of the hexagons' steps, so that two maps or all days of a play share one
    // scale; or null to find them anew with each drawing.
    setBreaks(breaks) {
      this._fixedBreaks = breaks;
      return this._redraw();
    },

    highlight(code) {
      this.chosen = code === null ? null : String(code);
      return this._redraw();
    },

    // Asks for a period's tiles of the view before they are wanted, as the next day of a play.
    prefetch(period) {
      if (!this._map) return Promise.resolve();
      const wanted = [Number(period[0]), Number(period[1])];
      this._coming = wanted;
      const asked = this._cover().filter((tile) => !this.source.have(tile, wanted));
      return Promise.allSettled(asked.map((tile) => this.source.ask(tile, wanted)));
    },

    // --- what a page asks ----------------------------------------------------------------------

    // Of what is drawn and in view: {count, byClass: Map of value, null for none, isWhole}; null before the
    // first drawing, or where tiles are missing or the time is not known, for then nobody knows. Points and middles of
    // hexagons that lie in view are counted, each once.
    countsInView() {
      const drawn = this._drawn;
      if (!drawn || drawn.missing.length || drawn.mode === "areas") return null;
      const counts = new Array(this.classCount + 1).fill(0);
      if (drawn.mode === "cells") {
        const box = fahsai.worldBox(this._map.getBounds());
        for (const { x, y, byClass } of drawn.bins.values())
          if (fahsai.isWithin(box, x, y)) byClass.forEach((count, i) => (counts[i] += count));
      } else for (const [tile, i] of this._pointsInView()) counts[Math.min(tile.classes[i], this.classCount)]++;
      const count = counts.reduce((a, b) => a + b, 0);
      if (!count && this.isUnknown()) return null;
      const values = [...classesOf(this.declaration), null];
      return {
        // Tiles of layers that show the foremost alone tell how many there are.
        isWhole: drawn.tiles.every(({ summary }) => !summary || summary.shown >= summary.total),
        count,
        byClass: new Map(values.map((value, i) => [value, counts[i]])),
      };
    },

    // Whether nothing is known of the whole period.
    isUnknown() {
      const { known, period } = this;
      return Boolean(known && period) && !(period[0] < known[1] && period[1] > known[0]);
    },

    // Whether all that it is to show is drawn.
    isWhole() { return Boolean(this._map && this._drawn) && !this._drawn.missing.length; },

    *_pointsInView() {
      const box = fahsai.worldBox(this._map.getBounds());
      for (const tile of this._drawn.tiles)
        for (let i = 0; i < tile.xs.length; i++)
          if (fahsai.isWithin(box, tile.xs[i], tile.ys[i]) && this._isShown(tile.classes[i])) yield [tile, i];
    },

    // When the first and the last of the marks in view were observed, in milliseconds; null without any.
    timesInView() {
      if (this._drawn?.mode !== "points") return null;
      const times = [...this._pointsInView()].map(([{ properties }, i]) => Date.parse(properties[i].observed_at)).filter(Number.isFinite);
      return times.length ? [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))] : null;
    },

    // How wide a hexagon is in the middle of the view; null where there are none.
    cellWidthKm() {
      if (this._drawn?.mode !== "cells") return null;
      const y = fahsai.worldY(this._map.getCenter().lat);
      return (binWidth(this._drawn.level) * metresAt(y)) / 1000;
    },

    // `isPlace`: what lies there, wherever its mark is.
    featureAt(latlng, isPlace = false) {
      if (this._isQuiet() && this.options.yieldsTo.layer.featureAt(latlng)) return null;
      return this._drawn && !this.options.outlines ? fahsai.hit(this, latlng, isPlace ? [0, 0] : this.options.shift) : null;
    },

    // Areas lie lowest, then hexagons, and marks above them, whichever came first.
    depth() {
      if (this.declaration.geometry === "area") return 0;
      return this._drawn?.mode === "cells" ? 1 : 2;
    },

    _isQuiet() {
      const { yieldsTo } = this.options;
      return Boolean(yieldsTo && this._map?.getZoom() < yieldsTo.below && yieldsTo.layer._map
        && yieldsTo.layer._drawn?.tiles.some(({ pieces }) => pieces?.length));
    },

    _isShown(number) {
      if (!this.classes) return true;
      return this.classes.has(number === NONE ? null : classesOf(this.declaration)[number]);
    },

    // --- tiles ---------------------------------------------------------------------------------

    _reload() {
      this._failures = 0;
      if (this._map) this._load();
      return this;
    },

    _redraw() {
      if (this._drawn) this._draw(this._job ? this._job.missing : this._drawn.missing);
      return this;
    },

    // On paper those of the zoom that is drawn already, unless its own are here.
    _cover() {
      const { size, topLeft } = this._view();
      const at = (point) => this._map.layerPointToLatLng(point);
      const box = fahsai.worldBox(L.latLngBounds(at(topLeft), at(topLeft.add(size))));
      const tiles = this.source.cover(box, this._map.getZoom());
      const isOwn = !this._map.fahsaiAtOnce || !this._center || tiles.every((tile) => this.source.have(tile, this.period));
      return isOwn ? tiles : this.source.cover(box, this._zoom);
    },

    async _load() {
      clearTimeout(this._timer);
      const turn = ++this._turn;
      const { period, source } = this;
      const tiles = this._cover();
      if (String(this._coming) !== String(period)) source.drop(tiles, period);
      const asked = tiles.filter((tile) => !source.have(tile, period));
      if (!asked.length || this._map.fahsaiAtOnce) return this._draw(asked); // paper waits for no tile
      this.fire("busy");
      const answers = await Promise.allSettled(asked.map((tile) => source.ask(tile, period)));
      if (turn !== this._turn || !this._map) return;
      const missing = asked.filter((_, i) => answers[i].status === "rejected");
      if (!missing.length) this._failures = 0;
      this._draw(missing);
      if (missing.length) this._fail(missing, answers.find(({ status }) => status === "rejected").reason);
    },

    async _fail(missing, failure) {
      const turn = this._turn;
      const why = await explain(failure, this.declaration.language);
      if (turn !== this._turn || !this._map) return;
      // The first time at once, without waiting as long as the service asks: a request may be lost.
      const retryAfter = why.retryAfter === null ? null : this._failures++ ? why.retryAfter : FIRST_RETRY_S;
      if (retryAfter !== null) this._timer = setTimeout(() => this._load(), retryAfter * 1000);
      this.fire("failed", { reason: why.reason, missing: missing.length, retryAfter });
    },

    // --- drawing -------------------------------------------------------------------------------

    // In slices, on a spare canvas that then takes the other's place: clicks and frames come between.
    _draw(missing) {
      const job = { frame: this._frame(), missing, period: this.period };
      this._job = job;
      const steps = this._paint(job);
      const go = () => {
        if (this._job !== job) return;
        const until = this._map?.fahsaiAtOnce ? Infinity : performance.now() + SLICE_MS;
        do { if (steps.next().done) return this._finish(job); } while (performance.now() < until);
        fahsai.soon(go);
      };
      go();
    },

    *_paint(job) {
      const { declaration } = this;
      const { frame, missing } = job;
      // Of one tile a source may have several parts, as of years.
      const tiles = this._cover().flatMap((tile) => this.source.have(tile, this.period)).filter(Boolean);
      const isShown = (number) => this._isShown(number);
      Object.assign(job, { tiles, mode: this._mode(tiles) });
      fahsai.paintMissing(frame, missing);
      if (job.mode === "areas") yield* fahsai.paintAreas(frame, tiles, this._areas(tiles));
      else if (job.mode === "cells") yield* this._paintCells(job, isShown);
      else if (declaration.style.label) fahsai.paintValues(frame, tiles, declaration, isShown);
      else yield* fahsai.paintPoints(frame, tiles, declaration, isShown);
    },

    _finish(job) {
      const { frame, mode, level, tiles, missing, bins, period } = job;
      this._job = null;
      this._showFrame(frame);
      this._drawn = { mode, level, tiles, missing, bins, period };
      this._canvas.style.zIndex = this.depth();
      this.fire("drawn", { mode, level, breaks: mode === "cells" ? this.breaks : null });
    },

    _frame() {
      const frame = fahsai.CanvasLayer.prototype._frame.call(this);
      const [right, down] = this.options.shift;
      return { ...frame, left: frame.left - right, top: frame.top - down, isQuiet: this._isQuiet() };
    },

    // One for the whole view: were some tiles points and others cells, they could not be compared.
    _mode(tiles) {
      const { geometry, style } = this.declaration;
      if (geometry === "area") return "areas";
      if (tiles.some(({ kind }) => kind === "cells")) return "cells";
      if (!style.cells.length) return "points";
      const all = tiles.reduce((sum, { xs }) => sum + xs.length, 0);
      return this._map.getZoom() < SEEN_AFAR || all > MOST_MARKS ? "cells" : "points";
    },

    *_paintCells(job, isShown) {
      const { style } = this.declaration;
      const { frame, tiles } = job;
      job.level = levelFor(frame.zoom, tiles);
      const name = this.classes ? [...this.classes].join() : "all";
      job.bins = yield* binned(tiles, job.level, this.classCount, isShown, name);
      this.breaks = this._fixedBreaks || breaksOf(job.bins);
      const ramp = style.cells.length ? style.cells : fahsai.GREYS;
      fahsai.paintBins(frame, job.bins, job.level, this.breaks, ramp, this._map.fahsaiLand);
    },

    _areas(tiles) {
      const { style } = this.declaration;
      const fills = fahsai.areaFills(this, tiles);
      const line = { width: 1, color: this.values || style.ramp.length ? "#b9c3c7" : style.color };
      return { fillOf: this.options.outlines ? () => null : fills, line, chosen: this.chosen };
    },

    _animate(view) {
      this._job = null; // it was for the view that is left
      fahsai.CanvasLayer.prototype._animate.call(this, view);
    },
  });

  const DEPTHS = { area: 320, point: 420, outlines: 430 };
  function paneFor(map, kind) {
    const name = `fahsai-${kind}`;
    if (!map.getPane(name)) {
      map.createPane(name).style.zIndex = DEPTHS[kind];
      map.getPane(name).style.pointerEvents = "none";
    }
    return map.getPane(name);
  }

  Object.assign(fahsai, {
    soon,
    GREYS: ["#e6ebef", "#bfcbd6", "#8fa3b5", "#5b7388", "#2f465a"],
    vectorLayer: (declaration, source, options) => new VectorLayer(declaration, source, options),
  });
})();
