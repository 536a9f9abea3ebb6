// Reads vector tiles into columns: points, cells that count points, or areas. One shape of data for
// tiles of the service and for features carried in a page.
(function () {
  "use strict";

  const { VectorTile, Pbf } = vectorTiles;
  const EXTENT = 4096;
  const NONE = 255; // the class of what has none that is declared

  // The classes that a layer counts apart, in the order of its declaration.
  const classesOf = ({ style }) => style.classes;

  // `weight`: about how many features it holds, for whoever keeps tiles.
  function decode(buffer, { z, x, y }, declaration) {
    const layers = buffer.byteLength ? new VectorTile(new Pbf(buffer)).layers : {};
    const layer = layers[declaration.name];
    const [told] = read(layers[`${declaration.name}_summary`]);
    const summary = told ? told.properties : null;
    if (!layer) return { ...empty(declaration), summary };
    if (declaration.geometry === "area") return { ...areas(read(layer), { z, x, y }, 1), summary };
    const features = read(layer);
    const isCells = features.length > 0 && features[0].properties.count !== undefined;
    return { ...(isCells ? cells : points)(features, { z, x, y }, declaration), summary };
  }

  const empty = ({ geometry }) =>
    geometry === "area" ? { kind: "areas", pieces: [], weight: 1 } : noPoints();

  const noPoints = () => ({
    kind: "points", xs: new Float64Array(0), ys: new Float64Array(0),
    classes: new Uint8Array(0), properties: [], weight: 1,
  });

  function read(layer) {
    const features = [];
    for (let i = 0; layer && i < layer.length; i++) features.push(layer.feature(i));
    return features;
  }

  function points(features, { z, x, y }, declaration) {
    const across = 2 ** z;
    return pointColumns(features.length, declaration, (i) => {
      const [[place]] = features[i].loadGeometry();
      return [(x + place.x / EXTENT) / across, (y + place.y / EXTENT) / across, features[i].properties];
    });
  }

  // `at(i)` gives x and y of the world, and the properties.
  function pointColumns(length, declaration, at) {
    const { turned_by: turned, newest: isNewest } = declaration.style;
    if (!turned && !isNewest) return columns(length, declaration, at);
    const newest = newestOfPlaces(Array.from({ length }, (_, i) => at(i)), isNewest);
    return columns(newest.length, declaration, (i) => newest[i]);
  }

  // One mark at a place: the last that was seen there, not what is forecast. It has the others of the
  // place, the newest first, as its property `others` where a popup is to list them.
  function newestOfPlaces(found, isListed) {
    const places = new Map();
    for (const [x, y, properties] of found) {
      if (properties.forecast === true) continue;
      const place = `${x} ${y}`;
      if (places.has(place)) places.get(place)[2].push(properties);
      else places.set(place, [x, y, [properties]]);
    }
    const time = ({ observed_at: observed }) => Date.parse(observed);
    return [...places.values()].map(([x, y, all]) => {
      const [newest, ...others] = all.sort((a, b) => time(b) - time(a));
      return [x, y, isListed && others.length ? { ...newest, others } : newest];
    });
  }

  function columns(length, declaration, at) {
    const numbers = new Map(classesOf(declaration).map((value, number) => [value, number]));
    const { by } = declaration.style;
    const found = {
      kind: "points", xs: new Float64Array(length), ys: new Float64Array(length),
      classes: new Uint8Array(length).fill(NONE), properties: new Array(length), weight: length + 1,
    };
    for (let i = 0; i < length; i++) {
      const [x, y, properties] = at(i);
      found.xs[i] = x;
      found.ys[i] = y;
      found.properties[i] = properties;
      const number = by ? numbers.get(String(properties[by])) : undefined;
      if (number !== undefined) found.classes[i] = number;
    }
    return found;
  }

  // Cells are whole tiles of the zoom `level`: columns and rows count them from the north-west.
  // `byClass` has a row of counts for each class, and at last one for those of none.
  function cells(features, { z, x, y }, declaration) {
    const [[first]] = features[0].loadGeometry();
    const size = 2 * (first.x & -first.x); // a cell's point is its middle: an odd number of halves
    const across = EXTENT / size;
    const named = classesOf(declaration).map((value) => `count_${value}`);
    const { length } = features;
    const found = {
      kind: "cells", level: z + Math.log2(across), columns: new Int32Array(length),
      rows: new Int32Array(length), byClass: [...named, null].map(() => new Int32Array(length)),
      weight: length,
    };
    features.forEach((feature, i) => {
      const [[place]] = feature.loadGeometry();
      found.columns[i] = x * across + Math.floor(place.x / size);
      found.rows[i] = y * across + Math.floor(place.y / size);
      let rest = feature.properties.count;
      named.forEach((name, number) => {
        const count = feature.properties[name] || 0;
        found.byClass[number][i] = count;
        rest -= count;
      });
      found.byClass[named.length][i] = rest;
    });
    return found;
  }

  // Pieces of areas in units of their tile; `path` draws one, whatever its holes and parts.
  function areas(features, tile, weight) {
    const pieces = features.map((feature) => {
      const path = new Path2D();
      const rings = feature.loadGeometry ? feature.loadGeometry() : feature.geometry;
      let count = 0;
      for (const ring of rings) {
        ring.forEach((place, i) => {
          const [px, py] = Array.isArray(place) ? place : [place.x, place.y];
          if (i) path.lineTo(px, py);
          else path.moveTo(px, py);
        });
        path.closePath();
        count += ring.length;
      }
      weight += count / 4;
      const properties = feature.properties || feature.tags;
      return { path, properties, code: String(properties.code ?? properties.id) };
    });
    return { kind: "areas", tile, pieces, weight };
  }

  Object.assign(fahsai, { EXTENT, NONE, classesOf, decode, pointColumns, areas, noTile: empty });
})();
