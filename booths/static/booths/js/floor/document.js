// The plan under work in the browser: what stands on it by key, changes that can be taken back, what is not saved yet.
const SECTIONS = ["halls", "zones", "booths", "facilities"];
const JOINED_WITHIN = 900; // ms between two steps of one move by keys
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export const newKey = () => `n${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export class PlanDocument extends EventTarget {
  constructor(whole) {
    super();
    this.undone = [];
    this.done = [];
    this.unsaved = new Map(); // "section key" -> what is saved
    this.load(whole.content);
  }

  load(content) {
    this.content = content;
    this.sections = new Map();
    for (const section of SECTIONS) for (const key of Object.keys(content[section])) this.sections.set(key, section);
  }

  get(key) {
    return this.content[this.sections.get(key)]?.[key];
  }

  sectionOf(key) {
    return this.sections.get(key);
  }

  // Changes that one step back takes back; `join` names a move that several steps make together.
  change(changes, { saved = false, join = "" } = {}) {
    const inverse = this.#apply(changes, saved);
    const last = this.done.at(-1);
    const now = performance.now();
    if (join && last?.join === join && now - last.at < JOINED_WITHIN) {
      last.changes = merged(last.changes, changes);
      last.inverse = merged(inverse, last.inverse);
      last.at = now;
    } else this.done.push({ changes, inverse, join, at: now });
    this.undone = [];
    this.#tell(changes);
  }

  undo() {
    const step = this.done.pop();
    if (!step) return null;
    this.#apply(step.inverse, false);
    this.undone.push(step);
    this.#tell(step.inverse);
    return step.inverse;
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return null;
    this.#apply(step.changes, false);
    this.done.push({ ...step, join: "" });
    this.#tell(step.changes);
    return step.changes;
  }

  // ---- what the server does not know yet ----
  pending() {
    const changes = {};
    for (const [id, saved] of this.unsaved) {
      const [section, key] = id.split(" ");
      const now = this.#value(section, key);
      if (same(now, saved)) continue;
      if (section === "aisle") changes.aisle = now;
      else (changes[section] ??= {})[key] = now ?? null;
    }
    return changes;
  }

  // What is on its way; afterwards it is `kept`, or comes `back` to be sent again or taken away.
  send() {
    const sent = this.unsaved;
    this.unsaved = new Map();
    return sent;
  }

  back(sent) {
    for (const [id, saved] of sent) this.unsaved.set(id, saved);
  }

  takeAway(sent) {
    this.back(sent);
    const changes = {};
    for (const [id, saved] of this.unsaved) {
      const [section, key] = id.split(" ");
      if (section === "aisle") changes.aisle = saved;
      else (changes[section] ??= {})[key] = saved ?? null;
    }
    this.#apply(changes, true);
    this.unsaved = new Map();
    this.done = [];
    this.undone = [];
    this.#tell(changes);
  }

  // Somebody else's plan, with what is unsaved here on top of it.
  replace(content) {
    const mine = this.pending();
    this.unsaved = new Map();
    this.done = [];
    this.undone = [];
    this.load(content);
    this.#apply(mine, false);
    this.dispatchEvent(new CustomEvent("replaced"));
  }

  #apply(changes, saved) {
    const inverse = {};
    for (const [section, changed] of Object.entries(changes)) {
      if (section === "aisle") {
        inverse.aisle = this.content.aisle;
        this.#note("aisle", "", saved);
        this.content.aisle = changed;
        continue;
      }
      inverse[section] = {};
      for (const [key, value] of Object.entries(changed)) {
        inverse[section][key] = this.content[section][key] ?? null;
        this.#note(section, key, saved);
        if (value === null) {
          delete this.content[section][key];
          this.sections.delete(key);
        } else {
          this.content[section][key] = value;
          this.sections.set(key, section);
        }
      }
    }
    return inverse;
  }

  #note(section, key, saved) {
    const id = `${section} ${key}`;
    if (saved) this.unsaved.delete(id);
    else if (!this.unsaved.has(id)) this.unsaved.set(id, this.#value(section, key));
  }

  #value(section, key) {
    return section === "aisle" ? this.content.aisle : this.content[section][key];
  }

  #tell(changes) {
    this.dispatchEvent(new CustomEvent("changed", { detail: changes }));
  }
}

const merged = (first, second) => {
  const both = { ...first };
  for (const [section, changed] of Object.entries(second)) {
    both[section] = section === "aisle" ? changed : { ...both[section], ...changed };
  }
  return both;
};
