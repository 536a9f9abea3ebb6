// A map that is a file: what is seen at first, which layers, and the time bar over what it carries.
(function () {
  "use strict";

  const DAY_MS = 86400e3;
  const read = () => JSON.parse(document.getElementById("offline-data").textContent);
  const dayOf = (iso) => Date.parse(`${iso}T00:00Z`) / DAY_MS;

  // How many features each day has; null where no data are known of.
  function seriesOf(layers, { first, days, begins, known_from: from, known_to: to }) {
    const start = dayOf(first);
    const isKnown = (day) => from !== null && start + day >= dayOf(from) && start + day <= dayOf(to);
    const series = Array.from({ length: days }, (_, day) => (isKnown(day) ? 0 : null));
    for (const { source, declaration: { style } } of layers) {
      const isApart = (properties) => style.apart.includes(properties[style.by]);
      for (const { properties } of source.features) {
        if (isApart(properties)) continue; // it is not drawn
        const day = Math.floor((Date.parse(properties.observed_at) - begins) / DAY_MS);
        if (series[day] !== undefined) series[day] = (series[day] || 0) + 1;
      }
    }
    return series;
  }

  function offlineMap(map, layers) {
    const data = read();
    const names = Object.fromEntries(Object.values(layers).map((layer) => [layer.declaration.title, layer]));
    L.control.layers(null, names, { collapsed: matchMedia("(max-width: 720px)").matches }).addTo(map);
    const timed = Object.keys(data.timed).map((name) => layers[name]);
    for (const [name, known] of Object.entries(data.timed)) layers[name].setKnown(known || []);
    if (timed.length) fahsai.offlineTime = timeBar(data, timed);
    const view = () => fahsai.fit(map, data.box);
    map.invalidateSize({ animate: false, pan: false }); // the time bar has taken room from it
    fahsai.showView(map, view());
    fahsai.printing(map, view);
  }

  function timeBar(data, timed) {
    const element = document.getElementById("offline-time");
    element.hidden = false;
    const at = (day) => data.begins + day * DAY_MS;
    const show = ({ from, to }) => timed.forEach((layer) => layer.setPeriod([at(from), at(to + 1)]));
    const last = data.days - 1;
    show({ from: 0, to: last });
    return fahsai.timeBar(element, {
      series: seriesOf(timed, data), first: data.first, from: 0, to: last, newest: last,
      words: { ...fahsai.TIME_BAR_WORDS[data.language], all: ALL[data.language] }, onchange: show,
    });
  }

  const ALL = { th: "ทั้งช่วง", en: "All" };

  fahsai.offlineMap = offlineMap;
})();
