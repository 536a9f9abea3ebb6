// Copies what stands on the page of a citation.
(function () {
  "use strict";

  const words = fahsai.wordsOf("cite");

  async function copy(button) {
    const text = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // plain http, or refused
      getSelection().selectAllChildren(text);
      fahsai.announce(words.copy_by_hand);
      return;
    }
    fahsai.announce(words.copied);
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), 2000);
  }

  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
