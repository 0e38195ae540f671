// When a hold runs out, the part of the page that shows it asks again how things stand.
(() => {
  "use strict";
  document.addEventListener("countdown:over", (event) => {
    const part = event.target instanceof Element ? event.target.closest("[data-live]") : null;
    if (part) setTimeout(() => window.htmx?.trigger(part, "live"), 1000);
  });
})();
