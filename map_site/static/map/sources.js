// Where a layer's tiles come from: the service, or features carried in the page itself.
(function () {
  "use strict";

  const { EXTENT, areas, decode, pointColumns, worldX, worldY } = fahsai;
  const LAST_ZOOM = 14; // its 4096th is 0.6 m; nearer views show the same tiles enlarged
  const NEAR = 8; // from here on tiles of 256 px: points themselves rather than cells
  const MOST_KEPT = 400_000; // features in the tiles that are kept, about 100 MB

  const utc = (instant) => new Date(instant).toISOString().replace(/\.000Z$/, "Z");

  // The tiles of a zoom that touch a box of the world.
  function tilesOf({ west, north, east, south }, z) {
    const across = 2 ** z;
    const bound = (n) => Math.max(0, Math.min(across - 1, Math.floor(n * across)));
    const tiles = [];
    for (let y = bound(north); y <= bound(south); y++)
      for (let x = bound(west); x <= bound(east); x++) tiles.push({ z, x, y });
    return tiles;
  }

  // Keeps the tiles asked for last, so many features of them.
  class Kept {
    constructor(most) { Object.assign(this, { most, weight: 0, tiles: new Map() }); }

    get(key) {
      const tile = this.tiles.get(key);
      if (tile) { this.tiles.delete(key); this.tiles.set(key, tile); }
      return tile;
    }

    set(key, tile) {
      this.tiles.set(key, tile);
      this.weight += tile.weight;
      for (const [oldest, { weight }] of this.tiles) {
        if (this.weight <= this.most || oldest === key) break;
        this.tiles.delete(oldest);
        this.weight -= weight;
      }
    }
  }

  // `url`: of a tileset, as /ogc/collections/hotspots/tiles/WebMercatorQuad.
  class RemoteTiles {
    constructor(url, declaration) {
      Object.assign(this, { url, declaration, filter: null, isKept: null });
      this.kept = new Kept(MOST_KEPT);
      this.asked = new Map(); // key → {promise, abort}
    }

    zoomFor(zoom) {
      const near = Math.round(zoom);
      if (this.declaration.geometry !== "area" && near >= NEAR) return Math.min(near, LAST_ZOOM);
      return Math.max(0, Math.min(near - 1, LAST_ZOOM));
    }

    cover(box, zoom) { return tilesOf(box, this.zoomFor(zoom)); }

    query(period) {
      const said = new URLSearchParams();
      if (period && this.declaration.timed) {
        // The end is not of the period, and OGC's intervals include theirs.
        const last = utc(period[1] - 1).replace("Z", "999Z");
        said.set("datetime", `${utc(period[0])}/${last}`);
      }
      if (this.filter) said.set("filter", this.filter);
      said.set("summary", "true"); // so that a legend can say that not all are shown
      return said.toString();
    }

    key({ z, x, y }, period) { return `${z}/${y}/${x}?${this.query(period)}`; }

    // A tile that is here already; undefined where it must be asked for.
    have(tile, period) { return this.kept.get(this.key(tile, period)); }

    ask(tile, period) {
      const key = this.key(tile, period);
      const under = this.asked.get(key);
      if (under) return under.promise;
      const abort = new AbortController();
      const promise = this._fetch(key, tile, period, abort.signal).finally(() => {
        if (this.asked.get(key)?.abort === abort) this.asked.delete(key);
      });
      this.asked.set(key, { promise, abort });
      return promise;
    }

    // Ends all requests but those for these tiles.
    drop(tiles, period) {
      const wanted = new Set(tiles.map((tile) => this.key(tile, period)));
      for (const [key, { abort }] of this.asked)
        if (!wanted.has(key)) { abort.abort(); this.asked.delete(key); }
    }

    async _fetch(key, tile, period, signal) {
      const answer = await fetch(`${this.url}/${key}`, { signal });
      if (!answer.ok) throw Object.assign(new Error(answer.statusText), { answer });
      const bytes = await answer.arrayBuffer();
      await turn();
      const found = decode(bytes, tile, this.declaration);
      this.kept.set(key, found);
      return found;
    }

    // All that is published of a feature; null where the service cannot be asked.
    async feature(id) {
      const collection = this.url.replace(/\/tiles\/[^/]+$/, "");
      const answer = await fetch(`${collection}/items/${encodeURIComponent(id)}`);
      if (!answer.ok) throw Object.assign(new Error(answer.statusText), { answer });
      return answer.json();
    }
  }

  // A GeoJSON FeatureCollection, cut by geojson-vt where it is areas; points lie in one tile.
  class CarriedFeatures {
    constructor(collection, declaration) {
      this.declaration = declaration;
      this.features = collection.features.filter((feature) => feature.geometry);
      this.isSimulated = this.features.some(({ properties: { source, sources } }) =>
        `${source}, ${sources}`.split(", ").includes("demo"));
      this.kept = new Kept(MOST_KEPT);
      if (declaration.geometry === "area") {
        const features = { type: "FeatureCollection", features: this.features };
        this.cut = vectorTiles.geojsonvt(features, {
          maxZoom: LAST_ZOOM, indexMaxZoom: 4, extent: EXTENT, buffer: 64, tolerance: 3,
        });
      }
    }

    zoomFor(zoom) { return Math.max(0, Math.min(Math.round(zoom) - 1, LAST_ZOOM)); }

    cover(box, zoom) { return this.cut ? tilesOf(box, this.zoomFor(zoom)) : [{ z: 0, x: 0, y: 0 }]; }

    have(tile, period) {
      const key = `${tile.z}/${tile.y}/${tile.x}/${this.cut ? "" : String(period)}`;
      let found = this.kept.get(key);
      if (!found) this.kept.set(key, (found = this.cut ? this._areas(tile) : this._points(period)));
      return found;
    }

    ask(tile, period) { return Promise.resolve(this.have(tile, period)); }
    drop() {}

    async feature(id) {
      return this.features.find((one) => String(one.id ?? one.properties.id) === String(id)) || null;
    }

    _points(period) {
      const shown = this.features.filter(({ properties }) => isDuring(properties, period));
      return pointColumns(shown.length, this.declaration, (i) => {
        const { geometry, properties, id } = shown[i];
        const [lon, lat] = geometry.coordinates.flat(); // a MultiPoint is shown at its first
        return [worldX(lon), worldY(lat), id === undefined ? properties : { id, ...properties }];
      });
    }

    _areas(tile) {
      const found = this.cut.getTile(tile.z, tile.x, tile.y);
      return areas(found ? found.features.filter(({ type }) => type === 3) : [], tile, 1);
    }
  }

  // What is known by month is of a period that holds the whole month, and of no other.
  function isDuring({ observed_at: observed, time_precision: precision }, period) {
    if (!period || !observed) return true;
    const at = Date.parse(observed);
    const end = precision === "month" ? monthAfter(at) : at + 1;
    return at >= period[0] && end <= period[1];
  }

  // The midnight in Bangkok (UTC+7) that ends the month of an instant.
  function monthAfter(at) {
    const local = new Date(at + 7 * 3600e3);
    return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1) - 7 * 3600e3;
  }

  // Lets what waits (a click, a frame) come first: each tile is read in a task of its own.
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  // Features that an element of the page has as JSON; those of points are rows, half as long.
  function carried(id) {
    const found = JSON.parse(document.getElementById(id).textContent);
    if (!found.rows) return found;
    const features = found.rows.map(([id, lon, lat, ...values]) => ({
      type: "Feature", id, geometry: { type: "Point", coordinates: [lon, lat] },
      properties: Object.fromEntries(values.map((value, i) => [found.columns[i], value])),
    }));
    return { type: "FeatureCollection", features };
  }

  const source = (declaration, { tiles, data, element }) => {
    if (!tiles) return new CarriedFeatures(data || carried(element), declaration);
    return fahsai.isPublished ? new fahsai.ArchivedTiles(tiles, declaration) : new RemoteTiles(tiles, declaration);
  };

  Object.assign(fahsai, { RemoteTiles, isDuring, source, tilesOf, turn });
})();
