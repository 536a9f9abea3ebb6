// A legend that lies on the map itself, for notebooks and files that have no page around the map.
(function () {
  "use strict";

  const { MAP_WORDS, classesOf, element, markSize, number, sprite, worded } = fahsai;

  const Legend = L.Control.extend({
    options: { position: "bottomleft" },

    initialize(layer) {
      L.Control.prototype.initialize.call(this, {});
      this.layer = layer;
    },

    onAdd(map) {
      this.box = element("section", "fahsai-legend");
      this.box.setAttribute("aria-label", this.layer.declaration.title);
      L.DomEvent.disableClickPropagation(this.box);
      this.tell = () => this.layer._map && this.box.replaceChildren(...parts(this.layer));
      this.layer.on("drawn", this.tell);
      map.on("moveend", this.tell);
      return this.box;
    },

    onRemove(map) {
      this.layer.off("drawn", this.tell);
      map.off("moveend", this.tell);
    },
  });

  function parts(layer) {
    const { declaration, source } = layer;
    const words = MAP_WORDS[declaration.language];
    const counts = layer.countsInView();
    const found = [element("h3", "", declaration.title)];
    if (counts) found.push(element("p", "", words.inView(number(counts.count, declaration.language))));
    if (declaration.geometry !== "area") found.push(classList(layer, counts));
    if (layer._drawn?.mode === "cells") found.push(...ramp(layer, words));
    if (source.isSimulated) found.push(element("p", "fahsai-simulated", words.simulated));
    return found;
  }

  function classList({ declaration }, counts) {
    const { fields, style, language } = declaration;
    const field = fields.find(({ name }) => name === style.by);
    const list = element("ul", "");
    for (const value of classesOf(declaration)) {
      const swatch = sprite(style.marks[value] || style.mark, style.colors[value] || style.color, 12, 2);
      const copy = fahsai.newCanvas(swatch.width, swatch.height);
      copy.getContext("2d").drawImage(swatch, 0, 0);
      const count = counts ? number(counts.byClass.get(value) || 0, language) : "–";
      list.append(element("li", "", copy, element("span", "", worded(value, field || {}, language)),
        element("output", "", count)));
    }
    return list;
  }

  function ramp(layer, words) {
    const { declaration, breaks } = layer;
    const { language, style } = declaration;
    const colors = style.cells.length ? style.cells : fahsai.GREYS;
    const list = element("ol", "fahsai-ramp");
    fahsai.stepNames(breaks, language).forEach((name, i) => {
      const swatch = element("i", "");
      swatch.style.background = colors[i];
      list.append(element("li", "", swatch, element("span", "", name)));
    });
    const km = number(Number(layer.cellWidthKm().toPrecision(2)), language);
    return [element("p", "", words.width(km)), list];
  }

  // "1–2", "3–5", … "24+"
  function stepNames(breaks, language) {
    return breaks.map((least, i) => {
      const last = breaks[i + 1] - 1;
      if (i === breaks.length - 1) return `${number(least, language)}+`;
      return last === least ? number(least, language) : `${number(least, language)}–${number(last, language)}`;
    });
  }

  Object.assign(fahsai, { legend: (layer) => new Legend(layer), stepNames, markSize });
})();
