// Where the complaints in view come from: contours, band and ridge, on maps that staff look at.
(function () {
  "use strict";

  // Told by a cookie of no worth, so that nobody else's browser asks; the service decides.
  if (!/(?:^|;\s*)fahsai_staff=1(?:;|$)/.test(document.cookie) || !window.L) return;

  const isEnglish = document.documentElement.lang === "en";
  const prefix = document.documentElement.dataset.prefix || "";
  const say = (th, en) => (isEnglish ? en : th);
  const WORDS = {
    title: say("มาจากไหน (เจ้าหน้าที่)", "Where does it come from? (staff)"),
    kind: say("ประเภท", "Kind"),
    days: say("ย้อนหลัง", "Back"),
    find: say("หาในกรอบนี้", "Find in view"),
    clear: say("ล้าง", "Clear"),
    working: say("กำลังคำนวณ…", "Computing…"),
    failed: say("คำนวณไม่ได้ ลองใหม่", "Could not be computed: try again"),
    close: say("ซูมเข้า: กรอบกว้างได้ไม่เกิน 60 กม.", "Zoom in: at most 60 km across"),
    ended: say("หมดเวลาเข้าสู่ระบบ", "Your session has ended"),
    forbidden: say("บัญชีนี้ดูเรื่องร้องเรียนไม่ได้", "This account sees no complaints"),
    line: say("เส้น: สันของความน่าจะเป็น", "Line: ridge of the likelihood"),
    dashes: say("เส้นประ: ขอบเขตความไม่แน่นอน", "Dashes: the band of uncertainty"),
    open: say("สันต่อออกนอกแผนที่ที่คำนวณ", "The ridge goes on beyond what was computed"),
    of: (n, days) => say(`จาก ${n} ชั่วโมงที่มีการแจ้ง ใน ${days} วัน`, `Of ${n} hours with complaints, on ${days} days`),
  };
  // What travels with the wind; noise and waste water do not.
  const KINDS = [
    ["odour", say("กลิ่นเหม็น", "Odour")],
    ["dust_smoke", say("ฝุ่นละอองและควัน", "Dust and smoke")],
    ["chemical_vapour", say("ไอสารเคมี", "Chemical vapour")],
  ];
  const BACK = [30, 90, 180, 365].map((n) => [n, say(`${n} วัน`, `${n} days`)]);
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
    const days = choice(box, WORDS.days, BACK, 180);
    const find = button(box, WORDS.find);
    const clear = button(box, WORDS.clear);
    const told = L.DomUtil.create("div", "told", box);
    told.setAttribute("role", "status");
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
        const answer = await fetch(address(map.getBounds(), kind.value, days.value), { signal: asking.signal });
        if (answer.status === 401) return write(WORDS.ended);
        if (answer.status === 403) return write(WORDS.forbidden);
        if (answer.status === 400) return write(WORDS.close);
        if (!answer.ok) throw new Error(answer.status);
        draw(await answer.json());
      } catch (problem) {
        if (problem.name !== "AbortError") write(WORDS.failed);
      }
    }

    function draw(found) {
      if (found.reason) return write(found.reason_text);
      for (const feature of found.features) {
        for (const style of styles(feature.properties)) {
          L.geoJSON(feature, { pane: "source", renderer, interactive: false, style: { pane: "source", renderer, interactive: false, ...style } }).addTo(shown);
        }
      }
      // What lies beyond the view is half the answer.
      const area = L.geoJSON(found).getBounds();
      if (area.isValid() && !map.getBounds().contains(area)) map.fitBounds(area, { padding: [16, 16] });
      const leaves = found.uncertainty.ridge_leaves_map;
      write(found.note, WORDS.of(found.reports.toLocaleString("en"), found.days.toLocaleString("en")), WORDS.line, WORDS.dashes, leaves && WORDS.open);
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

  function address(bounds, kind, days) {
    const box = [Math.max(bounds.getWest(), -180), Math.max(bounds.getSouth(), -90), Math.min(bounds.getEast(), 180), Math.min(bounds.getNorth(), 90)];
    const now = Date.now();
    const day = (back) => new Date(now - back * 864e5).toLocaleDateString("en-CA", { timeZone: "Asia/Bangkok" });
    const asked = new URLSearchParams({ bbox: box.map((n) => n.toFixed(5)).join(","), category: kind, since: day(days - 1), lang: isEnglish ? "en" : "th" });
    return `${prefix}/api/source-area?${asked}`;
  }

  function choice(box, title, choices, chosen) {
    const label = L.DomUtil.create("label", "", box);
    label.append(title);
    const select = L.DomUtil.create("select", "", label);
    for (const [value, words] of choices) select.add(new Option(words, value, false, value === chosen));
    return select;
  }

  function button(box, words) {
    return Object.assign(L.DomUtil.create("button", "button", box), { type: "button", textContent: words });
  }
})();
