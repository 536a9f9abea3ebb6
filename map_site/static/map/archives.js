// Tiles in archives beside the page (PMTiles), where the site is files and no service is asked. Of a
// timed layer there is one for each period; where a tile of it counts in cells, another has the days.
(function () {
  "use strict";

  const { decode, isDuring } = fahsai;
  const DAY_MS = 86_400_000;

  class ArchivedTiles extends fahsai.RemoteTiles {
    constructor(url, declaration) {
      super(url, declaration);
      this.lastZoom = JSON.parse(document.documentElement.dataset.lastZooms)[declaration.geometry];
      this.opened = new Map(); // address → archive
    }

    zoomFor(zoom) { return Math.min(super.zoomFor(zoom), this.lastZoom); }

    feature() { return Promise.reject(new Error("files tell of a feature what its tile does")); }

    // What there is of the layer: {archives, since}.
    _index() {
      this.index ??= fahsai.json(this.url).catch((problem) => { this.index = null; throw problem; });
      return this.index;
    }

    async _fetch(key, tile, period, signal) {
      const { archives, since } = await this._index();
      if (period && since && period[0] < since) throw unpublished();
      const asked = archives.filter(({ from, to }) => !period || !from || (from < period[1] && to > period[0]));
      const parts = (await Promise.all(asked.map((archive) => this._parts(archive, tile, period, signal)))).flat();
      await fahsai.turn();
      parts.weight = parts.reduce((sum, { weight }) => sum + weight, 1);
      this.kept.set(key, parts);
      return parts;
    }

    async _parts(archive, tile, period, signal) {
      const bytes = await this._bytes(archive.path, tile, signal);
      if (!bytes) return [];
      const whole = decode(bytes, tile, this.declaration);
      const { from, to, days } = archive;
      if (!period || !this.declaration.timed || (from && period[0] <= from && period[1] >= to))
        return [this.isKept ? chosen(whole, this.isKept) : whole];
      if (whole.kind === "cells" && !days) throw unpublished();
      if (whole.kind === "cells") return this._days(await this._bytes(days, tile, signal), tile, period, archive);
      const isKept = (properties) => isDuring(properties, period) && (!this.isKept || this.isKept(properties));
      return [chosen(whole, isKept)];
    }

    // The layers of the tile that are named by days of the period.
    _days(bytes, tile, period, { from, to }) {
      const parts = [];
      for (let start = from; bytes && start < to; start += DAY_MS) {
        if (start < period[0] || start + DAY_MS > period[1]) continue; // periods are of whole days
        const name = new Date(start + DAY_MS).toISOString().slice(0, 10);
        parts.push(decode(bytes, tile, { ...this.declaration, name }));
      }
      return parts;
    }

    async _bytes(path, { z, x, y }, signal) {
      if (!this.opened.has(path)) this.opened.set(path, new pmtiles.PMTiles(new URL(path, new URL(this.url, location.href)).href));
      return (await this.opened.get(path).getZxy(z, x, y, signal))?.data;
    }
  }

  const unpublished = () => Object.assign(new Error("not published"), { isUnpublished: true });

  function chosen(tile, isKept) {
    if (tile.kind === "areas") return { ...tile, pieces: tile.pieces.filter(({ properties }) => isKept(properties)) };
    if (tile.kind === "cells") return tile;
    const which = [...tile.properties.keys()].filter((i) => isKept(tile.properties[i]));
    const column = (values) => values.constructor.from(which, (i) => values[i]);
    const columns = ["xs", "ys", "classes", "properties"].map((name) => [name, column(tile[name])]);
    return { ...tile, ...Object.fromEntries(columns), weight: which.length + 1 };
  }

  Object.assign(fahsai, { ArchivedTiles });
})();
