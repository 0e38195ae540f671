// Listens for hints ("floor changed") and lets the parts of the page that show the topic fetch themselves again.
// body[data-live-url] names the socket; a part says data-live="floor meetings" and carries its hx-get with
// hx-trigger="live". Without a socket the page stays as it was loaded.
(() => {
  "use strict";
  const path = document.body?.dataset.liveUrl;
  if (!path) return;

  const COALESCE = 60;
  const SPREAD = 440; // a crowd reads spread over half a second, and a change is still seen within one
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 30000;
  const waiting = new Set();
  let timer = 0;
  let failures = 0;
  let wasOpen = false;

  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";

  const show = (state) => {
    for (const sign of document.querySelectorAll("[data-live-state]")) {
      sign.dataset.liveState = state;
      const own = state === "on" ? sign.dataset.liveOn : sign.dataset.liveOff;
      const common = state === "on" ? document.body.dataset.liveOn : document.body.dataset.liveOff;
      const place = sign.querySelector("[data-live-words]") ?? sign;
      const words = own ?? (place.textContent.trim() && place.dataset.liveSaid === undefined ? "" : common);
      if (!words) continue; // the page wrote words of its own
      place.dataset.liveSaid = "";
      place.textContent = words;
    }
  };

  const refresh = (topics) => {
    const all = topics.has("*");
    for (const part of document.querySelectorAll("[data-live]")) {
      if (all || part.dataset.live.split(/\s+/).some((topic) => topics.has(topic))) {
        window.htmx?.trigger(part, "live");
      }
    }
  };

  const soon = (topic) => {
    waiting.add(topic);
    if (timer || document.hidden) return;
    timer = setTimeout(() => {
      const topics = new Set(waiting);
      waiting.clear();
      timer = 0;
      refresh(topics);
    }, COALESCE + Math.random() * SPREAD);
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waiting.size) soon(waiting.values().next().value);
  });

  const listen = () => {
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      failures = 0;
      show("on");
      if (wasOpen) soon("*"); // whatever was said while nobody listened
      wasOpen = true;
    });
    socket.addEventListener("message", (event) => {
      let hint;
      try {
        hint = JSON.parse(event.data);
      } catch {
        return;
      }
      if (typeof hint?.topic !== "string") return;
      document.dispatchEvent(new CustomEvent("live:hint", { detail: hint }));
      soon(hint.topic);
    });
    socket.addEventListener("close", (event) => {
      show("off");
      if (event.code === 4404) return; // nothing to hear here for this person
      failures += 1;
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
      setTimeout(listen, wait / 2 + Math.random() * (wait / 2));
    });
  };

  listen();
})();
