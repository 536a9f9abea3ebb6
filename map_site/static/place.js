// The map of a place: its outline, its districts, the factories and the fires of seven days.
(function () {
  "use strict";

  const DAY = 24 * 3600e3;
  const DAYS = 7;

  fahsai.placeMap = (map, { provinces, districts, eco_town_areas: towns, hotspots, factories }) => {
    const { kind, code, bounds: [west, south, east, north], to, labels } = JSON.parse(document.getElementById("map-data").textContent);
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
    map.fahsaiLabels.setLabels("district", labels.map((one) => ({ ...one, rank: one.code === code ? 0 : 1, minZoom: 7 })));
    factories.options.links = { page: "/factories/{id}" };
    factories.addTo(map);
    hotspots.setPeriod([end - DAYS * DAY, end]);
    hotspots.addTo(map);
    fahsai.printing(map, view, [provinces, districts, ...(kind === "eco_town" ? [towns] : []), factories, hotspots]);
  };
})();
