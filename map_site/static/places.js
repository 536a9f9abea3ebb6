// What maps call towns, provinces, countries and seas: anchors for labels.js, from places.json.
(function () {
  "use strict";

  const fahsai = (window.fahsai = window.fahsai || {});
  const NEAR = 9; // from this zoom on a province says what it is: its seat has the same name
  const CALLED = { th: (name) => `จ.${name}`, en: (name) => `${name} Province` };
  const BANGKOK = 10; // is no จังหวัด

  // { province, town, abroad, sea }, each a list of anchors, in "th" or "en".
  function placeAnchors(places, language) {
    const name = language === "en" ? 1 : 0;
    const degrees = (number) => number / places.grid;
    const provinces = new Set(places.provinces.flatMap((row) => [row[1 + name], row[6 + name]]));
    const many = (kind) => (row) => ({ kind, text: row[name], points: points(row.slice(2).map(degrees)) });
    return {
      province: places.provinces.map(([code, th, en, lon, lat, rank, ...short]) => {
        const full = [th, en][name];
        const near = code === BANGKOK ? full : CALLED[language](full);
        return {
          kind: "province", code: String(code), text: short[name] || full, near, nearZoom: NEAR,
          rank, lon: degrees(lon), lat: degrees(lat),
        };
      }),
      town: places.towns.map(([district, th, en, lon, lat, rank]) => ({
        kind: "town", district: String(district), text: [th, en][name], rank,
        lon: degrees(lon), lat: degrees(lat),
        // Where the province is named, its seat would say the same.
        ...(provinces.has([th, en][name]) ? { minZoom: NEAR } : {}),
      })),
      abroad: places.abroad.map(many("abroad")),
      sea: places.seas.map(many("sea")),
    };
  }

  function points(numbers) {
    const pairs = [];
    for (let i = 0; i < numbers.length; i += 2) pairs.push([numbers[i], numbers[i + 1]]);
    return pairs;
  }

  // Puts them all on `labels` once the page has been painted, and answers them by kind; `base` is the
  // address of our assets, `places` their places.json where it is carried in the page.
  async function addPlaces(labels, { base, places = null, language = "th" }) {
    await fahsai.afterPaint();
    const anchors = placeAnchors(places || (await fetched(`${base}/places.json`)), language);
    for (const [kind, list] of Object.entries(anchors)) labels.setLabels(kind, list);
    return anchors;
  }

  async function fetched(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.json();
  }

  // After the next painting, and when nothing else is to be done, or soon.
  function afterPaint() {
    return new Promise((resolve) => requestAnimationFrame(() => {
      if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: 1000 });
      else setTimeout(resolve);
    }));
  }

  Object.assign(fahsai, { placeAnchors, addPlaces, afterPaint });
})();
