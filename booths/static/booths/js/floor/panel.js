// The side panel: what is chosen with its properties, and what to look at.
import { labelOf } from "./names.js";

const lang = document.documentElement.lang;
const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 2, useGrouping: false });
const grouped = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
const FEW = 4;

export class Panel {
  constructor(root, { plan, choice, moving, facts, words, view }) {
    Object.assign(this, { root, plan, choice, moving, facts, words, view });
    this.chosen = root.querySelector("[data-chosen]");
    this.empty = root.querySelector("[data-nothing-chosen]");
    this.fields = [...this.chosen.querySelectorAll("[data-field]")];
    choice.addEventListener("chosen", () => this.show());
    this.chosen.addEventListener("change", (event) => this.#changed(event.target));
    this.chosen.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("click", (event) => this.#click(event));
    root.querySelector("[data-find]")?.addEventListener("submit", (event) => this.#find(event));
    this.show();
  }

  show() {
    const things = this.choice.things();
    this.chosen.hidden = !things.length;
    this.empty.hidden = things.length > 0;
    if (!things.length) return;
    const sections = new Set(things.map(([key]) => this.plan.sectionOf(key)));
    this.chosen.querySelector("[data-title]").textContent = this.#title(things);
    for (const field of this.fields) this.#fill(field, things, sections);
    for (const part of this.chosen.querySelectorAll("[data-for]")) {
      part.hidden = ![...sections].every((section) => part.dataset.for.split(" ").includes(section));
    }
    for (const button of this.chosen.querySelectorAll("[data-least]")) {
      const count = this.choice.booths().length;
      button.disabled = count < Number(button.dataset.least) || count > Number(button.dataset.most ?? Infinity);
    }
    this.#facts(things);
  }

  // The sentences about the plan, each a button that chooses its booths.
  findings(list) {
    const place = this.root.querySelector("[data-findings]");
    place.replaceChildren(
      ...list.slice(0, 60).map((one) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link";
        button.dataset.keys = one.keys.join(" ");
        button.textContent = one.text;
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    this.root.querySelector("[data-no-findings]").hidden = list.length > 0;
    this.root.querySelector("[data-finding-count]").textContent = list.length ? grouped.format(list.length) : "";
  }

  // Choose booths and bring them into sight.
  look(keys) {
    this.choice.set(keys);
    const around = this.choice.bounds();
    if (around) this.view.reveal(around);
  }

  #title(things) {
    const named = things.map(([key, one]) => this.#name(key, one));
    if (named.length <= FEW) return named.join(", ");
    return this.words.several.replace("{count}", grouped.format(named.length));
  }

  #name(key, one) {
    if (one.kind) return this.words.kinds[one.kind];
    return this.plan.sectionOf(key) === "halls" ? `${this.words.hall} ${one.code}` : one.code;
  }

  #fill(field, things, sections) {
    const name = field.dataset.field;
    const has = things.every(([, one]) => name in one) && !(field.dataset.alone !== undefined && things.length > 1);
    field.hidden = !has || (field.dataset.in && ![...sections].every((section) => field.dataset.in.includes(section)));
    if (field.hidden) return;
    const input = field.querySelector("input, select");
    const values = new Set(things.map(([, one]) => one[name]));
    if (input.dataset.options) this.#options(input);
    const value = values.size === 1 ? [...values][0] : "";
    const text = typeof value === "number" ? plain.format(value) : value;
    if (document.activeElement !== input || input.value === "") input.value = text;
    input.placeholder = values.size === 1 ? "" : this.words.different;
    input.removeAttribute("aria-invalid");
  }

  #options(select) {
    const kind = select.dataset.options;
    const options = kind === "classes" ? this.facts.classes.map((one) => [one.code, one.name]) : Object.entries(this.plan.content[kind]).map(([key, one]) => [key, labelOf(one)]);
    select.replaceChildren(new Option("", ""), ...options.map(([value, label]) => new Option(label, value)));
  }

  #facts(things) {
    const list = this.chosen.querySelector("[data-facts]");
    const rows = [];
    const booths = this.choice.booths();
    if (booths.length) {
      const area = booths.reduce((sum, [, one]) => sum + one.width * one.depth, 0);
      rows.push([this.words.area, `${grouped.format(area)} m²`]);
    }
    if (booths.length === 1 && things.length === 1) {
      const sides = this.facts.sides[booths[0][0]] ?? "";
      rows.push([this.words.sides, this.#sides(sides)]);
    }
    for (const [key] of booths.slice(0, FEW)) {
      const held = this.facts.holders[key];
      if (held) rows.push([things.length === 1 ? this.words.holder : this.plan.get(key).code, `${held.name}, ${held.state}`]);
      if (key in this.facts.blocked) rows.push([this.words.blocked, this.facts.blocked[key]]);
    }
    list.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  }

  #sides(sides) {
    const names = [...sides].map((side) => this.words.side[side]).join(", ") || this.words.none;
    if (sides.length === 4) return `${names} (${this.words.island})`;
    const corner = ["NE", "ES", "SW"].some((pair) => sides.includes(pair)) || (sides.includes("N") && sides.includes("W"));
    return corner ? `${names} (${this.words.corner})` : names;
  }

  #changed(input) {
    const name = input.closest("[data-field]")?.dataset.field;
    if (!name) return;
    let value = input.value.trim();
    if (input.inputMode === "decimal") {
      value = Number(value.replace(",", "."));
      const least = ["width", "depth"].includes(name) ? 0.05 : -2000;
      if (!input.value.trim() || !Number.isFinite(value) || value < least) {
        input.setAttribute("aria-invalid", "true");
        return;
      }
    }
    if (value === "" && !name.startsWith("name_")) return;
    this.moving.set(name, value);
  }

  #click(event) {
    const button = event.target.closest("[data-keys]");
    if (button) this.look(button.dataset.keys.split(" "));
    else if (event.target.closest("[data-unchoose]")) this.choice.set([]);
  }

  #find(event) {
    event.preventDefault();
    const wanted = event.target.querySelector("input").value.trim().toUpperCase();
    const keys = [];
    for (const word of wanted.split(/[\s,;]+/).filter(Boolean)) {
      const [first, last = first] = word.split("-");
      for (const [key, booth] of Object.entries(this.plan.content.booths)) {
        const code = booth.code.toUpperCase();
        if (code === word || (code >= first && code <= last)) keys.push(key);
      }
    }
    this.look(keys);
    this.says?.(keys.length ? this.words.several.replace("{count}", grouped.format(keys.length)) : this.words.notFound);
  }
}

const element = (name, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};
