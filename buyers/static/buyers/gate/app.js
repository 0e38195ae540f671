// The gate's screen: enrolment, the camera, the field, one answer at a time, and how things stand with the server.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});
  const { store, link, reading } = Gate;
  const GOES_ON_AFTER = 2000;

  const place = document.querySelector("[data-gate]");
  const bar = document.querySelector("[data-gate-bar]");
  const find = (name, from = place) => from.querySelector(`[data-${name}]`);
  const form = find("code-form");
  const field = form.elements.code;
  const answers = find("answers");
  const trouble = find("trouble");
  const gates = find("gates", bar);
  const turn = find("turn", bar);
  const language = document.documentElement.lang.startsWith("vi") ? "vi" : "en";
  let direction = "in";
  let goOn = 0;
  let busy = false;

  // ---- sound: each answer has its own figure of tones [Hz, seconds] ----
  const TUNES = {
    ok: [[660, 0.09], [990, 0.16]],
    out: [[520, 0.12]],
    again: [[440, 0.12], [0, 0.06], [440, 0.12]],
    wrong_day: [[494, 0.16], [330, 0.24]],
    wrong_zone: [[494, 0.16], [330, 0.12], [494, 0.16]],
    expired: [[330, 0.16], [247, 0.3]],
    revoked: [[180, 0.5]],
    unknown: [[220, 0.12], [0, 0.05], [220, 0.12], [0, 0.05], [220, 0.12]],
    refused: [[300, 0.2]],
  };
  const SHAKES = { revoked: [300], unknown: [100, 60, 100, 60, 100], again: [100, 60, 100] };
  let audio = null;
  let loud = true;

  const wakeSound = () => {
    audio ??= window.AudioContext ? new AudioContext() : null;
    if (audio?.state === "suspended") audio.resume().catch(() => {});
  };

  const tone = (pitch, at, seconds) => {
    const source = audio.createOscillator();
    const volume = audio.createGain();
    source.type = pitch < 250 ? "square" : "triangle";
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.35, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    source.connect(volume).connect(audio.destination);
    source.start(at);
    source.stop(at + seconds + 0.02);
  };

  const play = (answer) => {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[answer] ?? 40);
    if (!loud || audio?.state !== "running") return;
    let at = audio.currentTime + 0.02;
    for (const [pitch, seconds] of TUNES[answer]) {
      if (pitch) tone(pitch, at, seconds);
      at += seconds;
    }
  };

  // ---- which screen ----
  const screen = (name) => {
    for (const one of place.querySelectorAll("[data-screen]")) one.hidden = one.dataset.screen !== name;
    bar.classList.toggle("at-work", name === "work");
    if (name === "work") field.focus({ preventScroll: true });
  };

  const hour = (moment) => {
    const zone = { timeZone: link.state.orders.edition.zone, hour12: false, hour: "2-digit", minute: "2-digit" };
    return new Intl.DateTimeFormat("en-GB", zone).format(moment);
  };

  const written = (number) => number.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");

  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  const standing = async () => {
    const { orders, online, listed, over } = link.state;
    find("offline", bar).hidden = online;
    bar.classList.toggle("is-offline", !online);
    if (!orders) return;
    const unsent = await store.countUnsent();
    const synced = await store.fact("synced");
    const sent = find("sent", document);
    sent.textContent = unsent
      ? fill(unsent === 1 ? sent.dataset.one : sent.dataset.some, { number: unsent })
      : synced ? fill(sent.dataset.all, { at: hour(synced) }) : sent.dataset.none;
    sent.classList.toggle("is-waiting", unsent > 0);
    const list = find("list", document);
    list.textContent = over
      ? list.dataset.over
      : listed ? fill(list.dataset.of, { at: hour(listed), number: written(await store.countBadges()) }) : list.dataset.none;
  };

  const setOut = () => {
    const { orders } = link.state;
    find("edition", bar).textContent = orders.edition[language];
    const chosen = Number(gates.value) || orders.device.gate;
    gates.replaceChildren(
      ...orders.gates.map((gate) => new Option(gate[language], gate.id, false, gate.id === chosen)),
    );
    for (const call of document.querySelectorAll("[data-call]")) {
      call.hidden = !orders.edition.phone;
      call.href = `tel:${orders.edition.phone.replaceAll(" ", "")}`;
    }
    if (place.querySelector("[data-screen=work]").hidden) screen("work");
  };

  link.events.addEventListener("changed", () => {
    if (link.state.orders) setOut();
    standing();
  });
  link.events.addEventListener("connection", standing);
  link.events.addEventListener("filling", ({ detail }) => {
    const waiting = find("filling");
    waiting.textContent = fill(waiting.dataset.words, { number: written(detail.number) });
  });
  link.events.addEventListener("closed", ({ detail }) => screen(detail.cutOff ? "cut-off" : "unknown-device"));

  // ---- one answer ----
  const show = (said) => {
    const out = said.result === "ok" && direction === "out";
    const drawn = document.querySelector(`template[data-answer-of="${out ? "out" : said.result}"]`).content.cloneNode(true);
    const answer = drawn.querySelector("[data-answer]");
    const set = (name, text) => {
      const here = answer.querySelector(`[data-${name}]`);
      if (here) here.textContent = text ?? "";
    };
    const who = answer.querySelector("[data-who]");
    if (who) {
      who.hidden = !said.kind;
      set("name", said.name || (said.kind ? who.dataset.unlisted : ""));
      set("company", said.company);
      const kind = said.kind && document.querySelector(`template[data-kind="${said.kind}"]`);
      if (kind) answer.querySelector("[data-kind]").append(kind.content.cloneNode(true));
    }
    const before = answer.querySelector("[data-before]");
    if (before && said.before) {
      const gate = link.state.orders.gates.find((one) => one.id === said.before_gate);
      before.textContent = fill(gate ? before.dataset.words : before.dataset.wordsHere, {
        at: hour(said.before), gate: gate?.[language],
      });
    }
    if (said.words) set("words", said.words);
    answer.querySelector("[data-came-back]")?.addEventListener("click", () => cameBack(said.code));
    answers.replaceChildren(drawn);
    place.classList.add("answers");
    play(out ? "out" : said.result);
    if (answers.querySelector("[data-by-itself]")) goOn = setTimeout(ready, GOES_ON_AFTER);
    field.value = "";
    form.reset();
    field.focus({ preventScroll: true }); // a scanner that types goes on, whatever stands on the screen
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

  const working = async (deed) => {
    if (busy) return;
    busy = true;
    place.dataset.paused = "";
    clearTimeout(goOn);
    say("");
    try {
      show(await deed());
    } catch (error) {
      say(trouble.dataset.storage);
      play("refused");
      throw error;
    } finally {
      busy = false;
      delete place.dataset.paused;
      standing();
    }
    if (!link.state.online) link.sync();
  };

  const read = (code) => working(() => reading.take(code, { gate: Number(gates.value), direction }));

  // They left unread and came back: that is a passage outward, then one inward.
  const cameBack = (code) =>
    working(async () => {
      const gate = Number(gates.value);
      await reading.take(code, { gate, direction: "out", result: "ok" });
      const said = await reading.take(code, { gate, direction: "in", result: "ok" });
      link.sync();
      return said;
    });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wakeSound();
    if (field.value.trim()) read(field.value);
  });
  place.addEventListener("code-read", (event) => read(event.detail.code));
  place.addEventListener("camera-trouble", () => say(trouble.dataset.noCamera));
  find("start-camera").addEventListener("click", () => {
    wakeSound();
    say("");
    stayAwake();
  });
  place.addEventListener("click", (event) => {
    wakeSound();
    if (event.target.closest("[data-next]")) ready();
  });
  document.addEventListener("keydown", (event) => {
    wakeSound();
    if (event.key === "Escape") ready();
  });

  const sound = find("sound");
  sound.addEventListener("click", () => {
    loud = !loud;
    sound.setAttribute("aria-pressed", String(loud));
  });

  turn.addEventListener("click", () => {
    direction = direction === "in" ? "out" : "in";
    turn.dataset.direction = direction;
    find("turn-words", bar).textContent = turn.dataset[direction];
    ready();
  });

  const stayAwake = () => navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      stayAwake();
      link.sync();
    }
  });

  const clock = find("clock", bar);
  setInterval(() => {
    if (link.state.orders) clock.textContent = hour(link.now());
  }, 1000);

  // ---- the beginning ----
  const keepPage = () => {
    navigator.storage?.persist?.();
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/gate/sw.js", { scope: "/gate/" }).catch(() => {});
    navigator.serviceWorker.ready.then(() => {
      find("kept", document).hidden = false;
    });
  };

  const begin = async () => {
    keepPage();
    await link.start();
    const code = location.hash.slice(1);
    if (code) history.replaceState(null, "", location.pathname);
    if (code) {
      screen("waiting");
      try {
        await link.enrol(code);
      } catch (error) {
        if (!link.state.key) {
          find("refusal").textContent = error.status ? error.message : find("refusal").dataset.noNetwork;
          screen("refused");
          return;
        }
      }
    }
    if (!link.state.key && !link.state.orders) {
      screen("not-enrolled");
      return;
    }
    if (link.state.orders) setOut();
    else screen("waiting");
    await standing();
    await link.sync();
    await standing();
  };
  begin();
})();
