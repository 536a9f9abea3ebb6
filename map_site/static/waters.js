// The ground beneath the data: sea, neighbours, land, lakes and rivers, drawn quietly on a canvas.
(function () {
  "use strict";

  const fahsai = (window.fahsai = window.fahsai || {});
  const PANE = "ground"; // below tiles (200) and all data
  const COLORS = { sea: "#ebf1f3", abroad: "#f6f6f3", land: "#fdfdfb", line: "#d5dcde" };

  const Ground = L.LayerGroup.extend({
    initialize({ land, waters, attribution }) {
      L.LayerGroup.prototype.initialize.call(this);
      Object.assign(this, { _land: land, _waters: waters, _credit: attribution });
    },

    getAttribution() { return this._credit; },

    onAdd(map) {
      if (!map.getPane(PANE)) {
        const pane = map.createPane(PANE);
        pane.style.zIndex = 150;
        pane.style.pointerEvents = "none";
      }
      this._renderer = L.canvas({ pane: PANE, padding: 0.5 });
      this._colors = colors(map.getContainer());
      map.getContainer().style.background = this._colors.sea;
      map.on("zoomend", this._rescale, this);
      if (this._land) this._addLand(this._land);
      if (this._waters) this._addWaters(this._waters);
      L.LayerGroup.prototype.onAdd.call(this, map);
    },

    onRemove(map) {
      map.off("zoomend", this._rescale, this);
      L.LayerGroup.prototype.onRemove.call(this, map);
      this.clearLayers();
      this._renderer.remove();
    },

    setLand(land) { this._land = land; if (this._map) this._addLand(land); },
    setWaters(waters) { this._waters = waters; if (this._map) this._addWaters(waters); },

    _addLand(land) {
      const { abroad, land: ours, line } = this._colors;
      this.addLayer(L.geoJSON(land, {
        ...this._quiet(),
        style: ({ properties: { code } }) => ({
          color: line, weight: 1, fillColor: code === "TH" ? ours : abroad, fillOpacity: 1,
        }),
      }).bringToBack());
    },

    _addWaters({ grid, rivers, lakes }) {
      const { sea, water } = this._colors;
      const lines = rivers.map((line) => decode(line, grid));
      const areas = lakes.map((rings) => rings.map((ring) => decode(ring, grid)));
      const quiet = { ...this._quiet(), color: water };
      this._rivers = L.polyline(lines, { ...quiet, weight: this._width(), fill: false });
      this.addLayer(this._rivers);
      this.addLayer(L.polygon(areas, { ...quiet, weight: 0.5, fillColor: sea, fillOpacity: 1 }));
    },

    _quiet() { return { pane: PANE, renderer: this._renderer, interactive: false, smoothFactor: 1 }; },

    _rescale() { this._rivers?.setStyle({ weight: this._width() }); },

    // A hair on the whole country, and two px in a district.
    _width() { return Math.min(2, Math.max(0.6, this._map.getZoom() * 0.25 - 0.9)); },
  });

  // The tokens of the page where it has any.
  function colors(container) {
    const style = getComputedStyle(container);
    const token = (name) => style.getPropertyValue(`--${name}`).trim() || COLORS[name];
    return { sea: token("sea"), abroad: token("abroad"), land: token("land"), line: token("line"), water: "#c3d3d9" };
  }

  // A line of waters.json: the first vertex, then steps, in whole parts of a degree; as [lat, lon].
  function decode(numbers, grid) {
    const vertices = [];
    let [lon, lat] = [0, 0];
    for (let i = 0; i < numbers.length; i += 2) {
      lon += numbers[i];
      lat += numbers[i + 1];
      vertices.push([lat / grid, lon / grid]);
    }
    return vertices;
  }

  // `base` is the address of our assets: the land is fetched at once, the waters after the first
  // painting. Without it `land` (GeoJSON) and `waters` (as waters.json) are drawn. `ready` resolves
  // when all is drawn; what could not be fetched is left out.
  function ground(map, { base = null, land = null, waters = null, attribution = null } = {}) {
    const layer = new Ground({ land, waters, attribution }).addTo(map);
    const fetched = async (name) => {
      const answer = await fetch(`${base}/${name}`);
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      return answer.json();
    };
    const load = async () => {
      if (!land) layer.setLand(await fetched("neighbours.geojson"));
      await fahsai.afterPaint();
      if (!waters) layer.setWaters(await fetched("waters.json"));
    };
    layer.ready = base ? load().catch((failure) => layer.fire("failed", { failure })) : Promise.resolve();
    return layer;
  }

  fahsai.ground = ground;
})();
