// Roads, waters and villages of OpenStreetMap from a PMTiles file of our own, quietly beneath the
// data. Nothing of it is loaded unless a map shows it.
//
// Layers and kinds are those of Protomaps' basemaps, which `fahsai basemap make` keeps to. Land and
// sea are left to the ground (waters.js), towns to labels.js.
(function () {
  "use strict";

  const fahsai = (window.fahsai = window.fahsai || {});
  const LIBRARY = "vendor/protomaps-leaflet/protomaps-leaflet.js";
  const CREDIT = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
  const FONT = 'Sarabun, "Noto Sans Thai", sans-serif';
  const COLORS = {
    sea: "#ebf1f3", stream: "#cfdde2", industrial: "#efedf2", building: "#f0f0ee",
    highway: "#d8cfc2", major: "#dedcd6", minor: "#e6e6e3", rail: "#c9cfd2", name: "#667278",
  };

  // px by zoom, straight between the given ones.
  function grows(...steps) {
    return (zoom) => {
      const after = steps.findIndex(([at]) => at >= zoom);
      if (after === 0) return steps[0][1];
      if (after < 0) return steps[steps.length - 1][1];
      const [[z0, w0], [z1, w1]] = [steps[after - 1], steps[after]];
      return w0 + ((w1 - w0) * (zoom - z0)) / (z1 - z0);
    };
  }

  function isKind(...kinds) {
    return (_zoom, feature) => kinds.includes(feature.props.kind);
  }

  function isArea(_zoom, feature) { return feature.geomType === 3; }

  function isLine(_zoom, feature) { return feature.geomType === 2; }

  function paintRules({ LineSymbolizer, PolygonSymbolizer }) {
    const area = (dataLayer, fill, filter, more) =>
      ({ dataLayer, filter, symbolizer: new PolygonSymbolizer({ fill }), ...more });
    const line = (dataLayer, filter, style, more) =>
      ({ dataLayer, filter, symbolizer: new LineSymbolizer({ lineCap: "round", lineJoin: "round", ...style }), ...more });
    return [
      area("landuse", COLORS.industrial, isKind("industrial")),
      area("water", COLORS.sea, isArea),
      line("water", isLine, { color: COLORS.stream, width: grows([7, 0.5], [14, 2]) }),
      area("buildings", COLORS.building, undefined, { minzoom: 15 }),
      line("roads", isKind("minor_road"), { color: COLORS.minor, width: grows([11, 0.5], [14, 1.5], [18, 6]) }),
      line("roads", isKind("rail"), { color: COLORS.rail, width: grows([9, 0.5], [14, 1]), lineCap: "butt" }),
      line("roads", isKind("major_road"), { color: COLORS.major, width: grows([7, 0.5], [11, 1.2], [14, 3], [18, 9]) }),
      line("roads", isKind("highway"), { color: COLORS.highway, width: grows([6, 0.6], [10, 1.5], [14, 4], [18, 12]) }),
    ];
  }

  function labelRules({ CenteredTextSymbolizer, LineLabelSymbolizer }, language) {
    const style = {
      labelProps: [`name:${language}`, "name"], fontFamily: FONT, fontSize: 11.5,
      fill: COLORS.name, stroke: "#fff", width: 3, lineHeight: 1.5,
    };
    return [
      {
        dataLayer: "places", minzoom: 12, symbolizer: new CenteredTextSymbolizer(style),
        filter: (_zoom, { props }) => !["city", "town"].includes(props.kind_detail),
      },
      {
        dataLayer: "roads", minzoom: 13, symbolizer: new LineLabelSymbolizer(style),
        filter: isKind("highway", "major_road"),
      },
    ];
  }

  // The deepest zoom of the file: a byte of its header (PMTiles 3).
  async function deepestZoom(url) {
    const answer = await fetch(url, { headers: { Range: "bytes=0-126" } });
    const header = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok || new TextDecoder().decode(header.slice(0, 7)) !== "PMTiles")
      throw new Error(`${url} is no basemap (${answer.status})`);
    return header[101];
  }

  function library(address) {
    if (window.protomapsL) return Promise.resolve(window.protomapsL);
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => resolve(window.protomapsL));
      script.addEventListener("error", () => reject(new Error(`${address} cannot be loaded`)));
      document.head.append(script);
    });
  }

  // `url` is the PMTiles file's address, `base` that of our assets. Resolves to a Leaflet layer, once
  // its library and the Thai font are there.
  async function basemap({ url, base, language = "th" }) {
    const fonts = document.fonts.load("400 12px Sarabun", "กู้ abc").catch(() => []);
    const [protomaps, maxDataZoom] = await Promise.all([library(`${base}/${LIBRARY}`), deepestZoom(url)]);
    await fonts;
    return protomaps.leafletLayer({
      url, maxDataZoom, lang: language, attribution: CREDIT, className: "fahsai-basemap",
      paintRules: paintRules(protomaps), labelRules: labelRules(protomaps, language),
    });
  }

  // The same as a layer that loads what it needs once it is shown.
  const Roads = L.LayerGroup.extend({
    initialize(options) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this.asked = options;
    },

    onAdd(map) {
      L.LayerGroup.prototype.onAdd.call(this, map);
      this.made = this.made || basemap(this.asked).then((layer) => this.addLayer(layer), (problem) => {
        this.made = null; // so that it can be asked for again
        throw problem;
      });
    },
  });

  fahsai.roads = (options) => new Roads(options);
})();
