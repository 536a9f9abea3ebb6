// A legend that lies on the map itself, for notebooks and files that have no page around the map.
(function () {
  "use strict";

  const { MAP_WORDS, classesOf, directionSwatch, element, markSize, number, sprite, time, worded } = fahsai;

  const BARE = "#fdfdfb"; // the land, as tokens.css has it
  const ROOM_PX = [420, 480]; // a map smaller than that has its legend folded at first

  const Legend = L.Control.extend({
    options: { position: "bottomleft" },

    initialize(layer) {
      L.Control.prototype.initialize.call(this, {});
      this.layer = layer;
    },

    onAdd(map) {
      const { title } = this.layer.declaration;
      const told = element("div", "");
      const folded = element("details", "", element("summary", "", title), told);
      const { x, y } = map.getSize();
      folded.open = x >= ROOM_PX[0] && y >= ROOM_PX[1];
      const box = element("section", "fahsai-legend", folded);
      box.setAttribute("aria-label", title);
      L.DomEvent.disableClickPropagation(box);
      this.stop = keepTold(told, this.layer, map);
      return box;
    },

    onRemove() { this.stop(); },
  });

  // Says in an element what a layer shows, now and with every drawing; returns what ends it.
  function keepTold(box, layer, map) {
    const tell = () => layer._map && box.replaceChildren(...parts(layer));
    layer.on("drawn", tell);
    map.on("moveend", tell);
    return () => { layer.off("drawn", tell); map.off("moveend", tell); };
  }

  // The same beside a map, for pages that have room for it.
  function legendBeside(box, layer, map) {
    const told = element("div", "");
    const section = element("section", "", element("h3", "", layer.declaration.title), told);
    box.append(section);
    keepTold(told, layer, map);
  }

  // What a layer shows, as elements; a surface tells its own.
  function parts(layer) {
    if (layer.told) return layer.told();
    const { declaration, source } = layer;
    const words = MAP_WORDS[declaration.language];
    const counts = layer.countsInView();
    const found = [];
    if (!counts && layer.isUnknown()) found.push(element("p", "", words.unknown));
    if (counts) found.push(element("p", "", words.inView(number(counts.count, declaration.language))));
    if (isEmpty(layer)) found.push(element("p", "", words.empty));
    if (counts && !counts.isWhole) found.push(element("p", "", words.part));
    found.push(...newestParts(layer, words));
    const isRamp = layer._drawn?.mode === "cells";
    if (declaration.geometry === "area") found.push(...areaParts(layer, words));
    else if (classesOf(declaration).length) found.push(classList(layer, counts));
    else if (declaration.style.turned_by) found.push(directionList(declaration.style, words));
    else if (!isRamp) found.unshift(swatchOf(declaration.style.mark, declaration.style.color));
    if (isRamp) found.push(...ramp(layer, words));
    if (source.isSimulated) found.push(element("p", "fahsai-simulated", words.simulated));
    return found;
  }

  // Of areas, of which none is counted.
  const isEmpty = ({ declaration, _drawn: drawn }) => declaration.geometry === "area" && drawn
    && !drawn.missing.length && drawn.tiles.every(({ pieces }) => !pieces?.length);

  // Of when those marks are that are each the newest of its place.
  function newestParts(layer, words) {
    const { style, fields, language } = layer.declaration;
    const times = style.newest || style.turned_by ? layer.timesInView() : null;
    if (!times) return [];
    if (!fields.some(({ name }) => name === "day"))
      return [element("p", "", words.newest(...new Set(times.map((at) => time(at, language)))))];
    const days = new Set(times.map((at) => time(at, language, { dateStyle: "medium" })));
    return [element("p", "", words.newestDay(time(times[1], language, { timeStyle: "short" }), ...days))];
  }

  function directionList({ color }, words) {
    const list = element("ul", "");
    for (const isKnown of [true, false])
      list.append(element("li", "", directionSwatch(isKnown, color, 32), element("span", "", isKnown ? words.goes : words.still)));
    return list;
  }

  // Of what is counted apart and not asked for there is no number: it is not drawn.
  function classList({ declaration, classes }, counts) {
    const { fields, style, language } = declaration;
    const words = MAP_WORDS[language];
    const field = fields.find(({ name }) => name === style.by);
    const list = element("ul", "");
    for (const value of classesOf(declaration)) {
      const copy = swatchOf(style.marks[value] || style.mark, style.colors[value] || style.color);
      const isDrawn = !classes || classes.has(value);
      const count = counts && isDrawn ? number(counts.byClass.get(value) || 0, language) : isDrawn ? "–" : words.undrawn;
      list.append(element("li", "", copy, element("span", "", worded(value, field || {}, language)),
        element("output", "", count)));
    }
    return list;
  }

  // Of areas: their classes, the steps of their own ramp, or their one colour; nothing of outlines,
  // or where the page gives the values.
  function areaParts({ declaration, options, values, _drawn: drawn }, words) {
    const { fields, style, language } = declaration;
    if (options.outlines || values) return [];
    const field = fields.find(({ name }) => name === style.by) || {};
    const list = element("ul", "");
    const add = (swatch, text) => list.append(element("li", "", swatch, element("span", "", text)));
    const filled = (color) => areaSwatch(fahsai.translucent(color, style.fill_opacity));
    if (style.ramp.length) {
      const limits = drawn ? fahsai.rampLimits(style, drawn.tiles) : [];
      limits.forEach((least, i) => add(areaSwatch(style.ramp[i]), rangeText(least, limits[i + 1], field, language)));
      // What is not compared has a row, and is hatched; where there is none the ground is bare.
      const isComparison = fields.some(({ name }) => name === "compared");
      if (isComparison) add(areaSwatch(null), words.uncompared);
      add(areaSwatch(isComparison ? BARE : null), words.unknown);
      return [element("p", "", [field.title, field.unit].filter(Boolean).join(" ")), list];
    }
    const named = classesOf(declaration);
    if (!named.length) add(filled(style.color), declaration.title);
    for (const value of named)
      add(style.hatched.includes(value) ? areaSwatch(null) : filled(style.colors[value] || style.color), worded(value, field, language));
    return style.against ? [...threshold(fields, style, language, drawn), list] : [list];
  }

  // What the areas that are drawn were judged by.
  function threshold(fields, { against }, language, drawn) {
    const { title, unit, decimals } = fields.find(({ name }) => name === against);
    const told = (drawn?.tiles || []).flatMap(({ pieces }) => (pieces || []).map(({ properties }) => properties[against]));
    const values = [...new Set(told.filter(Number.isFinite))].sort((a, b) => a - b);
    return values.length ? [element("p", "", `${title} ${values.map((one) => number(one, language, decimals)).join(", ")} ${unit}`)] : [];
  }

  function rangeText(least, after, { decimals }, language) {
    const said = (value) => number(value, language, decimals);
    if (least === -Infinity) return `< ${said(after)}`;
    return after === undefined ? `${said(least)}+` : `${said(least)} – < ${said(after)}`;
  }

  // A box of the colour; the hatch of what is not known without one.
  function areaSwatch(color) {
    const copy = fahsai.newCanvas(32, 32);
    const pen = copy.getContext("2d");
    pen.fillStyle = color || fahsai.hatch(pen, 2);
    pen.fillRect(1, 1, 30, 30);
    pen.strokeStyle = "#829097";
    pen.strokeRect(1, 1, 30, 30);
    return copy;
  }

  function swatchOf(mark, color) {
    const swatch = sprite(mark, color, 12, 2);
    const copy = fahsai.newCanvas(swatch.width, swatch.height);
    copy.getContext("2d").drawImage(swatch, 0, 0);
    return copy;
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

  Object.assign(fahsai, { legend: (layer) => new Legend(layer), legendBeside, legendParts: parts, areaSwatch, stepNames, markSize });
})();
