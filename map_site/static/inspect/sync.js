// Sends what is on the device, in the order in which it was saved, once there is signal: as often as
// it takes, for what arrives twice is one.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const { all, get, put } = fahsai.kept;
  const MOST = 10; // edits in one request
  const AGAIN_MS = 30000;
  const WITHIN_MS = 60000;
  const UNSENT = ["waiting", "sign_in"];

  let running = null;
  let asked = false;

  // What was last known: who is signed in, or null. `changed` hears of every change of state. Whoever
  // asks while an attempt fails, as signal does that returns, is not left to wait for the next.
  async function sync(account, changed) {
    asked = true;
    running = running || whileAsked(account, changed).finally(() => (running = null));
    return running;
  }

  async function whileAsked(account, changed) {
    while (asked) {
      asked = false;
      await locked(account, changed);
    }
  }

  // One tab of the browser at a time.
  async function locked(account, changed) {
    const send = () => attempt(account, changed);
    return navigator.locks ? navigator.locks.request("fahsai-inspections", send) : send();
  }

  async function attempt(account, changed) {
    const edits = (await mine("edits", account)).filter((one) => UNSENT.includes(one.state));
    const photos = (await mine("photos", account)).filter((one) => !one.sent);
    if (!edits.length && !photos.length) return changed(); // another tab may have sent them
    const session = await signedIn(account);
    if (session === undefined) return; // no signal
    if (session === null) {
      for (const edit of edits) await put("edits", { ...edit, state: "sign_in" });
      return changed();
    }
    edits.sort((a, b) => a.number - b.number);
    for (let from = 0; from < edits.length; from += MOST) {
      if (!(await sendEdits(edits.slice(from, from + MOST), session))) return;
      await changed();
    }
    for (const photo of photos) {
      if (!(await sendPhoto(photo, session))) return;
      await changed();
    }
  }

  const mine = async (store, account) => (await all(store)).filter((one) => one.account === account);

  // The session of this account; null where another, or nobody, is signed in; undefined without signal.
  async function signedIn(account) {
    const answer = await ask("/api/session", {});
    if (!answer || answer.status >= 500) return undefined;
    if (!answer.ok) return null;
    const session = await answer.json();
    return session.account_id === account ? session : null;
  }

  async function ask(path, options) {
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), WITHIN_MS);
    try {
      return await fetch(fahsai.at(path), { ...options, signal: ended.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async function sendEdits(edits, session) {
    const answer = await ask("/api/inspections/sync", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrf_token },
      body: JSON.stringify({ edits: edits.map((one) => one.document) }),
    });
    if (!answer?.ok) return false;
    const { receipts } = await answer.json();
    for (const [i, receipt] of receipts.entries()) await note(edits[i], receipt);
    return true;
  }

  const LANGUAGE = document.documentElement.lang === "en" ? "en" : "th";
  const STATES = { stored: "sent", already_stored: "sent", conflict: "conflict", refused: "refused" };

  async function note(edit, receipt) {
    const state = STATES[receipt.status];
    await put("edits", { ...edit, state, why: receipt.why?.[LANGUAGE] || null });
    const draft = await get("drafts", edit.inspection);
    if (!draft || draft.revision !== edit.revision) return; // edited further since
    await put("drafts", { ...draft, based_on: state === "refused" ? await soundBases(edit) : [edit.revision] });
  }

  // What is refused is no base for the next: what it was made of is.
  async function soundBases(edit) {
    const bases = [];
    for (const id of edit.document.based_on) {
      const base = await get("edits", id);
      bases.push(...(base?.state === "refused" ? await soundBases(base) : [id]));
    }
    return bases;
  }

  async function sendPhoto(photo, session) {
    const asked = new URLSearchParams({ client_id: photo.client_id, device_at: photo.at, item: photo.item });
    const answer = await ask(`/api/inspections/${photo.inspection}/photos?${asked}`, {
      method: "POST",
      headers: { "Content-Type": "image/jpeg", "X-CSRF-Token": session.csrf_token },
      body: photo.file,
    });
    if (!answer) return false;
    // Sent, the picture itself is not needed here any more; a small one stays. What is no picture to
    // the service is not sent again; for all else there is a next time.
    if (answer.ok) await put("photos", { ...photo, sent: true, file: null });
    else if (answer.status === 400) await put("photos", { ...photo, sent: true, refused: true });
    return answer.status < 500 && answer.status !== 429;
  }

  // From now on, whenever it may help.
  function keepTrying(account, changed) {
    const again = () => sync(account, changed).catch(() => {});
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", () => document.hidden || again());
    setInterval(again, AGAIN_MS);
    return again();
  }

  fahsai.sending = { keepTrying, mine, sync };
})();
