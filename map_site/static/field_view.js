// How what is near is shown: the age of the data, wind and air, filters, rows, empty and other states.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const { say, count, distance, distances, moment, age, radius, names, thai } = field.say;
  const { element, needle, pill, symbol, windArrow, classOf } = field.draw;
  const find = (id) => document.getElementById(`field-${id}`);
  const ROWS_AT_FIRST = 30;
  const FIRES_TOLD = 20; // of a group, one by one
  const HOUR_MS = 3600 * 1000;
  const LAYERS = { hotspots: "fires", factories: "factories", air_stations: "stations" };
  const lines = (parts) => parts.filter(Boolean).join(" · ");

  const button = (text, press, more = {}) => element("button", { type: "button", class: "button", onclick: press, ...more }, text);

  // --- how old ---------------------------------------------------------------------------------

  // `model.source` is "fresh", "updating", "offline" or "unanswered"; `model.past` a past hour.
  function ageBox(model, notes, now, read) {
    const box = find("age");
    const { answer } = model;
    box.hidden = !answer;
    if (!answer) return;
    const { at, isPart } = dataTime(answer);
    const old = now - at;
    const isOld = old > 15 * 60000;
    const time = moment(model.past || at, now);
    const kind = model.source === "fresh" && model.past ? "past" : model.source === "fresh" && (isOld || isPart) ? "late" : model.source;
    const title = { fresh: "data_of", late: isPart ? "data_part" : "data_of", past: "past", updating: "updating" }[kind] || kind;
    const unsent = notes.length ? say("unsent", { count: notes.length }) : "";
    const aged = kind === "fresh" || model.past || (kind === "late" && !isOld) ? "" : say("old", { age: age(old) });
    const told = [say(title, { time }), lines([aged, unsent])];
    box.dataset.state = kind;
    // Told anew to readers of the screen only when it says something else.
    const words = find("age-words");
    if (words.dataset.said !== told.join("|")) {
      words.dataset.said = told.join("|");
      words.replaceChildren(element("b", {}, told[0]), told[1] ? element("span", {}, told[1]) : "");
    }
    const again = find("age-again");
    again.hidden = kind === "fresh" || kind === "updating";
    again.textContent = kind === "past" ? say("to_now") : say("read_again");
    again.onclick = kind === "past" ? read.now : read.again;
  }

  // Of when the data are: of when they were read, but no feed that is late has any so new. `isPart`
  // says that some are late and others not.
  function dataTime({ near, kept_at: at }) {
    const feeds = Object.keys(LAYERS).map((name) => near.layers?.[name]).filter((layer) => layer?.newest);
    const late = feeds.filter(({ stale }) => stale);
    if (!late.length || late.length < feeds.length) return { at, isPart: late.length > 0 };
    return { at: Math.max(...late.map(({ newest }) => Date.parse(newest))), isPart: false };
  }

  // What the service says of its layers: late, never loaded, not all sent.
  function notices(model, now) {
    const told = [];
    const layers = model.answer?.near.layers || {};
    for (const [name, kind] of Object.entries(LAYERS)) {
      const layer = layers[name];
      const title = say(kind);
      if (!layer) continue;
      if (!layer.loaded && !layer.found) told.push(say("never_loaded", { title }));
      else if (layer.stale && layer.newest && (!model.past || layer.found)) told.push(say("late_source", { title, time: moment(layer.newest, now) }));
      else if (!field.near.isKnown(layer)) told.push(say("unknown_then", { title }));
      if (layer.found > layer.returned) told.push(say("not_all", { title, shown: count(layer.returned), found: count(layer.found) }));
    }
    told.unshift(...(model.unread || []).map((one) => one.said || say("unread", one)));
    if (model.place?.accuracy_m > 1000) told.unshift(say("coarse", { distance: distance(model.place.accuracy_m) }));
    if (model.moved) told.unshift(say("moved", { radius: radius(model.answer.asked.km), distance: distance(model.moved) }));
    // The page may have been kept from before the data were simulated.
    if (model.answer?.near.simulated && !document.querySelector("p.simulated")) told.unshift(fahsai.wordsOf("site").simulated_all);
    if (!field.kept.possible || model.unkept) told.push(say("not_kept"));
    find("notices").replaceChildren(...(model.answer ? told : []).map((text) => element("li", { class: "note warn" }, text)));
  }

  // --- wind and air ----------------------------------------------------------------------------

  function windBox(model, now) {
    const box = find("wind");
    box.hidden = !model.answer;
    if (!model.answer) return;
    const { wind } = model.answer.near;
    const state = model.wind_state;
    const at = wind && moment(wind.observed_at, now);
    const told = wind && wind.from_deg != null && { direction: field.say.direction(wind.from_deg), speed: field.say.speed(wind.speed_m_s) };
    const title = {
      known: () => say("wind_from", told),
      calm: () => say("calm"),
      undirected: () => say("no_direction", { speed: field.say.speed(wind.speed_m_s) }),
      old: () => say("old_wind", { age: age(model.at - Date.parse(wind.observed_at)) }),
      none: () => say("no_wind"),
    }[state]();
    const away = wind && say("station_away", { distance: distance(wind.distance_m) });
    const second = {
      known: () => lines([say("smoke_to", { direction: field.say.direction((wind.from_deg + 180) % 360) }), say("measured", { time: at }), away]),
      calm: () => lines([say("calm_why"), say("measured", { time: at }), away]),
      undirected: () => lines([say("calm_why"), say("measured", { time: at }), away]),
      old: () => (told ? say("old_wind_was", { ...told, time: at }) : say("measured", { time: at })),
      none: () => say("no_wind_why"),
    }[state]();
    box.dataset.state = state;
    box.replaceChildren(
      element("div", { class: "field-arrow" }, state === "known" ? windArrow(wind.from_deg, 72) : element("span", { class: "no-arrow" }, "–")),
      element("div", {}, element("b", {}, title), element("p", {}, second), airLine(model.answer.near.air, now, model.at)),
    );
  }

  function airLine(air, now, at) {
    const old = air && at - Date.parse(air.observed_at);
    if (!air || old > 24 * HOUR_MS) return element("p", {}, say("no_pm25"));
    const hourly = air.pm25_averaging_h === 1 ? say("hourly") : "";
    const rest = lines([classOf(air), hourly, say("away", { distance: distance(air.distance_m) }), say("reading_of", { time: moment(air.observed_at, now) })]);
    return element("p", { class: "field-air" }, `${say("pm25")} `, pill(air, old > 3 * HOUR_MS), ` µg/m³ ${rest}`);
  }

  // --- filters and rows ------------------------------------------------------------------------

  function filters(model, shown, choose) {
    const box = find("filters");
    box.hidden = !model.answer;
    if (!model.answer) return;
    const told = field.near.counts(model.answer.near);
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
    box.replaceChildren(
      ...["", ...field.near.KINDS].map((kind) => {
        const name = kind || "all";
        const number = told[name] == null ? unknownNumber(model, kind) : say(`${name}_count`, { count: count(told[name]) });
        const pressed = String(shown === kind);
        const press = () => choose(kind);
        return element("button", { type: "button", "aria-pressed": pressed, "data-kind": kind, onclick: press }, `${say(name)} `, element("b", {}, number));
      }),
    );
    if (focused != null) box.querySelector(`[data-kind="${focused}"]`).focus();
  }

  // A dash, and the day that the data reach where there are any.
  function unknownNumber({ answer: { near: { layers } }, past }, shown) {
    const [name] = Object.entries(LAYERS).find(([, kind]) => kind === shown) || [];
    const newest = layers?.[name]?.newest;
    return newest && !past ? say("reaches", { day: field.say.day(newest) }) : "–";
  }

  function list(model, shown, chosen, now) {
    const place = find("list");
    place.hidden = !model.answer;
    if (!model.answer) return;
    const { upwind, others } = field.near.sections(model.rows, shown);
    const known = model.wind_state === "known";
    const made = [];
    const smoke = !shown || shown === "fires" || shown === "factories";
    const { hotspots, factories } = model.answer.near.layers;
    const isSmokeKnown = (shown === "factories" || field.near.isKnown(hotspots)) && (shown === "fires" || field.near.isKnown(factories));
    if (upwind.length) made.push(...section("upwind", upwind, model, now));
    else if (known && smoke && isSmokeKnown && others.length) made.push(element("p", { class: "field-none" }, say("no_upwind")));
    if (others.length) made.push(...section(known && smoke ? "elsewhere" : "nearest_first", others, model, now));
    if (!upwind.length && !others.length) made.push(empty(model, shown, chosen));
    const newest = hotspots?.newest;
    if (!shown) made.push(...complaints(model.answer.near.complaints || []));
    made.push(element("p", { class: "field-caveat" }, say("caveat", { time: newest ? moment(newest, now) : "–" })));
    const fresh = element("div", {}, ...made);
    // As time passes the same rows say other ages: then those that are open stay so.
    const key = [model.answer.kept_at, model.moved, model.wind_state, shown].join();
    if (place.dataset.key === key && place.textContent === fresh.textContent) return;
    const kept = place.dataset.key === key ? place.querySelectorAll("details[open]") : [];
    const focused = place.contains(document.activeElement) ? document.activeElement.closest("li")?.id : null;
    for (const { parentElement } of kept) fresh.querySelector(`#${CSS.escape(parentElement.id)} details`)?.setAttribute("open", "");
    place.dataset.key = key;
    place.replaceChildren(...fresh.children);
    if (focused) document.getElementById(focused)?.querySelector("summary").focus();
  }

  function section(name, rows, model, now) {
    const arrow = name === "upwind" ? windArrow(model.answer.near.wind.from_deg, 24) : null;
    const head = element("h2", { class: `field-head ${name}` }, arrow, say(name), element("span", {}, say("all_count", { count: count(rows.length) })));
    const items = element("ul", { class: "field-rows" });
    const put = (from, to) => items.append(...rows.slice(from, to).map((one) => line(one, model, now)));
    put(0, ROWS_AT_FIRST);
    const left = rows.length - ROWS_AT_FIRST;
    if (left <= 0) return [head, items];
    const more = button(say("more", { count: count(left) }), () => {
      put(ROWS_AT_FIRST);
      more.remove();
      items.children[ROWS_AT_FIRST].querySelector("summary").focus();
    });
    more.classList.add("field-more");
    return [head, items, more];
  }

  function line(one, model, now) {
    const tell = { fires: fire, factories: factory, stations: station }[one.kind];
    const { title, small, more } = tell(one, model, now);
    const far = distances(one.distance_m, one.farthest_m);
    const where = element("span", { class: "field-far" }, element("b", {}, far), element("small", {}, field.say.direction(one.bearing_deg)));
    const summary = element("summary", {}, symbol(one), element("span", { class: "field-name" }, element("b", {}, title), element("small", {}, small)), where, needle(one.bearing_deg));
    return element("li", { id: `row-${one.id}`, "data-kind": one.kind }, element("details", {}, summary, element("div", { class: "field-more-of" }, ...more)));
  }

  // How long ago, as seen from now; of a past hour the time itself.
  const when = (at, model, now) => (model.past ? moment(at, now) : say("ago", { age: age(now - Date.parse(at)) }));

  function fire(one, model, now) {
    const kind = names.land_uses[one.land_use] || say("kind_unknown");
    const many = one.members.length;
    // What was not sent may belong to the group.
    const { found, returned } = model.answer.near.layers.hotspots;
    const title = many > 1 ? say(found > returned ? "fire_group_least" : "fire_group", { kind, count: count(many) }) : say("one_fire", { kind });
    const newest = one.members.reduce((a, b) => (a.observed_at > b.observed_at ? a : b));
    const district = one.members[0].district_th;
    const small = lines([district && say("district", { name: district }), say("latest", { time: when(newest.observed_at, model, now) })]);
    const each = one.members.slice(0, FIRES_TOLD).map((spot) => {
      const at = spot.time_precision === "window" && spot.observed_from ? say("window", { from: moment(spot.observed_from, now), to: moment(spot.observed_at, now) }) : moment(spot.observed_at, now);
      const told = [at, names.satellites[spot.satellite], `${distance(spot.distance_m)} ${field.say.direction(spot.bearing_deg)}`];
      return element("li", {}, lines(told));
    });
    if (many > FIRES_TOLD) each.push(element("li", {}, say("and_more", { count: count(many - FIRES_TOLD) })));
    return { title, small, more: [element("ul", {}, ...each), links(one.members[0])] };
  }

  function factory(one, model) {
    const [it] = one.members;
    const { certificate } = one;
    const today = field.say.there(model.at).slice(0, 10);
    const title = (it.name || say("unnamed")).replace(/^บริษัท /, "").replace(/ จำกัด$/, "");
    const expired = certificate?.expires_on && certificate.expires_on < today;
    const none = certificate === null ? say("no_certificate") : "";
    const told = certificate ? say(expired ? "certificate_expired" : "certificate", { level: certificate.level }) : none;
    const stopped = it.status && it.status !== "operating" ? names.factory_statuses[it.status] : "";
    const small = lines([told, it.workers != null && say("workers", { count: count(it.workers) }), stopped]);
    const facts = [
      it.name && it.name !== title ? it.name : "",
      it.registration_no && say("registration", { number: it.registration_no }),
      it.product || it.kind,
      it.location_precision && it.location_precision !== "government" && say("precision", { precision: names.precisions[it.location_precision] }),
      ...(it.doubts || "").split(", ").map((code) => names.doubts[code]),
    ];
    return { title, small, more: [...facts.filter(Boolean).map((text) => element("p", {}, text)), links(it, it.id)] };
  }

  // Of the areas that hold the place: nothing nearer is known of complaints.
  function complaints(rows) {
    if (!rows.length) return [];
    const each = rows.map((one) => {
      const homes = one.homes === null ? say("complaints_few") : say("complaints_homes", { count: count(one.homes) });
      return element("li", {}, lines([one[thai ? "name_th" : "name_en"], periodOf(one), homes]));
    });
    return [element("section", { class: "field-complaints" }, element("h2", { class: "field-head" }, say("complaints")),
      element("ul", {}, ...each), element("p", { class: "field-caveat" }, say("complaints_why")))];
  }

  function periodOf({ period, observed_at: from, last_day: to }) {
    const last = field.say.month(`${to}T00:00:00+07:00`);
    if (period === "year") return last.replace(/^.* /, "");
    return period === "month" ? last : `${field.say.month(from)} – ${last}`;
  }

  function station(one, model, now) {
    const [it] = one.members;
    const value = it.pm25_ug_m3 == null ? say("no_reading") : `PM2.5 ${count(it.pm25_ug_m3)} µg/m³ ${classOf(it)}`;
    const at = it.observed_at ? say("reading_of", { time: when(it.observed_at, model, now) }) : "";
    return { title: it[thai ? "name_th" : "name_en"] || it.name_th || it.id, small: lines([value, at]), more: [links(it)] };
  }

  function links(spot, factory_id) {
    const lang = thai ? "" : "lang=en";
    const made = [element("a", { class: "button", href: `geo:${spot.lat},${spot.lon}?q=${spot.lat},${spot.lon}` }, say("directions"))];
    if (factory_id) {
      const id = encodeURIComponent(factory_id);
      made.unshift(element("a", { class: "button", href: fahsai.at(`/factories/${id}${lang && `?${lang}`}`) }, say("open_factory")));
      made.push(element("a", { class: "button", href: fahsai.at(`/field?factory=${id}${lang && `&${lang}`}`) }, say("around_factory")));
    }
    if (factory_id && fahsai.staffPages.isOfStaff())
      made.push(element("a", { class: "button strong", href: fahsai.at(`/staff/inspect/factories/${encodeURIComponent(factory_id)}${lang && `?${lang}`}`) }, say("inspect")));
    return element("p", { class: "field-links" }, ...made);
  }

  function empty(model, shown, chosen) {
    const { km, hours } = model.answer.asked;
    const { layers } = model.answer.near;
    const known = Object.entries(LAYERS).filter(([name]) => field.near.isKnown(layers[name]));
    const what = known.map(([, kind]) => say(kind)).join(" ") || "–";
    const wanted = Object.entries(LAYERS).filter(([, kind]) => !shown || kind === shown).map(([name]) => layers[name]);
    if (!wanted.some(field.near.isKnown)) return element("div", { class: "field-empty" }, element("b", {}, say("empty_unknown")));
    const title = shown ? say("empty_filter", { kind: say(shown), radius: radius(km) }) : say("empty", { radius: radius(km) });
    const wider = [10, 25, 50].find((one) => one > km);
    const longer = [72, 168, 720].find((one) => one > hours);
    return element(
      "div",
      { class: "field-empty" },
      element("b", {}, title),
      element("p", {}, say("empty_what", { what, hours: field.say.back(hours) })),
      element(
        "p",
        { class: "field-links" },
        wider && button(say("widen", { radius: radius(wider) }), () => chosen({ km: wider })),
        longer && button(say("longer", { hours: field.say.back(longer) }), () => chosen({ hours: longer })),
        shown && button(say("show_all"), () => chosen({ show: "" })),
      ),
    );
  }

  // --- the compass, the place, and states without data -----------------------------------------

  function compass(model, shown) {
    const box = find("compass");
    if (!model.answer) return box.replaceChildren();
    const { km } = model.answer.asked;
    const wind = model.wind_state === "known" ? model.answer.near.wind : null;
    const rows = model.rows.filter((one) => !shown || one.kind === shown);
    const rings = (field.draw.RINGS[km] || []).map(radius).join(", ");
    box.replaceChildren(field.draw.compass(rows, wind, km), element("p", {}, say(wind ? "compass_key" : "compass_key_plain", { rings })));
  }

  function where(model) {
    const { place, answer } = model;
    if (!place) return find("where").replaceChildren(say("description"));
    const by = say({ gps: "here", pin: "pinned", factory: "of_factory" }[place.by]);
    const named = answer && !model.moved ? field.say.place(answer.near) : `${place.lat?.toFixed(4)}, ${place.lon?.toFixed(4)}`;
    const sharp = place.accuracy_m ? say("accuracy", { distance: distance(place.accuracy_m) }) : "";
    find("where").replaceChildren(lines([by, named, sharp]));
  }

  // A state without data, or beside kept ones: what is so, why, and what can be done.
  function state(name, values = {}, actions = []) {
    const box = find("state");
    const busy = name === "loading" || name === "locating";
    box.hidden = !name;
    box.dataset.state = name;
    box.setAttribute("aria-busy", String(busy));
    if (!name) return box.replaceChildren();
    box.replaceChildren(
      element("h2", {}, say(name)),
      `${name}_why` in fahsai.wordsOf("field") ? element("p", {}, say(`${name}_why`, values)) : "",
      element("p", { class: "field-links" }, ...actions.map(([text, press]) => button(text, press))),
    );
    if (busy) box.append(...[1, 2, 3].map(() => element("div", { class: "field-block" })));
  }

  field.view = { ageBox, button, compass, filters, find, list, notices, state, where, windBox };
})();
