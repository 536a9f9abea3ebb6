// What is near, as rows: fires of one kind in one direction become one. Pure functions of the answers
// of /api/near and the place; nothing here touches the page.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});

  const EARTH_M = 6371008.8; // mean radius, IUGG
  const GROUP_M = 2000; // fires so near to another of their group belong to it …
  const GROUP_DEG = 30; // … and lie so near to the direction of its first.
  const UPWIND_DEG = 45; // as of layers/methods: an eighth of a turn to each side
  const WIND_SPEAKS_MS = 3 * 3600 * 1000; // a reading older than that speaks for no present
  const KINDS = ["fires", "factories", "stations"];
  const SOURCES_OF_SMOKE = ["fires", "factories"];

  const radians = (degrees) => (degrees * Math.PI) / 180;

  // Along a great circle, between {lon, lat} in degrees; within 0.6 % of the spheroid's.
  function distanceM(a, b) {
    const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
    const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
    return 2 * EARTH_M * Math.asin(Math.sqrt(chord));
  }

  // From a to b, clockwise from north.
  function bearingDeg(a, b) {
    const turn = radians(b.lon - a.lon);
    const east = Math.sin(turn) * Math.cos(radians(b.lat));
    const north =
      Math.cos(radians(a.lat)) * Math.sin(radians(b.lat)) - Math.sin(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.cos(turn);
    return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  }

  // Between two directions, 0 to 180.
  const angle = (a, b) => Math.abs(((a - b + 540) % 360) - 180);

  // Which of the eight directions, from 0 for north.
  const direction = (bearing) => Math.round(bearing / 45) % 8;

  // What the wind lets us say at a time (ms): "known", "calm", "undirected", "old" or "none".
  function windState(wind, at) {
    if (!wind) return "none";
    if (at - Date.parse(wind.observed_at) > WIND_SPEAKS_MS) return "old";
    if (wind.calm || wind.speed_m_s < 1) return "calm";
    return wind.from_deg == null ? "undirected" : "known";
  }

  // The features of an answer with where they lie from `place`; without one, as the answer says.
  function spots(answer, place, wind) {
    return (answer?.features || []).map((feature) => {
      const [lon, lat] = feature.geometry.coordinates;
      const { distance_m, bearing_deg, upwind, ...rest } = feature.properties;
      const told = { id: feature.id, lon, lat, ...rest };
      if (!place) return { ...told, distance_m, bearing_deg: bearing_deg ?? 0, upwind: wind ? upwind === true : false };
      const bearing = bearingDeg(place, told);
      return {
        ...told,
        distance_m: distanceM(place, told),
        bearing_deg: bearing,
        upwind: wind ? angle(bearing, wind.from_deg) <= UPWIND_DEG : false,
      };
    });
  }

  const byDistance = (a, b) => a.distance_m - b.distance_m || (a.id < b.id ? -1 : 1);

  // The mean of directions.
  function middle(bearings) {
    const east = bearings.reduce((sum, one) => sum + Math.sin(radians(one)), 0);
    const north = bearings.reduce((sum, one) => sum + Math.cos(radians(one)), 0);
    return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  }

  function row(kind, members, more) {
    const nearest = members[0];
    return {
      kind,
      id: `${kind}-${nearest.id}`,
      members,
      distance_m: nearest.distance_m,
      farthest_m: Math.max(...members.map((one) => one.distance_m)),
      bearing_deg: members.length > 1 ? middle(members.map((one) => one.bearing_deg)) : nearest.bearing_deg,
      upwind: SOURCES_OF_SMOKE.includes(kind) && nearest.upwind,
      ...more,
    };
  }

  // Fires of one kind of land, all upwind or none, each within 2 km of another of its group and in
  // about the direction of the nearest.
  function fireGroups(fires) {
    const groups = [];
    for (const fire of [...fires].sort(byDistance)) {
      const kind = fire.heat_class || fire.land_use || null; // a works' own heat is no fire on a land use
      const home = groups.find(
        (group) =>
          group.land_use === kind &&
          group.members[0].upwind === fire.upwind &&
          angle(group.members[0].bearing_deg, fire.bearing_deg) <= GROUP_DEG &&
          group.members.some((one) => distanceM(one, fire) <= GROUP_M),
      );
      if (home) home.members.push(fire);
      else groups.push({ land_use: kind, members: [fire] });
    }
    return groups.map(({ land_use, members }) => row("fires", members, { land_use }));
  }

  // Factories with the newest of the certificates that had been issued; null for none, undefined
  // where that is not known: the answer has no certificates so far out, or none were ever loaded.
  function factories(found, certificates, layer, day) {
    const best = new Map();
    for (const one of certificates) {
      if (one.issued_on && one.issued_on > day) continue;
      const before = best.get(one.factory_id);
      if (!before || (one.issued_on || "") > (before.issued_on || "")) best.set(one.factory_id, one);
    }
    const all = layer && (layer.loaded || layer.found) && layer.found <= layer.returned;
    const known_m = all ? Infinity : Math.max(0, ...certificates.map((one) => one.distance_m));
    const none = (one) => (one.distance_m < known_m ? null : undefined);
    return found.map((one) => row("factories", [one], { certificate: best.get(one.id) || none(one) }));
  }

  // Every row near the place. `wind` is null where nothing may be called upwind.
  function rows(answer, place, wind) {
    const near = spots(answer, place, wind);
    const of = (layer) => near.filter((one) => one.layer === layer);
    return [
      ...fireGroups(of("hotspots")),
      ...factories(of("factories"), of("green_certificates"), answer.layers?.green_certificates, answer.at.slice(0, 10)),
      ...of("air_stations").map((one) => row("stations", [one])),
    ];
  }

  const order = (a, b) => a.distance_m - b.distance_m || (a.id < b.id ? -1 : 1);

  // Upwind first, fires before factories; then all others, nearest first.
  function sections(all, shown) {
    const chosen = all.filter((one) => !shown || one.kind === shown);
    const upwind = chosen.filter((one) => one.upwind);
    upwind.sort((a, b) => (b.kind === "fires") - (a.kind === "fires") || order(a, b));
    return { upwind, others: chosen.filter((one) => !one.upwind).sort(order) };
  }

  // How many there are of each kind: fires by detection; null where that is not known. `found` counts
  // what the service found, also what it did not send.
  function counts(answer) {
    const layer = { fires: "hotspots", factories: "factories", stations: "air_stations" };
    const told = {};
    for (const [kind, name] of Object.entries(layer)) {
      const of = answer?.layers?.[name];
      told[kind] = isKnown(of) ? of.found : null;
    }
    const known = Object.values(told).filter((one) => one !== null);
    return { all: known.length ? known.reduce((sum, one) => sum + one, 0) : null, ...told };
  }

  // Whether none found is none: not before a layer's first data, in time to come, behind a late feed,
  // or without any.
  const isKnown = (layer) => Boolean(layer && (layer.found || (layer.loaded && layer.known !== false)));

  // Degrees with a decimal point; with minutes and seconds; with decimal commas.
  const DEGREES = /^\(?\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[Nn]*\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[Ee]*\s*\)?$/;
  const ANGLE = String.raw`([NEne]?)\s*(\d+(?:\.\d+)?)\s*°\s*(?:(\d+(?:\.\d+)?)\s*'\s*)?(?:(\d+(?:\.\d+)?)\s*"\s*)?([NEne]?)`;
  const ANGLES = new RegExp(`^${ANGLE}[\\s,;]*${ANGLE}$`);
  const COMMAS = /^(\d+),(\d+)\s*[;\s]\s*(\d+),(\d+)$/;

  // Two numbers from what people paste, latitude first; also in Thai digits, and the other way
  // round where only that can be in Thailand. null for anything else.
  function coordinates(text) {
    const plain = text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50)
      .replace(/[′’‘]/g, "'").replace(/[″”“]|''/g, '"').replace(/º/g, "°").trim();
    const commas = plain.match(COMMAS);
    const found = (commas ? `${commas[1]}.${commas[2]} ${commas[3]}.${commas[4]}` : plain).match(DEGREES);
    if (found) return placed(Number(found[1]), Number(found[2]));
    const angles = plain.match(ANGLES);
    if (!angles) return null;
    const degrees = ([, whole, minutes = 0, seconds = 0]) => Number(whole) + minutes / 60 + seconds / 3600;
    return placed(degrees(angles.slice(1, 6)), degrees(angles.slice(6, 11)));
  }

  // A place by latitude and longitude, or the other way round where only that can be in Thailand; null
  // where they are of no place.
  function placed(lat, lon) {
    if (!inThailand({ lon, lat }) && inThailand({ lon: lat, lat: lon })) return { lon: lat, lat: lon };
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
  }

  // Roughly: the frame of the country's map.
  const inThailand = ({ lon, lat }) => lon >= 97.2 && lon <= 105.8 && lat >= 5.5 && lat <= 20.6;

  field.near = {
    KINDS,
    angle,
    bearingDeg,
    coordinates,
    counts,
    direction,
    distanceM,
    inThailand,
    isKnown,
    placed,
    rows,
    sections,
    windState,
  };
})();
