// A picture of the map for slides and reports: title, legend, scale, time, sources and the mark of
// simulated data around it; all of the country, whatever the window's size.
(function () {
  "use strict";

  const WIDTH = 1240; // A4 at 150 dpi, upright
  const HEIGHT = 1754;
  const MOST_HEIGHT = 4000; // with the legends of all that can be switched on
  const MAP = { x: 40, y: 190, width: 1160, height: 1300 };
  const INK = "#14232b";
  const QUIET = "#4a5a62";
  const LINE = 28;
  const LANDS = "neighbours.geojson";
  const PATIENCE_MS = 20_000;

  // A Blob of PNG. `wordsOf(side)` says what stands around the map that is drawn for it.
  async function picture(context, shows) {
    await Promise.all(["600 40px Sarabun", "400 22px Sarabun"].map((font) => document.fonts.load(font, "กู้ที่ 1")));
    const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: MOST_HEIGHT });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, WIDTH, MOST_HEIGHT);
    let foot = HEIGHT;
    const drawn = await drawnMap(context, shows);
    try {
      paintMap(pen, drawn.box);
      paintScale(pen, drawn.map);
      foot = paintWords(pen, { ...context, ...context.wordsOf(drawn.side) });
    } finally {
      drawn.map.remove();
      drawn.box.remove();
    }
    return new Promise((resolve) => cut(canvas, Math.max(HEIGHT, foot + 40)).toBlob(resolve, "image/png"));
  }

  function cut(canvas, height) {
    const made = Object.assign(document.createElement("canvas"), { width: WIDTH, height: Math.min(height, MOST_HEIGHT) });
    made.getContext("2d").drawImage(canvas, 0, 0);
    return made;
  }

  // A map beside the page, as large as the picture's.
  async function drawnMap({ data, chosen }, { side, facts }) {
    const box = document.createElement("div");
    box.className = "picture-map";
    box.id = "picture-map";
    box.setAttribute("aria-hidden", "true");
    document.body.append(box);
    box.style.width = `${MAP.width}px`;
    box.style.height = `${MAP.height}px`;
    const land = document.querySelector("[data-land]").dataset.land;
    const map = fahsai.map(box.id, { zoomControl: false, zoomAnimation: false, fadeAnimation: false,
      center: [13, 101], zoom: 6, zoomSnap: 0 }, land || LANDS);
    const copy = ({ declaration, source, url }) => (source ? fahsai.vectorLayer(declaration, { tiles: source.url }, { popup: false }) : fahsai.rasterLayer(declaration, { url }));
    const layers = Object.fromEntries(Object.entries(side.layers).map(([name, layer]) => [name, copy(layer)]));
    const own = new fahsai.Side(map, layers, data);
    const shown = [layers.provinces, data.time === "day" ? own.own : null, ...chosen.layers.map((name) => layers[name])];
    const drawn = shown.filter(Boolean).map((layer) => new Promise((resolve) => layer.on("drawn", resolve)));
    own.frame(side.map.getZoom() > 7.5 ? side.place : null);
    own.named = own.show(facts, chosen);
    const isLand = map.fahsaiLand ? Promise.resolve() : new Promise((resolve) => map.on("land", resolve));
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
    try {
      await Promise.race([Promise.all([...drawn, isLand, map.fahsaiPlaces]), late]);
      await own.named;
      await new Promise((resolve) => setTimeout(resolve, 500)); // land, waters and names are drawn a frame later
    } catch (problem) {
      map.remove();
      box.remove();
      throw problem;
    }
    return { box, map, side: own };
  }

  function paintMap(pen, box) {
    const outer = box.getBoundingClientRect();
    pen.save();
    pen.beginPath();
    pen.rect(MAP.x, MAP.y, MAP.width, MAP.height);
    pen.clip();
    pen.fillStyle = "#ebf1f3";
    pen.fillRect(MAP.x, MAP.y, MAP.width, MAP.height);
    for (const canvas of byDepth(box)) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      pen.drawImage(canvas, MAP.x + left - outer.left, MAP.y + top - outer.top, width, height);
    }
    for (const text of box.querySelectorAll("svg text")) paintName(pen, text, outer);
    pen.restore();
    pen.strokeStyle = "#829097";
    pen.strokeRect(MAP.x, MAP.y, MAP.width, MAP.height);
  }

  // A name as the map has it, with its halo; a Thai word is one text and is drawn as one.
  function paintName(pen, text, outer) {
    const { fontStyle, fontWeight, fontSize, fontFamily, fill } = getComputedStyle(text);
    const { left, top, width, height } = text.getBoundingClientRect();
    if (!width) return;
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    const [x, y] = [MAP.x + left - outer.left + width / 2, MAP.y + top - outer.top + height * 0.75];
    Object.assign(pen, { strokeStyle: "rgb(255 255 255 / 85%)", lineWidth: 3, lineJoin: "round", fillStyle: fill });
    pen.strokeText(text.textContent, x, y);
    pen.fillText(text.textContent, x, y);
  }

  // From the lowest pane, and in each from the lowest canvas.
  const byDepth = (box) => [...box.querySelectorAll("canvas")].sort((a, b) =>
    depth(a.closest(".leaflet-pane")) - depth(b.closest(".leaflet-pane")) || depth(a) - depth(b));
  const depth = (element) => Number(getComputedStyle(element).zIndex) || 0;

  function paintScale(pen, map) {
    const y = MAP.height - 24;
    const km = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([200, y])) / 1000;
    const round = [1, 2, 5].flatMap((n) => [n, 10 * n, 100 * n]).filter((n) => n <= km).sort((a, b) => a - b).at(-1) || 1;
    const long = (200 * round) / km;
    const right = MAP.x + MAP.width - 20;
    pen.strokeStyle = pen.fillStyle = INK;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(right - long, MAP.y + y - 8);
    pen.lineTo(right - long, MAP.y + y);
    pen.lineTo(right, MAP.y + y);
    pen.lineTo(right, MAP.y + y - 8);
    pen.stroke();
    write(pen, `${round} ${document.documentElement.lang === "en" ? "km" : "กม."}`, right - long / 2, MAP.y + y - 10, 19, { align: "center" });
  }

  function write(pen, text, x, y, size, { weight = 400, color = INK, align = "left" } = {}) {
    pen.font = `${weight} ${size}px Sarabun, "Noto Sans Thai", sans-serif`;
    pen.fillStyle = color;
    pen.textAlign = align;
    pen.textBaseline = "alphabetic";
    pen.fillText(text, x, y);
    return pen.measureText(text).width;
  }

  // Returns where they end.
  function paintWords(pen, { data, words, title, period, total, change, legend, further, site, address, printedAt }) {
    if (data.simulated) paintMark(pen, site.simulated);
    write(pen, title, 40, 92, 40, { weight: 600 });
    write(pen, period, 40, 130, 24, { color: QUIET });
    write(pen, total, WIDTH - 40, 92, 34, { weight: 600, align: "right" });
    write(pen, change, WIDTH - 40, 130, 22, { color: QUIET, align: "right" });
    let x = 40;
    const y = MAP.y + MAP.height + 50;
    write(pen, legend.title, 40, y - 16, 20, { weight: 600 });
    for (const { color, hatched, text } of legend.steps) {
      pen.fillStyle = color || "#fff";
      pen.fillRect(x, y, 34, 20);
      if (hatched) paintHatch(pen, x, y, 34, 20, "#9aa7ad");
      pen.strokeStyle = "rgb(20 35 43 / 30%)";
      pen.lineWidth = 1;
      pen.strokeRect(x, y, 34, 20);
      x += 44 + write(pen, text, x + 42, y + 17, 19) + 24;
      if (x > WIDTH - 160) break;
    }
    const at = { y: y + 66 };
    paintLines(pen, legend.note, at);
    for (const one of further) paintFurther(pen, one, at);
    const sources = new Set([data.sources, ...further.map((one) => one.sources)]);
    paintLines(pen, `${words.sources}: ${[...sources].join(" · ")}`, at, 18);
    paintLines(pen, `${address} · ${printedAt}`, at, 17);
    write(pen, fahsai.citedLine(), 40, at.y, 17, { color: QUIET }); // of this map, if it was cited
    return at.y;
  }

  // From `at.y` on, which is then the line below.
  function paintLines(pen, text, at, size = 19, style = { color: QUIET }) {
    for (const part of wrapped(pen, text, WIDTH - 80, size)) { write(pen, part, 40, at.y, size, style); at.y += LINE; }
  }

  // The legend of a layer that is switched on, by the elements that the page shows.
  function paintFurther(pen, { title, caption, parts }, at) {
    at.y += 12;
    paintLines(pen, title, at, 20, { weight: 600 });
    if (caption) paintLines(pen, caption, at);
    for (const part of parts) {
      const items = part.querySelectorAll("li");
      if (items.length) paintItems(pen, items, at);
      else if (part.tagName === "CANVAS") { pen.drawImage(part, 40, at.y - 17, 22, 22); at.y += LINE; }
      else paintLines(pen, part.textContent, at);
    }
    at.y += 12;
  }

  function paintItems(pen, items, at) {
    let x = 40;
    for (const { children: [swatch, ...texts] } of items) {
      const text = texts.map(({ textContent }) => textContent).join(" ");
      pen.font = '400 19px Sarabun, "Noto Sans Thai", sans-serif';
      const width = 30 + pen.measureText(text).width + 24;
      if (x > 40 && x + width > WIDTH - 40) { x = 40; at.y += LINE; }
      pen.fillStyle = swatch.style.background;
      if (swatch.tagName === "CANVAS") pen.drawImage(swatch, x, at.y - 17, 22, 22);
      else pen.fillRect(x, at.y - 17, 22, 22);
      write(pen, text, x + 30, at.y, 19);
      x += width;
    }
    at.y += LINE;
  }

  function paintMark(pen, text) {
    paintHatch(pen, 40, 22, 60, 18, INK);
    write(pen, text, 112, 38, 20, { weight: 600 });
    pen.save();
    pen.globalAlpha = 0.08;
    paintHatch(pen, MAP.x, MAP.y, MAP.width, MAP.height, INK, 60);
    pen.restore();
  }

  function paintHatch(pen, x, y, width, height, color, step = 8) {
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width, height);
    pen.clip();
    pen.strokeStyle = color;
    pen.lineWidth = Math.max(1.5, step / 20);
    pen.beginPath();
    for (let at = x - height; at < x + width; at += step) { pen.moveTo(at, y + height); pen.lineTo(at + height, y); }
    pen.stroke();
    pen.restore();
  }

  // Broken between words alone, which Thai has without spaces between them.
  function wrapped(pen, text, width, size) {
    pen.font = `400 ${size}px Sarabun`;
    const parts = [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(text)].map(({ segment }) => segment);
    const lines = [""];
    for (const part of parts) {
      if (pen.measureText(lines.at(-1) + part).width > width) lines.push(part.trimStart());
      else lines[lines.length - 1] += part;
    }
    return lines;
  }

  fahsai.themePicture = picture;
})();
