// What a popup says: the place by its name, never by codes; where to go on from there. Values reach
// the page as text nodes alone: citizens write some of them.
(function () {
  "use strict";

  const { MAP_WORDS, classesOf, element, number, table, time, worded } = fahsai;
  const NAMES = ["name", "name_th", "factory_name"];
  // Parts of the address, from the smallest.
  const PARTS = ["subdistrict", "district", "province"];
  const PRECISION = { day: { dateStyle: "medium" }, month: { month: "long", year: "numeric" } };

  function openPopup(layer, feature, latlng) {
    const map = layer._map;
    const place = feature.latlng || latlng;
    const box = element("section", "fahsai-popup");
    const popup = L.popup({ maxWidth: 320, minWidth: 240 }).setLatLng(place).setContent(box);
    fill(box, layer, feature, place);
    popup.openOn(map);
    const id = feature.properties?.id ?? feature.code ?? null;
    layer.fire("popup", { id, latlng: place });
    popup.on("remove", () => layer.fire("popupclosed", { id }));
    const isCompleted = feature.kind === "point" || (feature.kind === "area" && layer.options.completed);
    if (isCompleted && id !== null) complete(box, popup, layer, feature, place);
    return popup;
  }

  // A tile tells little of a feature; the service tells all that is published.
  async function complete(box, popup, layer, feature, place) {
    try {
      const found = await layer.source.feature(id(feature));
      const properties = { ...feature.properties, ...found.properties };
      fill(box, layer, { ...feature, properties }, feature.kind === "point" ? pointOf(found) : place);
    } catch {
      box.append(element("p", "fahsai-quiet", MAP_WORDS[layer.declaration.language].some));
    }
    if (popup.isOpen()) popup.update();
  }

  // A tile's places are rounded to a 4096th of it.
  function pointOf({ geometry: { coordinates } }) {
    const [lng, lat] = coordinates.flat();
    return L.latLng(lat, lng);
  }

  const id = ({ properties }) => properties.id;

  function fill(box, layer, feature, place) {
    const parts = feature.kind === "cell" ? cellParts(layer, feature) : featureParts(layer, feature);
    box.replaceChildren(...parts, links(layer, feature, place));
  }

  function cellParts({ declaration }, { count, byClass }) {
    const { language, fields, style, title } = declaration;
    const words = MAP_WORDS[language];
    const field = fields.find(({ name }) => name === style.by);
    const rows = [...classesOf(declaration), null]
      .map((value, i) => [value === null ? words.none : worded(value, field || {}, language), byClass[i]])
      .filter(([, n]) => n > 0)
      .map(([name, n]) => [name, number(n, language)]);
    return [
      element("h3", "", title), element("p", "", words.count(number(count, language))),
      ...(field ? [table(rows, "fahsai-tally")] : []),
    ];
  }

  // By the names that the map itself shows.
  function provinceName(map, code) {
    const known = code && (map.fahsaiProvinces || []).find((one) => String(one.code) === String(code));
    return known ? known.text : "";
  }

  function featureParts({ declaration, _map: map }, { properties }) {
    const { language, fields, title, style } = declaration;
    const name = nameOf(properties, language);
    const kind = fields.find(({ name: known }) => known === style.by);
    const near = PARTS.map((part) => [part, properties[`${part}_th`]]).filter(([, text]) => text)
      .map(([part, text]) => MAP_WORDS[language][part] + text).join(" ");
    const place = near || provinceName(map, properties.province_code);
    const rows = fields
      .filter((field) => isTold(field, properties, language))
      .map((field) => [field.title, worded(properties[field.name], field, language)]);
    if (properties.observed_at) rows.unshift([fahsai.WORDS[language].observed,
      time(properties.observed_at, language, PRECISION[properties.time_precision])]);
    const said = kind && properties[kind.name] !== undefined && properties[kind.name] !== null
      ? `${title}: ${worded(properties[kind.name], kind, language)}` : title;
    const parts = [element("h3", "", name || place || said)];
    if (name || place) parts.push(element("p", "", said));
    if (name && place) parts.push(element("p", "", place));
    parts.push(Object.assign(table(rows), { tabIndex: 0 })); // of many rows it scrolls
    if (properties.others) parts.push(...othersParts(declaration, kind, properties.others));
    if (`${properties.source}, ${properties.sources}`.split(", ").includes("demo"))
      parts.push(element("p", "fahsai-simulated", MAP_WORDS[language].simulated));
    return parts;
  }

  // Of the same place at other times: when, and what the marks tell.
  function othersParts({ language }, kind, others) {
    const rows = others.map((one) => [time(one.observed_at, language, PRECISION[one.time_precision]), kind ? worded(one[kind.name], kind, language) : ""]);
    const list = element("div", "fahsai-others", table(rows, "fahsai-tally"));
    Object.assign(list, { tabIndex: 0, role: "group", ariaLabel: MAP_WORDS[language].others }); // of many it scrolls
    return [element("h4", "", MAP_WORDS[language].others), list];
  }

  const nameOf = (properties, language) =>
    properties[`name_${language}`] || NAMES.map((name) => properties[name]).find(Boolean) || null;

  // Codes, and what the heading says already, are left out.
  function isTold({ name }, properties) {
    const value = properties[name];
    if (value === null || value === undefined || value === "") return false;
    if (/(^|_)(code|id)$/.test(name) || /^(source|sources)$/.test(name)) return false;
    return !NAMES.includes(name) && name !== "name_en" && !PARTS.some((part) => name === `${part}_th`);
  }

  function links(layer, feature, { lat, lng }) {
    const words = MAP_WORDS[layer.declaration.language];
    const at = fahsai.at || ((address) => address); // in a notebook or a file there is no site
    const [latText, lonText] = [lat.toFixed(5), lng.toFixed(5)];
    const list = element("ul", "fahsai-links");
    const add = (href, text) => {
      const anchor = element("a", "", text);
      anchor.href = href;
      list.append(element("li", "", anchor));
      return anchor;
    };
    const page = feature.kind !== "cell" && layer.options.links.page;
    if (page) add(at(page.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(feature.properties[name] ?? ""))), words.page);
    if (layer.source.url) add(at(`/field?lat=${latText}&lon=${lonText}`), words.near);
    const directions = add(`https://www.google.com/maps/dir/?api=1&destination=${latText},${lonText}`, words.directions);
    Object.assign(directions, { target: "_blank", rel: "noopener noreferrer" });
    if (feature.kind === "cell") list.prepend(element("li", "", closer(layer, { lat, lng }, words)));
    return list;
  }

  function closer(layer, place, words) {
    const button = element("button", "", words.closer);
    button.type = "button";
    button.addEventListener("click", () => {
      const map = layer._map;
      map.closePopup();
      map.setView(place, Math.min(map.getZoom() + 2, map.getMaxZoom()));
    });
    return button;
  }

  Object.assign(fahsai, { openPopup });
})();
