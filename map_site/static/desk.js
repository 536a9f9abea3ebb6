// The queue on its map, and by the keys j, k and Enter: what staff do many times a day.
(function () {
  "use strict";

  const points = () => JSON.parse(document.getElementById("desk-points").textContent);
  const rows = () => [...document.querySelectorAll("#queue tbody tr")];
  const marks = new Map();
  let chosen = -1;

  function choose(number) {
    const all = rows();
    if (!all.length) return;
    all[chosen]?.classList.remove("chosen");
    chosen = Math.max(0, Math.min(all.length - 1, number));
    const row = all[chosen];
    row.classList.add("chosen");
    row.querySelector("a").focus();
    row.scrollIntoView({ block: "nearest" });
    for (const [id, mark] of marks) mark.getElement()?.classList.toggle("chosen", id === row.dataset.case);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, button")) return;
    if (event.key === "j") choose(chosen + 1);
    else if (event.key === "k") choose(chosen - 1);
    else if (event.key === "Enter" && chosen >= 0 && !event.target.closest("a")) rows()[chosen].querySelector("a").click();
    else return;
    event.preventDefault();
  });

  fahsai.deskMap = (map, { provinces, districts }) => {
    for (const areas of [provinces, districts]) {
      areas.options.outlines = true;
      areas.addTo(map);
    }
    const all = points();
    for (const { id, lon, lat, overdue, href, text } of all) {
      const icon = L.divIcon({ className: overdue ? "desk-point late" : "desk-point", iconSize: [20, 20] });
      // The table is their equal for the keyboard.
      const mark = L.marker([lat, lon], { icon, keyboard: false }).addTo(map);
      const said = document.createElement("span");
      said.textContent = text;
      mark.bindTooltip(said);
      mark.on("click", () => location.assign(href));
      marks.set(id, mark);
    }
    L.control.zoom({ position: "topright" }).addTo(map);
    const area = all.length ? all.map(({ lon, lat }) => [lat, lon]) : [[5.55, 97.2], [20.5, 105.75]];
    fahsai.showView(map, fahsai.fit(map, L.latLngBounds(area), { padding: [32, 32], maxZoom: 14 }));
  };
})();
