// How many households of a group have a name, and how many are missing or too many: said while they are typed.
(() => {
  "use strict";
  const named = (form, rows) =>
    [...form.querySelectorAll(`[data-row-of="${rows}"] [name$="-name"]`)].filter((field) => field.value.trim()).length;

  const say = (sign, count) => {
    const figures = {
      named: count,
      missing: Math.max(0, Number(sign.dataset.fewest) - count),
      over: Math.max(0, count - Number(sign.dataset.most)),
    };
    for (const [name, figure] of Object.entries(figures)) {
      for (const place of sign.querySelectorAll(`[data-tally-${name}]`)) {
        if (place.textContent !== String(figure)) place.textContent = figure;
      }
    }
    sign.querySelector("[data-tally-few]").hidden = !figures.missing;
    sign.querySelector("[data-tally-many]").hidden = !figures.over;
    sign.querySelector("[data-tally-enough]").hidden = Boolean(figures.missing || figures.over);
  };

  for (const sign of document.querySelectorAll("[data-tally]")) {
    const form = sign.closest("form");
    const count = () => say(sign, named(form, sign.dataset.tally));
    for (const event of ["input", "change"]) form.addEventListener(event, count);
    addEventListener("load", count); // a draft of this device has been brought back by then
  }
})();
