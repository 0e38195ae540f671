// Visitors that are noted at a booth, kept on this device until the server has them. A place marked data-leads (whose
// visitors: edition, person, exhibitor) with data-send (where they go) shows what is kept in data-unsent; a form
// data-lead in it puts a visitor in, by the camera's "code-read" too. Each has a key of its own, so that one sent twice
// is one visit. data-fields names what an entry holds beside its key, code and time. Without this file, or where the browser keeps nothing, the form is sent as any other.
(() => {
  "use strict";
  const place = document.querySelector("[data-leads]");
  if (!place) return;

  const KEPT = `leads:${place.dataset.leads}`;
  const FIELDS = (place.dataset.fields ?? "rating note").split(" ").filter(Boolean);
  const AGAIN_AFTER = 30000;
  const ANSWERED_WITHIN = 15000;
  const form = place.querySelector("form[data-lead]");
  const unsent = place.querySelector("[data-unsent]");
  const rows = unsent.querySelector("[data-unsent-rows]");
  const shape = unsent.querySelector("[data-unsent-row]");
  const trouble = unsent.querySelector("[data-unsent-trouble]");
  let sending = false;

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return [];
    }
  };

  const keep = (entries) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(entries));
      return true;
    } catch {
      return false; // storage is full or forbidden
    }
  };

  const drop = (key) => keep(kept().filter((entry) => entry.key !== key));
  const mark = (key, refused) => keep(kept().map((entry) => (entry.key === key ? { ...entry, refused } : entry)));

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // ---- what is kept ----
  const show = () => {
    const entries = kept();
    unsent.hidden = !entries.length;
    unsent.querySelector("[data-unsent-number]").textContent = entries.length;
    rows.replaceChildren(...entries.map(rowOf));
  };

  const rowOf = (entry) => {
    const row = shape.content.cloneNode(true);
    const code = row.querySelector("[data-unsent-code]");
    const time = new Date(entry.at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    code.textContent = `${entry.code.length > 12 ? code.dataset.scanned : entry.code}, ${time}`;
    const words = [entry.refused, ...FIELDS.map((name) => entry[name])].filter(Boolean);
    row.querySelector("[data-unsent-note]").textContent = words.join(" · ");
    row.querySelector("[data-unsent-drop]").addEventListener("click", () => {
      drop(entry.key);
      show();
    });
    return row;
  };

  // ---- sending ----
  // What became of one: { url }, { message } for one that is refused, or { later } with the word why it stays.
  const send = async (entry) => {
    const data = new FormData();
    for (const name of ["key", "code", "at", ...FIELDS]) data.set(name, entry[name] ?? "");
    data.set("kept", place.dataset.leads); // whoever has signed in here meanwhile gets nothing of it
    data.set("csrfmiddlewaretoken", place.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const response = await fetch(place.dataset.send, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: AbortSignal.timeout(ANSWERED_WITHIN),
      });
      const plain = !response.headers.get("content-type")?.includes("json");
      if (response.redirected || response.status === 403 || (plain && response.status < 500)) {
        return { later: "signedOut" };
      }
      if (plain || response.status === 429 || response.status >= 500) return { later: "busy" };
      return await response.json();
    } catch {
      return { later: "offline" };
    }
  };

  const settle = (entry, answer) => {
    if (answer.url) drop(entry.key);
    else if (answer.message) mark(entry.key, answer.message);
  };

  const sendAll = async () => {
    if (sending) return;
    sending = true;
    trouble.textContent = "";
    for (const entry of kept().filter((one) => !one.refused)) {
      const answer = await send(entry);
      settle(entry, answer);
      if (answer.later) {
        trouble.textContent = trouble.dataset[answer.later] ?? "";
        break;
      }
    }
    sending = false;
    show();
  };

  unsent.querySelector("[data-send-now]").addEventListener("click", () => {
    keep(kept().map(({ refused, ...entry }) => entry)); // asked for: those that were refused too
    sendAll();
  });
  window.addEventListener("online", sendAll);
  setInterval(() => {
    if (kept().some((entry) => !entry.refused)) sendAll();
  }, AGAIN_AFTER);
  show();
  sendAll();
  if (!form) return;

  // ---- one visitor ----
  const refusedNote = form.querySelector("[data-lead-refused]");
  const keptNote = form.querySelector("[data-lead-kept]");
  let noting = false; // apart from sending: who stands at the booth does not wait for those of before

  const say = (note, words) => {
    refusedNote.hidden = keptNote.hidden = true;
    if (!note) return;
    note.hidden = false;
    if (words) note.textContent = words;
  };

  const noted = async () => {
    const { code } = form.elements;
    const entry = { key: newKey(), code: code.value.trim(), at: new Date().toISOString() };
    for (const name of FIELDS) entry[name] = form.elements[name].value;
    if (!keep([...kept(), entry])) return false;
    const answer = await send(entry);
    settle(entry, answer);
    if (answer.url) {
      location.assign(answer.url);
    } else if (answer.message) {
      drop(entry.key); // still in the form, to be put right
      say(refusedNote, answer.message);
      code.focus();
    } else {
      form.reset();
      say(keptNote);
      trouble.textContent = trouble.dataset[answer.later] ?? "";
    }
    show();
    return true;
  };

  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain) return;
    event.preventDefault();
    event.stopPropagation();
    if (noting || !form.elements.code.value.trim()) return;
    noting = true;
    const done = await noted();
    noting = false;
    if (done) return;
    form.dataset.plain = "yes";
    form.requestSubmit();
  });

  const words = place.querySelector("[data-camera-words]");
  place.addEventListener("code-read", (event) => {
    form.elements.code.value = event.detail.code;
    form.requestSubmit();
  });
  place.addEventListener("camera-trouble", () => {
    words.textContent = words.dataset.none;
  });
})();
