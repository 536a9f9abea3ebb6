// The map of hotspots within another site's page: a period, its classes, its place, and its legend.
(function () {
  "use strict";

  const { COUNTRY } = fahsai;
  const OF_PROVINCE = 8;

  async function embeddedMap(map, { provinces, hotspots }) {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    L.control.zoom({ position: "topright" }).addTo(map);
    L.setOptions(provinces, { popup: false, outlines: true });
    L.setOptions(hotspots, { legend: true });
    const [zoom, ...center] = data.place || [];
    fahsai.showView(map, data.place ? { center, zoom } : fahsai.fit(map, COUNTRY));
    hotspots.setPeriod([data.begins, data.ends]);
    if (data.members) hotspots.setClasses(new Set(data.members));
    provinces.highlight(data.province);
    map.addLayer(provinces);
    map.addLayer(hotspots);
    if (!data.province || data.place) return;
    const { province = [] } = await map.fahsaiPlaces;
    const found = province.find(({ code }) => String(code) === data.province);
    if (found) map.setView([found.lat, found.lon], OF_PROVINCE, { animate: false });
  }

  fahsai.embeddedMap = embeddedMap;
})();
