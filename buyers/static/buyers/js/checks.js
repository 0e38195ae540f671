// In a form with data-checks: the box in the head ticks every row, and the button says how many.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-checks]")) {
    const boxes = [...form.querySelectorAll("input[name=chosen]")];
    const head = form.querySelector("thead th");
    if (!boxes.length || !head) continue;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "check-input";
    all.setAttribute("aria-label", head.textContent.trim());
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    form.addEventListener("change", () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    });
    head.replaceChildren(all);
  }
})();
