// Reads badges at a gate: camera, keyboard-wedge scanner or fingers all end in one small POST, whose answer fills the
// screen with colour, shape, word and sound. Without this file the same form answers with a whole page.
(() => {
  "use strict";
  const place = document.querySelector("[data-gate]");
  if (!place) return;

  const GOES_ON_AFTER = 2000;

  const answers = place.querySelector("[data-answers]");
  const form = place.querySelector("[data-ready] form[data-scan]");
  const field = form.elements.code;
  const trouble = place.querySelector("[data-trouble]");
  const offline = document.querySelector("[data-offline]");
  const bar = document.querySelector("[data-gate-bar]");
  let goOn = 0;
  let sending = false;

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // ---- sound: each answer has its own figure of tones [Hz, seconds] ----
  const TUNES = {
    welcome: [[660, 0.09], [990, 0.16]],
    goodbye: [[520, 0.12]],
    already_in: [[440, 0.12], [0, 0.06], [440, 0.12]],
    not_today: [[494, 0.16], [330, 0.24]],
    revoked: [[180, 0.5]],
    unknown: [[220, 0.12], [0, 0.05], [220, 0.12], [0, 0.05], [220, 0.12]],
    error: [[300, 0.2]],
  };
  const SHAKES = { revoked: [300], unknown: [100, 60, 100, 60, 100], already_in: [100, 60, 100], not_today: [200] };
  let audio = null;
  let loud = true;

  const wakeSound = () => {
    audio ??= window.AudioContext ? new AudioContext() : null;
    if (audio?.state === "suspended") audio.resume().catch(() => {});
  };

  const play = (result) => {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[result] ?? 40);
    if (!loud || audio?.state !== "running") return;
    let at = audio.currentTime + 0.02;
    for (const [pitch, seconds] of TUNES[result] ?? TUNES.error) {
      if (pitch) tone(pitch, at, seconds, pitch < 250 ? "square" : "triangle");
      at += seconds;
    }
  };

  const tone = (pitch, at, seconds, shape) => {
    const source = audio.createOscillator();
    const volume = audio.createGain();
    source.type = shape;
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.35, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    source.connect(volume).connect(audio.destination);
    source.start(at);
    source.stop(at + seconds + 0.02);
  };

  // ---- one reading ----
  const send = async (data) => {
    if (sending) return;
    sending = true;
    place.dataset.paused = "";
    clearTimeout(goOn);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: data,
        headers: { "HX-Request": "true" },
        credentials: "same-origin",
      });
      if (response.redirected || ![200, 422, 429].includes(response.status)) {
        say(trouble.dataset.refused);
        play("error");
        return;
      }
      connected(true);
      show(await response.text());
    } catch {
      connected(false);
      say(trouble.dataset.noNetwork);
      play("error");
    } finally {
      sending = false;
      delete place.dataset.paused;
    }
  };

  const show = (html) => {
    answers.innerHTML = html;
    say("");
    field.value = "";
    const answer = answers.querySelector("[data-answer]");
    place.classList.toggle("answers", Boolean(answers.firstElementChild));
    const result = answer?.dataset.answer ?? "error";
    play(result);
    answers.querySelector("[data-no-script]")?.remove();
    const byItself = answers.querySelector("[data-by-itself]");
    if (byItself) {
      byItself.hidden = false;
      goOn = setTimeout(ready, GOES_ON_AFTER);
    }
    field.focus({ preventScroll: true }); // a wedge scanner types on, whatever stands on the screen
  };

  const ready = () => {
    clearTimeout(goOn);
    answers.replaceChildren();
    place.classList.remove("answers");
    field.focus({ preventScroll: true });
  };

  const say = (words) => {
    if (words) ready();
    trouble.textContent = words;
  };

  const connected = (yes) => {
    offline.hidden = yes;
    bar.classList.toggle("is-offline", !yes);
  };

  const read = (code) => {
    const data = new FormData(form);
    data.set("code", code);
    data.set("key", newKey());
    send(data);
  };

  place.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-scan]")) return;
    event.preventDefault();
    event.stopPropagation();
    wakeSound();
    const data = new FormData(event.target);
    if (event.target === form) {
      if (!field.value.trim()) return;
      data.set("key", newKey());
    }
    send(data);
  });

  place.addEventListener("click", (event) => {
    wakeSound();
    if (event.target.closest("[data-next]")) {
      event.preventDefault();
      ready();
    }
  });

  document.addEventListener("keydown", (event) => {
    wakeSound();
    if (event.key === "Escape") ready();
  });
  window.addEventListener("online", () => connected(true));
  window.addEventListener("offline", () => connected(false));

  // ---- camera ----
  place.addEventListener("code-read", (event) => {
    if (!sending) read(event.detail.code);
  });
  place.addEventListener("camera-trouble", () => say(trouble.dataset.noCamera));
  place.querySelector("[data-start-camera]").addEventListener("click", () => {
    wakeSound();
    say("");
  });

  const sound = place.querySelector("[data-sound]");
  sound.hidden = false;
  sound.addEventListener("click", () => {
    loud = !loud;
    sound.setAttribute("aria-pressed", String(loud));
  });

  // ---- the clock in the bar runs with the fair's own time ----
  const clock = document.querySelector("[data-clock]");
  const ahead = Date.parse(clock.getAttribute("datetime")) - Date.now();
  const zone = clock.getAttribute("datetime").slice(-6);
  const minutes = /^[+-]/.test(zone) ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) : 0;
  setInterval(() => {
    const there = new Date(Date.now() + ahead + minutes * 60000);
    clock.textContent = there.toISOString().slice(11, 16);
  }, 5000);

  if (answers.querySelector("[data-answer]")) {
    place.classList.add("answers");
    answers.querySelector("[data-no-script]")?.remove();
    const byItself = answers.querySelector("[data-by-itself]");
    if (byItself) {
      byItself.hidden = false;
      goOn = setTimeout(ready, GOES_ON_AFTER);
    }
  } else {
    answers.replaceChildren(); // white space left by the template
  }
  field.focus({ preventScroll: true });
})();
