// Maps on paper: while the page is printed a map has the size that the style sheet gives it there,
// and is drawn for it, whole. A browser lays a page out for paper only after it has asked, too late
// for a canvas; so the class `printing` gives the map its size on paper before.
(function () {
  "use strict";

  const QUIET_MS = 800; // after the last drawing
  const UNFINISHED = {
    th: "แผนที่นี้ยังโหลดไม่ครบเมื่อสั่งพิมพ์ โปรดพิมพ์ใหม่อีกครั้ง",
    en: "This map was not complete when it was printed: please print again",
  };

  // `view()` is what is to be seen whole, for the size that the map then has; `layersOf()` are those
  // whose tiles paper needs, null for one that is still to come.
  fahsai.printing = (map, view, layersOf = () => []) => {
    let before = null;
    const note = L.DomUtil.create("p", "map-unfinished");
    note.textContent = UNFINISHED[document.documentElement.lang === "en" ? "en" : "th"];

    function begin() {
      if (before || !map.getContainer().clientWidth) return; // hidden, as what is not compared
      before = { center: map.getCenter(), zoom: map.getZoom() };
      asPaper(true);
      resize(view);
      if (!layersOf().every((layer) => layer?.isWhole())) map.getContainer().append(note);
      map.getContainer().querySelectorAll("canvas").forEach(rasterise);
    }

    function end() {
      if (!before) return;
      note.remove();
      asPaper(false);
      resize(() => before);
      before = null;
    }

    function asPaper(isPaper) {
      document.documentElement.classList.toggle("printing", isPaper);
      map.fahsaiAtOnce = isPaper;
    }

    function resize(wanted) {
      map._sizeChanged = true; // `invalidateSize` would draw, and ask for, the old view in the new size
      fahsai.showView(map, wanted());
      map.fahsaiLabels?.placeNow();
    }

    // What was drawn since the last frame Chromium prints as strokes, and their clearing as white paper
    // over all that lies beneath; a pixel that is read and put back makes a picture of them.
    function rasterise(canvas) {
      const pen = canvas.getContext("2d");
      if (canvas.width && canvas.height) pen.putImageData(pen.getImageData(0, 0, 1, 1), 0, 0);
    }

    // What paper shows is asked for while nothing else is to be done: printing waits for no tile.
    // Not with every drawing: each day of a play would ask for its own.
    function fetchTiles() {
      if (before || !map.getContainer().clientWidth) return;
      const { box, zoom } = onPaper();
      for (const { source, period } of layersOf().filter((layer) => layer?._map))
        for (const tile of source.cover(box, zoom))
          if (!source.have(tile, period)) source.ask(tile, period).catch(() => {});
    }

    // Where and how large the map would be, had the page been printed now; nothing is drawn of it.
    function onPaper() {
      asPaper(true);
      const { clientWidth, clientHeight } = map.getContainer();
      const onScreen = map.getSize();
      map._size = L.point(clientWidth, clientHeight); // by which Leaflet fits bounds
      const { center, zoom } = view();
      const half = map._size.divideBy(2);
      map._size = onScreen;
      asPaper(false);
      const middle = map.project(center, zoom);
      const corner = (point) => map.unproject(point, zoom);
      const bounds = L.latLngBounds(corner(middle.subtract(half)), corner(middle.add(half)));
      return { box: fahsai.worldBox(bounds.pad(0.2)), zoom };
    }

    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    let waiting = null;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(fetchTiles, QUIET_MS);
    };
    const watch = (layer) => { layer.on("drawn", later); later(); };
    map.on("layeradd", ({ layer }) => layersOf().includes(layer) && watch(layer));
    layersOf().filter((layer) => layer?._map).forEach(watch);
  };
})();
