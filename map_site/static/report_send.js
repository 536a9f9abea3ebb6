// Sends a report, and those that waited for signal: each once, by the client_id that it was given when
// it was written, however often it is tried.
(function () {
  "use strict";

  const { report } = fahsai;
  const UNSENT = ["waiting", "sending"];

  // {sent: {code, href}} or {problems: […]} or {later: seconds, or null where there is no signal}.
  function send(one, progress = () => {}) {
    return new Promise((resolve) => {
      const asked = new XMLHttpRequest();
      asked.open("POST", one.action);
      asked.setRequestHeader("Accept", "application/json");
      asked.responseType = "json";
      asked.upload.onprogress = ({ loaded, total }) => total && progress(Math.round((100 * loaded) / total));
      asked.onerror = asked.ontimeout = asked.onabort = () => resolve({ later: null });
      asked.onload = () => {
        const answer = asked.response;
        if (asked.status === 201 && answer) resolve({ sent: answer });
        else if (asked.status === 400 && answer?.problems) resolve({ problems: answer.problems });
        else if (asked.status === 429 || asked.status >= 500) resolve({ later: Number(asked.getResponseHeader("Retry-After")) || 30 });
        else if (asked.status === 413) resolve({ problems: [{ field: "photos", said: report.say("photos_large") }] });
        else resolve({ problems: [{ field: "form", said: answer?.detail || String(asked.status) }] });
      };
      asked.send(report.parcel.body(one));
    });
  }

  let flushing = false;
  let again = null;

  // Sends what waits, oldest first; `changed` is told of each step.
  async function flush(changed) {
    if (flushing || navigator.onLine === false) return;
    flushing = true;
    clearTimeout(again);
    let later;
    for (const one of (await report.kept.all()).reverse()) {
      if (!UNSENT.includes(one.state) || one.client_id === report.own) continue;
      await report.kept.put({ ...one, state: "sending" });
      await changed();
      const answer = await send(one);
      await report.parcel.keepAnswer(one, answer);
      await changed();
      if (answer.sent) fahsai.announce(report.say("kept_sent", { code: answer.sent.code }));
      if ("later" in answer) {
        later = answer.later ?? 60;
        break;
      }
    }
    flushing = false;
    if (later !== undefined) again = setTimeout(() => flush(changed), later * 1000);
  }

  report.sending = { flush, send };
})();
