// Draws the features that a page of /ogc/ holds beside its table.
(function () {
  "use strict";

  const CLOSEST = 7; // nearer, no coast or border would show where a single feature is
  const { declaration, features } = JSON.parse(document.getElementById("drawn").textContent);
  const world = fahsai.map("map", { center: [13.1, 101.2], zoom: 6, scrollWheelZoom: false },
    "/static/neighbours.geojson");
  const drawn = fahsai.layer(declaration, { data: { features } }).addTo(world);
  const bounds = drawn.getBounds();
  if (bounds.isValid()) world.fitBounds(bounds, { maxZoom: CLOSEST, padding: [24, 24], animate: false });
})();
