// The time at a theme's foot: a bar of days or of years, as the theme counts.
(function () {
  "use strict";

  const { isoOf, windowText, yearText, seasonDays, seasonOf } = fahsai.days;
  const { count, make } = fahsai.drawing;
  const THAI_MS = 7 * 3600e3;
  const ONE_CHOICE_MS = 900; // changes that follow each other sooner are of one drag

  let bar = null;
  let shown = null;
  let changedAt = -Infinity;

  function themeTime(element, context) {
    const { data } = context;
    if (data.time === "year") return years(element, context);
    return days(element, context);
  }

  // --- days ------------------------------------------------------------------------------------

  function days(element, context) {
    const { data, facts, chosen } = context;
    const { from, to } = facts.domain;
    const key = JSON.stringify([from, to, chosen.classes && [...chosen.classes], chosen.province, facts.station?.id, facts.at]);
    const [first, last] = [chosen.window.from - from, chosen.window.to - from];
    if (shown === key) return bar.set(first, last);
    bar?.destroy();
    shown = key;
    const words = fahsai.TIME_BAR_WORDS[data.language];
    const season = seasonDays(seasonOf(to));
    bar = fahsai.timeBar(element, {
      series: facts.series, lastSeason: facts.before, first: isoOf(from), from: first, to: last,
      newest: Math.max(0, Math.min(data.newest, to) - from), isToday: data.newest === data.today,
      words: to > season.to ? { ...words, all: context.words.whole_year } : words,
      caption: data.time === "reading" ? fahsai.fill(context.words[facts.station ? "bar_station" : "bar_stations"], { station: facts.station?.name }) : null,
      onchange: ({ from: a, to: b, isPlaying }) => {
        const now = performance.now();
        const isPassing = isPlaying || now - changedAt < ONE_CHOICE_MS;
        changedAt = now;
        return fahsai.theme.choose({ window: { from: from + a, to: from + b } }, isPassing);
      },
    });
    return undefined;
  }

  // --- years -----------------------------------------------------------------------------------

  function years(element, { data, words, facts, chosen, choose }) {
    element.hidden = chosen.measure !== "carbon" || !facts.years?.length;
    if (element.hidden) return;
    fahsai.choiceBars(element, {
      title: yearText(facts.year, data.language), note: carbonNotes(facts, data, words),
      items: facts.years.map((year, i) => ({
        key: String(year), label: yearText(year, data.language), value: facts.bars[i], isChosen: year === facts.year, isBreak: facts.breaks[i],
        spoken: `${yearText(year, data.language)}: ${facts.bars[i]?.toFixed(2) ?? "–"} ${words.carbon_unit}${facts.breaks[i] ? `, ${words.carbon_break}` : ""}`,
      })),
      onchoose: (key) => choose({ year: Number(key) }),
    });
  }

  function carbonNotes({ vintage, publishedAt, breaks, years, bars }, { language }, words) {
    const day = fahsai.days.dayOf(new Date(Date.parse(publishedAt) + THAI_MS).toISOString().slice(0, 10));
    const published = fahsai.fill(words.carbon_vintage, { vintage, day: windowText({ from: day, to: day }, language) });
    const unknown = years.filter((_, i) => bars[i] === null).map((year) => yearText(year, language)).join(", ");
    return [words.carbon_unit, published, ...(breaks.some(Boolean) ? [`≠ ${words.carbon_break}`] : []),
      ...(unknown ? [fahsai.fill(words.carbon_unknown, { years: unknown })] : [])];
  }

  fahsai.themeTime = themeTime;
})();
