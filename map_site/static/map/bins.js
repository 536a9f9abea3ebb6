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
  // its middle, its count, and its counts by class with those of none at last.
  function binned(tiles, level, classCount, isShown) {
    const bins = new Map();
    const add = (column, row, number, count) => {
      if (!count || !isShown(number)) return;
      const r = row >> 1;
      const shift = r & 1;
      const c = (column + shift) >> 1;
      const key = r * 2 ** FINEST + c;
      let bin = bins.get(key);
      if (!bin) {
        bin = { x: (2 * c - shift + 1) / 2 ** level, y: (2 * r + 1) / 2 ** level, count: 0,
          byClass: new Array(classCount + 1).fill(0) };
        bins.set(key, bin);
      }
      bin.count += count;
      bin.byClass[number === NONE ? classCount : number] += count;
    };
    const across = 2 ** level;
    for (const tile of tiles) {
      if (tile.kind === "points")
        for (let i = 0; i < tile.xs.length; i++)
          add(Math.floor(tile.xs[i] * across), Math.floor(tile.ys[i] * across), tile.classes[i], 1);
      if (tile.kind === "cells") addCells(tile, level, classCount, add);
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
