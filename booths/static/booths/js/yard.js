// At an entrance: a code that the camera reads is sent by itself, and the camera stays on from vehicle to vehicle.
(() => {
  "use strict";
  const ON = "yard:camera";
  const place = document.querySelector("[data-yard]");
  if (!place) return;

  const form = place.querySelector("form[data-code-form]");
  const words = place.querySelector("[data-camera-words]");
  const starter = place.querySelector("[data-start-camera]");

  const keep = (on) => {
    try {
      if (on) sessionStorage.setItem(ON, "yes");
      else sessionStorage.removeItem(ON);
    } catch {
      // the camera is then switched on by hand each time
    }
  };

  const kept = () => {
    try {
      return sessionStorage.getItem(ON) === "yes";
    } catch {
      return false;
    }
  };

  place.addEventListener("code-read", (event) => {
    place.dataset.paused = "yes";
    form.elements.code.value = event.detail.code;
    form.requestSubmit();
    setTimeout(() => delete place.dataset.paused, 12000); // not sent: the next code may be read
  });
  place.addEventListener("camera-trouble", () => {
    keep(false);
    words.textContent = words.dataset.none;
  });
  starter.addEventListener("click", () => keep(!kept()));
  window.addEventListener("load", () => {
    if (!kept() || form.elements.code.value) return;
    keep(false); // the click below turns it round
    starter.click();
  });
})();
