// Names on a map, placed by rank: a name that would touch a more important one is left out.
//
// An anchor is { lon, lat, text, kind, rank } and, where wanted, `points` ([[lon, lat], …] instead of
// lon and lat: the first that is in view and free is taken), `code` (of anchors with the same code one
// is shown), `near` and `nearZoom` (another text from that zoom on), `minZoom` and `maxZoom`. One
// of kind "mark" has no text but `width` and `height` in px: room that names keep clear of.
//
// Which names are shown follows from the anchors and the zoom alone, so that moving the map swaps none;
// anchors with `points` come last, into what is in view.
(function () {
  "use strict";

  const fahsai = (window.fahsai = window.fahsai || {});
  const SVG = "http://www.w3.org/2000/svg";
  const FONTS = ["400 12px Sarabun", "600 13px Sarabun", "italic 400 12px Sarabun"];
  const THAI = "กู้ที่ปู่ญี่"; // what makes a browser fetch the Thai part of the font
  // Before all: marks. Then the kinds in this order, each by rank (0 first), then by text.
  const KINDS = ["mark", "chosen", "value", "province", "town", "district", "place", "abroad", "sea"];
  const TOWN_ZOOMS = [7.5, 8, 9, 10, 11]; // by rank
  const ZOOMS = { district: 9, place: 10 };
  const GAP = 3; // px between two names
  const HALO = 1.5; // px beyond the letters: half of labels.css's stroke
  const DOT = 2; // px, the radius of a town's ring
  const CELL = 128; // px, of the index of boxes

  const Labels = L.Layer.extend({
    options: { pane: "labels", padding: 0.3 },

    initialize(options = {}) {
      L.setOptions(this, { pane: options.pane || "labels" });
      this._lists = new Map();
      for (const anchor of options.anchors || []) this._list(anchor.kind).push(anchor);
      this._sizes = new Map();
      this._fonts = new Map();
      this._shown = new Map();
    },

    onAdd(map) {
      if (!map.getPane(this.options.pane)) {
        const pane = map.createPane(this.options.pane);
        pane.style.zIndex = 640; // over marks, under tooltips and popups
        pane.style.pointerEvents = "none";
      }
      this._svg = document.createElementNS(SVG, "svg");
      this._svg.setAttribute("class", "fahsai-labels leaflet-zoom-hide");
      this._svg.setAttribute("aria-hidden", "true");
      this.getPane(this.options.pane).append(this._svg);
      map.on("zoomend moveend resize viewreset", this._later, this);
      const fonts = FONTS.map((font) => document.fonts.load(font, `${THAI} abc`));
      Promise.allSettled(fonts).then(() => document.fonts.ready).then(() => {
        this._ready = true;
        this._sizes.clear();
        this._place();
      });
    },

    onRemove(map) {
      map.off("zoomend moveend resize viewreset", this._later, this);
      cancelAnimationFrame(this._frame);
      this._svg.remove();
      this._svg = null;
      this._shown.clear();
    },

    // Without waiting for the next frame, as before printing.
    placeNow() {
      this._placedAt = null;
      if (this._ready) this._place();
    },

    // All anchors of a kind, instead of those there were.
    setLabels(kind, list) {
      this._list(kind);
      this._lists.set(kind, list.map((anchor) => ({ ...anchor, kind })));
      this._placedAt = null;
      this._later();
      return this;
    },

    // The texts that are shown, the most important first: for pages that say so in words, and tests.
    shown() { return [...this._shown.values()].map(({ text, anchor }) => ({ text, kind: anchor.kind })); },

    _list(kind) {
      if (!KINDS.includes(kind)) throw new RangeError(`a label's kind is one of ${KINDS}, got ${kind}`);
      if (!this._lists.has(kind)) this._lists.set(kind, []);
      return this._lists.get(kind);
    },

    _later() {
      cancelAnimationFrame(this._frame);
      this._frame = requestAnimationFrame(() => this._place());
    },

    _place() {
      if (!this._ready || !this._map || !this._svg) return;
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const { x, y } = this._map.getSize();
      const corner = this._map.containerPointToLayerPoint([0, 0]).add(origin);
      const view = [corner.x, corner.y, corner.x + x, corner.y + y];
      // Paper cannot be moved: a name at its edge is moved into it, or left out.
      this._edges = this._map.fahsaiAtOnce ? view : null;
      if (this._placedAt !== zoom) this._placeFixed(zoom);
      const pad = [view[0] - x * this.options.padding, view[1] - y * this.options.padding,
        view[2] + x * this.options.padding, view[3] + y * this.options.padding];
      const visible = this._fixed.filter(({ box }) => (this._edges ? within(box, view) : touches(box, pad)));
      this._draw(visible.concat(this._placeMovable(zoom, view)), origin);
    },

    // Anchors of one place each, on the whole map.
    _placeFixed(zoom) {
      this._index = new Boxes();
      this._codes = new Set();
      this._fixed = [];
      for (const anchor of this._ordered(zoom, (one) => !one.points)) {
        const placed = this._try(anchor, anchor, zoom);
        if (placed && anchor.kind !== "mark") this._fixed.push(placed);
      }
      this._placedAt = zoom;
    },

    // Anchors with a choice of points, into what room the view leaves.
    _placeMovable(zoom, view) {
      const index = this._index.copy();
      const placed = [];
      for (const anchor of this._ordered(zoom, (one) => one.points)) {
        for (const [lon, lat] of anchor.points) {
          const box = this._box(anchor, { lon, lat }, zoom);
          if (!within(box.box, view) || !index.isFree(box.box)) continue;
          index.add(box.box);
          placed.push(box);
          break;
        }
      }
      return placed;
    },

    _ordered(zoom, wanted) {
      const chosen = [];
      for (const kind of KINDS)
        for (const anchor of this._lists.get(kind) || [])
          if (wanted(anchor) && zoom >= minZoom(anchor) && zoom <= (anchor.maxZoom ?? Infinity))
            chosen.push(anchor);
      const order = (one) => KINDS.indexOf(one.kind);
      return chosen.sort((a, b) => order(a) - order(b) || (a.rank || 0) - (b.rank || 0) ||
        compare(a.text || "", b.text || "") || a.lon - b.lon || a.lat - b.lat);
    },

    _try(anchor, place, zoom) {
      if (anchor.code !== undefined && this._codes.has(anchor.code)) return null;
      const box = this._box(anchor, place, zoom);
      if (anchor.kind !== "mark" && !this._index.isFree(box.box)) return null;
      this._index.add(box.box);
      if (anchor.code !== undefined) this._codes.add(anchor.code);
      return box;
    },

    _box(anchor, { lon, lat }, zoom) {
      const point = this._map.project([lat, lon], zoom);
      if (anchor.kind === "mark") {
        const [w, h] = [anchor.width / 2, anchor.height / 2];
        return { box: [point.x - w, point.y - h, point.x + w, point.y + h] };
      }
      const text = anchor.near && zoom >= anchor.nearZoom ? anchor.near : anchor.text;
      const { width, ascent, descent } = this._size(anchor.kind, text);
      // A town's name stands above its ring, any other in the middle of its place.
      const isTown = anchor.kind === "town";
      const base = isTown ? point.y - DOT - GAP - descent : point.y + (ascent - descent) / 2;
      const bottom = isTown ? point.y + DOT : base + descent;
      const half = width / 2 + GAP / 2;
      const x = this._edges ? inside(point.x, half, this._edges) : point.x;
      const box = [x - half, base - ascent, x + half, bottom];
      return { anchor, text, box, x, base, dot: isTown ? point : null };
    },

    // px, of a text in its kind's font with its halo.
    _size(kind, text) {
      const key = `${kind} ${text}`;
      const had = this._sizes.get(key);
      if (had) return had;
      this._canvas = this._canvas || document.createElement("canvas").getContext("2d");
      this._canvas.font = this._font(kind);
      const { width, fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } =
        this._canvas.measureText(text);
      const size = { width: width + 2 * HALO, ascent: up + HALO, descent: down + HALO };
      this._sizes.set(key, size);
      return size;
    },

    // As the style sheet has it.
    _font(kind) {
      if (this._fonts.has(kind)) return this._fonts.get(kind);
      const probe = node("text", { class: kind });
      this._svg.append(probe);
      const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(probe);
      probe.remove();
      const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      this._fonts.set(kind, font);
      return font;
    },

    _draw(placed, origin) {
      const before = this._shown;
      this._shown = new Map();
      const groups = placed.map((one) => {
        const key = `${one.anchor.kind} ${one.text} ${one.x.toFixed()} ${one.base.toFixed()}`;
        this._shown.set(key, one);
        const group = node("g", before.has(key) ? {} : { class: "new" });
        const [x, y] = [one.x - origin.x, one.base - origin.y].map((px) => px.toFixed(1));
        if (one.dot) group.append(node("circle", { cx: x, cy: (one.dot.y - origin.y).toFixed(1), r: DOT }));
        const text = node("text", { class: one.anchor.kind, x, y });
        text.textContent = one.text;
        group.append(text);
        return group;
      });
      this._svg.replaceChildren(...groups);
      this.fire("placed");
    },
  });

  // Boxes [west, north, east, south] in px of the whole world, found by cells.
  class Boxes {
    constructor(cells = new Map()) { this._cells = cells; }

    copy() { return new Boxes(new Map([...this._cells].map(([cell, boxes]) => [cell, [...boxes]]))); }

    isFree(box) {
      return !this._over(box).some((cell) => (this._cells.get(cell) || []).some((one) => touches(one, box)));
    }

    add(box) {
      for (const cell of this._over(box))
        if (this._cells.has(cell)) this._cells.get(cell).push(box);
        else this._cells.set(cell, [box]);
    }

    _over([west, north, east, south]) {
      const cells = [];
      for (let x = Math.floor(west / CELL); x <= Math.floor(east / CELL); x++)
        for (let y = Math.floor(north / CELL); y <= Math.floor(south / CELL); y++) cells.push(`${x} ${y}`);
      return cells;
    }
  }

  function minZoom({ kind, rank, minZoom: own }) {
    if (own !== undefined) return own;
    if (kind === "town") return TOWN_ZOOMS[Math.min(rank || 0, TOWN_ZOOMS.length - 1)];
    return ZOOMS[kind] || 0;
  }

  function touches(a, b) { return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }

  function within(a, b) { return a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]; }

  // The middle of what is twice `half` wide, moved into the view if its place is there.
  function inside(x, half, [west, , east]) {
    return x < west || x > east ? x : Math.max(west + half, Math.min(x, east - half));
  }

  // By code units: the same order in every browser and language.
  function compare(a, b) { return a < b ? -1 : Number(a > b); }

  function node(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  fahsai.labels = (map, options) => new Labels(options).addTo(map);
})();
