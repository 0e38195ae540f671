// Copies data-copy to the clipboard and says so on the button for two seconds (data-copied).
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return; // the text stands beside the button and can be selected
    }
    const place = button.querySelector("[data-copy-words]") ?? button;
    const before = place.textContent;
    if (!button.dataset.copied || before === button.dataset.copied) return;
    place.textContent = button.dataset.copied;
    setTimeout(() => {
      place.textContent = before;
    }, 2000);
  });
})();
