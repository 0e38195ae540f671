// Forms that lose nothing: one submit only, a draft kept in this tab (data-draft="key"), a filter that
// sends itself (data-send-on-change), the proposed correction (data-fill), and the way to the first thing to put right.
(() => {
  "use strict";
  const BUSY_FOR = 8000; // after this a slow network may be tried again
  const isField = (field) => field.name && !["password", "hidden", "file", "submit"].includes(field.type);

  // ---- one submit ----
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (form.getAttribute("method")?.toLowerCase() !== "post") return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), BUSY_FOR);
  });

  const release = (form) => {
    delete form.dataset.busy;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form) release(form);
  });

  // ---- drafts ----
  const keyOf = (form) => `draft:${location.pathname}:${form.dataset.draft}`;

  const keep = (form) => {
    const kept = [];
    for (const field of form.elements) {
      if (!isField(field)) continue;
      const ticks = field.type === "checkbox" || field.type === "radio";
      kept.push([field.name, field.value, ticks ? field.checked : null]);
    }
    try {
      sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
    } catch {
      return; // storage is full or forbidden: the form works without it
    }
    const sign = form.querySelector("[data-draft-state]");
    if (sign) sign.textContent = sign.dataset.kept ?? "";
  };

  const bring = (form) => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
    } catch {
      return;
    }
    if (!kept || form.querySelector("[aria-invalid]")) return; // the server just answered: its text is newer
    for (const [name, value, checked] of kept) {
      const fields = [...form.elements].filter((field) => field.name === name);
      if (checked === null) {
        const field = fields.find((one) => !one.value);
        if (field && value) field.value = value;
      } else {
        const field = fields.find((one) => one.value === value);
        if (field) field.checked = checked;
      }
    }
    const sign = form.querySelector("[data-draft-state]");
    if (sign) sign.textContent = sign.dataset.brought ?? "";
  };

  for (const form of document.querySelectorAll("form[data-draft]")) {
    bring(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
  }
  // The page that follows a success names the draft it ends.
  for (const sign of document.querySelectorAll("[data-draft-done]")) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft:") && key.endsWith(`:${sign.dataset.draftDone}`)) sessionStorage.removeItem(key);
    }
  }

  // ---- small helps ----
  document.addEventListener("change", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-send-on-change]") : null;
    form?.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const fill = target?.closest("[data-fill]");
    if (fill) {
      const field = document.getElementById(fill.dataset.fill);
      if (field) {
        field.value = fill.dataset.value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      }
    }
    const link = target?.closest("[data-error-summary] a[href^='#']");
    if (link) {
      const place = document.getElementById(link.hash.slice(1));
      const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input, select, textarea");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });

  document.querySelector("[data-error-summary]")?.focus();
})();
