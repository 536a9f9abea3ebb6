// The form of an inspection: every letter is kept on the device as it is typed; saved, it becomes an
// edit that is sent once there is signal. Without signal it is the form that was kept, of every case.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const { all, get, put, save, uuid } = fahsai.kept;
  const words = fahsai.wordsOf("inspect");
  const main = document.getElementById("main");
  const form = document.getElementById("inspect-form");
  const account = Number(main.dataset.account);
  const TARGET = /^\/staff\/inspect\/(complaints|factories)\/([^/]+)$/;
  const ANSWERS = "fahsai-field-answers"; // as field_keep.js has it
  const HIDDEN = ["csrf_token", "inspection", "revision", "based_on"];

  let draft = null;
  let placeBox = null;

  // --- what is inspected -----------------------------------------------------------------------

  function target() {
    const found = TARGET.exec(fahsai.within(location.pathname));
    if (!found) return null;
    const [, kind, id] = found;
    const query = new URLSearchParams(location.search);
    const factory = kind === "factories" ? decodeURIComponent(id) : query.get("factory") || null;
    return { complaint: kind === "complaints" ? decodeURIComponent(id) : null, factory, asked: query.get("inspection") };
  }

  // As the page says it; without signal as what is near was kept, else by its id.
  async function labelOf({ complaint, factory }) {
    if ("target" in main.dataset) return document.getElementById("inspect-label").textContent;
    const said = [];
    if (complaint) said.push(fahsai.fill(words.of_case, { category: complaint.slice(0, 8) }));
    if (factory) said.push(fahsai.fill(words.of_factory, { name: (await nameOf(factory)) || factory }));
    return said.join(" · ");
  }

  async function nameOf(factory) {
    try {
      const cache = await caches.open(ANSWERS);
      for (const key of await cache.keys()) {
        const { near } = await (await cache.match(key)).json();
        const found = near.features.find((one) => one.id === factory && one.properties.layer === "factories");
        if (found) return found.properties.name;
      }
    } catch {
      return null; // nothing kept
    }
    return null;
  }

  // --- the draft -------------------------------------------------------------------------------

  async function open(what) {
    const own = (await all("drafts")).filter((one) => one.account === account && one.complaint === what.complaint && one.factory === what.factory);
    own.sort((a, b) => b.changed_at.localeCompare(a.changed_at));
    const done = await doneOf(own);
    const before = what.asked ? own.find((one) => one.inspection === what.asked) : own.find((one) => !done.has(one));
    draft = before || (await fresh(what));
    if (before && !(await isBehind(before, what))) fill(before.values);
    else draft.values = read();
  }

  // Visits that have arrived with a finding: another visit begins anew.
  async function doneOf(drafts) {
    const arrived = new Set((await all("edits")).filter((one) => ["sent", "conflict"].includes(one.state)).map((one) => one.revision));
    return new Set(drafts.filter((one) => one.values.finding && !one.dirty && arrived.has(one.revision)));
  }

  // The page shows a later edit than the device knows, and nothing was typed since.
  async function isBehind(before, what) {
    if (!what.asked || before.dirty || !("target" in main.dataset)) return false;
    const waiting = (await all("edits")).some((one) => one.inspection === before.inspection && ["waiting", "sign_in"].includes(one.state));
    if (waiting) return false;
    const heads = form.elements.based_on.value.split(" ").filter(Boolean);
    draft = { ...before, based_on: heads };
    return heads.length > 0;
  }

  async function fresh(what) {
    const edits = what.asked && "target" in main.dataset;
    return {
      inspection: edits ? form.elements.inspection.value : uuid(),
      based_on: edits ? form.elements.based_on.value.split(" ").filter(Boolean) : [],
      complaint: what.complaint,
      factory: what.factory,
      checklist: form.elements.checklist.value,
      checklist_version: Number(form.elements.checklist_version.value),
      started_at: edits ? form.elements.started_at.value : new Date().toISOString(),
      account,
      label: await labelOf(what),
      path: fahsai.within(location.pathname) + (what.factory && what.complaint ? `?factory=${encodeURIComponent(what.factory)}` : ""),
      revision: null,
      dirty: false,
      changed_at: new Date().toISOString(),
    };
  }

  function read() {
    const values = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !HIDDEN.includes(name)) values[name] = value;
    return values;
  }

  function fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements[name];
      if (field && !["checklist", "checklist_version", "started_at"].includes(name)) field.value = value;
    }
  }

  // Keystrokes come faster than the disk takes them: each waits for the one before.
  let keeping = Promise.resolve();
  function keep() {
    draft = { ...draft, values: read(), dirty: true, changed_at: new Date().toISOString() };
    const now = draft;
    keeping = keeping.then(() => put("drafts", now)).then(
      () => now === draft && told(fahsai.fill(words.autosaved, { time: clock() })),
      () => told(words.unkept),
    );
    return keeping;
  }

  const told = (text) => (document.getElementById("inspect-kept").textContent = text);
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang === "en" ? "en-GB" : "th-TH", { timeZone: "Asia/Bangkok" });

  // --- saving ----------------------------------------------------------------------------------

  const text = (name) => (form.elements[name]?.value || "").trim() || null;

  function answers() {
    const made = {};
    for (const [name, value] of Object.entries(read())) {
      if (!name.startsWith("answer.") || !value.trim()) continue;
      const field = form.elements[name];
      const isPhotos = field instanceof HTMLInputElement && field.type === "hidden";
      const number = field instanceof HTMLInputElement && field.inputMode === "decimal" ? Number(value.replaceAll(",", "")) : NaN;
      made[name.slice(7)] = isPhotos ? value.split(" ").filter(Boolean) : Number.isNaN(number) ? value.trim() : number;
    }
    return made;
  }

  function document_(revision) {
    const at = text("fix_at");
    const fix = at && { lon: Number(text("fix_lon")), lat: Number(text("fix_lat")), accuracy_m: Number(text("fix_accuracy_m")), at };
    return {
      inspection: draft.inspection,
      revision,
      based_on: draft.based_on,
      complaint: draft.complaint,
      factory: draft.factory,
      checklist: draft.checklist,
      checklist_version: draft.checklist_version,
      started_at: draft.started_at,
      device_at: new Date().toISOString(),
      content: {
        fix,
        no_fix: fix ? null : text("no_fix") || "not_asked",
        finding: text("finding"),
        order_section: text("order_section"),
        order_number: text("order_number"),
        order_due_on: text("order_due_on"),
        notes: text("notes"),
        cause: text("cause"),
        answers: answers(),
      },
    };
  }

  // What the checklist requires of who says that a cause was found, or none.
  function missing() {
    if (!["cause_found", "no_cause"].includes(text("finding"))) return [];
    return [...form.querySelectorAll("[data-item]")].filter((box) => {
      const label = box.querySelector("legend, label");
      return label.querySelector("small") && !text(`answer.${box.dataset.item}`);
    });
  }

  async function submit(event) {
    event.preventDefault();
    const left = missing();
    const name = (box) => box.querySelector("legend, label").firstChild.textContent.trim();
    document.getElementById("inspect-missing").textContent = left.length ? fahsai.fill(words.missing, { items: left.map(name).join(" · ") }) : "";
    for (const box of form.querySelectorAll("[data-item]")) box.toggleAttribute("data-missing", left.includes(box));
    if (left.length) return left[0].querySelector("input:not([type=hidden]), textarea").focus();
    await keeping;
    const edits = await all("edits");
    const revision = uuid();
    const number = Math.max(0, ...edits.map((one) => one.number)) + 1;
    const edit = { revision, inspection: draft.inspection, account, number, state: "waiting", why: null, document: document_(revision) };
    const saved = { ...draft, values: read(), revision, based_on: [revision], dirty: false, changed_at: new Date().toISOString() };
    try {
      await save(saved, edit);
    } catch {
      told(words.unkept);
      return form.submit(); // the browser sends it itself
    }
    draft = saved;
    await shown();
    main.scrollIntoView();
    fahsai.announce(document.querySelector("#inspect-state p").textContent);
    await fahsai.sending.sync(account, shown).catch(() => {});
    await shown();
  }

  // --- showing ---------------------------------------------------------------------------------

  async function shown() {
    if (!draft) return fahsai.device.list(account);
    const kept = await get("drafts", draft.inspection);
    if (!kept) return;
    // What was sent meanwhile is what the next edit is made of.
    if (kept.revision === draft.revision) draft = { ...draft, based_on: kept.based_on };
    const [edits, photos] = await Promise.all([all("edits"), all("photos")]);
    fahsai.device.tell(document.getElementById("inspect-state"), fahsai.device.state(draft, edits, photos));
  }

  async function begin() {
    const what = target();
    if (!what) {
      await fahsai.device.list(account);
    } else {
      form.hidden = false;
      document.getElementById("inspect-device").hidden = true;
      document.getElementById("inspect-title").textContent = words.title;
      await open(what);
      document.getElementById("inspect-label").textContent = draft.label;
      placeBox = fahsai.placeBox(form, keep);
      placeBox.show();
      fahsai.photos.boxes(form, () => draft, keep);
      await fahsai.photos.show(form, keep);
      form.addEventListener("input", (event) => event.target.type === "file" || keep());
      form.addEventListener("submit", submit);
      fahsai.cause.listen(form, keep);
      await shown();
    }
    main.dataset.ready = "yes";
    fahsai.sending.keepTrying(account, shown);
    const kept = await fahsai.staffPages.keep(null);
    main.dataset.kept = kept ? "yes" : "no";
  }

  begin().catch(() => {
    told(words.unkept); // the form still sends itself as any does
    main.dataset.ready = "no";
  });
})();
