// The officer's own notes: time, place and words, kept on the device and marked as not yet sent. The
// inspection record itself comes with inspections.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const field = (fahsai.field = fahsai.field || {});
  const { say, moment, thai } = field.say;
  const { element } = field.draw;
  const { button, find } = field.view;

  // `placeNow()` gives {lon, lat, accuracy_m, name} or null; `changed()` is told of each change.
  function record(placeNow, changed) {
    const form = find("note");
    const text = find("note-text");
    const status = find("note-status");

    function tell(words) {
      status.textContent = words;
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (!words) {
        tell(say("record_empty"));
        return text.focus();
      }
      const note = { id: String(Date.now()), at: new Date().toISOString(), place: placeNow(), words };
      if (!field.kept.saveNotes([note, ...field.kept.notes()])) return tell(say("record_full"));
      text.value = "";
      tell(say("record_saved"));
      show();
      changed();
    });

    function spot({ place }) {
      if (!place) return say("record_no_place");
      const at = `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;
      const sharp = place.accuracy_m ? say("accuracy", { distance: field.say.distance(place.accuracy_m) }) : "";
      return [place.name, at, sharp].filter(Boolean).join(" · ");
    }

    async function copy(note) {
      const words = `${moment(note.at, 0)}\n${spot(note)}\n${note.words}`;
      try {
        await navigator.clipboard.writeText(words);
        tell(say("record_copied"));
      } catch {
        window.prompt(say("record_copy"), words);
      }
    }

    // The first press asks, the second deletes.
    function remove(note, pressed) {
      if (!pressed.dataset.sure) {
        pressed.dataset.sure = "yes";
        pressed.textContent = say("record_delete_sure");
        return;
      }
      field.kept.saveNotes(field.kept.notes().filter((one) => one.id !== note.id));
      tell(say("record_deleted"));
      show();
      changed();
      text.focus();
    }

    function line(note) {
      const time = element("time", { datetime: note.at }, moment(note.at, Date.now()));
      return element(
        "li",
        {},
        element("p", {}, element("b", {}, time), " ", element("span", { class: "field-unsent" }, say("record_unsent"))),
        element("p", { class: "quiet" }, spot(note)),
        element("p", { class: "field-words", lang: thai ? "th" : null }, note.words),
        element("p", { class: "field-links" }, button(say("record_copy"), () => copy(note)), button(say("record_delete"), (event) => remove(note, event.currentTarget))),
      );
    }

    function show() {
      const notes = field.kept.notes();
      find("notes").replaceChildren(...(notes.length ? notes.map(line) : [element("li", { class: "quiet" }, say("record_none"))]));
    }

    show();
  }

  field.record = record;
})();
