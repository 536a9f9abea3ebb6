// Every number of a theme page, from daily counts: pure functions, so that words, ranking, table,
// legend and download say the same.
(function () {
  "use strict";

  const OUTSIDE = null; // the province of what lies at sea or abroad
  const FACTORS = [1, 2, 5];
  const COUNTS = [3, 6, 10, 15];

  // Sparse counts by day, province and class. `rows` are [day, province, class, count] with days as
  // numbers, and with a fifth, the first day, where no more than a window of days is known; `classOf`
  // maps a value of the layer to the class that the page has for it.
  class DailyCounts {
    constructor(rows, classOf) {
      this.rows = rows.map(([day, province, value, count, since = day]) =>
        ({ day, since, province, code: classOf(value), count }));
    }

    static of(several) {
      const made = new DailyCounts([]);
      made.rows = several.flatMap(({ rows }) => rows);
      return made;
    }

    // Rows of a window, and of the classes that are chosen (a Set, or null for all).
    *_within({ from, to }, classes, province) {
      for (const row of this.rows)
        if (row.since >= from && row.day <= to && (!classes || classes.has(row.code))
          && (province === undefined || row.province === province)) yield row;
    }

    // In provinces, or in the one that is named.
    total(window, classes, province) {
      let sum = 0;
      for (const row of this._within(window, classes, province))
        if (row.province !== OUTSIDE) sum += row.count;
      return sum;
    }

    outside(window, classes) {
      let sum = 0;
      for (const { count } of this._within(window, classes, OUTSIDE)) sum += count;
      return sum;
    }

    byClass(window, province) {
      return this._sums(window, null, province, ({ code }) => code);
    }

    byProvince(window, classes) {
      return this._sums(window, classes, undefined, ({ province }) => province);
    }

    // Of each province a Map of its classes.
    byProvinceAndClass(window, classes) {
      const found = new Map();
      for (const { province, code, count } of this._within(window, classes)) {
        if (!found.has(province)) found.set(province, new Map());
        const own = found.get(province);
        own.set(code, (own.get(code) || 0) + count);
      }
      return found;
    }

    // A value for each day of a window.
    series(window, classes, province) {
      const values = new Array(window.to - window.from + 1).fill(0);
      for (const row of this._within(window, classes, province))
        if (row.province !== OUTSIDE && row.since === row.day) values[row.day - window.from] += row.count;
      return values;
    }

    _sums(window, classes, province, keyOf) {
      const sums = new Map();
      for (const row of this._within(window, classes, province))
        if (row.province !== OUTSIDE) sums.set(keyOf(row), (sums.get(keyOf(row)) || 0) + row.count);
      return sums;
    }
  }

  // 24-hour means of stations by day. `means`: of each station's id a list from the first day on.
  class StationReadings {
    constructor(from, stations, means) {
      const byDay = (list) => new Map(list.map((mean, i) => [from + i, mean]).filter(([, mean]) => mean !== null));
      this.stations = stations;
      this.means = new Map(stations.map(({ id }) => [id, byDay(means[id])]));
    }

    static of(several) {
      const made = new StationReadings(0, [], {});
      made.stations = several[0].stations;
      for (const { means } of several)
        for (const [id, days] of means) made.means.set(id, new Map([...(made.means.get(id) || []), ...days]));
      return made;
    }

    // Of each station its highest mean of a window, on how many days it was above `standard`, and
    // how many days it has a mean of; `value` null where it has none.
    within({ from, to }, standard) {
      return this.stations.map((station) => {
        const known = [...this.means.get(station.id)].filter(([day]) => day >= from && day <= to).map(([, mean]) => mean);
        return {
          ...station,
          value: known.length ? Math.max(...known) : null,
          above: known.filter((mean) => mean > standard).length,
          days: known.length,
        };
      });
    }

    // The mean of each day of one; null where it has none.
    meansOf({ id }, { from, to }) {
      return Array.from({ length: to - from + 1 }, (_, i) => this.means.get(id).get(from + i) ?? null);
    }

    // Of each day how many stations were above; null where none had a mean.
    series({ from, to }, standard) {
      return Array.from({ length: to - from + 1 }, (_, i) => {
        const means = this.stations.map(({ id }) => this.means.get(id).get(from + i)).filter((mean) => mean !== undefined);
        return means.length ? means.filter((mean) => mean > standard).length : null;
      });
    }
  }

  // How a value stands to what it is compared with. `leastBase`: below it, a count and no percent.
  function changeOf(value, base, { leastBase, moreIsBetter = false }) {
    if (value === null || base === null || value === undefined || base === undefined)
      return { kind: "unknown", difference: null, amount: "–" };
    const difference = value - base;
    const isCount = base < leastBase;
    const amount = isCount ? Math.abs(difference) : Math.round(Math.abs(100 * difference / base));
    if (!amount) return { kind: "same", difference: 0, amount: "" };
    const text = Number.isInteger(amount) ? amount.toLocaleString("en") : amount.toFixed(1);
    return {
      kind: difference > 0 === moreIsBetter ? "better" : "worse",
      difference,
      amount: isCount ? text : `${text} %`,
    };
  }

  // The one order of rankings, tables and pictures: the most first, of as many by name, unknown last.
  const collator = new Intl.Collator("th");
  const byName = (a, b) => collator.compare(a.name, b.name);
  const byValue = (a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || byName(a, b);

  // Rows with a rank; `values` and `names` by code. What lies in no province has none.
  function ranked(values, names) {
    return [...values].filter(([code]) => code !== OUTSIDE)
      .map(([code, value]) => ({ code, value, name: names.get(code) })).sort(byValue)
      .map((row, i) => ({ ...row, rank: i + 1 }));
  }

  // The least values of five steps, so wide that the highest is no more than twice the last.
  function stepsOf(values) {
    const highest = Math.max(0, ...values);
    for (let power = 1; ; power *= 10)
      for (const factor of FACTORS)
        if (highest <= 2 * COUNTS.at(-1) * factor * power) return [1, ...COUNTS.map((low) => low * factor * power)];
  }

  // 1 to 5, or 0 below the first.
  const stepOfValue = (value, lows) => lows.filter((low) => value >= low).length;

  // Means of seven days, so that a season's line can be followed.
  function smoothed(values, days = 7) {
    return values.map((_, i) => {
      const known = values.slice(Math.max(0, i - days + 1), i + 1).filter((one) => one !== null);
      return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
    });
  }

  fahsai.numbers = { byName, byValue, DailyCounts, OUTSIDE, changeOf, ranked, smoothed, stepOfValue, stepsOf, StationReadings };
})();
