// The factory that was found to be the cause: those near are offered by the page, without signal those
// of what was kept of the field, and with signal those that what is typed finds.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const ANSWERS = "fahsai-field-answers"; // as field_keep.js has it
  const LEAST = 3; // letters
  const list = () => document.getElementById("cause-near");

  function offer(id, name) {
    if (!id || [...list().options].some((one) => one.value === id)) return;
    const option = document.createElement("option");
    option.value = id;
    option.textContent = name || id;
    list().append(option);
  }

  async function offerKept() {
    try {
      const cache = await caches.open(ANSWERS);
      for (const key of await cache.keys()) {
        const { near } = await (await cache.match(key)).json();
        for (const { id, properties } of near.features) if (properties.layer === "factories") offer(id, properties.name);
      }
    } catch {
      // nothing was kept: a number or a whole name is typed
    }
  }

  async function offerFound(typed) {
    if (typed.length < LEAST || !navigator.onLine) return;
    try {
      const answer = await fetch(fahsai.at(`/api/search?${new URLSearchParams({ q: typed, limit: "20" })}`));
      if (!answer.ok) return;
      for (const { kind, id, name_th } of (await answer.json()).results) if (kind === "factories") offer(id, name_th);
    } catch {
      // no signal after all
    }
  }

  // Who names the cause has found it.
  function tick(form) {
    const found = form.querySelector('[name="finding"][value="cause_found"]');
    if (found && form.elements.cause.value.trim()) found.checked = true;
  }

  function listen(form, keep) {
    const field = form.elements.cause;
    if (!field) return; // a form that was kept before a cause could be named
    let waiting = null;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => offerFound(field.value.trim()), 300);
    });
    field.addEventListener("change", () => {
      tick(form);
      keep();
    });
    offerKept();
  }

  fahsai.cause = { listen };
})();
