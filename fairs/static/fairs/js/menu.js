// Shuts an open menu at Escape, at a click elsewhere and when the focus leaves it; prints at [data-print].
(() => {
  "use strict";
  const open = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
})();
