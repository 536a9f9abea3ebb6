// The marks of points and the fills of areas, each drawn once and then copied.
(function () {
  "use strict";

  const INK = "#14232b";

  function canvas(width, height) {
    const made = document.createElement("canvas");
    made.width = width;
    made.height = height;
    return made;
  }

  // Shapes within a circle of the radius, of about the same area.
  const OUTLINES = {
    circle: (pen, r) => pen.arc(0, 0, r * 0.86, 0, 2 * Math.PI),
    square: (pen, r) => pen.rect(-r * 0.78, -r * 0.78, r * 1.56, r * 1.56),
    diamond: (pen, r) => polygon(pen, [[0, -r], [r, 0], [0, r], [-r, 0]]),
    triangle: (pen, r) => polygon(pen, [[0, -r], [r, r * 0.78], [-r, r * 0.78]]),
    cross: (pen, r) => {
      const [a, b] = [r * 0.34, r * 0.95];
      polygon(pen, [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a],
        [-b, a], [-b, -a], [-a, -a]]);
    },
  };

  const ARROW = [[0, -1], [0.6, -0.2], [0.2, -0.2], [0.2, 1], [-0.2, 1], [-0.2, -0.2], [-0.6, -0.2]];

  function polygon(pen, corners) {
    corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.closePath();
  }

  // A mark as a canvas whose middle is the place. `size` in CSS pixels.
  const sprites = new Map();
  function sprite({ shape, fill }, color, size, dpr) {
    const key = [shape, fill, color, size, dpr].join();
    if (!sprites.has(key)) sprites.set(key, drawn({ shape, fill }, color, size, dpr));
    return sprites.get(key);
  }

  function drawn({ shape, fill }, color, size, dpr) {
    const side = Math.ceil((size + 4) * dpr);
    const made = canvas(side, side);
    const pen = made.getContext("2d");
    pen.setTransform(dpr, 0, 0, dpr, side / 2, side / 2);
    pen.beginPath();
    OUTLINES[shape](pen, size / 2);
    if (fill === "open") {
      pen.fillStyle = "#fff";
      pen.fill();
      pen.lineWidth = Math.max(1.5, size / 6);
      pen.strokeStyle = color;
      pen.stroke();
      return made;
    }
    pen.lineWidth = 1.6; // half of it is outside: a white edge against what lies beneath
    pen.strokeStyle = "#fff";
    pen.stroke();
    pen.fillStyle = color;
    pen.fill();
    if (fill !== "plain" && size >= 11) lines(pen, fill, size);
    return made;
  }

  // Hatched: strokes from below to above; ruled: across.
  function lines(pen, fill, size) {
    pen.clip();
    pen.beginPath();
    pen.lineWidth = 0.8;
    pen.strokeStyle = "rgb(255 255 255 / 55%)";
    for (let at = -size; at <= size; at += 4) {
      if (fill === "hatched") { pen.moveTo(at - size, size); pen.lineTo(at + size, -size); }
      else { pen.moveTo(-size, at); pen.lineTo(size, at); }
    }
    pen.stroke();
  }

  // An arrow away from the place to where something goes that comes from `degrees` clockwise from
  // north, to the nearest ten; a ring around the place where there is no direction. The place itself
  // is free, for the mark of a station.
  const FREE_PX = 11;
  const RING_PX = FREE_PX + 4;
  const arrows = new Map();
  function arrow(degrees, color, size, dpr) {
    const turned = degrees === null ? null : (Math.round(degrees / 10) * 10 + 180) % 360;
    const key = [turned, color, size, dpr].join();
    if (!arrows.has(key)) arrows.set(key, drawnArrow(turned, color, size, dpr));
    return arrows.get(key);
  }

  function drawnArrow(turned, color, size, dpr) {
    const side = Math.ceil(2 * (FREE_PX + size + 2) * dpr);
    const made = canvas(side, side);
    const pen = made.getContext("2d");
    pen.setTransform(dpr, 0, 0, dpr, side / 2, side / 2);
    if (turned === null) {
      paintRing(pen, color);
      return made;
    }
    pen.rotate((turned * Math.PI) / 180);
    pen.translate(0, -FREE_PX - size / 2);
    paintArrow(pen, color, size);
    return made;
  }

  function paintRing(pen, color) {
    pen.beginPath();
    pen.arc(0, 0, RING_PX, 0, 2 * Math.PI);
    for (const [width, style] of [[4, "#fff"], [2, color]]) {
      Object.assign(pen, { lineWidth: width, strokeStyle: style });
      pen.stroke();
    }
  }

  // Upright, its middle at the pen's.
  function paintArrow(pen, color, size) {
    pen.beginPath();
    polygon(pen, ARROW.map(([x, y]) => [(x * size) / 2, (y * size) / 2]));
    pen.lineWidth = 2.4;
    pen.strokeStyle = "#fff";
    pen.stroke();
    pen.fillStyle = color;
    pen.fill();
  }

  // An arrow, or the ring of what has no direction, on a canvas of that many px for a legend.
  function directionSwatch(isKnown, color, side) {
    const made = canvas(side, side);
    const pen = made.getContext("2d");
    pen.translate(side / 2, side / 2);
    const scale = side / (2 * (RING_PX + 2));
    pen.scale(scale, scale);
    if (isKnown) paintArrow(pen, color, 2 * RING_PX);
    else paintRing(pen, color);
    return made;
  }

  // "No data": a diagonal hatch, in device pixels of a canvas.
  const hatches = new Map();
  function hatch(pen, dpr) {
    if (!hatches.has(dpr)) {
      const side = Math.round(8 * dpr);
      const tile = canvas(side, side);
      const on = tile.getContext("2d");
      on.fillStyle = "#f4f6f5";
      on.fillRect(0, 0, side, side);
      on.strokeStyle = "#a3adb2";
      on.lineWidth = dpr;
      for (const x of [-side, 0, side]) { on.moveTo(x, side); on.lineTo(x + side, 0); }
      on.stroke();
      hatches.set(dpr, tile);
    }
    return pen.createPattern(hatches.get(dpr), "repeat");
  }

  // Of places {x, y} in px, the foremost first, which have room for a box that no box of those
  // before touches.
  function roomed(places, width, height) {
    const taken = [];
    return places.map((place) => {
      const isFree = taken.every(({ x, y }) => Math.abs(x - place.x) >= width || Math.abs(y - place.y) >= height);
      if (isFree) taken.push(place);
      return isFree;
    });
  }

  // 5 px seen from afar to 14 near: size means nothing but nearness.
  const markSize = (zoom) => Math.round(Math.max(5, Math.min(14, 5 + (zoom - 6) * 1.3)));

  Object.assign(fahsai, { INK, arrow, directionSwatch, sprite, hatch, markSize, newCanvas: canvas, roomed });
})();
