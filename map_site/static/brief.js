// The brief's map: provinces by the number that is chosen, or stations; a click pins a province.
(function () {
  "use strict";

  const { COUNTRY, fit, rampOf, showView } = fahsai;
  const RAMPED = ["burning", "complaints", "green", "carbon"];
  const PILL_PX = [40, 23];
  const read = () => JSON.parse(document.getElementById("map-data").textContent);

  class BriefMap {
    constructor(map, { provinces }) {
      Object.assign(this, { map, provinces, stations: L.layerGroup().addTo(map), tip: null });
      L.control.zoom({ position: "bottomleft" }).addTo(map);
      map.setMinZoom(4);
      const view = () => fit(map, COUNTRY);
      showView(map, view());
      provinces.options.popup = false;
      provinces.addTo(map);
      provinces.on("chosen", ({ feature }) => this.choose(feature));
      map.on("mousemove", (event) => this.hover(event));
      map.on("mouseout", () => this.map.closeTooltip(this.tip));
      this.tip = L.tooltip({ direction: "top", className: "map-tip", offset: [0, -6] });
      document.addEventListener("fahsai:live", () => this.show());
      fahsai.printing(map, view, () => [provinces]);
      map.on("zoomend", () => this.makeRoom());
      this.show();
    }

    show() {
      this.data = read();
      const { areas, theme, plain, pinned } = this.data;
      const values = new Map(Object.entries(areas).map(([code, { step }]) => {
        if (plain || step === 0) return [code, "zero"];
        return [code, step === null ? "hatch" : step - 1];
      }));
      this.provinces.setValues(values, rampOf(RAMPED.includes(theme) ? theme : "burning"));
      this.provinces.highlight(pinned);
      this.showStations();
      this.showValues();
    }

    showStations() {
      this.stations.clearLayers();
      this.pills = [];
      for (const { lon, lat, name, value, step } of this.data.stations) {
        const pill = document.createElement("span");
        pill.className = `aqi aqi-${step} map-station`;
        pill.textContent = Math.round(value);
        const icon = L.divIcon({ className: "map-station-place", html: pill, iconSize: [38, 22] });
        L.marker([lat, lon], { icon, keyboard: false, title: `${name} ${Math.round(value)} µg/m³`, zIndexOffset: value * 10 })
          .addTo(this.stations);
        this.pills.push({ pill, lat, lon, value });
      }
      this.makeRoom();
    }

    // The highest are read; of those that would lie under them a dot remains.
    makeRoom() {
      const { map } = this;
      const placed = [...this.pills].sort((a, b) => b.value - a.value)
        .map((one) => ({ ...one, ...map.project([one.lat, one.lon], map.getZoom()) }));
      fahsai.roomed(placed, ...PILL_PX).forEach((isFree, i) => placed[i].pill.classList.toggle("crowded", !isFree));
    }

    // The highest with their value; the other provinces by their names alone.
    async showValues() {
      const { labelled, areas } = this.data;
      const anchors = await this.map.fahsaiPlaces;
      const places = new Map((anchors.province || []).map((anchor) => [String(anchor.code), anchor]));
      const valued = labelled.filter((code) => places.has(code)).map((code, rank) => {
        const { lon, lat } = places.get(code);
        return { lon, lat, code: places.get(code).code, rank, text: `${areas[code].name} ${areas[code].label}` };
      });
      const pills = this.data.stations.map(({ lon, lat, value }) => ({ lon, lat, rank: -value, width: 40, height: 24 }));
      this.map.fahsaiLabels.setLabels("mark", pills);
      this.map.fahsaiLabels.setLabels("value", this.data.plain ? [] : valued);
    }

    choose(feature) {
      const link = feature && document.getElementById(`pin-${feature.code ?? feature.properties?.code}`);
      link?.click();
    }

    hover({ latlng }) {
      const found = this.provinces.featureAt(latlng);
      const area = found && this.data.areas[found.code ?? found.properties?.code];
      this.map.getContainer().classList.toggle("over-area", Boolean(area));
      if (!area) return this.map.closeTooltip(this.tip);
      this.tip.setLatLng(latlng).setContent(line(area));
      this.map.openTooltip(this.tip);
    }
  }

  function line({ name, label }) {
    const words = document.createElement("span");
    const strong = document.createElement("b");
    strong.textContent = label;
    words.append(`${name} `, strong);
    return words;
  }

  fahsai.briefMap = (map, layers) => new BriefMap(map, layers);
})();
