// Sums points, and the cells that count them, into hexagons; and finds the steps of their colours.
// A hexagon stands for two by two cells, each row set off by one: every point is in exactly one.
(function () {
  "use strict";

  const { NONE } = fahsai;
  const FINEST = 22;
  const TOPS = [5, 6, 12, 24, 40, 80, 120, 200, 400, 800, 1200, 2000, 4000, 8000, 12000, 20000, 40000];

  // The zoom whose tiles are the cells: 16 px to a hexagon, as far as the tiles tell.
  function levelFor(zoom, tiles) {
    const wanted = Math.max(11, Math.min(FINEST, Math.round(zoom) + 5));
    return tiles.reduce((level, tile) => (tile.kind === "cells" ? Math.min(level, tile.level) : level), wanted);
  }

  // `isShown(number)` says of a class whether it counts; NONE is what has none. A bin has x and y of
  // its middle, its count, and its counts by class with those of none at last. A generator, which
  // rests after each tile; a tile keeps its own bins under `name`, that of the classes shown.
  function* binned(tiles, level, classCount, isShown, name) {
    const bins = new Map();
    for (const tile of tiles) {
      const known = `${level} ${name}`;
      if (tile.bins?.known !== known)
        tile.bins = { known, found: tileBins(tile, level, classCount, isShown) };
      for (const [key, { column, row, byClass }] of tile.bins.found) {
        const bin = binAt(bins, key, column, row, level, classCount);
        byClass.forEach((count, number) => { bin.byClass[number] += count; bin.count += count; });
      }
      yield;
    }
    return bins;
  }

  function binAt(bins, key, column, row, level, classCount) {
    let bin = bins.get(key);
    if (!bin) {
      const shift = row & 1;
      bin = { x: (2 * column - shift + 1) / 2 ** level, y: (2 * row + 1) / 2 ** level, count: 0,
        byClass: new Array(classCount + 1).fill(0) };
      bins.set(key, bin);
    }
    return bin;
  }

  function tileBins(tile, level, classCount, isShown) {
    const bins = new Map();
    const add = (x, y, number, count) => {
      if (!count || !isShown(number)) return;
      const row = y >> 1;
      const column = (x + (row & 1)) >> 1;
      const key = row * 2 ** FINEST + column;
      let bin = bins.get(key);
      if (!bin) bins.set(key, (bin = { column, row, byClass: new Array(classCount + 1).fill(0) }));
      bin.byClass[number === NONE ? classCount : number] += count;
    };
    if (tile.kind === "cells") addCells(tile, level, classCount, add);
    else {
      const across = 2 ** level;
      for (let i = 0; i < tile.xs.length; i++)
        add(Math.floor(tile.xs[i] * across), Math.floor(tile.ys[i] * across), tile.classes[i], 1);
    }
    return bins;
  }

  function addCells(tile, level, classCount, add) {
    const finer = tile.level - level;
    for (let i = 0; i < tile.columns.length; i++)
      tile.byClass.forEach((counts, number) =>
        add(tile.columns[i] >> finer, tile.rows[i] >> finer, number === classCount ? NONE : number, counts[i]));
  }

  // The least counts of five steps: the highest begins where one bin in seventy is.
  function breaksOf(bins) {
    const counts = [...bins.values()].map(({ count }) => count).sort((a, b) => a - b);
    const high = counts[Math.floor(counts.length * 0.985)] || 1;
    const top = TOPS.filter((one) => one <= high).pop() || 5;
    if (top === 5) return [1, 2, 3, 4, 5];
    if (top === 6) return [1, 2, 3, 4, 6];
    if (top === 12) return [1, 2, 4, 7, 12];
    if (top === 24) return [1, 3, 6, 12, 24];
    return [1, top / 10, top / 4, top / 2, top];
  }

  const stepOf = (count, breaks) => breaks.reduce((step, least, i) => (count >= least ? i : step), 0);

  // A hexagon's width as a part of the world's; its rows are as far apart.
  const binWidth = (level) => 2 / 2 ** level;

  Object.assign(fahsai, { levelFor, binned, breaksOf, stepOf, binWidth });
})();
