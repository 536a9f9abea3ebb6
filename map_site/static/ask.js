// Asks our API, and explains in words an answer that did not come.
(function () {
  "use strict";

  const { WORDS } = fahsai;
  const LIMIT = 5000; // features drawn at once; beyond it the layer says that there are more

  async function json(url, signal) {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { answer });
    return answer.json();
  }

  // Why an answer did not come, in words, and after how many seconds asking again makes sense.
  async function explain({ answer }, language) {
    const words = WORDS[language];
    if (!answer) return { reason: words.offline, retryAfter: 10 };
    if (answer.status === 503)
      return { reason: words.unavailable, retryAfter: Number(answer.headers.get("Retry-After")) || 10 };
    const problem = await answer.json().catch(() => ({}));
    const detail = problem.detail ? `: ${problem.detail}` : "";
    return { reason: words.refused(answer.status) + detail, retryAfter: null };
  }

  // Follows `next` until LIMIT features are here; the second value says whether there are more.
  async function read(url, signal) {
    const features = [];
    while (url && features.length < LIMIT) {
      const page = await json(url, signal);
      for (const feature of page.features) features.push(feature);
      const next = (page.links || []).find((link) => link.rel === "next");
      // A proxy may have told the server another host than ours: only its query counts.
      url = next ? new URL(new URL(next.href, location.href).search, url) : null;
    }
    return [features, Boolean(url)];
  }

  Object.assign(fahsai, { LIMIT, json, explain, read });
})();
