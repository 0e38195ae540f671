// Rows of a form (data-rows="prefix", with a <template data-row>): added and left out at once, without the server;
// without scripts the same buttons send the form.
(() => {
  "use strict";
  const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row-of]")];

  const renumber = (list) => {
    rowsOf(list).forEach((row, index) => {
      const prefix = new RegExp(`${list.dataset.rows}-(\\d+|__prefix__)-`, "g");
      for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby], [data-fill]")) {
        for (const attribute of ["name", "id", "for", "aria-describedby", "data-fill"]) {
          const text = part.getAttribute(attribute);
          if (text?.match(prefix)) part.setAttribute(attribute, text.replace(prefix, `${list.dataset.rows}-${index}-`));
        }
      }
      for (const button of row.querySelectorAll("[name='drop'], [name='drop_photo']")) button.value = index;
      row.querySelector("[data-row-number]").textContent = index + 1;
    });
    const total = list.closest("form").elements[`${list.dataset.rows}-TOTAL_FORMS`];
    total.value = rowsOf(list).length;
    const add = list.closest("form").querySelector(`[data-add-row="${list.dataset.rows}"]`)?.parentElement;
    if (add) add.hidden = rowsOf(list).length >= (Number(list.dataset.rowsMost) || Infinity);
  };

  const add = (list) => {
    const template = list.querySelector(":scope > template[data-row]");
    list.insertBefore(template.content.cloneNode(true), template);
    renumber(list);
    return rowsOf(list).at(-1);
  };

  const tell = (list) => list.dispatchEvent(new Event("change", { bubbles: true }));

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-add-row], [data-drop-row]") : null;
    if (!button) return;
    const list = button.closest("[data-rows]") ?? button.form.querySelector(`[data-rows="${button.dataset.addRow}"]`);
    event.preventDefault();
    if ("addRow" in button.dataset) {
      add(list).querySelector("input:not([type='hidden'])").focus();
    } else {
      const beside = button.closest("[data-row-of]").nextElementSibling;
      button.closest("[data-row-of]").remove();
      if (!rowsOf(list).length) add(list);
      else renumber(list);
      (beside?.querySelector("input:not([type='hidden'])") ?? document.querySelector(`[data-add-row="${list.dataset.rows}"]`)).focus();
    }
    tell(list);
  });

  // A draft that had more rows than the page brings.
  for (const list of document.querySelectorAll("[data-rows]")) {
    list.closest("form").addEventListener("draft:rows", (event) => {
      if (event.detail.name !== list.dataset.rows) return;
      const most = Number(list.dataset.rowsMost) || 100;
      while (rowsOf(list).length < Math.min(event.detail.count, most)) add(list);
    });
  }
})();
