// Has the browser subscribe where somebody chose to be told by its notifications, and sends the form
// with what it gives. Without this script, or where the browser cannot, the choice is not there.
(function () {
  "use strict";

  const { fahsai } = globalThis;
  const form = document.getElementById("alert-form");
  const choice = document.getElementById("alert-push");
  const given = document.getElementById("alert-subscription");
  if (!choice || !("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;

  const button = document.getElementById("alert-send");
  const hint = document.getElementById("alert-push-hint");
  const isChosen = () => choice.querySelector("input").checked;

  // base64url, as the Push API wants it of older browsers.
  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  // One by a former key of the service would be told nothing.
  async function subscription() {
    const scope = fahsai.at("/field");
    const { pushManager } = await navigator.serviceWorker.register(fahsai.at("/sw.js"), { scope });
    const key = bytes(given.dataset.key);
    const known = await pushManager.getSubscription();
    if (known && String(new Uint8Array(known.options.applicationServerKey)) === String(key)) return known;
    await known?.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  function say(state) {
    for (const one of ["refused", "failed"]) document.getElementById(`alert-push-${one}`).hidden = one !== state;
    if (state) document.getElementById(`alert-push-${state}`).focus();
  }

  async function ask() {
    if ((await Notification.requestPermission()) !== "granted") return "refused";
    try {
      given.value = JSON.stringify(await subscription());
    } catch {
      return "failed";
    }
    given.disabled = false;
    form.submit();
    return "";
  }

  function show() {
    hint.hidden = !isChosen();
    if (!isChosen()) say("");
  }

  choice.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", async (event) => {
    if (!isChosen()) return;
    event.preventDefault();
    button.disabled = true;
    say(await ask());
    button.disabled = false;
  });
  show();
})();
