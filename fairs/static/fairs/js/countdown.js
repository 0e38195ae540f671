// Runs the clocks: [data-seconds-left] says how long is left now; the moment of its end is kept, so that a sleeping
// tab is right again when it wakes. Five minutes, one minute and the end are announced, nothing else.
(() => {
  "use strict";
  const SAID_AT = [300, 60];
  const ends = new WeakMap();

  const write = (clock, seconds) => {
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    const time = clock.querySelector("[data-countdown-time]") ?? clock;
    time.textContent = `${hours ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
    const ring = clock.querySelector("[data-countdown-ring]");
    if (ring) ring.setAttribute("stroke-dasharray", `${Math.min(100, (seconds / ends.get(clock).whole) * 100)} 100`);
  };

  const say = (clock, words) => {
    const place = clock.querySelector("[data-countdown-say]");
    if (place) place.textContent = words;
  };

  const finish = (clock) => {
    const words = clock.dataset.over;
    ends.delete(clock);
    delete clock.dataset.secondsLeft;
    clock.classList.add("is-over");
    if (words) {
      (clock.querySelector("[data-countdown-time]") ?? clock).textContent = words;
      say(clock, words);
    }
    clock.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    if (clock.hasAttribute("data-live")) window.htmx?.trigger(clock, "live");
  };

  const tick = () => {
    for (const clock of document.querySelectorAll("[data-seconds-left]")) {
      const given = Number(clock.dataset.secondsLeft);
      let run = ends.get(clock);
      if (!run || run.given !== given) {
        run = { given, at: Date.now() + given * 1000, whole: Number(clock.dataset.secondsWhole) || given, last: given };
        ends.set(clock, run);
      }
      const left = Math.max(0, Math.round((run.at - Date.now()) / 1000));
      for (const mark of SAID_AT) {
        if (run.last > mark && left <= mark && left > 0) say(clock, `${mark / 60} ${clock.dataset.say ?? ""}`.trim());
      }
      run.last = left;
      if (left > 0) write(clock, left);
      else finish(clock);
    }
  };

  tick();
  setInterval(tick, 1000);
})();
