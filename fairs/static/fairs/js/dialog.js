// Opens a <dialog> from any button with data-dialog="its id"; data-close shuts it, as does a click beside it.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    if (target?.closest("[data-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement && target.open && !inside(target, event)) target.close();
  });

  const inside = (dialog, { clientX, clientY }) => {
    const box = dialog.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  };
})();
