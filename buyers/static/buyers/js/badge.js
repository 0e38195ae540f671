// A page on the phone, such as the badge or the agenda on paper: has it kept for when there is no network, and says how
// old it is when it was. Its card names the worker; with data-anew the card is on another page, and the one at
// that address is fetched anew.
(() => {
  "use strict";
  const card = document.querySelector("[data-worker]");
  const ASKED_EVERY = 5000; // milliseconds
  if (!card || !("serviceWorker" in navigator)) return;

  if (card.dataset.keptAt) {
    const then = new Date(Number(card.dataset.keptAt));
    const language = document.documentElement.lang;
    const minutes = Math.round((Date.now() - then) / 60000);
    const [size, unit] = minutes < 60 ? [1, "minute"] : minutes < 2880 ? [60, "hour"] : [1440, "day"];
    const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.round(minutes / size), unit);
    const when = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(then);
    const note = document.querySelector("[data-kept]");
    note.querySelector("[data-kept-when]").textContent = `${when} (${ago})`;
    note.hidden = false;
    // What a phone says of its network is a guess: the site is asked.
    const again = () => fetch(location.href, { cache: "no-store" }).then(() => location.reload(), () => {});
    addEventListener("online", again);
    setInterval(again, ASKED_EVERY);
    return;
  }

  const parts = () =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => ["css", "link", "script", "img", "use", "other"].includes(entry.initiatorType))
      .map((entry) => entry.name)
      .filter((name) => new URL(name).pathname.startsWith(card.dataset.parts));
  const begin = async () => {
    const registration = await navigator.serviceWorker.register(card.dataset.worker);
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    worker.postMessage({ parts: parts(), anew: card.dataset.anew });
  };
  addEventListener("load", () => begin().catch(() => {})); // a browser that allows none shows the badge as before
})();
