// What is chosen on the plan, and the line around it.
import { make } from "./shapes.js";

export class Choice extends EventTarget {
  constructor(plan, shapes) {
    super();
    this.plan = plan;
    this.shapes = shapes;
    this.keys = new Set();
    this.line = make("rect", { class: "fe-line" });
    this.handle = make("rect", { class: "fe-handle", "data-handle": "" });
    plan.addEventListener("changed", () => this.#refresh());
    plan.addEventListener("replaced", () => this.set([]));
  }

  set(keys) {
    for (const key of this.keys) this.shapes.elements.get(key)?.classList.remove("picked");
    this.keys = new Set([...keys].filter((key) => this.plan.get(key)));
    for (const key of this.keys) {
      const element = this.shapes.elements.get(key);
      element?.classList.add("picked");
      if (this.plan.sectionOf(key) !== "halls") element?.parentNode.append(element); // its line lies over its neighbours'
    }
    this.outline();
    this.dispatchEvent(new CustomEvent("chosen"));
  }

  toggle(key) {
    const next = new Set(this.keys);
    if (!next.delete(key)) next.add(key);
    this.set(next);
  }

  things() {
    return [...this.keys].map((key) => [key, this.plan.get(key)]).filter(([, thing]) => thing);
  }

  booths() {
    return this.things().filter(([key]) => this.plan.sectionOf(key) === "booths");
  }

  // The rectangle around everything chosen.
  bounds() {
    const things = this.things().map(([, thing]) => thing);
    if (!things.length) return null;
    const x = Math.min(...things.map((one) => one.x));
    const y = Math.min(...things.map((one) => one.y));
    return {
      x,
      y,
      width: Math.max(...things.map((one) => one.x + one.width)) - x,
      depth: Math.max(...things.map((one) => one.y + one.depth)) - y,
    };
  }

  outline(dx = 0, dy = 0) {
    const around = this.bounds();
    this.line.remove();
    this.handle.remove();
    if (!around) return;
    const place = { x: around.x + dx, y: around.y + dy, width: around.width, height: around.depth };
    for (const [name, value] of Object.entries(place)) this.line.setAttribute(name, value);
    this.shapes.layers.marks.append(this.line);
    if (this.keys.size !== 1) return;
    const size = Math.min(1.2, Math.max(0.3, Math.min(around.width, around.depth) / 3));
    const corner = { x: place.x + place.width - size / 2, y: place.y + place.height - size / 2, width: size, height: size };
    for (const [name, value] of Object.entries(corner)) this.handle.setAttribute(name, value);
    this.shapes.layers.marks.append(this.handle);
  }

  #refresh() {
    if ([...this.keys].some((key) => !this.plan.get(key))) this.set(this.keys);
    else {
      this.outline();
      this.dispatchEvent(new CustomEvent("chosen"));
    }
  }
}
