// For a form with data-checks: a box in the head of the table ticks every row.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-checks]")) {
    const boxes = [...form.elements].filter((field) => field.name === "chosen");
    const head = boxes[0]?.closest("table").querySelector("thead th");
    if (!head) continue;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "check-input";
    all.setAttribute("aria-label", head.textContent.trim());
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    head.closest("table").addEventListener("change", () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    });
    head.replaceChildren(all);
  }
})();
