// What each kind of theme counts, as facts that all parts of the page show alike.
//
// Facts: `total` with its `base` (null: nothing to compare with), `classes` [{code, value, base}],
// `rows` [{code, name, place, value, base, parts, cells}] the most first, `columns` of the table,
// `series` and `before` for the time bar (of `station`, where it is one's), `values` by province's code for the map, with their `lows`,
// `stations` as GeoJSON; `outside`, `of` and `unread` where there are such; `unknown` where nothing is
// known of the time: {kind: before or after; day}, and each number is null then; `isLate` where not all is known of it yet.
(function () {
  "use strict";

  const { byValue, changeOf, ranked, smoothed, stepOfValue, stepsOf } = fahsai.numbers;
  const { seasonDays, seasonOf, yearDays, yearsOn } = fahsai.days;
  const LAST_DAYS = 30; // one of the time bar's lengths
  const MEGATONNE = 1e6;

  const yearAgo = ({ from, to }) => ({ from: yearsOn(from, -1), to: yearsOn(to, -1) });

  // The season of a window, or all days until the next where the window goes beyond it.
  function domainOf(window) {
    const season = seasonOf(window.to);
    const own = seasonDays(season);
    return window.from >= own.from && window.to <= own.to ? own : yearDays(season);
  }

  // What a page opens on: the season up to now, and after its end the last days.
  function seasonNow(newest) {
    const { from, to } = seasonDays(seasonOf(newest));
    return { from: newest > to ? newest - LAST_DAYS + 1 : from, to: newest };
  }

  // A time that goes on beyond the last block that has data ends with it; one that is all beyond stays.
  function cutTo({ from, to }, { to: last }) {
    return from <= last ? { from, to: Math.min(to, last) } : { from, to };
  }

  const burnYear = (day) => yearDays(seasonOf(day));

  const column = (key, title, kind = "count") => ({ key, title, kind });
  // Whether a late feed has not all of a time yet: what is counted of it is compared with nothing.
  const isLate = (data, { to }) => data.state === "late" && to > data.newest;
  const isKnown = (data, { from, to }, first) => to <= data.newest && (first === null || from >= first);
  // Why nothing is known of a time, or null.
  function unknownOf({ from, to }, first, newest) {
    if (first !== null && to < first) return { kind: "before", day: first };
    return from > newest ? { kind: "after", day: newest } : null;
  }
  const told = (counts, window) => (counts ? window : null);

  // Counts of days by province.
  function countModel(data) {
    const names = new Map(data.provinces.map(({ code, name }) => [code, name]));
    const classOfValue = new Map(data.classes.flatMap(({ code, members }) => members.map((value) => [value, code])));
    const last = data.classes.filter(({ apart }) => !apart).at(-1)?.code;
    const unasked = fahsai.unaskedClasses(data.classes);
    const source = new fahsai.CountsSource(data.layer, (value) => classOfValue.get(value) ?? last,
      burnYear, { first: () => data.first, newest: data.newest });

    function missing({ window, then }, { first }) {
      const unknown = unknownOf(window, first, data.newest);
      return { unknown, isBaseKnown: !unknown && !isLate(data, window) && isKnown(data, then, first) };
    }

    function facts({ window, then, classes: asked, province }, { counts, first }, { unknown, isBaseKnown }, words) {
      const classes = asked || unasked;
      const place = province ?? undefined;
      const base = told(isBaseKnown, then);
      const known = (value) => (unknown ? null : value);
      const values = counts.byProvince(window, classes);
      const before = base && counts.byProvince(base, classes);
      const parts = counts.byProvinceAndClass(window, classes);
      const [byClass, classBase] = [counts.byClass(window, place), base && counts.byClass(base, place)];
      const all = new Map(data.provinces.map(({ code }) => [code, known(values.get(code) || 0)]));
      const rows = (unknown ? [] : ranked(all, names)).map(({ rank, code, value }) => {
        const own = parts.get(code) || new Map();
        const baseValue = before ? before.get(code) || 0 : null;
        const cells = { name: names.get(code), total: value, before: baseValue, change: baseValue === null ? null : value - baseValue };
        for (const one of data.classes) cells[`class-${one.code}`] = own.get(one.code) || 0;
        return { rank, code, place: code, name: names.get(code), value, base: baseValue, parts: own, cells };
      });
      const domain = domainOf(window);
      return {
        unknown, first, isLate: isLate(data, window), total: known(counts.total(window, classes, place)),
        base: base ? counts.total(base, classes, place) : null,
        outside: province || unknown ? 0 : counts.outside(window, classes),
        apart: apartOf(byClass, asked, unknown),
        classes: data.classes.map((one) => ({ ...one, value: known(byClass.get(one.code) || 0), base: classBase ? classBase.get(one.code) || 0 : null })),
        rows, values: all, lows: stepsOf(all.values()),
        lowsBoth: before ? stepsOf([...all.values(), ...before.values()]) : null,
        valuesBefore: new Map(data.provinces.map(({ code }) => [code, before ? before.get(code) || 0 : null])),
        isBaseKnown: Boolean(before),
        columns: [
          column("name", words.province, "name"),
          ...data.classes.filter(({ code }) => !classes || classes.has(code)).map(({ code, name }) => column(`class-${code}`, name)),
          column("total", words.total, "strong"), column("before", words.before, "quiet"),
          column("change", words.changed, "change"),
        ],
        domain,
        series: knownDays(counts.series(domain, classes, place), domain, first),
        before: smoothed(knownDays(counts.series(yearAgo(domain), classes, place), yearAgo(domain), first)),
      };
    }

    // Of what is counted apart: how many, and whether they are in the other numbers; null of none.
    function apartOf(byClass, asked, unknown) {
      const codes = data.classes.filter(({ apart }) => apart).map(({ code }) => code);
      const amount = codes.reduce((sum, code) => sum + (byClass.get(code) || 0), 0);
      return unknown || !amount ? null : { count: amount, isIn: Boolean(asked && codes.some((code) => asked.has(code))) };
    }

    // What is to come has no value, and what was before the first day neither.
    const knownDays = (values, { from }, first) =>
      values.map((value, i) => (from + i > data.newest || (first !== null && from + i < first) ? null : value));

    return {
      initial: seasonNow,
      whole: wholeSeason,
      snap: (window) => cutTo(window, burnYear(data.newest)),
      // Days that are to come have none before them to be compared with.
      yearAgo: (window) => yearAgo(cutTo(window, { to: data.newest })),
      async load(chosen, words) {
        const domain = domainOf(chosen.window);
        const known = await source.of(chosen.window, chosen.then, yearAgo(domain), domain);
        const made = facts(chosen, known, missing(chosen, known), words);
        return { ...made, at: known.at };
      },
    };

    function wholeSeason({ to }, newest) {
      const season = seasonDays(seasonOf(to));
      return { from: season.from, to: Math.min(season.to, newest) };
    }
  }

  // Stations' 24-hour means. A time of several days shows the highest of each station.
  function readingModel(data) {
    const source = new fahsai.CountsSource(data.layer, null, burnYear, { first: () => data.first, newest: data.newest });
    const codes = data.classes.map(({ code }) => code);
    const names = new Map(data.provinces.map(({ code, name }) => [code, name]));
    const rounded = (value) => Math.round(value * 10) / 10;
    const classOf = (value) => codes[stepOfValue(rounded(value), data.class_starts) - 1];
    const isShown = ({ classes, province }) => ({ value, province: own }) =>
      (!province || own === province) && (value === null ? !classes : !classes || classes.has(classOf(value)));

    function facts(chosen, { readings }, isBaseKnown, words) {
      const { window, then, province } = chosen;
      const inPlace = ({ province: own }) => !province || own === province;
      const all = readings.within(window, data.standard).filter(inPlace);
      const before = isBaseKnown ? readings.within(then, data.standard).filter(inPlace) : null;
      const read = all.filter(({ value }) => value !== null);
      const countOf = (list, test) => list && list.filter(({ value }) => value !== null && test(value)).length;
      const isAbove = (value) => value > data.standard;
      const hasBase = before && before.some(({ value }) => value !== null);
      const valueBefore = new Map((before || []).map(({ id, value }) => [id, value]));
      const shown = all.filter(isShown(chosen));
      const unknown = unknownOf(window, data.first, data.newest);
      const ordered = shown.map((station) => ({ ...station, name: station.name[data.language] })).sort(byValue);
      const rows = (unknown ? [] : ordered).map((station, i) => {
        const { name } = station;
        const base = valueBefore.get(station.id) ?? null;
        return {
          rank: station.value === null ? null : i + 1, code: station.id, place: station.province, name, value: station.value, base,
          detail: names.get(station.province), level: station.value === null ? null : stepOfValue(rounded(station.value), data.class_starts),
          cells: { name, province: names.get(station.province) || null, highest: station.value, above: station.value === null ? null : station.above,
            days: station.days, before: base },
        };
      });
      const domain = domainOf(window);
      return {
        unknown, first: data.first, isBaseKnown: Boolean(hasBase), isLate: isLate(data, window), total: read.length ? countOf(all, isAbove) : null, base: hasBase ? countOf(before, isAbove) : null,
        of: read.length, unread: all.length - read.length, outside: 0,
        classes: data.classes.map((one) => ({ ...one, value: read.length ? countOf(all, (value) => classOf(value) === one.code) : null,
          base: hasBase ? countOf(before, (value) => classOf(value) === one.code) : null })),
        rows, stations: collection(shown, classOf, data.language),
        stationsBefore: before && collection(before.filter(isShown(chosen)), classOf, data.language),
        columns: [column("name", words.station, "name"), column("province", words.province, "text"),
          column("highest", words.pm25_highest, "aqi"), column("above", words.days_above), column("days", words.days_known),
          column("before", words.before, "quiet")],
        domain, ...seriesOf(readings, domain, chosen.popup),
      };
    }

    // Of the station whose popup is open its own means, else how many stations were above.
    function seriesOf(readings, domain, popup) {
      const at = ({ lat, lon }) => `${lat.toFixed(5)},${lon.toFixed(5)}`;
      const station = (popup && readings.stations.find((one) => at(one) === popup)) || null;
      const series = (days) => (station ? readings.meansOf(station, days) : readings.series(days, data.standard));
      return { station: station && { id: station.id, name: station.name[data.language] },
        series: series(domain), before: smoothed(series(yearAgo(domain))) };
    }

    return {
      initial: (newest) => ({ from: newest, to: newest }),
      whole: ({ to }, newest) => { const own = seasonDays(seasonOf(to)); return { from: own.from, to: Math.min(own.to, newest) }; },
      snap: (window) => cutTo(window, burnYear(data.newest)),
      yearAgo: (window) => yearAgo(cutTo(window, { to: data.newest })),
      async load(chosen, words) {
        const domain = domainOf(chosen.window);
        const known = await source.of(chosen.window, chosen.then, domain, yearAgo(domain));
        const isBaseKnown = !isLate(data, chosen.window) && isKnown(data, chosen.then, data.first);
        return { ...facts(chosen, known, isBaseKnown, words), at: known.at };
      },
    };
  }

  function collection(stations, classOf, language) {
    return {
      type: "FeatureCollection",
      features: stations.map(({ id, name, lon, lat, value }) => ({
        type: "Feature", id, geometry: { type: "Point", coordinates: [lon, lat] },
        properties: { [`name_${language}`]: name[language], pm25_ug_m3: value, aqi_class: value === null ? null : classOf(value) },
      })),
    };
  }

  // Certificates as they are, and carbon of a year.
  function yearModel(data) {
    const least = data.least_factories;
    let asked = null;
    // The layer has the provinces, and the report the country, with what provinces withhold.
    const carbon = () => (asked ??= Promise.all([
      fahsai.jsonOf(fahsai.at("/ogc/collections/carbon/items?f=json&limit=10000&skipGeometry=true"
        + "&properties=province_code,year,tco2e,comparable_to_previous,factories_reported,factories")),
      fahsai.jsonOf(fahsai.at("/api/emissions?province=country")),
    ]).catch((problem) => { asked = null; throw problem; }));

    function certificates({ province }, words) {
      const shown = data.provinces.filter(({ code }) => !province || code === province);
      const share = ({ factories, certified }) => (factories >= least ? (100 * (certified || 0)) / factories : null);
      const [of, certified] = ["factories", "certified"].map((key) => shown.reduce((sum, one) => sum + (one[key] || 0), 0));
      const values = new Map(data.provinces.map((one) => [one.code, share(one)]));
      const ordered = data.provinces.map((one) => ({ ...one, value: values.get(one.code) })).sort(byValue);
      const rows = ordered.map(({ code, name, value, factories, certified: own }, i) => {
        return { rank: value === null ? null : i + 1, code, place: code, name, value, base: null,
          detail: words.of_factories.replace("{certified}", own || 0).replace("{of}", factories || 0),
          cells: { name, factories, certified: own || 0, share: value } };
      });
      const total = of >= (province ? least : 1) ? (100 * certified) / of : null;
      return { total, base: null, outside: 0, isLate: data.state === "late", certified, factories: of, classes: [], rows, values, lows: data.shares, ramp: "green",
        columns: [column("name", words.province, "name"), column("factories", words.factories), column("certified", words.certified),
          column("share", words.share, "decimal")] };
    }

    async function carbonOf({ province, year }, words) {
      const [{ features }, report] = await carbon();
      const found = features.map(({ properties }) => properties);
      const line = province ? found.filter((one) => one.province_code === province) : report.figures;
      const years = [...new Set(found.map((one) => one.year))].sort((a, b) => a - b);
      const chosen = years.includes(year) ? year : years.at(-1);
      const ofYear = (wanted) => line.find((one) => one.year === wanted);
      const told = (wanted) => (ofYear(wanted)?.tco2e ?? null) === null ? null : ofYear(wanted).tco2e / MEGATONNE;
      const byCode = new Map(found.filter((one) => one.year === chosen).map((one) => [one.province_code, one]));
      // Compared are years whose factors count the same.
      const isComparable = (one) => Boolean(one && one.tco2e !== null && one.comparable_to_previous);
      const before = new Map(found.filter((one) => one.year === chosen - 1 && one.tco2e !== null && isComparable(byCode.get(one.province_code)))
        .map((one) => [one.province_code, one.tco2e]));
      const base = isComparable(ofYear(chosen)) ? told(chosen - 1) : null;
      const values = new Map(data.provinces.map(({ code }) => [code, byCode.get(code)?.tco2e ?? null]));
      const ordered = data.provinces.map(({ code, name }) => ({ code, name, value: values.get(code) })).sort(byValue);
      const rows = ordered.map(({ code, name, value }, i) => {
        const own = byCode.get(code);
        const base = before.get(code) ?? null;
        return { rank: value === null ? null : i + 1, code, place: code, name, value, base,
          cells: { name, tco2e: value, reported: own?.factories_reported ?? null, factories: own?.factories ?? null, before: base,
            change: value === null || base === null ? null : value - base } };
      });
      return { total: told(chosen), base, compared: base === null ? null : told(chosen),
        outside: 0, isLate: data.state === "late", classes: [], rows, values, lows: stepsOf([...values.values()].filter((one) => one !== null)), ramp: "carbon",
        years, year: chosen, bars: years.map(told), breaks: years.map((one) => ofYear(one)?.comparable_to_previous === false),
        vintage: report.vintage, publishedAt: report.published_at,
        columns: [column("name", words.province, "name"), column("tco2e", words.tco2e), column("reported", words.reported),
          column("factories", words.factories), column("before", words.before_year, "quiet"), column("change", words.changed, "change")] };
    }

    return {
      initial: () => null, whole: () => null, snap: (window) => window, yearAgo: () => null,
      load: async (chosen, words) => ({ ...(chosen.measure === "carbon" ? await carbonOf(chosen, words) : certificates(chosen, words)), at: Date.now() }),
    };
  }

  const MODELS = { day: countModel, reading: readingModel, year: yearModel };
  fahsai.themeModel = (data) => MODELS[data.time](data);
  fahsai.changeIn = (data) => (value, base) => changeOf(value, base, { leastBase: data.least_base, moreIsBetter: data.more_is_better });
})();
