// The map of released complaints: the areas of a period, in the steps that the page's table has.
(function () {
  "use strict";

  const { COUNTRY, fit, rampOf, showView } = fahsai;

  fahsai.complaintsMap = (map, layers) => {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    const { provinces, [data.layer]: areas } = layers;
    const view = () => fit(map, COUNTRY);
    L.control.zoom({ position: "topleft" }).addTo(map);
    map.setMinZoom(4);
    showView(map, view());
    L.setOptions(provinces, { popup: false, outlines: true });
    provinces.addTo(map);
    switches(map, layers, data);
    if (!data.begins) return;
    const told = Object.entries(data.areas);
    const values = new Map(told.map(([code, { step }]) => [code, step === null ? "hatch" : Math.max(step - 1, 0)]));
    areas.setPeriod([Date.parse(data.begins), Date.parse(data.ends) + 1000]);
    if (data.filter) areas.setFilter(data.filter);
    areas.setValues(values, rampOf("complaints"));
    areas.addTo(map);
    label(map, data);
    fahsai.printing(map, view, () => [provinces, areas]);
  };

  // What else lies there, of the period where it has times.
  function switches(map, layers, { begins, ends }) {
    document.getElementById("complaints-further").addEventListener("change", ({ target: { name, checked } }) => {
      const layer = layers[name];
      if (begins && layer.declaration.timed) layer.setPeriod([Date.parse(begins), Date.parse(ends) + 1000]);
      if (checked) map.addLayer(layer);
      else map.removeLayer(layer);
    });
  }

  // Provinces with their numbers, the most first; other areas are named where one points.
  async function label(map, { area, areas, labelled }) {
    if (area !== "province") return;
    const { province = [] } = await map.fahsaiPlaces;
    const places = new Map(province.map((anchor) => [String(anchor.code), anchor]));
    map.fahsaiLabels.setLabels("value", labelled.filter((code) => places.has(code)).map((code, rank) => {
      const { lon, lat, code: placed } = places.get(code);
      return { lon, lat, code: placed, rank, text: `${areas[code].name} ${areas[code].label}` };
    }));
  }
})();
