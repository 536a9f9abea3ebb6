// Photos of a visit: made smaller on the device, which also takes out what the phone wrote into them,
// kept there, and shown.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const { all, put, remove, uuid } = fahsai.kept;
  const words = fahsai.wordsOf("inspect");
  const LONGEST = 1600;
  const SMALL = 224;
  const QUALITY = 0.82;

  function scaled(picture, longest) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  async function kept(file, inspection, account, item) {
    const picture = await createImageBitmap(file);
    const made = await new Promise((resolve) => scaled(picture, LONGEST).toBlob(resolve, "image/jpeg", QUALITY));
    const small = scaled(picture, SMALL).toDataURL("image/jpeg", QUALITY);
    const photo = { client_id: uuid(), inspection, account, item, at: new Date().toISOString(), file: await made.arrayBuffer(), small, sent: false };
    await put("photos", photo);
    return photo;
  }

  // The boxes of a form. `draft()` gives the inspection and account; `changed()` is told of each change.
  function boxes(form, draft, changed) {
    for (const box of form.querySelectorAll("[data-photos]")) {
      const chosen = box.querySelector('input[type="file"]');
      const ids = box.querySelector('input[type="hidden"]');
      const wrong = box.querySelector(".inspect-wrong");
      chosen.addEventListener("change", async () => {
        wrong.textContent = "";
        for (const file of chosen.files) {
          try {
            const { inspection, account } = draft();
            const photo = await kept(file, inspection, account, box.dataset.item);
            ids.value = [...ids.value.split(" ").filter(Boolean), photo.client_id].join(" ");
            await changed();
          } catch {
            wrong.textContent = words.photo_bad;
          }
        }
        chosen.value = "";
        await show(form, changed);
      });
    }
  }

  async function show(form, changed) {
    const known = new Map((await all("photos")).map((one) => [one.client_id, one]));
    for (const box of form.querySelectorAll("[data-photos]")) {
      const ids = box.querySelector('input[type="hidden"]');
      const list = box.querySelector(".inspect-pictures");
      list.replaceChildren(
        ...ids.value.split(" ").filter((id) => known.has(id)).map((id, i) => {
          const line = document.createElement("li");
          const picture = document.createElement("img");
          picture.src = known.get(id).small;
          picture.alt = fahsai.fill(words.photo_taken, { count: i + 1 });
          const out = document.createElement("button");
          out.type = "button";
          out.className = "button";
          out.textContent = words.photo_remove;
          out.addEventListener("click", async () => {
            ids.value = ids.value.split(" ").filter((one) => one && one !== id).join(" ");
            if (!known.get(id).sent) await remove("photos", id);
            await changed();
            await show(form, changed);
          });
          line.append(picture, out);
          return line;
        }),
      );
    }
  }

  fahsai.photos = { boxes, show };
})();
