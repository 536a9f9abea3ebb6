// Symbols and the compass, as SVG: what is drawn is in the list as well.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const { say, count, radius, names } = field.say;
  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    sugarcane: "M0-6.5 6.500 5.200h-13z",
    paddy: "M-5.200-5.200H5.200V5.200H-5.200z",
    maize: "M0-7 7 0 0 7-7 0z",
    forest: "M-5.800 0a5.800 5.800 0 1 0 11.600 0a5.800 5.800 0 1 0-11.600 0z",
    other: "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
  };
  const RINGS = { 5: [1, 2.5, 5], 10: [2.5, 5, 10], 25: [5, 10, 25], 50: [10, 25, 50] };
  const SIZE = 400;
  const EDGE = 178; // the outer ring, in units of the drawing
  const AQI = ["very_good", "good", "moderate", "unhealthy_start", "unhealthy"];
  const STANDARD_PM25 = 37.5;

  // An element of HTML; what is text is put in as text.
  function element(name, attributes = {}, ...children) {
    return filled(document.createElement(name), attributes, children);
  }
  function drawn(name, attributes = {}, ...children) {
    return filled(document.createElementNS(SVG, name), attributes, children);
  }
  function filled(made, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...children.filter((one) => one != null && one !== false));
    return made;
  }

  function picture(kind, width, height, box, ...children) {
    return drawn("svg", { class: kind, width, height, viewBox: box, "aria-hidden": "true", focusable: "false" }, ...children);
  }

  const shapeOf = (landUse) => (landUse in SHAPES ? landUse : "other");
  const fireShape = (landUse, scale = 1) =>
    drawn("path", { class: `fire part-${shapeOf(landUse)}`, d: SHAPES[shapeOf(landUse)], transform: `scale(${scale})` });
  const factoryShape = (certified) =>
    drawn("rect", { class: certified ? "factory certified" : "factory", x: -4.5, y: -4.5, width: 9, height: 9 });

  // PM2.5 with its official colour; none where it is `old`.
  function pill(station, old) {
    const value = station.pm25_ug_m3;
    if (value == null) return element("span", { class: "aqi aqi-unknown" }, "–");
    const step = old ? 0 : AQI.indexOf(station.aqi_class) + 1;
    const above = value > STANDARD_PM25 ? " above" : "";
    return element("span", { class: `aqi aqi-${step || "unknown"}${above}` }, count(value));
  }
  const classOf = (station) => names.aqi_classes[station.aqi_class] || "";

  // The symbol before a row.
  function symbol(row) {
    if (row.kind === "stations") return pill(row.members[0]);
    const box = "-8 -8 16 16";
    if (row.kind === "fires") return picture("symbol", 36, 36, box, fireShape(row.land_use));
    return picture("symbol", 36, 36, box, factoryShape(row.certificate));
  }

  // Points from here to there.
  function needle(bearing) {
    return picture(
      "needle",
      28,
      28,
      "-14 -14 28 28",
      drawn("circle", { r: 12.5 }),
      drawn("path", { d: "M0-10 4.500-2h-9z", transform: `rotate(${Math.round(bearing)})` }),
    );
  }

  // Points to where smoke goes.
  const ARROW = "M-2.500-14h5V3H10L0 15-10 3h7.500z";
  function windArrow(from, size) {
    return picture(
      "wind-arrow",
      size * 0.75,
      size,
      "-12 -16 24 32",
      drawn("path", { d: ARROW, transform: `rotate(${Math.round(from)})` }),
    );
  }

  // The place in the middle, rings of distance, the quarter that the wind comes from.
  function compass(rows, wind, km) {
    const at = (metres, bearing) => {
      const far = (Math.min(metres / 1000, km * 1.03) / km) * EDGE;
      const turn = (bearing * Math.PI) / 180;
      return [far * Math.sin(turn), -far * Math.cos(turn)];
    };
    const fixed = (pair) => pair.map((number) => number.toFixed(1)).join(" ");
    const put = (shape, spot, scale = 1) =>
      drawn("g", { transform: `translate(${fixed(at(spot.distance_m, spot.bearing_deg))}) scale(${scale})` }, shape);
    const rings = RINGS[km] || [km / 4, km / 2, km];
    const made = drawn("svg", { class: "compass", viewBox: `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`, role: "img" });
    made.append(drawn("title", {}, told(rows, km)), drawn("circle", { class: "compass-ground", r: EDGE }));
    if (wind) {
      const [from, to] = [at(km * 1000, wind.from_deg - 45), at(km * 1000, wind.from_deg + 45)];
      made.append(drawn("path", { class: "compass-upwind", d: `M0 0L${fixed(from)}A${EDGE} ${EDGE} 0 0 1 ${fixed(to)}z` }));
    }
    for (const ring of rings) made.append(drawn("circle", { class: "compass-ring", r: (ring / km) * EDGE }));
    if (wind)
      for (const share of [0.94, 0.74]) {
        const [x, y] = at(km * 1000 * share, wind.from_deg);
        const turned = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${Math.round(wind.from_deg)}) scale(0.8)`;
        made.append(drawn("path", { class: "compass-smoke", d: ARROW, transform: turned }));
      }
    const of = (kind) => rows.filter((one) => one.kind === kind);
    for (const one of of("factories")) made.append(put(factoryShape(one.certificate), one, 0.9));
    for (const one of of("stations"))
      made.append(put(drawn("circle", { class: `station station-${AQI.indexOf(one.members[0].aqi_class) + 1}`, r: 6 }), one));
    for (const one of of("fires")) for (const fire of one.members) made.append(put(fireShape(one.land_use, 1.1), fire));
    for (const ring of rings) {
      const out = ((ring / km) * EDGE) / Math.SQRT2;
      // Within the ring, which goes on to the left above its words and to the right below them.
      made.append(drawn("text", { class: "compass-label", x: 4 - out, y: out - 2 }, radius(ring)));
    }
    const sides = [["north", 0, -EDGE - 8], ["east", EDGE + 3, 5, "start"], ["south", 0, EDGE + 18], ["west", -EDGE - 3, 5, "end"]];
    for (const [name, x, y, anchor = "middle"] of sides)
      made.append(drawn("text", { class: "compass-side", x, y, "text-anchor": anchor }, say(name)));
    made.append(drawn("circle", { class: "compass-here", r: 8 }), drawn("circle", { class: "compass-dot", r: 4 }));
    return made;
  }

  function told(rows, km) {
    const found = field.near.KINDS.map((kind) => [kind, rows.filter((one) => one.kind === kind)]).filter(([, of]) => of.length);
    const number = ([kind, of]) => (kind === "fires" ? of.reduce((sum, one) => sum + one.members.length, 0) : of.length);
    const what = found.map((one) => `${say(one[0])} ${say(`${one[0]}_count`, { count: count(number(one)) })}`).join(", ");
    return say("compass_says", { radius: radius(km), what: what || "–" });
  }

  field.draw = { RINGS, classOf, compass, element, needle, pill, symbol, windArrow };
})();
