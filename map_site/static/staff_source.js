// Where the complaints in view come from: contours, band and ridge, on maps that staff look at.
(function () {
  "use strict";

  // Told by a cookie of no worth, so that nobody else's browser asks; the service decides.
  if (!/(?:^|;\s*)fahsai_staff=1(?:;|$)/.test(document.cookie) || !window.L) return;

  const { defaultDays, mostDays, mostKm } = document.currentScript.dataset; // as the service answers
  const isEnglish = document.documentElement.lang === "en";
  const prefix = document.documentElement.dataset.prefix || "";
  const say = (th, en) => (isEnglish ? en : th);
  const WORDS = {
    title: say("มาจากไหน (เจ้าหน้าที่)", "Where does it come from? (staff)"),
    kind: say("ประเภท", "Kind"),
    since: say("ตั้งแต่", "From"),
    until: say("ถึง", "Until"),
    newest: say(`ไม่เลือกวัน: ${defaultDays} วันล่าสุดที่มีเรื่อง`, `No dates: the newest ${defaultDays} days with complaints`),
    find: say("หาในกรอบนี้", "Find in view"),
    clear: say("ล้าง", "Clear"),
    working: say("กำลังคำนวณ…", "Computing…"),
    failed: say("คำนวณไม่ได้ ลองใหม่", "Could not be computed: try again"),
    close: say(`ซูมเข้า: กรอบกว้างหรือสูงได้ไม่เกิน ${mostKm} กม.`, `Zoom in: at most ${mostKm} km wide or high`),
    period: say(`เลือกช่วง 1 ถึง ${mostDays} วัน`, `Choose a period of 1 to ${mostDays} days`),
    ended: say("หมดเวลาเข้าสู่ระบบ", "Your session has ended"),
    forbidden: say("บัญชีนี้ดูเรื่องร้องเรียนไม่ได้", "This account sees no complaints"),
    line: say("เส้น: สันของความน่าจะเป็น", "Line: ridge of the likelihood"),
    dashes: say("เส้นประ: ขอบเขตความไม่แน่นอน", "Dashes: the band of uncertainty"),
    open: say("สันต่อออกนอกแผนที่ที่คำนวณ", "The ridge goes on beyond what was computed"),
    cut: say("ขอบเขตถึงขอบพื้นที่ที่คำนวณ ของจริงอาจเลยออกไป", "The band ends where the computed area ends: it may go on"),
    asked: (since, until, n) => say(`${since} ถึง ${until} สถานีวัดลม ${n} แห่ง`, `${since} to ${until}, wind of ${n} ${n === 1 ? "station" : "stations"}`),
    method: (method, time) => say(`วิธี: ${method} คำนวณเมื่อ ${time}`, `Method: ${method}, computed ${time}`),
    of: (n, days) => say(`จาก ${n} ชั่วโมงที่มีการแจ้ง ใน ${days} วัน`, `Of ${n} hours with complaints, on ${days} days`),
  };
  // What travels with the wind; noise and waste water do not.
  const KINDS = [
    ["odour", say("กลิ่นเหม็น", "Odour")],
    ["dust_smoke", say("ฝุ่นละอองและควัน", "Dust and smoke")],
    ["chemical_vapour", say("ไอสารเคมี", "Chemical vapour")],
  ];
  const written = (at, style) => new Date(at).toLocaleString(isEnglish ? "en-GB" : "th-TH", { timeZone: "Asia/Bangkok", dateStyle: "medium", ...style });
  const BELOW_PX = 60;
  const PURPLE = "#4f3379";
  const INK = "#14232b";

  L.Map.addInitHook(function () {
    const map = this;
    if (map.getContainer().id === "picture-map") return;
    const control = new (L.Control.extend({ onAdd: () => made(map) }))({ position: "topleft" });
    map.whenReady(() => control.addTo(map));
  });

  function made(map) {
    const box = L.DomUtil.create("details", "staff-cases staff-source");
    L.DomUtil.create("summary", "", box).textContent = WORDS.title;
    const kind = choice(box, WORDS.kind, KINDS, "odour");
    const since = day(box, WORDS.since);
    const until = day(box, WORDS.until);
    L.DomUtil.create("p", "", box).textContent = WORDS.newest;
    const find = button(box, WORDS.find);
    const clear = button(box, WORDS.clear);
    const told = L.DomUtil.create("div", "told", box);
    told.setAttribute("role", "status");
    // It scrolls within the map, above the credits.
    const fit = () => (box.style.maxHeight = `${map.getContainer().clientHeight - BELOW_PX}px`);
    box.addEventListener("toggle", fit);
    map.on("resize", fit);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    map.createPane("source").style.zIndex = 610; // beneath the complaints themselves
    const renderer = L.svg({ pane: "source" });
    const shown = L.layerGroup().addTo(map);
    let asking = null;

    const write = (...lines) => {
      told.replaceChildren(...lines.filter(Boolean).map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    };

    async function show() {
      asking?.abort();
      asking = new AbortController();
      shown.clearLayers();
      write(WORDS.working);
      try {
        const answer = await fetch(address(map.getBounds(), kind.value, since.value, until.value), { signal: asking.signal });
        if (answer.status === 401) return write(WORDS.ended);
        if (answer.status === 403) return write(WORDS.forbidden);
        if (answer.status === 400) return write((await answer.json()).parameter === "bbox" ? WORDS.close : WORDS.period);
        if (!answer.ok) throw new Error(answer.status);
        draw(await answer.json());
      } catch (problem) {
        if (problem.name !== "AbortError") write(WORDS.failed);
      }
    }

    function draw(found) {
      // The period ends before the midnight that the answer gives.
      const asked = WORDS.asked(written(found.since), written(new Date(found.until) - 1), found.wind_stations);
      const how = WORDS.method(found.method, written(found.computed_at, { timeStyle: "short" }));
      if (found.reason) return write(found.reason_text, asked, how);
      for (const feature of found.features) {
        for (const style of styles(feature.properties)) {
          L.geoJSON(feature, { pane: "source", renderer, interactive: false, style: { pane: "source", renderer, interactive: false, ...style } }).addTo(shown);
        }
      }
      // What lies beyond the view is half the answer.
      const area = L.geoJSON(found).getBounds();
      if (area.isValid() && !map.getBounds().contains(area)) map.fitBounds(area, { padding: [16, 16] });
      const { ridge_leaves_map: goesOn, band_leaves_map: isCut } = found.uncertainty;
      const reports = WORDS.of(found.reports.toLocaleString("en"), found.days.toLocaleString("en"));
      write(found.note, reports, asked, WORDS.line, WORDS.dashes, goesOn && WORDS.open, isCut && WORDS.cut, how);
    }

    find.addEventListener("click", show);
    clear.addEventListener("click", () => {
      asking?.abort();
      shown.clearLayers();
      write();
    });
    return box;
  }

  // Drawn one above the other: what is likelier is darker.
  function styles({ role }) {
    if (role === "contour") return [{ stroke: true, weight: 1, color: PURPLE, fill: true, fillColor: PURPLE, fillOpacity: 0.18 }];
    if (role === "band") return [{ weight: 2, color: INK, dashArray: "6 5", fill: false }];
    return [{ weight: 7, color: "#ffffff", opacity: 0.9 }, { weight: 3, color: INK }];
  }

  function address(bounds, kind, since, until) {
    const box = [Math.max(bounds.getWest(), -180), Math.max(bounds.getSouth(), -90), Math.min(bounds.getEast(), 180), Math.min(bounds.getNorth(), 90)];
    const asked = new URLSearchParams({ bbox: box.map((n) => n.toFixed(5)).join(","), category: kind, lang: isEnglish ? "en" : "th" });
    if (since) asked.set("since", since);
    if (until) asked.set("until", until);
    return `${prefix}/api/source-area?${asked}`;
  }

  function choice(box, title, choices, chosen) {
    const label = L.DomUtil.create("label", "", box);
    label.append(title);
    const select = L.DomUtil.create("select", "", label);
    for (const [value, words] of choices) select.add(new Option(words, value, false, value === chosen));
    return select;
  }

  function day(box, title) {
    const label = L.DomUtil.create("label", "", box);
    label.append(title);
    return Object.assign(L.DomUtil.create("input", "", label), { type: "date" });
  }

  function button(box, words) {
    return Object.assign(L.DomUtil.create("button", "button", box), { type: "button", textContent: words });
  }
})();
