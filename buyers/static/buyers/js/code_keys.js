// A field marked data-code-field takes a code by the places of keys, not by the letters they make: a Telex or VNI
// keyboard left on turns AA into Â and A1 into Á, and would spoil what a scanner types. Keys pressed while nothing
// that takes text has the focus go to the field too, so that a scanner needs no aiming.
(() => {
  "use strict";
  const field = document.querySelector("[data-code-field]");
  if (!field) return;
  const SOON = 35; // ms: no finger corrects a letter so soon, a Vietnamese keyboard does
  let typed = ""; // what the keys said, where they say it
  let byKeys = false;
  let last = 0;

  const letter = ({ code }) => {
    const found = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
    return found ? (found[1] ?? found[2] ?? found[3]) : code === "Space" || code === "Minus" ? " " : "";
  };

  const show = () => {
    field.value = typed;
    field.dispatchEvent(new CustomEvent("code-typed", { bubbles: true }));
  };

  // Whatever an input method has written meanwhile gives way to what the keys said.
  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/đ/gi, "d");

  const elsewhere = (target) =>
    target !== field && target.matches?.("input, select, textarea, button, a, summary, [contenteditable]");

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || elsewhere(event.target)) return;
      if (!field.checkVisibility?.() && event.target !== field && !field.dataset.always) return;
      const now = performance.now();
      const soon = now - last < SOON;
      if (event.code === "Enter" || event.code === "NumpadEnter") {
        if (event.target !== field || byKeys) {
          event.preventDefault();
          if (field.value.trim()) field.form.requestSubmit();
        }
        return;
      }
      const one = letter(event);
      if (one) {
        last = now;
        if (event.target === field && field.selectionStart !== field.value.length) return; // a correction in the middle
        if (!byKeys) typed = field.value;
        byKeys = true;
        typed += one;
        event.preventDefault();
        show();
      } else if (event.code === "Backspace" && byKeys) {
        event.preventDefault();
        if (!soon) typed = typed.slice(0, -1);
        show();
      } else if (!event.code && byKeys && soon) {
        event.preventDefault(); // a letter that an input method has put in place of one we have
      }
    },
    true,
  );

  const settle = () => {
    if (byKeys && performance.now() - last < 500) field.value = typed;
    else {
      byKeys = false;
      if (field.value !== plain(field.value)) field.value = plain(field.value);
    }
  };
  field.addEventListener("input", settle);
  field.addEventListener("compositionend", () => setTimeout(settle));
  field.form.addEventListener("submit", () => {
    byKeys = false;
    typed = "";
  });
  field.form.addEventListener("reset", () => {
    byKeys = false;
    typed = "";
  });
})();
