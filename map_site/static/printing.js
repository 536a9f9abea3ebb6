// Maps on paper: while the page is printed a map has the size that the style sheet gives it there,
// and is drawn for it, whole. A browser lays a page out for paper only after it has asked, too late
// for a canvas; so the class `printing` gives the map its size on paper before.
(function () {
  "use strict";

  const QUIET_MS = 800; // after the last drawing

  // `frame()` moves the map to what is to be seen whole; `layers` are those whose tiles paper needs.
  fahsai.printing = (map, frame, layers = []) => {
    let view = null;

    function begin() {
      if (view) return;
      view = [map.getCenter(), map.getZoom()];
      document.documentElement.classList.add("printing");
      map.fahsaiAtOnce = true;
      resize(frame);
    }

    function end() {
      if (!view) return;
      const [center, zoom] = view;
      view = null;
      document.documentElement.classList.remove("printing");
      map.fahsaiAtOnce = false;
      resize(() => map.setView(center, zoom, { animate: false }));
    }

    function resize(move) {
      map.invalidateSize({ animate: false, pan: false });
      move();
      map.fahsaiLabels?.placeNow();
    }

    // What paper shows is asked for while nothing else is to be done: printing waits for no tile.
    // Not with every drawing: each day of a play would ask for its own.
    function fetchTiles() {
      if (view) return;
      for (const { source, period, _map } of layers)
        if (_map) for (const tile of source.cover(fahsai.worldBox(map.getBounds().pad(0.5)), map.getZoom() - 1))
          if (!source.have(tile, period)) source.ask(tile, period).catch(() => {});
    }

    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    let waiting = null;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(fetchTiles, QUIET_MS);
    };
    for (const layer of layers) layer.on("drawn", later);
  };
})();
