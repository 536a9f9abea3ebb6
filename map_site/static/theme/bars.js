// A bar for each year, to choose one.
(function () {
  "use strict";

  const { make, svg } = fahsai.drawing;

  // `items` [{key, label, spoken, value, isChosen, isBreak}]; `onchoose(key)`.
  function choiceBars(box, { title, note, items, onchoose }) {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const highest = Math.max(0, ...items.map(({ value }) => value ?? 0)) || 1;
    const list = make("ol", { class: "choice-bars" }, ...items.map((item) => make("li", item.isBreak ? { class: "after-break" } : {}, bar(item, highest, onchoose))));
    box.replaceChildren(make("p", { class: "choice-title" }, make("b", {}, title), ...[note || ""].flat().map((one) => (one instanceof Node ? one : make("span", { class: "quiet" }, one)))), list);
    const pressed = list.querySelector("[aria-pressed=true]");
    if (pressed) list.scrollLeft = pressed.offsetLeft - list.offsetLeft - 16; // the first that is chosen is seen
    if (focused) box.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  function bar({ key, label, spoken, value, isChosen }, highest, onchoose) {
    const tall = (amount) => ((amount || 0) / highest) * 60;
    const drawn = svg("svg", { viewBox: "0 0 20 64", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "bar-last", x: 3, y: (64 - tall(value)).toFixed(1), width: 14, height: tall(value).toFixed(1) }));
    return make("button", { type: "button", "data-key": key, "aria-pressed": String(isChosen), "aria-label": spoken,
      onclick: () => onchoose(key) }, drawn, make("span", { "aria-hidden": "true" }, label));
  }

  fahsai.choiceBars = choiceBars;
})();
