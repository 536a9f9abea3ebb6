// The time at a theme's foot: a bar of days, of months or of years, as the theme counts.
(function () {
  "use strict";

  const { dayInThailand, dayText, isoOf, monthEnd, monthText, shortMonth, windowText, yearText, seasonDays, seasonOf } = fahsai.days;
  const { count, make } = fahsai.drawing;
  const THAI_MS = 7 * 3600e3;
  const ONE_CHOICE_MS = 900; // changes that follow each other sooner are of one drag

  let bar = null;
  let shown = null;
  let changedAt = -Infinity;

  function themeTime(element, context) {
    const { data } = context;
    if (data.time === "month") return months(element, context);
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
      today: Math.max(0, Math.min(data.newest, to) - from),
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

  // --- months ----------------------------------------------------------------------------------

  function months(element, { data, words, facts, chosen, choose }) {
    const { language } = data;
    const { window } = chosen;
    const counted = (value) => `${count(value)} ${fahsai.fill(words.complaints_short, { count: value })}`;
    const unfinished = fahsai.fill(words.unfinished_until, { day: dayText(dayInThailand(data.newest_at), language) });
    const isSaid = facts.unfinished.includes(true) ? [make("span", { class: "quiet" }, unfinished)] : [];
    const items = facts.months.map((month, i) => ({
      key: isoOf(month), label: shortMonth(month, language), value: facts.series[i], before: facts.before[i],
      isChosen: month >= window.from && month <= window.to, isUnfinished: facts.unfinished[i],
      spoken: facts.unfinished[i]
        ? `${monthText(month, language)}: ${counted(facts.series[i])}, ${unfinished}`
        : `${monthText(month, language)}: ${counted(facts.series[i])}, ${words.last_year} ${count(facts.before[i])}`,
    }));
    fahsai.choiceBars(element, {
      title: windowText(window, language, true), note: [`${counted(facts.total)} · ${words.months_only}`, make("span", { class: "quiet by-keys" }, words.months_shift), ...isSaid], items,
      further: monthFields(facts.months, window, data, words, choose),
      onchoose: (key, isExtended) => {
        const month = fahsai.days.dayOf(key);
        const own = { from: month, to: monthEnd(month) };
        choose({ window: isExtended ? { from: Math.min(own.from, window.from), to: Math.max(own.to, window.to) } : own });
      },
    });
  }

  // Two fields for who has no Shift: from which month, to which.
  function monthFields(all, window, { language }, words, choose) {
    const field = (end, chosen) => {
      const options = all.map((month) => make("option", { value: isoOf(month), selected: month === chosen }, monthText(month, language)));
      if (!all.includes(chosen)) options.unshift(make("option", { value: "", selected: true }, monthText(chosen, language)));
      return make("label", {}, `${words[end]} `, make("select", { "data-key": end, onchange: ({ target }) => target.value && take(end, fahsai.days.dayOf(target.value)) }, ...options));
    };
    // Where one end passes the other, it takes it along.
    const take = (end, month) => choose({ window: end === "from"
      ? { from: month, to: Math.max(window.to, monthEnd(month)) } : { from: Math.min(window.from, month), to: monthEnd(month) } });
    return make("div", { class: "month-fields" }, field("from", window.from), field("to", fahsai.days.monthStart(window.to)));
  }

  // --- years -----------------------------------------------------------------------------------

  function years(element, { data, words, facts, chosen, choose }) {
    element.hidden = chosen.measure !== "carbon" || !facts.years?.length;
    if (element.hidden) return;
    fahsai.choiceBars(element, {
      title: yearText(facts.year, data.language), note: carbonNotes(facts, data, words),
      items: facts.years.map((year, i) => ({
        key: String(year), label: yearText(year, data.language), value: facts.bars[i], before: null, isChosen: year === facts.year, isBreak: facts.breaks[i],
        spoken: `${yearText(year, data.language)}: ${facts.bars[i]?.toFixed(2) ?? "–"} ${words.carbon_unit}${facts.breaks[i] ? `, ${words.carbon_break}` : ""}`,
      })),
      onchoose: (key) => choose({ year: Number(key) }),
    });
  }

  function carbonNotes({ vintage, publishedAt, breaks }, { language }, words) {
    const day = fahsai.days.dayOf(new Date(Date.parse(publishedAt) + THAI_MS).toISOString().slice(0, 10));
    const published = fahsai.fill(words.carbon_vintage, { vintage, day: windowText({ from: day, to: day }, language) });
    return [words.carbon_unit, published, ...(breaks.some(Boolean) ? [`≠ ${words.carbon_break}`] : [])];
  }

  fahsai.themeTime = themeTime;
})();
