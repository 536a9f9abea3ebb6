// Photos made smaller before they are sent: a telephone's have ten times the bytes that are needed.
// What the browser cannot read is sent as it is; the service says what is wrong with it.
(function () {
  "use strict";

  const { report } = fahsai;
  const EDGE = 2048; // as geo_api/complaints/photos.py
  const SMALL_BYTES = 400_000;
  const QUALITY = 0.85;

  async function smaller(file) {
    if (file.size <= SMALL_BYTES || !globalThis.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
      return made && made.size < file.size ? made : file;
    } catch {
      return file;
    }
  }

  // The pictures that are chosen, under their input.
  function preview(input, most) {
    const list = report.find("pictures");
    for (const shown of list.querySelectorAll("img")) URL.revokeObjectURL(shown.src);
    const files = [...input.files];
    list.replaceChildren(
      ...files.slice(0, most).map((file, at) => {
        const alt = report.say("photo_of", { number: at + 1 });
        return report.element("li", {}, report.element("img", { src: URL.createObjectURL(file), alt }));
      }),
    );
    report.wrong("photos", files.length > most ? report.say("photos_many", { most }) : "");
  }

  report.photos = { preview, smaller };
})();
