// Draws the features that a page of /ogc/ holds beside its table.
(function () {
  "use strict";

  const CLOSEST = 7; // nearer, no coast or border would show where a single feature is
  const { declaration, features } = JSON.parse(document.getElementById("drawn").textContent);
  const world = fahsai.map("map", { center: [13.1, 101.2], zoom: 6, scrollWheelZoom: false },
    fahsai.at("/static/neighbours.geojson"));
  const data = { type: "FeatureCollection", features };
  fahsai.vectorLayer(declaration, { data }).addTo(world);
  const bounds = L.geoJSON(data).getBounds();
  if (bounds.isValid()) world.fitBounds(bounds, { maxZoom: CLOSEST, padding: [24, 24], animate: false });
})();
