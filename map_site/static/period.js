// Which instants a chosen period means: days and seasons of Asia/Bangkok (UTC+7, no summer time).
(function () {
  "use strict";

  const HOUR = 3600e3;
  const DAY = 24 * HOUR;
  const ZONE = 7 * HOUR;

  const midnight = (time) => Math.floor((Number(time) + ZONE) / DAY) * DAY - ZONE;
  const monthStart = (year, month) => Date.UTC(year, month - 1, 1) - ZONE;
  const day = (time) => new Date(Number(time) + ZONE).toISOString().slice(0, 10);

  // "2026-01-14" as the midnight that begins that day in Bangkok; NaN unless it is a date.
  const dayStart = (text) => Date.parse(`${text}T00:00:00+07:00`);

  // The year in which the season that `time` belongs to began, or else the last one before it.
  function season(time) {
    const local = new Date(Number(time) + ZONE);
    return local.getUTCFullYear() - (local.getUTCMonth() === 11 ? 0 : 1);
  }

  // [start, end) as Dates. `newest` is when the newest data are from: periods count back from it,
  // so that a page whose feed is old still shows the last that it knows. Null if not understood.
  function interval(choice, newest) {
    const [kind, from, to] = choice.split("_");
    const year = Number(kind.slice("season".length));
    const tomorrow = midnight(newest) + DAY;
    const found = {
      "24h": () => [Number(newest) - DAY + 1000, Number(newest) + 1000],
      "7d": () => [tomorrow - 7 * DAY, tomorrow],
      "30d": () => [tomorrow - 30 * DAY, tomorrow],
      own: () => [dayStart(from), dayStart(to) + DAY],
    }[kind] || (kind.startsWith("season") && (() => [monthStart(year, 12), monthStart(year + 1, 5)]));
    const [start, end] = found ? found() : [NaN, NaN];
    return start < end ? [new Date(start), new Date(end)] : null;
  }

  Object.assign(fahsai, { interval, season, day });
})();
