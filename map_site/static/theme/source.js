// Daily counts of a theme's layer, a season or a year at a time, each asked for once.
(function () {
  "use strict";

  const { dayOf, isoOf } = fahsai.days;
  const { DailyCounts, StationReadings } = fahsai.numbers;

  // Why counts did not come: `isOffline`, and how many seconds the service asks to wait.
  class NoCounts extends Error {
    constructor(message, isOffline, retryAfter) {
      super(message);
      Object.assign(this, { isOffline, retryAfter });
    }
  }

  async function jsonOf(address) {
    let answer;
    try {
      answer = await fetch(address, { headers: { Accept: "application/json" } });
    } catch (problem) {
      throw new NoCounts(problem.message, !navigator.onLine, null);
    }
    if (!answer.ok) throw new NoCounts(`${answer.status}`, false, Number(answer.headers.get("retry-after")) || null);
    return answer.json();
  }

  // What an answer of /api/daily-counts/LAYER tells, in the page's terms: days as numbers, codes
  // instead of places in lists.
  const READERS = {
    hotspots({ from, provinces, classes, counts, windowed, first_day: first }, classOf, block) {
      const start = dayOf(from);
      const rows = counts.map(([day, place, value, count]) =>
        [start + day, provinces[place], classes[value], count]);
      // Of days that nobody knows: they count in a time that holds all of their window.
      const unsure = windowed.filter(([, day]) => start + day >= block.from && start + day <= block.to).map(([since, day, place, value, count]) =>
        [start + day, provinces[place], classes[value], count, start + since]);
      return { counts: new DailyCounts([...rows, ...unsure], classOf), first: first && dayOf(first) };
    },
    air_stations({ from, stations, pm25_24h: means }) {
      return { readings: new StationReadings(dayOf(from), stations, means) };
    },
  };

  // What is counted apart is a class that the page leaves out by itself.
  const ASKED = { hotspots: "&industrial_heat=included" };

  // Blocks of days are asked for whole, so that neighbouring times share answers. `blockOf(day)` is
  // the block that holds a day; `known` {first(), newest}: from which day and to which there may be any.
  class CountsSource {
    constructor(layer, classOf, blockOf, known) {
      Object.assign(this, { layer, classOf, blockOf, known, kept: new Map() });
    }

    // All that is known of the days of windows, together; of days that nobody knows nothing is asked.
    // Raises NoCounts.
    async of(...windows) {
      const { newest } = this.known;
      const first = await this.known.first();
      const blocks = new Map();
      const add = (block) => blocks.set(block.from, block);
      for (const { from, to } of windows)
        for (let block = this.blockOf(Math.max(from, first)); block.from <= Math.min(to, newest); block = this.blockOf(block.to + 1)) add(block);
      if (!blocks.size) add(this.blockOf(newest)); // which tells the first day, too
      const found = await Promise.all([...blocks.values()].map((block) => this._block(block)));
      return {
        counts: found[0].counts && DailyCounts.of(found.map(({ counts }) => counts)),
        readings: found[0].readings && StationReadings.of(found.map(({ readings }) => readings)),
        first: found[0].first ?? first,
        at: Math.min(...found.map(({ at }) => at)),
      };
    }

    _block({ from, to }) {
      const address = fahsai.at(`/api/daily-counts/${this.layer}?from=${isoOf(from)}&to=${isoOf(to)}${ASKED[this.layer] || ""}`);
      if (!this.kept.has(address)) {
        const asked = this._ask(address, { from, to });
        this.kept.set(address, asked);
        asked.catch(() => this.kept.delete(address)); // so that it can be asked again
      }
      return this.kept.get(address);
    }

    async _ask(address, block) {
      return { ...READERS[this.layer](await jsonOf(address), this.classOf, block), at: Date.now() };
    }
  }

  Object.assign(fahsai, { CountsSource, NoCounts, jsonOf });
})();
