// Asks our API, and explains in words an answer that did not come.
(function () {
  "use strict";

  const { WORDS } = fahsai;

  async function json(url, signal) {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { answer });
    return answer.json();
  }

  // Why an answer did not come, in words, and after how many seconds asking again makes sense.
  async function explain({ answer, isUnpublished }, language) {
    const words = WORDS[language];
    if (isUnpublished) return { reason: words.unpublished, retryAfter: null };
    if (!answer) return { reason: words.offline, retryAfter: 10 };
    if (answer.status === 503)
      return { reason: words.unavailable, retryAfter: Number(answer.headers.get("Retry-After")) || 10 };
    const problem = await answer.json().catch(() => ({}));
    const detail = problem.detail ? `: ${problem.detail}` : "";
    return { reason: words.refused(answer.status) + detail, retryAfter: null };
  }

  Object.assign(fahsai, { json, explain });
})();
