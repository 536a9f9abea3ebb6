// The form of a report, what waits on this device, and the page of its code.
(function () {
  "use strict";

  const { report } = fahsai;
  const { say, find, element } = report;
  const MOST_PHOTOS = 3;
  const form = find("form");

  // --- what is wrong ---------------------------------------------------------------------------

  // Says at a field what is wrong with it, or that nothing is.
  report.wrong = (name, said) => {
    const line = find(`${name}-wrong`);
    if (!line) return;
    line.hidden = !said;
    line.textContent = said ? `${say("wrong_here")} ${said}` : "";
    const field = find(name);
    if (said) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  };

  function tellProblems(problems) {
    for (const line of form.querySelectorAll(".report-wrong")) report.wrong(line.id.slice(7, -6), "");
    for (const { field, said } of problems) report.wrong(field, said);
    const summary = find("wrong");
    summary.hidden = !problems.length;
    if (!problems.length) return;
    summary.querySelector("h2").textContent = say("wrong", { count: problems.length });
    const link = ({ field, said }) => element("li", {}, element("a", { href: `#report-${find(field) ? field : "form"}` }, said));
    summary.querySelector("ul").replaceChildren(...problems.map(link));
    summary.focus();
    summary.scrollIntoView({ block: "start" });
  }

  // Whether it may name a province; whether it names one alone, the service judges.
  const SHORTER = /กรุงเทพ|กทม|อยุธยา|โคราช|ayutthaya|korat|bkk/i;
  function namesProvince(address) {
    const text = address.toLowerCase().replace(/\s+/g, "");
    const names = [...find("province").options].flatMap(({ dataset }) => (dataset.names || "").split("|"));
    return SHORTER.test(address) || names.some((name) => name && text.includes(name.replace(/\s+/g, "")));
  }

  // What can be seen without the service, which there may be no signal to.
  function missing(fields) {
    const found = [];
    if (!fields.category) found.push({ field: "category", said: say("need_category") });
    if (!fields.coordinates.trim() && !fields.address.trim()) found.push({ field: "coordinates", said: say("need_place") });
    else if (!fields.coordinates.trim() && !fields.province && !namesProvince(fields.address)) found.push({ field: "province", said: say("need_province") });
    if (fields.when === "then" && !(fields.date && fields.time)) found.push({ field: "date", said: say("need_moment") });
    return found;
  }

  // --- sending ---------------------------------------------------------------------------------

  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  function written() {
    const fields = {};
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && !["client_id", "device_at"].includes(name)) fields[name] = value;
    return { fields, client_id: form.elements.client_id.value, action: form.action, made_at: new Date().toISOString(), photos: [], state: "waiting" };
  }

  async function submit(event) {
    event.preventDefault();
    if (report.own) return; // it is being sent
    const one = written();
    const wrong = missing(one.fields);
    tellProblems(wrong);
    if (wrong.length) return;
    report.own = one.client_id;
    busy(true);
    state(say("photos_smaller"));
    for (const file of find("photos").files) one.photos.push(await report.photos.smaller(file));
    const isKept = await report.kept.put(one);
    state(say("sending"));
    const answer = await report.sending.send(one, (percent) => {
      find("progress").value = percent;
      state(say("sending_share", { percent }));
    });
    report.own = null;
    busy(false);
    await after(one, answer, isKept);
  }

  async function after(one, answer, isKept) {
    if (answer.sent) {
      await report.parcel.keepAnswer(one, answer);
      state(say("kept_sent", { code: answer.sent.code }));
      return location.assign(answer.sent.href);
    }
    if (answer.problems) {
      await report.kept.remove(one.client_id);
      state("");
      return tellProblems(answer.problems);
    }
    if (!isKept) return state(say(answer.later ? "send_failed" : "kept_not"));
    startAnew();
    await list();
    // Where the browser can, it sends when there is signal, be the page open or not.
    navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("fahsai-report")).catch(() => {});
    state(answer.later ? say("too_often", { seconds: answer.later }) : say("kept_said"));
    find("kept").scrollIntoView({ block: "start" });
    setTimeout(() => report.sending.flush(list), (answer.later || 60) * 1000);
  }

  function startAnew() {
    form.reset();
    form.elements.client_id.value = newId();
    find("pictures").replaceChildren();
    find("accuracy").value = "";
    find("place-said").textContent = "";
    report.place.show();
  }

  function busy(is) {
    find("send").toggleAttribute("disabled", is);
    find("progress").hidden = !is;
    find("progress").removeAttribute("value");
  }

  function state(words) {
    find("state").textContent = words;
  }

  // --- what is on this device ------------------------------------------------------------------

  async function list() {
    const box = find("kept");
    const kept = (await report.kept.all()).filter((one) => one.client_id !== report.own);
    box.hidden = !kept.length;
    find("kept-list").replaceChildren(...kept.map(line));
  }

  function line(one) {
    const said = {
      waiting: () => say("kept_waiting"),
      sending: () => say("kept_sending"),
      sent: () => say("kept_sent", { code: one.code }),
      refused: () => say("kept_refused", { why: one.why }),
    }[one.state]();
    const category = (one.fields || one).category;
    const title = document.querySelector(`[name="category"][value="${CSS.escape(category || "")}"] ~ span`)?.textContent || "";
    return element(
      "li",
      { "data-state": one.state },
      element("b", {}, one.state === "sent" ? element("a", { href: one.href.replace(/[?&](sent|again)=1/, "") }, said) : said),
      element("small", {}, `${title} ${report.moment(one.made_at)}`.trim()),
      element("p", { class: "report-links" }, ...buttons(one)),
    );
  }

  function buttons(one) {
    const button = (words, onclick) => element("button", { type: "button", class: "button", onclick }, words);
    const made = [];
    if (one.state === "waiting") made.push(button(say("kept_now"), () => report.sending.flush(list)));
    if (one.state === "refused" && form) made.push(button(say("kept_edit"), () => edit(one)));
    // The first press asks, the second deletes.
    made.push(
      button(say("kept_delete"), async ({ currentTarget }) => {
        if (!currentTarget.dataset.sure) {
          currentTarget.dataset.sure = "yes";
          return void (currentTarget.textContent = say("kept_delete_sure"));
        }
        await report.kept.remove(one.client_id);
        await list();
      }),
    );
    return made;
  }

  // What was refused is in the form again.
  async function edit(one) {
    for (const [name, value] of Object.entries(one.fields)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    const files = new DataTransfer();
    one.photos.forEach((photo, at) => files.items.add(new File([photo], `${at + 1}.jpg`, { type: photo.type })));
    find("photos").files = files.files;
    report.photos.preview(find("photos"), MOST_PHOTOS);
    form.elements.client_id.value = one.client_id;
    await report.kept.remove(one.client_id);
    await list();
    tellProblems([{ field: "form", said: one.why }]);
    report.place.show();
  }

  // --- the page of a code ----------------------------------------------------------------------

  function followed() {
    const code = find("code").textContent;
    find("copy").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code);
        find("said").textContent = say("copied");
      } catch {
        getSelection().selectAllChildren(find("code"));
        find("said").textContent = say("copy_by_hand");
      }
    });
    find("save").addEventListener("click", () => {
      const where = location.href.split("?")[0];
      const text = new Blob([`${say("code")}: ${code}\r\n${where}\r\n`], { type: "text/plain" });
      const link = element("a", { href: URL.createObjectURL(text), download: `${say("save_name")}-${code}.txt` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  function begin() {
    if (form) {
      form.elements.client_id.value = newId(); // a page that was kept has that of another report
      find("date").max = report.thaiClock(new Date().toISOString()).date;
      form.addEventListener("submit", submit);
      find("photos").addEventListener("change", ({ target }) => report.photos.preview(target, MOST_PHOTOS));
      report.place.listen();
    } else followed();
    const flush = () => report.sending.flush(list);
    window.addEventListener("online", flush);
    navigator.serviceWorker?.addEventListener("message", ({ data }) => data === "reports" && list());
    document.addEventListener("visibilitychange", () => document.hidden || flush());
    list().then(flush);
    navigator.serviceWorker?.register(fahsai.at("/sw.js"), { scope: fahsai.at("/report") }).catch(() => {});
  }

  begin();
})();
