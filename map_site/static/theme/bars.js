// A bar for each month or year, to choose one or, with Shift or by two presses, those between.
(function () {
  "use strict";

  const { make, svg } = fahsai.drawing;

  // `items` [{key, label, spoken, value, before, isChosen, isBreak}]; `onchoose(key, isExtended)`; `further` stands before the bars.
  function choiceBars(box, { title, note, items, further, onchoose }) {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const highest = Math.max(0, ...items.flatMap(({ value, before }) => [value ?? 0, before ?? 0])) || 1;
    const list = make("ol", { class: "choice-bars" }, ...items.map((item) => make("li", item.isBreak ? { class: "after-break" } : {}, bar(item, highest, onchoose))));
    box.replaceChildren(make("p", { class: "choice-title" }, make("b", {}, title), ...[note || ""].flat().map((one) => (one instanceof Node ? one : make("span", { class: "quiet" }, one)))), ...(further ? [further] : []), list);
    const pressed = list.querySelector("[aria-pressed=true]");
    if (pressed) list.scrollLeft = pressed.offsetLeft - list.offsetLeft - 16; // the first that is chosen is seen
    if (focused) box.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  // One that is not over is drawn open.
  function bar({ key, label, spoken, value, before, isChosen, isUnfinished }, highest, onchoose) {
    const tall = (amount) => ((amount || 0) / highest) * 60;
    const drawn = svg("svg", { viewBox: "0 0 20 64", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: isUnfinished ? "bar-last bar-part" : "bar-last", x: 3, y: (64 - tall(value)).toFixed(1), width: 14, height: tall(value).toFixed(1) }));
    if (before !== null && before !== undefined)
      drawn.append(svg("rect", { class: "tick", x: 0, y: Math.max(0, 63 - tall(before)).toFixed(1), width: 20, height: 1.5 }));
    return make("button", { type: "button", "data-key": key, "aria-pressed": String(isChosen), "aria-label": spoken,
      onclick: (event) => onchoose(key, event.shiftKey) }, drawn, make("span", { "aria-hidden": "true" }, label));
  }

  fahsai.choiceBars = choiceBars;
})();
