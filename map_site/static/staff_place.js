// Where a case is, tapped on the map: it fills the field of coordinates, which anybody may write in.
(function () {
  "use strict";

  const NEAR_ZOOM = 14;
  const field = () => document.getElementById("place-coordinates");
  let mark = null;

  function show(map, lat, lon) {
    mark?.remove();
    mark = L.circleMarker([lat, lon], { radius: 10, weight: 4, color: "#14232b", fillColor: "#ffd23f", fillOpacity: 1, interactive: false }).addTo(map);
  }

  function choose(map, { lat, lng }) {
    if (!field()) return;
    field().value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    show(map, lat, lng);
  }

  fahsai.placeMap = (map, { provinces, districts }) => {
    for (const areas of [provinces, districts]) {
      areas.options.outlines = true;
      areas.addTo(map);
    }
    L.control.zoom({ position: "topright" }).addTo(map);
    fahsai.showView(map, fahsai.fit(map, fahsai.COUNTRY));
    const [lat, lon] = JSON.parse(document.getElementById("place-point").textContent);
    if (lat != null) {
      show(map, lat, lon);
      map.setView([lat, lon], NEAR_ZOOM, { animate: false });
    }
    map.on("click", ({ latlng }) => choose(map, latlng));
    document.getElementById("place-middle").addEventListener("click", () => choose(map, map.getCenter()));
  };
})();
