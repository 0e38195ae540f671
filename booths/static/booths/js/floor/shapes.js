// Draws the plan once, then only what changes.
import { nameOf } from "./names.js";

const NS = "http://www.w3.org/2000/svg";
const LAYERS = ["ground", "halls", "walls", "booths", "power", "marks"];
const ON_GROUND = new Set(["foyer", "reception", "stage", "area", "table"]);

export const make = (name, attributes = {}, ...children) => {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

export class Shapes {
  constructor(svg, plan, facts) {
    this.plan = plan;
    this.facts = facts; // holders, blocked, flagged
    this.layers = Object.fromEntries(LAYERS.map((name) => [name, make("g", { class: `fe-${name}` })]));
    svg.replaceChildren(...Object.values(this.layers));
    this.elements = new Map();
    this.groups = new Map(); // of booths, by hall
    plan.addEventListener("changed", ({ detail }) => this.#update(detail));
    plan.addEventListener("replaced", () => this.drawAll());
    this.drawAll();
  }

  drawAll() {
    for (const layer of Object.values(this.layers)) layer.replaceChildren();
    this.elements.clear();
    this.groups.clear();
    const { halls, facilities, booths } = this.plan.content;
    for (const key of [...Object.keys(halls), ...Object.keys(facilities), ...Object.keys(booths)]) this.draw(key);
  }

  draw(key) {
    const thing = this.plan.get(key);
    const section = this.plan.sectionOf(key);
    const known = this.elements.get(key);
    if (!thing || section === "zones") {
      known?.remove();
      this.elements.delete(key);
      return;
    }
    const element = known ?? make("g", { "data-key": key });
    element.setAttribute("transform", `translate(${thing.x} ${thing.y})`);
    const picked = element.classList.contains("picked");
    if (section === "halls") this.#hall(element, thing);
    else if (section === "booths") this.#booth(element, key, thing);
    else this.#facility(element, thing);
    element.classList.toggle("picked", picked);
    const layer = section === "booths" ? this.#group(thing.hall) : this.layers[this.#layerOf(section, thing)];
    if (element.parentNode !== layer) layer.append(element);
    this.elements.set(key, element);
  }

  // Codes are written in the halls one looks at: to lay out text is most of the work of a large floor.
  see(view) {
    this.view = view;
    for (const [hall, group] of this.groups) group.classList.toggle("seen", this.#inSight(hall));
  }

  // While something is dragged: where it would be.
  preview(keys, dx, dy) {
    for (const key of keys) {
      const thing = this.plan.get(key);
      if (thing) this.elements.get(key)?.setAttribute("transform", `translate(${thing.x + dx} ${thing.y + dy})`);
    }
  }

  flag(keys) {
    for (const key of this.facts.flagged) if (!keys.has(key)) this.elements.get(key)?.classList.remove("flagged");
    for (const key of keys) this.elements.get(key)?.classList.add("flagged");
    this.facts.flagged = keys;
  }

  #update(changes) {
    for (const [section, changed] of Object.entries(changes)) {
      if (section === "zones") this.#recolour(changed);
      else if (section !== "aisle") for (const key of Object.keys(changed)) this.draw(key);
    }
  }

  #recolour(zones) {
    for (const [key, booth] of Object.entries(this.plan.content.booths)) if (booth.zone in zones) this.draw(key);
  }

  #group(hall) {
    if (!this.groups.has(hall)) {
      const group = make("g");
      this.groups.set(hall, group);
      this.layers.booths.append(group);
      group.classList.toggle("seen", this.#inSight(hall));
    }
    return this.groups.get(hall);
  }

  #inSight(hall) {
    const ground = this.plan.content.halls[hall];
    if (!ground || !this.view) return true;
    const { x, y, w, h } = this.view;
    return ground.x < x + w && ground.y < y + h && ground.x + ground.width > x && ground.y + ground.depth > y;
  }

  #layerOf(section, thing) {
    if (section !== "facilities") return section;
    return thing.kind === "power" ? "power" : ON_GROUND.has(thing.kind) ? "ground" : "walls";
  }

  #hall(element, hall) {
    element.setAttribute("class", "fe-hall");
    element.replaceChildren(
      rect("fp-hall", hall),
      make("text", { class: "fe-name", x: 0, y: -1.2 }, nameOf(hall) || hall.code),
    );
  }

  #booth(element, key, booth) {
    const sign = this.facts.holders[key]?.sign ?? (key in this.facts.blocked ? "x" : "f");
    const letters = this.plan.content.zones[booth.zone]?.code.slice(0, 2) ?? "";
    element.setAttribute("class", `fe-booth ${sign} g-${letters}${this.facts.flagged.has(key) ? " flagged" : ""}`);
    const { width, depth } = booth;
    const parts = [make("rect", { class: "fe-cell", x: 0.06, y: 0.06, width: width - 0.12, height: depth - 0.12 })];
    if (sign === "h") parts.push(make("path", { class: "fp-sign", d: `M.12 ${depth - 0.12}V.12H${width - 0.12}Z` }));
    if (sign === "r") parts.push(make("circle", { class: "fp-sign", cx: width / 2, cy: depth / 2 + 0.75, r: 0.35 }));
    if (sign === "x") parts.push(make("path", { class: "fp-cross", d: `M.12 .12L${width - 0.12} ${depth - 0.12}M${width - 0.12} .12L.12 ${depth - 0.12}` }));
    parts.push(make("text", { x: width / 2, y: depth / 2 + 0.32 }, booth.code));
    element.replaceChildren(...parts);
  }

  #facility(element, thing) {
    element.setAttribute("class", `fe-facility fe-${thing.kind}`);
    const { width, depth } = thing;
    const round = thing.kind === "table" || thing.kind === "power";
    const parts = [
      round
        ? make("ellipse", { class: `fp-${thing.kind}`, cx: width / 2, cy: depth / 2, rx: width / 2, ry: depth / 2 })
        : rect(thing.kind === "gate" ? "fp-door" : thing.kind === "reception" ? "fp-facility" : `fp-${thing.kind}`, thing),
    ];
    const small = width < 0.8 && depth < 0.8;
    if (small && !round) parts.push(make("rect", { class: "fe-reach", x: -0.3, y: -0.3, width: width + 0.6, height: depth + 0.6 }));
    if (["reception", "stage", "area", "gate"].includes(thing.kind) && nameOf(thing)) {
      const y = { area: -0.7, gate: depth + 2 }[thing.kind] ?? depth / 2 + 0.5;
      parts.push(make("text", { class: `fe-place fe-on-${thing.kind}`, x: width / 2, y }, nameOf(thing)));
    }
    element.replaceChildren(...parts);
  }
}

const rect = (css, { width, depth }) => make("rect", { class: css, x: 0, y: 0, width, height: depth });
