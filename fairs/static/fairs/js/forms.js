// Forms that lose nothing: one submit only, a draft kept on this device (data-draft="key") for two weeks or until it is
// sent, word when there is no connection (data-reach="address"), a filter that sends itself (data-send-on-change), the
// proposed correction (data-fill), and the way to the first thing to put right.
(() => {
  "use strict";
  const BUSY_FOR = 8000; // after this a slow network may be tried again
  const REACHED_WITHIN = 10000;
  const KEPT_FOR = 14 * 24 * 3600 * 1000;
  const NEVER_KEPT = ["password", "hidden", "file", "submit", "button"];
  const isField = (field) => field.name && !NEVER_KEPT.includes(field.type) && !("noDraft" in field.dataset);

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
    if (form.dataset.reach && !form.dataset.reached) sendOnceReached(event, form);
    else if (form.dataset.draft) rememberSent(form);
  });

  const release = (form) => {
    delete form.dataset.busy;
    delete form.dataset.reached;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form) release(form);
  });

  // ---- no connection ----
  // A page that cannot be sent would give way to the browser's own error page, with everything typed on it.
  const sendOnceReached = async (event, form) => {
    event.preventDefault();
    const { submitter } = event;
    store(form);
    const reached = await fetch(form.dataset.reach, {
      cache: "no-store",
      signal: AbortSignal.timeout(REACHED_WITHIN),
    }).then(() => true, () => false);
    release(form);
    sayOffline(form, !reached);
    if (!reached) return;
    form.dataset.reached = "yes";
    form.requestSubmit(submitter);
  };

  const sayOffline = (form, offline) => {
    const note = form.querySelector("[data-offline]");
    if (!note) return;
    note.hidden = !offline;
    if (offline) note.focus();
  };

  // ---- drafts ----
  const keyOf = (form) => `draft:${location.pathname}:${form.dataset.draft}`;
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  const store = (form) => {
    if (!form.dataset.draft) return false;
    const fields = [...form.elements].filter(isField).map((field) => {
      const text = field.closest("[data-kept-choices]") ? field.closest("label")?.textContent.trim() : "";
      return [field.name, field.value, isTick(field) ? field.checked : null, text];
    });
    const lists = [...form.querySelectorAll("[data-rows]")];
    const rows = lists.map((list) => [list.dataset.rows, list.querySelectorAll("[data-row-of]").length]);
    try {
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields, rows }));
      return true;
    } catch {
      return false; // storage is full or forbidden: the form works without it
    }
  };

  const keep = (form) => {
    if (store(form)) say(form, "kept");
  };

  const say = (form, word) => {
    const sign = form.querySelector("[data-draft-state]");
    if (sign) sign.textContent = sign.dataset[word] ?? "";
  };

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  };

  const bring = (form) => {
    if ("draftFresh" in form.dataset || form.querySelector("[aria-invalid]")) {
      if (read(keyOf(form))) store(form); // the server just answered: its text is newer
      return;
    }
    const kept = read(keyOf(form));
    if (!kept?.fields) return;
    for (const [name, count] of kept.rows) {
      form.dispatchEvent(new CustomEvent("draft:rows", { detail: { name, count } }));
    }
    let changed = false;
    for (const [name, value, checked, text] of kept.fields) {
      const fields = [...form.elements].filter((field) => field.name === name && isField(field));
      changed = (checked === null ? put(fields[0], value) : tick(form, fields, [name, value, checked, text])) || changed;
    }
    if (changed) say(form, "brought");
  };

  const put = (field, value) => {
    if (!field || field.value === value) return false;
    field.value = value;
    return true;
  };

  const tick = (form, fields, [name, value, checked, text]) => {
    const field = fields.find((one) => one.value === value);
    if (!field) return checked && offer(form, name, value, text);
    if (field.checked === checked) return false;
    field.checked = checked;
    return true;
  };

  // A choice that a search had found, and that the page does not offer by itself.
  const offer = (form, name, value, text) => {
    const place = form.querySelector(`[data-kept-choices="${name}"]`);
    if (!place) return false;
    const list = place.querySelector(".choice-list") ?? document.createElement("div");
    list.className = "choice-list one-column";
    const [box, label, input, word] = ["div", "label", "input", "span"].map((tag) => document.createElement(tag));
    Object.assign(input, { type: "checkbox", name, value, checked: true });
    label.className = "check";
    word.textContent = text;
    label.append(input, word);
    box.append(label);
    list.append(box);
    place.prepend(list);
    return true;
  };

  // A form that was taken is answered by sending the browser on to another page; one that was not, comes back itself.
  const SENT = "draft-sent";

  const rememberSent = (form) => {
    try {
      sessionStorage.setItem(SENT, keyOf(form));
    } catch {
      // the draft then ends by itself
    }
  };

  const takenMeanwhile = () => {
    let sent = null;
    try {
      sent = sessionStorage.getItem(SENT);
      sessionStorage.removeItem(SENT);
    } catch {
      return null;
    }
    const [page] = performance.getEntriesByType("navigation");
    const asked = document.querySelector("input[type='password']"); // signed out meanwhile: nothing was taken
    return page?.type === "navigate" && page.redirectCount > 0 && !asked ? sent : null;
  };

  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:"));

  const forget = (unwanted) => {
    try {
      for (const key of drafts()) if (unwanted(key)) localStorage.removeItem(key);
    } catch {
      // no storage, no drafts
    }
  };

  // Scripts of the page may add rows first: they are all there by now.
  document.addEventListener("DOMContentLoaded", () => {
    const done = [...document.querySelectorAll("[data-draft-done]")].flatMap((sign) => sign.dataset.draftDone.split(" "));
    const taken = takenMeanwhile();
    const isOld = (key) => !(Date.now() - (read(key)?.at ?? 0) < KEPT_FOR);
    forget((key) => key === taken || done.some((one) => one && key.endsWith(`:${one}`)) || isOld(key));
    for (const form of document.querySelectorAll("form[data-draft]")) {
      bring(form);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("change", () => keep(form));
    }
  });
  // Whoever signs out of a shared phone leaves nothing behind: no draft, and no page kept for when there is no network.
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement && "draftsEnd" in event.target.dataset)) return;
    forget(() => true);
    const keptPages = (names) => names.filter((name) => name.startsWith("kept:")).map((name) => caches.delete(name));
    window.caches?.keys().then(keptPages).catch(() => {}); // no storage, nothing kept
  });

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
