// The field page: where we are, what was asked and answered, and what is shown when neither comes.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const { say, moment } = field.say;
  const view = field.view;
  const { find } = view;

  const LAYERS = "hotspots,factories,air_stations,green_certificates";
  const MOST = 1000; // features of an answer; how many were found is told beside them
  const ANSWER_WITHIN_MS = 20000;
  const LOCATED_WITHIN_MS = 15000;
  const KEPT_SPEAKS_M = 10000; // an answer about a place farther off tells nothing of here
  const MOVED_M = 100;
  const READ_AGAIN_MS = 10 * 60000;
  const LEAST_KM = 0.1;
  const FIRST = { km: 10, hours: 72, view: "list", show: "" };
  const VIEWS = ["list", "compass", "record"];

  // What the address says.
  let chosen = FIRST;
  // What is shown: {place, answer, source, rows, wind_state, past, at, moved, unkept}.
  let model = {};
  let unused = []; // of the address: {name, written, used}
  let asked = 0; // of the newest question alone

  // --- the address -----------------------------------------------------------------------------

  function ofAddress() {
    const query = new URLSearchParams(location.search);
    unused = [];
    // What is said of a value that is not used, and what is in its place.
    const read = (name, value, isUsable, otherwise, used) => {
      if (!query.get(name) || isUsable) return query.get(name) ? value : otherwise;
      unused.push({ name, written: query.get(name), used });
      return otherwise;
    };
    const [lat, lon, km, hours] = ["lat", "lon", "km", "hours"].map((name) => Number(query.get(name) || NaN));
    const at = query.get("at");
    const buddhist = fahsai.buddhistIn(location.href);
    if (buddhist) unused.push({ said: fahsai.fill(fahsai.wordsOf("site").buddhist, buddhist) });
    const hasPlace = query.has("lat") && query.has("lon");
    const place = hasPlace ? field.near.placed(lat, lon) : null;
    return {
      ...(place || { lat: null, lon: null }),
      nowhere: hasPlace && !place ? `${query.get("lat")}, ${query.get("lon")}` : null,
      factory: query.get("factory"),
      km: read("km", km, km >= LEAST_KM && km <= 100, FIRST.km, field.say.radius(FIRST.km)),
      hours: read("hours", hours, hours >= 1 && hours <= 8784, FIRST.hours, field.say.back(FIRST.hours)),
      at: buddhist ? null : read("at", isoOf(at), isoOf(at) !== null, null, say("now")),
      view: VIEWS.includes(query.get("view")) ? query.get("view") : FIRST.view,
      show: field.near.KINDS.includes(query.get("show")) ? query.get("show") : "",
    };
  }

  const isoOf = (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString());

  function address(of, language = document.documentElement.lang) {
    const query = new URLSearchParams();
    for (const name of ["lat", "lon", "factory", "km", "hours", "at", "view", "show"])
      if (of[name] != null && of[name] !== "" && of[name] !== FIRST[name]) query.set(name, of[name]);
    if (language === "en") query.set("lang", "en");
    const text = query.toString().replace(/%3A/g, ":");
    return fahsai.at(text ? `/field?${text}` : "/field");
  }

  // Takes a choice over, so that Back undoes it; what changes the question asks anew.
  function choose(changed) {
    const before = chosen;
    chosen = { ...chosen, ...changed };
    unused = [];
    history.pushState({}, "", address(chosen));
    follow(before);
  }

  function follow(before) {
    const same = (names) => names.every((name) => before[name] === chosen[name]);
    if (!same(["lat", "lon", "factory"])) begin();
    else if (!same(["km", "hours", "at"])) model.place ? ask(model.place) : begin();
    else show();
  }

  // --- where -----------------------------------------------------------------------------------

  async function begin() {
    if (chosen.factory) return ask({ by: "factory", factory: chosen.factory });
    if (chosen.nowhere && chosen.lat == null) return helpless("outside", { place: chosen.nowhere });
    if (chosen.lat != null && chosen.lon != null) return ask({ by: "pin", lat: chosen.lat, lon: chosen.lon });
    const mine = ++asked;
    const allowed = await permission();
    if (mine !== asked) return;
    if (allowed === "denied") return helpless("refused");
    if (allowed === "granted") return locate();
    return helpless("ask");
  }

  async function permission() {
    try {
      return (await navigator.permissions.query({ name: "geolocation" })).state;
    } catch {
      return "prompt"; // a browser that cannot say: the button asks
    }
  }

  // By the device, which people may refuse.
  function locate() {
    const mine = ++asked;
    chosen = { ...chosen, lat: null, lon: null, factory: null };
    history.replaceState({}, "", address(chosen));
    if (!navigator.geolocation) return helpless("unavailable");
    if (!model.answer) view.state("locating");
    fahsai.announce(say("locating"));
    const found = ({ coords }) => {
      if (mine === asked) ask({ by: "gps", lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy });
    };
    const failed = ({ code }) => {
      if (mine === asked) helpless({ 1: "refused", 3: "slow" }[code] || "unavailable");
    };
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: LOCATED_WITHIN_MS, maximumAge: 60000 });
  }

  // No place: says why, opens the choice, and offers what is kept under its own place and time.
  async function helpless(name, values) {
    const mine = asked;
    const kept = (await field.kept.answers()).filter((one) => !one.asked.at);
    if (mine !== asked) return;
    model = { unkept: model.unkept };
    find("choice").open = true;
    const actions = kept.slice(0, 3).map((one) => [keptName(one), () => openKept(one)]);
    const locating = name === "ask" ? say("locate") : say("again");
    view.state(name, values, [...(name === "outside" || name === "no_factory" ? [] : [[locating, locate]]), ...actions]);
    show();
  }

  const keptName = (one) => say("kept_elsewhere", { place: field.say.place(one.near), time: moment(one.kept_at, Date.now()) });

  function openKept({ asked: { lat, lon, factory, km, hours } }) {
    choose(factory ? { factory, lat: null, lon: null, km, hours } : { lat, lon, factory: null, km, hours });
  }

  // --- what is near ----------------------------------------------------------------------------

  async function ask(place) {
    const mine = ++asked;
    if (place.lat != null && !field.near.inThailand(place))
      return helpless("outside", { place: `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}` });
    const question = { ...placeOf(place), km: chosen.km, hours: chosen.hours, at: chosen.at };
    const kept = await field.kept.answers();
    if (mine !== asked) return;
    const before = fitting(kept, question);
    if (before) take(place, before, "updating");
    else {
      model = { place };
      view.state("loading");
      show();
    }
    try {
      const answer = await read(question);
      if (mine !== asked) return;
      take(place, answer, "fresh");
      const keeps = await field.kept.keepAnswer(answer);
      if (mine === asked && !keeps) take(place, answer, "fresh", { unkept: true });
    } catch (problem) {
      if (mine === asked) unread(problem, place, before, kept);
    }
  }

  const placeOf = (place) => (place.factory ? { factory: place.factory } : { lat: place.lat, lon: place.lon });

  async function read({ factory, lat, lon, km, hours, at }) {
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), ANSWER_WITHIN_MS);
    const about = { ...(factory ? { factory } : { lat, lon }), radius_m: km * 1000, ...(at ? { at } : {}), limit: MOST };
    const get = async (more) => {
      const answer = await fetch(fahsai.at(`/api/near?${new URLSearchParams({ ...about, ...more })}`), { signal: ended.signal });
      if (!answer.ok) {
        const { detail = "" } = await answer.json().catch(() => ({}));
        throw Object.assign(new Error(String(answer.status)), { status: answer.status, detail });
      }
      return answer.json();
    };
    try {
      const near = await get({ layers: LAYERS, hours });
      const { lon: foundLon, lat: foundLat } = near.place;
      return { asked: { factory, lat: foundLat, lon: foundLon, km, hours, at }, near, kept_at: at ? Date.now() : Date.parse(near.at) };
    } finally {
      clearTimeout(timer);
    }
  }

  // Of what is kept, the answer to the question: of this factory, or about a place near enough.
  function fitting(kept, question) {
    const alike = kept.filter(({ asked: one }) => one.at === question.at && one.km === question.km && one.hours === question.hours);
    if (question.factory) return alike.find(({ asked: one }) => one.factory === question.factory);
    const near = alike.map((one) => [field.near.distanceM(one.asked, question), one]).filter(([far]) => far <= KEPT_SPEAKS_M);
    near.sort(([a, one], [b, other]) => Math.round(a / 500) - Math.round(b / 500) || other.kept_at - one.kept_at);
    return near[0]?.[1];
  }

  function unread(problem, place, before, kept) {
    const offline = !problem.status;
    if (problem.status === 404 && place.factory) return helpless("no_factory", { id: place.factory });
    if (before) return take(place, before, offline ? "offline" : "unanswered");
    // Of another radius or time: better than nothing, and told by its own buttons.
    const others = kept.filter((one) => !one.asked.at).slice(0, 3);
    const kind = offline ? "nothing_kept" : problem.status < 500 ? "refused_question" : "failed";
    view.state(kind, { detail: `${problem.status} ${problem.detail || ""}`.trim(), status: problem.status }, [
      [say("again"), () => ask(place)],
      ...others.map((one) => [keptName(one), () => openKept(one)]),
    ]);
  }

  function take(place, answer, source, more = {}) {
    const where = place.lat == null ? { ...place, lat: answer.asked.lat, lon: answer.asked.lon } : place;
    const moved = field.near.distanceM(where, answer.asked);
    model = { place: where, answer, source, past: answer.asked.at, moved: moved > MOVED_M ? moved : 0, ...more };
    view.state("");
    show();
    if (source !== "updating") fahsai.announce(find("age-words").textContent);
  }

  // --- showing ---------------------------------------------------------------------------------

  function show() {
    const now = Date.now();
    if (model.answer) {
      const { near } = model.answer;
      model.at = model.past ? Date.parse(model.past) : now;
      model.wind_state = field.near.windState(near.wind, model.at);
      const wind = model.wind_state === "known" ? near.wind : null;
      model.rows = field.near.rows(near, model.moved ? model.place : null, wind);
    }
    document.body.dataset.view = chosen.view;
    for (const name of VIEWS) find(`to-${name}`).setAttribute("aria-pressed", String(name === chosen.view));
    model.unread = unused;
    view.where(model);
    age(now);
    view.notices(model, now);
    view.windBox(model, now);
    view.filters(model, chosen.show, (show) => choose({ show }));
    view.list(model, chosen.show, choose, now);
    view.compass(model, chosen.show);
    fill();
    toInspect();
    const language = document.querySelector("a.language");
    language.href = address(chosen, language.lang);
    fahsai.shareAddress = () => new URL(address({ ...chosen, ...(model.place ? placeOf(model.place) : {}) }), location.href).href;
  }

  const age = (now) => view.ageBox(model, field.kept.notes(), now, { again: readAgain, now: () => choose({ at: null }) });

  function readAgain() {
    if (model.place?.by === "gps") locate();
    else if (model.place) ask(model.place);
  }

  // The choice as it is.
  function fill() {
    find("km").value = String(chosen.km);
    find("hours").value = String(chosen.hours);
    find("at").value = chosen.at ? field.say.there(chosen.at).slice(0, 16) : "";
  }

  // --- what people do --------------------------------------------------------------------------

  function listen() {
    find("locate").addEventListener("click", () => locate());
    for (const name of VIEWS)
      find(`to-${name}`).addEventListener("click", () => {
        if (name !== chosen.view) choose({ view: name });
        window.scrollTo(0, 0);
      });
    find("pin").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = find("coordinates").value;
      const found = field.near.coordinates(text);
      find("coordinates").setAttribute("aria-invalid", String(!found));
      find("coordinates-wrong").textContent = found ? "" : say("coordinates_wrong", { text });
      if (found) choose({ ...found, factory: null });
      else find("coordinates").focus();
    });
    find("km").addEventListener("change", (event) => choose({ km: Number(event.target.value) }));
    find("hours").addEventListener("change", (event) => choose({ hours: Number(event.target.value) }));
    find("past").addEventListener("submit", (event) => {
      event.preventDefault();
      const told = find("at").value;
      choose({ at: told ? new Date(`${told}:00+07:00`).toISOString() : null });
    });
    window.addEventListener("popstate", () => {
      const before = chosen;
      chosen = ofAddress();
      follow(before);
    });
    window.addEventListener("offline", () => {
      if (model.answer) model.source = "offline";
      age(Date.now());
    });
    window.addEventListener("online", readAgain);
    document.addEventListener("visibilitychange", () => {
      const old = model.answer && Date.now() - model.answer.kept_at > READ_AGAIN_MS;
      if (!document.hidden && old && !model.past) readAgain();
    });
    setInterval(tick, 30000);
  }

  // Time passes: the age is told anew, and wind that grew old stops sorting.
  function tick() {
    const now = Date.now();
    if (model.answer && !model.past && field.near.windState(model.answer.near.wind, now) !== model.wind_state) show();
    else age(now);
  }

  function placeNow() {
    const { place, answer, moved } = model;
    if (!place || place.lat == null) return null;
    return { lat: place.lat, lon: place.lon, accuracy_m: place.accuracy_m || null, name: answer && !moved ? field.say.place(answer.near) : "" };
  }

  // Keeps the page itself for when there is no signal.
  function keepPage() {
    navigator.serviceWorker?.register(fahsai.at("/sw.js"), { scope: fahsai.at("/field") }).catch(() => {
      model.unkept = true;
      view.notices(model, Date.now());
    });
  }

  // Of the factory that the page is about, or else what is on the device.
  function toInspect() {
    const of = chosen.factory ? `/factories/${encodeURIComponent(chosen.factory)}` : "";
    const language = document.documentElement.lang === "en" ? "?lang=en" : "";
    find("inspect").href = fahsai.at(`/staff/inspect${of}${language}`);
  }

  chosen = ofAddress();
  field.record(placeNow, () => age(Date.now()));
  listen();
  show();
  begin();
  keepPage();
  if (fahsai.staffPages.isOfStaff()) fahsai.staffPages.keep(null);
})();
