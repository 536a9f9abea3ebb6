// Where it is: by the telephone's position, or by a tap on the map. Both fill the same field, which
// anybody may write in.
(function () {
  "use strict";

  const { report } = fahsai;
  const { say, find } = report;
  const ROUGH_M = 200;
  const FINGER_PX = 24;
  const NEAR_ZOOM = 16;
  const EARTH_M_PX = 156543; // of a pixel at zoom 0 on the equator
  const PAIR = /^\s*\(?\s*(-?\d+(?:\.\d+)?)[\s,;]+(-?\d+(?:\.\d+)?)\s*\)?\s*$/;

  let map = null;
  let mark = null;

  function chosen() {
    const found = PAIR.exec(find("coordinates").value);
    return found && Math.abs(found[1]) <= 90 ? { lat: Number(found[1]), lon: Number(found[2]) } : null;
  }

  function choose(lat, lon, accuracy, words) {
    find("coordinates").value = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    find("accuracy").value = String(Math.round(accuracy));
    find("place-said").textContent = words;
    report.wrong("coordinates", "");
    show();
  }

  function show(zoom) {
    if (!map) return;
    mark?.remove();
    const place = chosen();
    if (!place) return;
    mark = L.circleMarker([place.lat, place.lon], { radius: 10, weight: 4, color: "#14232b", fillColor: "#ffd23f", fillOpacity: 1, interactive: false }).addTo(map);
    if (zoom) map.setView([place.lat, place.lon], Math.max(map.getZoom(), zoom), { animate: false });
  }

  function onMap({ lat, lng }) {
    const width = (EARTH_M_PX * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
    choose(lat, lng, width * FINGER_PX, say("map_chosen", { place: `${lat.toFixed(4)}, ${lng.toFixed(4)}` }));
  }

  function locate() {
    const told = find("place-said");
    if (!navigator.geolocation) return void (told.textContent = say("locate_failed"));
    told.textContent = say("locating");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const metres = Math.round(coords.accuracy);
        choose(coords.latitude, coords.longitude, metres, say(metres > ROUGH_M ? "located_widely" : "located", { metres: metres.toLocaleString("en") }));
        show(NEAR_ZOOM);
      },
      (problem) => (told.textContent = say(problem.code === problem.PERMISSION_DENIED ? "locate_refused" : "locate_failed")),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  }

  fahsai.reportMap = (made) => {
    map = made;
    L.control.zoom({ position: "topright" }).addTo(map);
    fahsai.showView(map, fahsai.fit(map, fahsai.COUNTRY));
    map.on("click", ({ latlng }) => onMap(latlng));
    show(NEAR_ZOOM);
  };

  function listen() {
    find("locate").addEventListener("click", locate);
    find("middle").addEventListener("click", () => map && onMap(map.getCenter()));
    find("coordinates").addEventListener("change", () => {
      find("accuracy").value = "";
      show(NEAR_ZOOM);
    });
  }

  report.place = { listen, show };
})();
