// Paints what a layer shows on its canvas: hexagons, points, or areas. A frame has the `pen`, its
// `dpr`, `scale` (the world's width in px), `left` and `top` (the canvas's corner on the world, in
// px), `width`, `height` and `zoom`; all in CSS pixels.
(function () {
  "use strict";

  const { EXTENT, INK, NONE, arrow, binWidth, hatch, markSize, metresAt, sprite, stepOf } = fahsai;
  const QUIET_PX = 4; // a mark that gives way to what another layer says of it
  const FOOTPRINT_ZOOM = 13; // from here on a satellite's pixel is larger than its mark
  const LEAST_ARROW_PX = 16; // a direction is to be read
  const LEAST_TOLD_PX = 10; // what is told of a station is, too
  const DIMMED = 0.42;
  const ABROAD = 0.25; // a hexagon's part beyond the land: faint, so that an islet's count is seen
  const ZERO = "#fbfaf7";
  const VALUE_PX = 12.5;
  const CROWDED_PX = 4.5; // the radius of a dot

  // --- hexagons ------------------------------------------------------------------------------

  function paintBins(frame, bins, level, breaks, ramp, land) {
    const { pen, scale, left, top } = frame;
    const width = binWidth(level) * scale;
    const steps = ramp.map(() => new Path2D());
    for (const bin of bins.values())
      hexagon(steps[stepOf(bin.count, breaks)], bin.x * scale - left, bin.y * scale - top, width);
    const fill = (on) => steps.forEach((path, step) => { on.fillStyle = ramp[step]; on.fill(path); });
    if (!land) return fill(pen);
    pen.globalAlpha = ABROAD;
    fill(pen);
    pen.globalAlpha = 1;
    pen.drawImage(onLand(frame, fill, land), 0, 0, frame.width, frame.height);
  }

  // On a canvas of its own, of which all but the land is then erased: a clip of so many corners would
  // take several times as long.
  let scratch = null;
  function onLand(frame, fill, land) {
    const { canvas } = frame.pen;
    scratch = scratch || fahsai.newCanvas(1, 1);
    Object.assign(scratch, { width: canvas.width, height: canvas.height });
    const on = scratch.getContext("2d");
    on.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
    fill(on);
    on.globalCompositeOperation = "destination-in";
    on.fillStyle = "#000";
    on.fill(landPath(frame, land));
    return scratch;
  }

  // Pointed above; rows lie as far apart as it is wide, so that it is a little taller.
  function hexagon(path, x, y, width) {
    const half = width / 2 - 0.35; // a hair of ground between them
    const [shoulder, tip] = [width / 3, (width * 2) / 3 - 0.4];
    path.moveTo(x, y - tip);
    path.lineTo(x + half, y - shoulder);
    path.lineTo(x + half, y + shoulder);
    path.lineTo(x, y + tip);
    path.lineTo(x - half, y + shoulder);
    path.lineTo(x - half, y - shoulder);
    path.closePath();
  }

  // Rings in view, without the corners that lie within a pixel of the one before.
  function landPath({ scale, left, top, width, height }, land) {
    const path = new Path2D();
    for (const { ring, box } of land) {
      if (box.east * scale < left || box.west * scale > left + width) continue;
      if (box.south * scale < top || box.north * scale > top + height) continue;
      let [lastX, lastY] = [Infinity, Infinity];
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = [ring[i] * scale - left, ring[i + 1] * scale - top];
        if (i && Math.abs(x - lastX) < 1 && Math.abs(y - lastY) < 1) continue;
        if (i) path.lineTo(x, y);
        else path.moveTo(x, y);
        [lastX, lastY] = [x, y];
      }
      path.closePath();
    }
    return path;
  }

  // --- points --------------------------------------------------------------------------------

  // Of each class its mark, its colour, and at last those of what has none.
  function looks({ style }) {
    const declared = style.classes.map((value) => ({
      mark: style.marks[value] || style.mark, color: style.colors[value] || style.color }));
    declared[NONE] = { mark: style.mark, color: style.color };
    return declared;
  }

  // A generator: it rests after each tile.
  function* paintPoints(frame, tiles, declaration, isShown) {
    const { pen, dpr, zoom } = frame;
    const size = frame.isQuiet ? QUIET_PX : Math.max(markSize(zoom), declaration.style.newest ? LEAST_TOLD_PX : 0);
    const known = looks(declaration);
    const look = declaration.style.turned_by ? arrowOf(declaration.style, Math.max(LEAST_ARROW_PX, size * 1.5), dpr)
      : (tile, i) => sprite(known[tile.classes[i]].mark, known[tile.classes[i]].color, size, dpr);
    if (zoom >= FOOTPRINT_ZOOM) paintFootprints(frame, tiles, known, isShown);
    for (const tile of tiles) {
      pen.save();
      pen.setTransform(1, 0, 0, 1, 0, 0); // whole device pixels: marks stay sharp
      eachPoint(frame, [tile], isShown, size, (x, y, _, i) => {
        const made = look(tile, i);
        pen.drawImage(made, Math.round(x * dpr - made.width / 2), Math.round(y * dpr - made.height / 2));
      });
      pen.restore();
      yield;
    }
  }

  function arrowOf({ color, turned_by: field }, size, dpr) {
    return ({ properties }, i) => {
      const { [field]: from, calm } = properties[i];
      return arrow(calm ? null : from ?? null, color, size, dpr);
    };
  }

  function eachPoint({ scale, left, top, width, height }, tiles, isShown, margin, visit) {
    for (const tile of tiles) {
      if (tile.kind !== "points") continue;
      for (let i = 0; i < tile.xs.length; i++) {
        const [x, y] = [tile.xs[i] * scale - left, tile.ys[i] * scale - top];
        if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
        if (isShown(tile.classes[i])) visit(x, y, tile, i);
      }
    }
  }

  // What a satellite saw as one: scan across and track along its path, whose direction the service
  // reckons from the orbit; where nobody knows it, drawn to the north.
  function paintFootprints(frame, tiles, known, isShown) {
    const { pen, scale } = frame;
    eachPoint(frame, tiles, isShown, 400, (x, y, tile, i) => {
      const { scan_km: scan, track_km: track, path_deg: path } = tile.properties[i];
      if (!scan || !track) return;
      const px = (scale * 1000) / metresAt(tile.ys[i]);
      const [w, h] = [scan * px, track * px];
      pen.strokeStyle = pen.fillStyle = known[tile.classes[i]].color;
      pen.save();
      pen.translate(x, y);
      pen.rotate(((path || 0) * Math.PI) / 180);
      pen.globalAlpha = 0.14;
      pen.fillRect(-w / 2, -h / 2, w, h);
      pen.globalAlpha = 0.8;
      pen.strokeRect(-w / 2, -h / 2, w, h);
      pen.restore();
    });
  }

  // Discs with the value in black; the highest lie above the others.
  function paintValues(frame, tiles, declaration, isShown) {
    const { pen, dpr, zoom } = frame;
    const { style } = declaration;
    const known = looks(declaration);
    const radius = Math.max(10, Math.min(15, zoom + 4));
    const found = [];
    eachPoint(frame, tiles, isShown, radius, (x, y, tile, i) =>
      found.push({ x, y, value: tile.properties[i][style.label], look: known[tile.classes[i]] }));
    // The highest are read; of those that would lie under them a dot remains.
    found.sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
    const isRead = fahsai.roomed(found, 2 * radius - 1, 2 * radius - 1);
    const [read, crowded] = [true, false].map((wanted) => found.filter((_, i) => isRead[i] === wanted));
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 ${VALUE_PX}px Sarabun, "Noto Sans Thai", sans-serif`;
    for (const { x, y, value, look, r } of [...crowded.map((one) => ({ ...one, r: CROWDED_PX })), ...read.reverse()]) {
      const isKnown = value !== undefined && value !== null;
      pen.beginPath();
      pen.arc(x, y, r ?? radius, 0, 2 * Math.PI);
      pen.fillStyle = isKnown ? look.color : hatch(pen, dpr);
      pen.fill();
      pen.lineWidth = isKnown && value > style.label_above ? 2.5 : 1;
      pen.strokeStyle = isKnown ? INK : "#829097";
      pen.stroke();
      if (r) continue;
      pen.fillStyle = "#000";
      pen.fillText(isKnown ? labelled(value) : "–", x, y + 0.5);
    }
  }

  const labelled = (value) => (typeof value === "number" ? String(Math.round(value)) : String(value));

  // --- areas ---------------------------------------------------------------------------------

  // `fillOf(piece)`: a colour, "hatch", or null for the ground as it is.
  // A generator: it rests after each tile.
  function* paintAreas(frame, tiles, { fillOf, line, chosen }) {
    const isDimmed = (piece) => chosen !== null && piece.code !== chosen;
    const paint = (piece, unit) => {
      const { pen } = frame;
      const fill = fillOf(piece);
      pen.globalAlpha = isDimmed(piece) ? DIMMED : 1;
      if (fill) {
        pen.fillStyle = fill === "hatch" ? unscaled(hatch(pen, frame.dpr), pen) : fill;
        pen.fill(piece.path, "evenodd");
      }
      pen.globalAlpha = 1;
      pen.lineWidth = line.width * unit;
      pen.strokeStyle = line.color;
      pen.stroke(piece.path);
    };
    const outline = (piece, unit) => {
      if (piece.code !== chosen) return;
      frame.pen.lineWidth = 2.2 * unit;
      frame.pen.lineJoin = "round";
      frame.pen.strokeStyle = INK;
      frame.pen.stroke(piece.path);
    };
    for (const visit of chosen === null ? [paint] : [paint, outline])
      for (const tile of tiles) { eachPiece(frame, [tile], visit); yield; }
  }

  // A pattern is of the device's pixels, whatever the pen's scale.
  function unscaled(pattern, pen) {
    pattern.setTransform(pen.getTransform().inverse());
    return pattern;
  }

  // Each tile within its own edges: its pieces go a little beyond, so that no stroke is seen there.
  // `unit`: how many of the tile's units are a pixel.
  function eachPiece(frame, tiles, visit) {
    const { pen, dpr } = frame;
    for (const tile of tiles) {
      if (tile.kind !== "areas" || !tile.pieces.length) continue;
      const { x, y, side } = tileBox(frame, tile.tile);
      const [x1, y1] = [Math.round(x * dpr), Math.round(y * dpr)];
      pen.save();
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.beginPath();
      pen.rect(x1, y1, Math.round((x + side) * dpr) - x1, Math.round((y + side) * dpr) - y1);
      pen.clip();
      const zoomed = (side * dpr) / EXTENT;
      pen.setTransform(zoomed, 0, 0, zoomed, x * dpr, y * dpr);
      for (const piece of tile.pieces) visit(piece, EXTENT / side);
      pen.restore();
    }
  }

  function tileBox({ scale, left, top }, { x, y, z }) {
    const side = scale / 2 ** z;
    return { x: x * side - left, y: y * side - top, side };
  }

  // Where a tile did not come: not the same as nothing there.
  function paintMissing(frame, tiles) {
    const { pen, dpr } = frame;
    for (const tile of tiles) {
      const { x, y, side } = tileBox(frame, tile);
      pen.globalAlpha = 0.6;
      pen.fillStyle = unscaled(hatch(pen, dpr), pen);
      pen.fillRect(x, y, side, side);
      pen.globalAlpha = 1;
    }
  }

  // Land of which nothing is known.
  function paintUnknown(frame, land) {
    const { pen, dpr } = frame;
    pen.fillStyle = unscaled(hatch(pen, dpr), pen);
    pen.fill(landPath(frame, land));
  }

  Object.assign(fahsai, { ZERO, eachPoint, paintAreas, paintBins, paintMissing, paintPoints, paintUnknown, paintValues, tileBox });
})();
