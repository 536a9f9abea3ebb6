// Complaints at their exact places, on every map of a page, for whoever is signed in as staff.
(function () {
  "use strict";

  // Told by a cookie of no worth, so that nobody else's browser asks; the service decides.
  if (!/(?:^|;\s*)fahsai_staff=1(?:;|$)/.test(document.cookie) || !window.L) return;

  const MOST = 2000;
  const isEnglish = document.documentElement.lang === "en";
  const prefix = document.documentElement.dataset.prefix || "";
  const say = (th, en) => (isEnglish ? en : th);
  const WORDS = {
    title: say("ข้อร้องเรียนทุกเรื่อง (เจ้าหน้าที่)", "Every complaint (staff)"),
    loading: say("กำลังอ่าน…", "Reading…"),
    failed: say("อ่านไม่ได้ เลื่อนแผนที่เพื่อลองใหม่", "Could not be read: move the map to try again"),
    ended: say("หมดเวลาเข้าสู่ระบบ", "Your session has ended"),
    in: say("เข้าสู่ระบบ", "Sign in"),
    count: (n) => say(`${n} เรื่องในกรอบนี้`, `${n} in view`),
    more: (n) => say(`${n} เรื่องล่าสุดในกรอบนี้ ซูมเข้าเพื่อดูทั้งหมด`, `The newest ${n} in view: zoom in for all`),
    unplaced: (n) => say(`อีก ${n} เรื่องมีแต่ที่อยู่`, `${n} more have an address alone`),
    open: say("เปิดเรื่อง", "Open the case"),
  };
  const language = isEnglish ? "?lang=en" : "";
  const number = (n) => n.toLocaleString("en");
  const day = (text) => new Date(text).toLocaleString(isEnglish ? "en-GB" : "th-TH", { timeZone: "Asia/Bangkok", dateStyle: "medium", timeStyle: "short" });

  L.Map.addInitHook(function () {
    const map = this;
    // A map may be made before it has a view, and for a picture of which nobody chooses anything.
    if (map.getContainer().id === "picture-map") return;
    const control = new (L.Control.extend({ onAdd: () => made(map) }))({ position: "bottomleft" });
    map.whenReady(() => control.addTo(map));
  });

  function made(map) {
    const box = L.DomUtil.create("div", "staff-cases");
    const label = L.DomUtil.create("label", "", box);
    // Beside the legend of a narrow map, not over it.
    box.classList.toggle("narrow", map.getContainer().clientWidth < 520);
    const check = Object.assign(L.DomUtil.create("input", "", label), { type: "checkbox", checked: true });
    label.append(` ${WORDS.title}`);
    const told = L.DomUtil.create("p", "", box);
    told.setAttribute("role", "status");
    L.DomEvent.disableClickPropagation(box);
    map.createPane("staff").style.zIndex = 620; // above the drawn layers, beneath popups
    const renderer = L.svg({ pane: "staff" });
    const shown = L.layerGroup().addTo(map);
    let asking = null;

    const clear = (text) => {
      shown.clearLayers();
      told.textContent = text;
    };

    async function show() {
      asking?.abort();
      if (!check.checked) return clear("");
      asking = new AbortController();
      told.textContent = WORDS.loading;
      const box = map.getBounds().pad(0.1);
      const bbox = [Math.max(box.getWest(), -180), Math.max(box.getSouth(), -90), Math.min(box.getEast(), 180), Math.min(box.getNorth(), 90)];
      try {
        const answer = await fetch(`${prefix}/api/staff/complaints.geojson?bbox=${bbox.map((n) => n.toFixed(5))}&limit=${MOST}&lang=${isEnglish ? "en" : "th"}`, { signal: asking.signal });
        if (answer.status === 401) return ended();
        if (!answer.ok) throw new Error(answer.status);
        draw(await answer.json());
      } catch (problem) {
        if (problem.name !== "AbortError") clear(WORDS.failed);
      }
    }

    function ended() {
      clear(`${WORDS.ended} `);
      const next = encodeURIComponent(location.pathname.slice(prefix.length) + location.search);
      const link = Object.assign(document.createElement("a"), { href: `${prefix}/staff/sign-in?next=${next}`, textContent: WORDS.in });
      told.append(link);
    }

    function draw({ features, is_whole: isWhole, without_place: unplaced }) {
      shown.clearLayers();
      for (const feature of features) shown.addLayer(mark(feature, renderer));
      const n = number(features.length);
      told.textContent = [isWhole ? WORDS.count(n) : WORDS.more(n), unplaced ? WORDS.unplaced(number(unplaced)) : ""].filter(Boolean).join(" · ");
    }

    check.addEventListener("change", show);
    map.on("moveend", show);
    show();
    return box;
  }

  // Those that wait are filled, those that are done are rings.
  function mark({ id, geometry, properties }, renderer) {
    const [lon, lat] = geometry.coordinates;
    const isOpen = properties.closed_at === null;
    const circle = L.circleMarker([lat, lon], { renderer, pane: "staff", radius: 7, weight: 2, color: "#14232b", fillColor: "#4f3379", fillOpacity: isOpen ? 0.9 : 0 });
    circle.bindPopup(() => {
      const box = L.DomUtil.create("div", "staff-case");
      const line = (text, tag = "p") => box.append(Object.assign(document.createElement(tag), { textContent: text }));
      line(properties.category_title || properties.category, "b");
      line(properties.state_title || properties.state);
      line(day(properties.happened_at || properties.reported_at));
      const link = Object.assign(document.createElement("a"), { href: `${prefix}/staff/complaints/${encodeURIComponent(id)}${language}`, textContent: WORDS.open });
      box.append(link);
      return box;
    });
    return circle;
  }
})();
