// Elements and small drawings that ranking, table, legend and buttons are made of.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    triangle: "M8 2 14.500 13.500H1.500z", square: "M2.500 2.500h11v11h-11z", diamond: "M8 1.500 14.500 8 8 14.500 1.500 8z",
    circle: "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2z", cross: "M6 2h4v4h4v4h-4v4H6v-4H2V6h4z",
  };

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function svg(tag, attributes, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const picture = (kind, width, height, ...children) => svg("svg", {
    class: kind, viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", focusable: "false" }, ...children);

  function arrow(difference) {
    const d = difference > 0 ? "M4.500 0 9 8H0z" : "M4.500 8 0 0h9z";
    return picture("arrow", 9, 8, svg("path", { d }));
  }

  // "▲ 4 %" with the word that readers of the screen hear.
  function changed(change, words) {
    const made = make("span", { class: `change ${change.kind}` });
    if (change.difference)
      made.append(arrow(change.difference), make("span", { class: "unseen" }, `${words[change.difference > 0 ? "up" : "down"]} `));
    made.append(change.kind === "same" ? words.same : change.amount);
    return made;
  }

  // A bar as long as the value is of the highest, and a tick where last season's ended.
  function meter(value, before, highest, width = 52) {
    const long = highest ? Math.max((value / highest) * width, value ? 1 : 0) : 0;
    const made = picture("meter", width + 2, 16, svg("rect", { class: "bar-last", x: 0, y: 2, width: long.toFixed(1), height: 12 }));
    made.setAttribute("preserveAspectRatio", "none"); // as wide as its column
    if (before !== null && highest) {
      const x = Math.min((before / highest) * width, width);
      made.append(svg("rect", { class: "tick", x: x.toFixed(1), y: 0, width: 2, height: 16 }));
    }
    return made;
  }

  // Parts of a whole beside each other; cane is hatched and forest ruled, so that print needs no colour.
  function shares(parts, width = 84, height = 12) {
    const whole = parts.reduce((sum, [, amount]) => sum + amount, 0);
    const made = picture("shares", width, height);
    let left = 0;
    for (const [code, amount] of parts) {
      const wide = whole ? (amount / whole) * width : 0;
      if (wide) {
        const drawn = Math.max(wide - 1, 1);
        made.append(svg("rect", { class: `part part-${code}`, x: left.toFixed(1), y: 0, width: drawn.toFixed(1), height }));
        const d = texture(code, left, drawn, height);
        if (d) made.append(svg("path", { class: "part-texture", d }));
      }
      left += wide;
    }
    return made;
  }

  function texture(code, left, wide, height) {
    let d = "";
    if (code === "sugarcane")
      for (let x = left + 3; x < left + wide - 4; x += 5) d += `M${x.toFixed(1)} ${height}l4.800-${height}`;
    if (code === "forest") for (let x = left + 4; x < left + wide; x += 5) d += `M${x.toFixed(1)} 0v${height}`;
    return d;
  }

  function mark({ shape, color, fill, code }) {
    const look = fill === "open" ? { fill: "#fff", stroke: color, "stroke-width": "2.5" } : { fill: color, stroke: "#14232b", "stroke-opacity": ".35" };
    const drawn = [svg("path", { d: SHAPES[shape] || SHAPES.circle, ...look })];
    if (fill === "hatched") drawn.push(svg("path", { class: "part-texture", d: "M5 13 8 7M9 13l2-4.500" }));
    if (fill === "ruled") drawn.push(svg("path", { class: "part-texture", d: "M6 3v10M10 3v10" }));
    return picture(`mark mark-${code}`, 16, 16, ...drawn);
  }

  const count = (value) => (value === null || value === undefined ? "–" : Math.round(value).toLocaleString("en"));
  const decimal = (value) => (value === null || value === undefined ? "–" : value.toLocaleString("en", { maximumFractionDigits: 1 }));

  fahsai.drawing = { changed, count, decimal, make, mark, meter, picture, shares, svg };
})();
