// What is on the device, and how each stands: draft, not sent, sent, in conflict, refused.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const { all } = fahsai.kept;
  const words = fahsai.wordsOf("inspect");
  const english = document.documentElement.lang === "en";
  const spoken = (path) => fahsai.at(english ? path + (path.includes("?") ? "&lang=en" : "?lang=en") : path);

  // Of one inspection: {name, text, links}.
  function state(draft, edits, photos) {
    const own = edits.filter((one) => one.inspection === draft.inspection).sort((a, b) => b.number - a.number);
    const [last] = own;
    const left = photos.filter((one) => one.inspection === draft.inspection && !one.sent).length;
    const named = (name, values, links = []) => ({ name, text: fahsai.fill(words[`state_${name}`], values || {}), links });
    if (draft.dirty || !last) return named("draft");
    const signIn = [words.sign_in, spoken(`/staff/sign-in?next=${encodeURIComponent(fahsai.within(location.pathname))}`)];
    const choose = [words.choose_version, spoken(`/staff/inspections/${draft.inspection}`)];
    if (last.state === "refused") return named("refused", { why: last.why });
    if (last.state === "sign_in") return named("sign_in", {}, [signIn]);
    if (last.state === "waiting") return named("waiting");
    if (last.state === "conflict") return named("conflict", {}, [choose]);
    if (left) return { ...named("photos", { count: left }), name: "waiting" };
    return named("sent", {}, [[words.one_title, spoken(`/staff/inspections/${draft.inspection}`)]]);
  }

  function link([text, href]) {
    const made = document.createElement("a");
    made.className = "button";
    made.href = href;
    made.textContent = text;
    return made;
  }

  // Shows it in a box, as the state of the page's inspection.
  function tell(box, told) {
    box.hidden = !told;
    if (!told) return;
    box.dataset.state = told.name;
    box.querySelector("p").textContent = told.text;
    box.querySelector(".inspect-links").replaceChildren(...told.links.map(link));
  }

  async function list(account) {
    const [drafts, edits, photos] = await Promise.all(["drafts", "edits", "photos"].map(all));
    const own = drafts.filter((one) => one.account === account).sort((a, b) => b.changed_at.localeCompare(a.changed_at));
    const place = document.getElementById("inspect-list");
    const lines = own.map((draft) => {
      const told = state(draft, edits, photos);
      const line = document.createElement("li");
      line.dataset.state = told.name;
      const title = document.createElement("b");
      title.textContent = draft.label;
      const small = document.createElement("small");
      small.textContent = told.text;
      const links = document.createElement("p");
      links.className = "inspect-links";
      links.append(link([words.open, spoken(draft.path)]), ...told.links.map(link));
      line.append(title, small, links);
      return line;
    });
    if (!lines.length) lines.push(Object.assign(document.createElement("li"), { textContent: words.device_none }));
    place.replaceChildren(...lines);
    const others = document.getElementById("inspect-others");
    others.hidden = drafts.length === own.length;
    others.textContent = fahsai.fill(words.device_others, { count: drafts.length - own.length });
  }

  fahsai.device = { list, state, tell };
})();
