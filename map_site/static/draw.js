// Draws a declared layer with Leaflet: on the site from our API, in a notebook from embedded data.
(function () {
  "use strict";

  const { LIMIT, WORDS, element, explain, number, popup, read, table, tally, worded } = fahsai;
  const FEW = 500; // points that have room at their full size, even on the whole country
  const SETTLE_MS = 250; // wait this long after the last move before asking again

  // Events: "loading", "loaded" (see summary()), "failed" {reason, retryAfter s or null}.
  const Drawn = L.FeatureGroup.extend({
    initialize(declaration, { url = null, data = null }) {
      L.FeatureGroup.prototype.initialize.call(this, []);
      this.declaration = declaration;
      this.url = url;
      this.choice = { interval: null, keep: null };
      const precision = declaration.fields.find((field) => field.name === "time_precision");
      this.isByMonth = Boolean(precision && "month" in precision.values);
      this.features = data ? data.features : [];
      this.more = false;
      this.bindPopup((mark) => popup(mark.feature, this), { maxWidth: 320, minWidth: 270 });
      if (declaration.style.cluster) this._clusters = this._makeClusters();
      this._later = () => this._wait(SETTLE_MS);
      this._rescale = () => this.eachLayer((mark) => mark.setRadius?.(this._radius()));
    },

    getAttribution() { return this.declaration.attribution; },

    onAdd(map) {
      L.FeatureGroup.prototype.onAdd.call(this, map);
      map.on("zoomend", this._rescale);
      if (!this.url) return this._draw();
      map.on("moveend", this._later);
      this.load();
    },

    onRemove(map) {
      map.off("moveend", this._later).off("zoomend", this._rescale);
      clearTimeout(this._timer);
      this._abort?.abort();
      this._covered = null;
      L.FeatureGroup.prototype.onRemove.call(this, map);
    },

    // interval: [start, end) as Dates or null; keep: a predicate on features or null.
    choose(choice) {
      Object.assign(this.choice, choice);
      if (!this._map) return;
      if ("interval" in choice) this.load();
      else this._draw();
    },

    async load() {
      const view = this._view();
      if (this._isCovered(view)) return this.fire("loaded");
      this._abort?.abort();
      const abort = (this._abort = new AbortController());
      this.fire("loading");
      try {
        const [features, more] = await read(this._items(view), abort.signal);
        Object.assign(this, { features, more, _covered: more ? null : view });
        this._draw();
      } catch (failure) {
        if (abort.signal.aborted) return;
        this._covered = null;
        const why = await explain(failure, this.declaration.language);
        this.fire("failed", why);
        if (why.retryAfter) this._wait(why.retryAfter * 1000);
      }
    },

    // What is in view: the count, the count per value of `by`, and whether there are more.
    summary() {
      const seen = this.features.filter((feature) => this._isSeen(feature));
      const { by } = this.declaration.style;
      const counts = new Map();
      for (const feature of by ? seen : []) {
        const value = String(feature.properties[by]);
        counts.set(value, (counts.get(value) || 0) + 1);
      }
      return { count: seen.length, counts, more: this.more, seen };
    },

    color(feature) {
      const { by, color, colors, ramp } = this.declaration.style;
      const value = by ? feature.properties[by] : undefined;
      if (!ramp.length) return colors[value] || color;
      if (!Number.isFinite(value)) return hatching();
      return ramp[Math.max(0, this.limits.filter((limit) => limit <= value).length - 1)];
    },

    _view() {
      const pad = this._map.getBounds().pad(0.15);
      const box = [pad.getWest(), pad.getSouth(), pad.getEast(), pad.getNorth()];
      return { box, interval: this.choice.interval };
    },

    _isCovered(view) {
      const had = this._covered;
      if (!had || String(had.interval) !== String(view.interval)) return false;
      if (this.declaration.geometry === "area") return true; // asked for whole
      const seen = this._map.getBounds();
      return seen.getWest() >= had.box[0] && seen.getSouth() >= had.box[1] &&
        seen.getEast() <= had.box[2] && seen.getNorth() <= had.box[3];
    },

    _items({ box, interval }) {
      const url = new URL(this.url, location.href);
      url.searchParams.set("limit", LIMIT);
      if (this.declaration.geometry !== "area")
        url.searchParams.set("bbox", box.map((degree) => degree.toFixed(4)).join(","));
      if (interval && this.declaration.timed) {
        // What is known by month is dated with its first day: ask from there, and sift (_isKept).
        const first = this.isByMonth ? monthStart(interval[0]) : interval[0];
        const last = new Date(interval[1].getTime() - 1000); // OGC intervals include their end
        url.searchParams.set("datetime", [first, last].map(utc).join("/"));
      }
      return url;
    },

    _wait(ms) {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._map && this.load(), ms);
    },

    _isKept(feature) {
      const { keep, interval } = this.choice;
      if (keep && !keep(feature)) return false;
      if (!interval || !this.isByMonth || feature.properties.time_precision === "month") return true;
      return Date.parse(feature.properties.observed_at) >= interval[0];
    },

    _isSeen(feature) {
      if (!this._isKept(feature)) return false;
      if (!feature.geometry || this.declaration.geometry === "area") return true;
      const [lon, lat] = feature.geometry.coordinates.flat();
      return this._map.getBounds().contains([lat, lon]);
    },

    _draw() {
      this.clearLayers();
      const { style, geometry } = this.declaration;
      const kept = this.features.filter((feature) => feature.geometry && this._isKept(feature));
      this.limits = quantiles(kept.map((f) => f.properties[style.by]), style.ramp.length);
      const isArea = geometry === "area";
      const marks = kept.flatMap((feature) => (isArea ? this._area(feature) : this._point(feature)));
      if (this._clusters) {
        this._clusters.clearLayers();
        this._clusters.addLayers(marks);
        this.addLayer(this._clusters);
      } else {
        for (const mark of marks) this.addLayer(mark);
      }
      if (isArea && this._map) this.bringToBack();
      this.fire("drawn").fire("loaded");
    },

    _area(feature) {
      const { style, fields } = this.declaration;
      const shape = L.GeoJSON.geometryToLayer(feature);
      shape.setStyle({
        color: style.ramp.length ? "#fff" : style.color, weight: 1, opacity: 0.8,
        fillColor: this.color(feature), fillOpacity: style.fill_opacity,
      });
      shape.feature = feature;
      if (!style.label) return [shape];
      const field = fields.find((f) => f.name === style.label) || { name: style.label };
      const name = worded(feature.properties[style.label], field, this.declaration.language);
      const label = { permanent: true, direction: "center", className: "fahsai-name", pane: "names" };
      return [shape.bindTooltip(element("span", "", name), label)];
    },

    _point(feature) {
      const [lon, lat] = feature.geometry.coordinates.flat(); // a MultiPoint is shown at its first
      const mark = this._mark(L.latLng(lat, lon), feature);
      mark.feature = feature;
      return [mark];
    },

    _mark(place, feature) {
      const { style, title } = this.declaration;
      const color = this.color(feature);
      if (style.label) return this._labelled(place, feature, color);
      if (style.cluster) {
        const dot = element("span", "fahsai-dot");
        dot.style.background = color;
        return L.marker(place, { icon: icon(dot, 14), title, alt: title });
      }
      return L.circleMarker(place, {
        radius: this._radius(), color: "#fff", weight: 0.6, opacity: 0.9,
        fillColor: color, fillOpacity: style.fill_opacity,
      });
    },

    // The declared radius at town scale or for few points; smaller where many would run together.
    _radius() {
      const zoom = this._map ? this._map.getZoom() : 10;
      const room = Math.max((zoom - 1) / 8, Math.sqrt(FEW / (this.features.length || 1)));
      return this.declaration.style.radius_px * Math.min(1, Math.max(0.6, room));
    },

    // A pill with the value written in it: colour alone does not reach everyone.
    _labelled(place, feature, color) {
      const { style, fields, language, title } = this.declaration;
      const value = feature.properties[style.label];
      const known = value !== null && value !== undefined;
      const short = !known ? "–" : typeof value === "number" ? number(Math.round(value), language) : value;
      const pill = element("span", known ? "fahsai-pill" : "fahsai-pill fahsai-unknown", short);
      if (known) Object.assign(pill.style, { background: color, color: ink(color) });
      const field = fields.find((f) => f.name === style.label);
      const said = known ? worded(value, field || {}, language) : WORDS[language].unknown;
      return L.marker(place, { icon: icon(pill, 28), alt: `${title}: ${said}`, riseOnHover: true });
    },

    _makeClusters() {
      const { style, language } = this.declaration;
      const clusters = L.markerClusterGroup({
        maxClusterRadius: 56, showCoverageOnHover: false, zoomToBoundsOnClick: false,
        animate: false, chunkedLoading: true,
        iconCreateFunction: (cluster) => {
          const count = cluster.getChildCount();
          const bubble = element("span", "fahsai-bubble", number(count, language));
          Object.assign(bubble.style, { background: style.color, color: ink(style.color) });
          return icon(bubble, Math.min(64, 28 + 9 * Math.log10(count)));
        },
      });
      clusters.on("clusterclick clusterkeypress", (event) => {
        const key = event.originalEvent.key;
        if (!key || key === "Enter" || key === " ") this._openCluster(event.layer);
      });
      return clusters;
    },

    _openCluster(cluster) {
      const { language, title, style, fields } = this.declaration;
      const words = WORDS[language];
      const features = cluster.getAllChildMarkers().map((mark) => mark.feature);
      const box = element("section", "fahsai-popup", element("h3", "", title),
        element("p", "", words.here(number(features.length, language))));
      const field = fields.find((f) => f.name === style.by);
      if (field) box.append(table(tally(features, field, language), "fahsai-tally"));
      const closer = element("button", "", words.closer);
      closer.type = "button";
      closer.addEventListener("click", () => { this._map.closePopup(); spread(cluster, this._map); });
      box.append(closer);
      L.popup({ maxWidth: 320, minWidth: 190 }).setLatLng(cluster.getLatLng()).setContent(box).openOn(this._map);
    },
  });

  // --- colours ------------------------------------------------------------------------------

  // Black or white, whichever stands out more (WCAG relative luminance).
  function ink(color) {
    const part = (i) => {
      const c = parseInt(color.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.18 ? "#111" : "#fff";
  }

  let hatch = null;
  function hatching() {
    if (hatch) return hatch;
    const tile = element("canvas", "");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = "#f2f2f0";
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = "#9a9a96";
    for (const x of [-4, 4, 12]) { pen.moveTo(x - 4, 8); pen.lineTo(x + 4, 0); }
    pen.stroke();
    hatch = pen.createPattern(tile, "repeat");
    return hatch;
  }

  // Lower limits of the ramp's colours: quantiles, so that each colours about as many features.
  function quantiles(values, classes) {
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const limits = [];
    for (let i = 0; i < classes && sorted.length; i++)
      limits.push(sorted[Math.floor((i * sorted.length) / classes)]);
    return [...new Set(limits)];
  }

  // --- marks and times ----------------------------------------------------------------------

  function icon(html, size) {
    html.style.setProperty("--size", `${size}px`);
    return L.divIcon({ html, className: "fahsai-icon", iconSize: [size, size] });
  }

  // Marks at one place cannot be told apart by zooming: they fan out.
  function spread(cluster, map) {
    const bounds = cluster.getBounds();
    const isOnePlace = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5);
    if (isOnePlace || map.getZoom() >= map.getMaxZoom()) cluster.spiderfy();
    else map.fitBounds(bounds, { padding: [40, 40], maxZoom: map.getMaxZoom() });
  }

  // The midnight in Bangkok (UTC+7) that begins the month of `date`.
  function monthStart(date) {
    const local = new Date(date.getTime() + 7 * 3600e3);
    return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - 7 * 3600e3);
  }

  const utc = (date) => date.toISOString().replace(/\.\d+Z$/, "Z");

  Object.assign(fahsai, { monthStart, layer: (declaration, source) => new Drawn(declaration, source) });
})();
