// The words of the report, and its elements by name.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const report = (fahsai.report = fahsai.report || {});
  const words = JSON.parse(document.getElementById("report-words-json").textContent);

  report.say = (name, values = {}) => fahsai.fill(words[name], values);
  report.find = (name) => document.getElementById(`report-${name}`);
  // An element of HTML; what is text is put in as text.
  report.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value != null) made.setAttribute(key, value);
    made.append(...children.filter((one) => one != null));
    return made;
  };
  // As the pages of the service write it.
  report.moment = (moment) => {
    const [locale, after] = document.documentElement.lang === "en" ? ["en-GB", ""] : ["th-TH", " น."];
    const style = { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Bangkok" };
    return new Intl.DateTimeFormat(locale, style).format(new Date(moment)) + after;
  };
})();
