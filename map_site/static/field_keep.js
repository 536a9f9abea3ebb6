// What stays on the device: the newest answers, each under its own time and place, for when there is
// no signal; and the officer's notes, which are sent nowhere yet.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const ANSWERS = "fahsai-field-answers"; // not of a version: it outlives the page's files
  const FORM = 2; // of what is kept; another is not read
  const MOST = 12;
  const NOTES = "fahsai-field-notes";

  const possible = "caches" in globalThis;
  const address = (asked) => fahsai.at(`/field/kept/${encodeURIComponent(JSON.stringify(asked))}`);

  // Keeps an answer {asked, near, kept_at}, and lets the oldest go.
  async function keepAnswer(answer) {
    if (!possible) return false;
    try {
      const cache = await caches.open(ANSWERS);
      const kept = (await answers()).filter((one) => address(one.asked) !== address(answer.asked));
      for (const old of kept.slice(MOST - 1)) await cache.delete(address(old.asked));
      await cache.put(address(answer.asked), new Response(JSON.stringify({ ...answer, form: FORM })));
      return true;
    } catch {
      return false; // no room, or not allowed
    }
  }

  // All that is kept, newest first.
  async function answers() {
    if (!possible) return [];
    try {
      const cache = await caches.open(ANSWERS);
      const found = await Promise.all((await cache.keys()).map(async (key) => (await cache.match(key)).json()));
      return found.filter((one) => one.form === FORM).sort((a, b) => b.kept_at - a.kept_at);
    } catch {
      return [];
    }
  }

  function notes() {
    try {
      return JSON.parse(localStorage.getItem(NOTES)) || [];
    } catch {
      return [];
    }
  }

  // False where the device keeps nothing.
  function saveNotes(all) {
    try {
      localStorage.setItem(NOTES, JSON.stringify(all));
      return true;
    } catch {
      return false;
    }
  }

  field.kept = { answers, keepAnswer, notes, possible, saveNotes };
})();
