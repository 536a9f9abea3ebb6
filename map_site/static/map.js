// The map itself: the land beneath the layers, and the keyboard's way in and out of popups.
(function () {
  "use strict";

  const { WORDS, json } = fahsai;
  const COUNTRY = [[5.55, 97.2], [20.5, 105.75]]; // how a map of the whole country is framed
  const words = WORDS[document.documentElement.lang === "en" ? "en" : "th"];
  // Leaflet's own controls speak the page's language.
  L.Control.Zoom.mergeOptions({ zoomInTitle: words.closer, zoomOutTitle: words.farther });
  L.Control.Scale.include({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      const label = metres < 1000 ? `${metres} ${words.m}` : `${metres / 1000} ${words.km}`;
      this._updateScale(this._mScale, label, metres / most);
    },
  });
  const FINGER = matchMedia("(pointer: coarse)").matches;

  function map(id, options, land) {
    const made = L.map(id, {
      minZoom: 4, maxZoom: 18, maxBounds: [[-4, 84], [32, 120]], maxBoundsViscosity: 0.8,
      renderer: L.canvas({ tolerance: FINGER ? 12 : 4 }), // px beside a mark that still mean the mark
      ...options,
    });
    made.attributionControl.setPrefix("Leaflet");
    for (const [name, depth] of [["rasters", 300], ["names", 450]]) // names over areas, under marks
      Object.assign(made.createPane(name).style, { zIndex: depth, pointerEvents: "none" });
    const names = () => made.getContainer().classList.toggle("fahsai-near", made.getZoom() >= 8);
    made.on("zoomend", names);
    names();
    surround(made, land);
    document.addEventListener("keydown", (event) => event.key === "Escape" && made.closePopup());
    keepFocus(made);
    unfoldCredits(made);
    return made;
  }

  // The ground beneath and the names above. `land` is the address of the outlines, beside which the
  // waters and the places lie, or { outlines, places, waters } carried in the page itself. The layers
  // do without any of it.
  function surround(made, land) {
    const base = typeof land === "string" ? land.replace(/\/[^/]+$/, "") : null;
    const language = document.documentElement.lang === "en" ? "en" : "th";
    const show = (outlines) => {
      made.fahsaiLand = rings(outlines);
      made.fire("land");
      fahsai.ground(made, { base, land: outlines, waters: land.waters });
    };
    if (base) json(land).then(show, () => {});
    else show(land.outlines);
    made.fahsaiLabels = fahsai.labels(made, {});
    made.fahsaiPlaces = fahsai.addPlaces(made.fahsaiLabels, { base, places: land.places, language }).catch(() => ({}));
    made.fahsaiPlaces.then(({ province }) => (made.fahsaiProvinces = province));
  }

  // Outlines as fractions of the world, x and y by turns, for what is clipped to land; each with the
  // code of its country.
  function rings({ features }) {
    return features.flatMap(({ properties: { code }, geometry: { type, coordinates } }) =>
      (type === "MultiPolygon" ? coordinates : [coordinates]).flat().map((places) => {
        const ring = Float64Array.from(places.flatMap(([lon, lat]) => [fahsai.worldX(lon), fahsai.worldY(lat)]));
        return { code, ring, box: fahsai.worldBox(L.latLngBounds(places.map(([lon, lat]) => [lat, lon]))) };
      }));
  }

  // Credits that are cut can be opened by touch and by key, not by a pointer alone.
  function unfoldCredits(made) {
    const line = made.attributionControl.getContainer();
    const box = made.getContainer();
    const button = L.DomUtil.create("button", "fahsai-credits", line.parentElement);
    Object.assign(button, { type: "button", textContent: words.credits });
    L.DomEvent.disableClickPropagation(button);
    const open = (isOpen) => {
      box.classList.toggle("credits-open", isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
    };
    const measure = () => {
      if (box.classList.contains("credits-open")) return;
      box.classList.remove("credits-cut"); // whose button takes room of its own
      box.classList.toggle("credits-cut", line.scrollWidth > line.clientWidth);
    };
    button.addEventListener("click", () => open(!box.classList.contains("credits-open")));
    open(false);
    new ResizeObserver(measure).observe(box);
    made.on("layeradd layerremove", measure);
  }

  // The popup takes the focus, and gives it back to the mark that opened it.
  function keepFocus(made) {
    let before = null;
    made.on("popupopen", ({ popup: opened }) => {
      before = document.activeElement;
      const box = opened.getElement();
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-label", box.querySelector("h3")?.textContent || words.popup);
      const close = box.querySelector(".leaflet-popup-close-button");
      close?.setAttribute("aria-label", words.close);
      if (before?.classList.contains("leaflet-marker-icon")) close?.focus({ preventScroll: true });
    });
    made.on("popupclose", () => before?.isConnected && before.focus({ preventScroll: true }));
  }

  // On paper the credits take as many lines as they need, at the foot.
  const creditsOf = (made) => (made.fahsaiAtOnce ? made.attributionControl.getContainer().offsetHeight + 4 : 0);

  // The view, { center, zoom }, that shows all of the bounds as large as it goes.
  function fit(made, bounds, options = {}) {
    const [right, bottom] = options.paddingBottomRight || options.padding || [0, 0];
    const padded = { ...options, paddingTopLeft: options.paddingTopLeft || options.padding, padding: null,
      paddingBottomRight: [right, bottom + creditsOf(made)] };
    return unsnapped(made, () => made._getBoundsCenterZoom(L.latLngBounds(bounds), padded));
  }

  function showView(made, { center, zoom }) {
    unsnapped(made, () => made.setView(center, zoom, { animate: false }));
  }

  function unsnapped(made, go) {
    const { zoomSnap } = made.options;
    made.options.zoomSnap = 0;
    const found = go();
    made.options.zoomSnap = zoomSnap;
    return found;
  }

  // A theme's five colours, low to high, as the style sheet has them.
  function rampOf(theme) {
    const style = getComputedStyle(document.documentElement);
    return [1, 2, 3, 4, 5].map((step) => style.getPropertyValue(`--${theme}-${step}`).trim());
  }

  // A button with what may lie beneath: `choices` [{name, title, layer}]. That is shown which the
  // address names, `first` without one; what is chosen goes into it, for every map of the page.
  function chooseBackground(made, choices, { title, first }) {
    const asked = () => {
      const name = new URLSearchParams(location.search).get("background");
      return choices.some((one) => one.name === name) ? name : first;
    };
    const show = () => {
      const name = asked();
      for (const one of choices)
        if (one.name !== name && made.hasLayer(one.layer)) made.removeLayer(one.layer);
      made.addLayer(choices.find((one) => one.name === name).layer);
    };
    show();
    const named = Object.fromEntries(choices.map((one) => [one.title, one.layer]));
    const control = L.control.layers(named, null, { position: "topright" }).addTo(made);
    const button = control.getContainer().querySelector(".leaflet-control-layers-toggle");
    button.title = title;
    button.setAttribute("aria-label", title);
    made.on("baselayerchange", ({ layer }) => {
      const { name } = choices.find((one) => one.layer === layer);
      if (name === asked()) return;
      (fahsai.keepBackground || keepBackground)(name === first ? null : name);
      document.dispatchEvent(new CustomEvent("fahsai:background"));
    });
    document.addEventListener("fahsai:background", show);
    window.addEventListener("popstate", show);
  }

  // In the address of the page, and in that of its other language.
  function keepBackground(name) {
    const changed = (href) => {
      const url = new URL(href, location.href);
      if (name) url.searchParams.set("background", name);
      else url.searchParams.delete("background");
      return url.href.replaceAll("%2C", ",");
    };
    history.pushState(history.state, "", changed(location.href));
    const link = document.querySelector("a.language");
    if (link) link.href = changed(link.href);
  }

  Object.assign(fahsai, { COUNTRY, map, fit, showView, rampOf, chooseBackground });
})();
