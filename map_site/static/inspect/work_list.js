// The work list on a phone: kept for when there is no signal, and begun from where its owner is.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const main = document.getElementById("main");
  const form = document.querySelector(".work-choice");

  document.getElementById("work-here").addEventListener("click", () => {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      for (const [name, value] of [["lon", coords.longitude], ["lat", coords.latitude]]) {
        const field = form.elements[name] || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
        field.value = value.toFixed(5);
      }
      form.requestSubmit();
    }, () => form.requestSubmit());
  });

  const offline = () => (document.getElementById("work-offline").hidden = navigator.onLine);
  window.addEventListener("online", offline);
  window.addEventListener("offline", offline);
  offline();
  fahsai.staffPages.keep(location.href).then((kept) => (main.dataset.kept = kept ? "yes" : "no"));
})();
