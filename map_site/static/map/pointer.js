// What lies under the pointer: the topmost layer that has something there answers a click.
(function () {
  "use strict";

  const { binWidth, eachPoint, markSize, tileBox, worldX, worldY } = fahsai;
  const FINGER_PX = matchMedia("(pointer: coarse)").matches ? 14 : 5;

  const heard = new WeakMap(); // map → its layers, the topmost last

  function listen(map, layer) {
    if (!heard.has(map)) {
      heard.set(map, []);
      map.on("click", ({ latlng }) => choose(map, latlng));
      map.on("mousemove", ({ latlng }) => pointAt(map, latlng));
    }
    heard.get(map).push(layer);
  }

  function unlisten(map, layer) {
    const layers = heard.get(map);
    layers.splice(layers.indexOf(layer), 1);
  }

  function under(map, latlng) {
    for (const layer of [...heard.get(map)].sort((a, b) => a.depth() - b.depth()).reverse()) {
      const feature = layer.featureAt(latlng);
      if (feature) return { layer, feature };
    }
    return null;
  }

  function choose(map, latlng) {
    const found = under(map, latlng);
    if (!found) return map.fire("unfound", { latlng }); // a surface may lie there
    found.layer.fire("chosen", { feature: found.feature, latlng: found.feature.latlng || latlng });
    if (found.layer.options.popup) fahsai.openPopup(found.layer, found.feature, latlng);
  }

  let waits = false;
  function pointAt(map, latlng) {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      if (map.getContainer().isConnected)
        map.getContainer().classList.toggle("fahsai-pointing", Boolean(under(map, latlng)));
    });
  }

  // {kind, properties, count and byClass of a cell, latlng of a point or a cell's middle}, or null.
  function hit(layer, latlng, [right, down]) {
    const { _drawn: drawn, _map: map } = layer;
    const scale = 256 * 2 ** map.getZoom();
    const place = { x: worldX(latlng.lng) * scale - right, y: worldY(latlng.lat) * scale - down };
    if (drawn.mode === "areas") return hitArea(layer, place, scale);
    return drawn.mode === "cells" ? hitBin(drawn, place, scale) : hitPoint(layer, place, scale);
  }

  function hitBin({ bins, level }, place, scale) {
    const width = binWidth(level) * scale;
    for (const bin of bins.values()) {
      const [dx, dy] = [Math.abs(bin.x * scale - place.x), Math.abs(bin.y * scale - place.y)];
      if (dx <= width / 2 && dy <= (width * 2) / 3 - (dx * 2) / 3)
        return { kind: "cell", count: bin.count, byClass: bin.byClass, latlng: latlngOf(bin.x, bin.y) };
    }
    return null;
  }

  function hitPoint(layer, place, scale) {
    const { style } = layer.declaration;
    const reach = style.label ? 15 : markSize(layer._map.getZoom()) / 2 + FINGER_PX;
    const around = { scale, left: place.x, top: place.y, width: 0, height: 0 };
    let [nearest, found] = [reach * reach, null];
    eachPoint(around, layer._drawn.tiles, (n) => layer._isShown(n), reach, (x, y, tile, i) => {
      if (x * x + y * y > nearest) return;
      nearest = x * x + y * y;
      found = { kind: "point", properties: tile.properties[i], latlng: latlngOf(tile.xs[i], tile.ys[i]) };
    });
    return found;
  }

  let pen = null;
  function hitArea(layer, place, scale) {
    return areaAt(layer, place, scale, (path, x, y) => pen.isPointInPath(path, x, y, "evenodd"))
      || (layer.options.reach ? areaAt(layer, place, scale, (path, x, y) => pen.isPointInStroke(path, x, y)) : null);
  }

  // The topmost of those of which a path holds a place of its tile.
  function areaAt({ _drawn: { tiles } }, place, scale, holds) {
    pen = pen || fahsai.newCanvas(1, 1).getContext("2d");
    for (const tile of tiles) {
      const { x, y, side } = tileBox({ scale, left: 0, top: 0 }, tile.tile || { x: -9, y: -9, z: 0 });
      const [px, py] = [place.x - x, place.y - y];
      if (px < 0 || py < 0 || px >= side || py >= side) continue;
      const unit = fahsai.EXTENT / side;
      pen.lineWidth = 2 * FINGER_PX * unit;
      for (const { path, properties, code } of [...tile.pieces].reverse())
        if (holds(path, px * unit, py * unit)) return { kind: "area", properties, code };
    }
    return null;
  }

  const latlngOf = (x, y) => L.latLng(fahsai.latOf(y), fahsai.lonOf(x));

  Object.assign(fahsai, { hit, listen, unlisten });
})();
