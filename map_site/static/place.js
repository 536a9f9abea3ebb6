// The map of a place: its outline, its districts, the factories and the fires of seven days.
(function () {
  "use strict";

  const DAY = 24 * 3600e3;
  const DAYS = 7;

  // Of a place of which only a point is known: the point, and how far what is told reaches.
  function around({ lon, lat, radius_m: radius }) {
    const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
    const line = { color: ink, weight: 2, interactive: false };
    return L.layerGroup([
      L.circle([lat, lon], { ...line, radius, fill: false, dashArray: "6 5" }),
      L.circleMarker([lat, lon], { ...line, radius: 6, fillColor: "#fff", fillOpacity: 1 }),
    ]);
  }

  fahsai.placeMap = (map, { provinces, districts, eco_town_areas: towns, hotspots, factories }) => {
    const { kind, code, name, circle, bounds: [west, south, east, north], to, labels } = JSON.parse(document.getElementById("map-data").textContent);
    const area = [[south, west], [north, east]];
    const end = Date.parse(to);
    const view = () => fahsai.fit(map, area, { padding: [24, 24], maxZoom: 13 });
    L.control.zoom({ position: "topright" }).addTo(map);
    fahsai.showView(map, view());
    for (const areas of [provinces, districts, towns]) areas.options.outlines = true;
    provinces.addTo(map);
    districts.addTo(map);
    if (kind === "eco_town") towns.addTo(map);
    ({ province: provinces, district: districts, eco_town: towns })[kind].highlight(code);
    map.fahsaiLabels.setLabels("district", [...labels, ...(circle ? [{ ...circle, text: name, code }] : [])].map((one) => ({ ...one, rank: one.code === code ? 0 : 1, minZoom: 7 })));
    if (circle) around(circle).addTo(map);
    factories.options.links = { page: "/factories/{id}" };
    factories.addTo(map);
    hotspots.setPeriod([end - DAYS * DAY, end]);
    hotspots.addTo(map);
    const legend = document.getElementById("place-legend");
    for (const layer of [hotspots, factories]) fahsai.legendBeside(legend, layer, map);
    const shown = [provinces, districts, ...(kind === "eco_town" ? [towns] : []), factories, hotspots];
    fahsai.printing(map, view, () => shown);
  };
})();
