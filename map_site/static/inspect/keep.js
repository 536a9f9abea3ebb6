// Keeps pages for staff on the device, with the files that they load, so that they open without
// signal after one visit; and lets them go when somebody signs out.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const PAGES = "fahsai-staff-pages"; // as field_sw.js has it
  const STAFF = "fahsai-staff"; // somebody of staff has used this device
  const FORM = "/staff/inspect";
  const LANGUAGES = ["", "?lang=en"];

  // The form of every case, and the page at `address` where one is given. False where the device
  // keeps nothing, or nobody is signed in.
  async function keep(address) {
    if (!("caches" in globalThis) || !navigator.serviceWorker) return false;
    try {
      await navigator.serviceWorker.register(fahsai.at("/sw.js"), { scope: fahsai.at("/staff") });
      const cache = await caches.open(PAGES);
      const wanted = LANGUAGES.map((language) => fahsai.at(FORM + language));
      if (address) wanted.push(address);
      for (const page of wanted) await keepPage(cache, page);
      localStorage.setItem(STAFF, "yes");
      return true;
    } catch {
      return false; // no signal, no room, or not allowed: what was kept stays
    }
  }

  async function keepPage(cache, address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const text = await answer.clone().text();
    const files = [...text.matchAll(/(?:href|src)="([^"]*\/static\/[^"]+)"|url\(([^)]*\/static\/[^)]+)\)/g)];
    for (const [, named, styled] of files) {
      const file = named || styled;
      if (!(await caches.match(file))) await cache.add(file);
    }
    await cache.put(address, answer);
  }

  function isOfStaff() {
    try {
      return localStorage.getItem(STAFF) === "yes";
    } catch {
      return false; // storage is not allowed
    }
  }

  fahsai.staffPages = { isOfStaff, keep };
})();
