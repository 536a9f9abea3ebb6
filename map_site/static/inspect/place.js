// Where the inspector is, as the phone measures it, and why it does not know.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const words = fahsai.wordsOf("inspect");
  const COARSE_M = 100;
  const WITHIN_MS = 20000;
  const REASONS = { 1: "refused", 2: "unavailable", 3: "slow" };

  // The box of a form; `changed()` is told of each change.
  function box(form, changed) {
    const field = (name) => form.elements[name];
    document.getElementById("inspect-locate").addEventListener("click", () => locate());

    function locate() {
      if (!navigator.geolocation) return refused("unavailable");
      tell("locating", words.locating);
      const found = ({ coords, timestamp }) => {
        field("fix_lon").value = coords.longitude;
        field("fix_lat").value = coords.latitude;
        field("fix_accuracy_m").value = Math.round(coords.accuracy * 10) / 10;
        field("fix_at").value = new Date(timestamp).toISOString();
        field("no_fix").value = "";
        show();
        changed();
      };
      navigator.geolocation.getCurrentPosition(found, ({ code }) => refused(REASONS[code] || "unavailable"), { enableHighAccuracy: true, timeout: WITHIN_MS, maximumAge: 0 });
    }

    // A place that was recorded before stands.
    function refused(reason) {
      if (!field("fix_at").value) field("no_fix").value = reason;
      show();
      changed();
    }

    function show() {
      const at = field("fix_at").value;
      if (!at) return tell(field("no_fix").value || "not_asked", words[`no_fix_${field("no_fix").value || "not_asked"}`]);
      const accuracy = Math.round(Number(field("fix_accuracy_m").value));
      const place = `${Number(field("fix_lat").value).toFixed(5)}, ${Number(field("fix_lon").value).toFixed(5)}`;
      const time = new Date(at).toLocaleTimeString(document.documentElement.lang === "en" ? "en-GB" : "th-TH", { timeZone: "Asia/Bangkok", hour: "2-digit", minute: "2-digit" });
      const said = fahsai.fill(words.located, { place, accuracy, time });
      tell(accuracy > COARSE_M ? "coarse" : "located", accuracy > COARSE_M ? `${said} ${fahsai.fill(words.coarse, { accuracy })}` : said);
    }

    function tell(state, text) {
      const line = document.getElementById("inspect-place");
      line.dataset.state = state;
      line.textContent = text;
    }

    return { show };
  }

  fahsai.placeBox = box;
})();
