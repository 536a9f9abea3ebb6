// A report as it is sent, and what is kept of it afterwards: for the page, and for the service worker,
// which sends what waits when the browser says that there is signal.
(function () {
  "use strict";

  const { report } = fahsai;
  const LATE_MS = 5 * 60_000; // what waited longer did not happen "now"

  // A time of ours as the clocks of Thailand show it, {date, time}.
  report.thaiClock = (moment) => {
    const there = new Date(Date.parse(moment) + 7 * 3600e3).toISOString();
    return { date: there.slice(0, 10), time: there.slice(11, 16) };
  };

  function body(one) {
    const made = new FormData();
    const waited = Date.now() - Date.parse(one.made_at) > LATE_MS;
    const then = one.fields.when === "now" && waited ? { when: "then", ...report.thaiClock(one.made_at) } : {};
    const fields = { ...one.fields, ...then, client_id: one.client_id, device_at: one.made_at };
    for (const [name, value] of Object.entries(fields)) made.append(name, value);
    one.photos.forEach((photo, at) => made.append("photos", photo, `${at + 1}.jpg`));
    return made;
  }

  // What is known of it afterwards: of what was sent neither words nor photos stay on the device.
  async function keepAnswer(one, answer) {
    if (answer.sent) {
      const { client_id, made_at } = one;
      await report.kept.put({ client_id, made_at, state: "sent", category: one.fields.category, ...answer.sent });
    } else if (answer.problems) {
      await report.kept.put({ ...one, state: "refused", why: answer.problems.map((problem) => problem.said).join(" ") });
    } else await report.kept.put({ ...one, state: "waiting" });
  }

  // Of the service worker: one after the other, and later again where there is no signal after all.
  async function sendAll() {
    for (const one of (await report.kept.all()).reverse()) {
      if (one.state !== "waiting" && one.state !== "sending") continue; // a page may have been closed while it sent
      const answer = await fetch(one.action, { method: "POST", body: body(one), headers: { Accept: "application/json" } });
      if (answer.status === 429 || answer.status >= 500) throw new Error(`later: ${answer.status}`);
      const told = await answer.json();
      if (answer.status === 201) await keepAnswer(one, { sent: told });
      else await keepAnswer(one, { problems: told.problems || [{ field: "form", said: told.detail || String(answer.status) }] });
    }
  }

  report.parcel = { body, keepAnswer, sendAll };
})();
