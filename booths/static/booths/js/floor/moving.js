// Moves, sizes and removes what is chosen, as changes of the plan.
import { round } from "./snapping.js";

export class Moving {
  constructor(plan, choice) {
    this.plan = plan;
    this.choice = choice;
  }

  // What goes along: a hall takes with it what stands in it.
  along() {
    const keys = new Set(this.choice.keys);
    const { booths, facilities } = this.plan.content;
    for (const key of this.choice.keys) {
      if (this.plan.sectionOf(key) !== "halls") continue;
      const hall = this.plan.get(key);
      for (const [other, booth] of Object.entries(booths)) if (booth.hall === key) keys.add(other);
      for (const [other, one] of Object.entries(facilities)) if (inside(hall, centre(one))) keys.add(other);
    }
    return keys;
  }

  by(dx, dy, keys = this.along(), join = "") {
    if (!dx && !dy) return;
    const changes = {};
    for (const key of keys) {
      const section = this.plan.sectionOf(key);
      const thing = this.plan.get(key);
      if (!thing || section === "zones") continue;
      const moved = { ...thing, x: round(thing.x + dx), y: round(thing.y + dy) };
      if (section === "booths" && !keys.has(thing.hall)) moved.hall = this.hallAt(centre(moved)) ?? thing.hall;
      (changes[section] ??= {})[key] = moved;
    }
    if (Object.keys(changes).length) this.plan.change(changes, { join });
  }

  size(key, width, depth) {
    const thing = this.plan.get(key);
    const least = this.plan.sectionOf(key) === "facilities" ? 0.1 : this.plan.sectionOf(key) === "halls" ? 1 : 0.5;
    const sized = { ...thing, width: Math.max(least, round(width)), depth: Math.max(least, round(depth)) };
    this.plan.change({ [this.plan.sectionOf(key)]: { [key]: sized } });
  }

  // The same fields for everything chosen that has them.
  set(name, value) {
    const changes = {};
    for (const [key, thing] of this.choice.things()) {
      if (name in thing) (changes[this.plan.sectionOf(key)] ??= {})[key] = { ...thing, [name]: value };
    }
    if (Object.keys(changes).length) this.plan.change(changes);
  }

  // A hall goes with the booths in it.
  remove() {
    const changes = {};
    for (const key of this.choice.keys) {
      (changes[this.plan.sectionOf(key)] ??= {})[key] = null;
      if (this.plan.sectionOf(key) !== "halls") continue;
      for (const [other, booth] of Object.entries(this.plan.content.booths)) {
        if (booth.hall === key) (changes.booths ??= {})[other] = null;
      }
    }
    if (Object.keys(changes).length) this.plan.change(changes);
  }

  hallAt(point) {
    return Object.entries(this.plan.content.halls).find(([, hall]) => inside(hall, point))?.[0];
  }
}

const centre = (one) => ({ x: one.x + one.width / 2, y: one.y + one.depth / 2 });
const inside = (hall, { x, y }) => x >= hall.x && y >= hall.y && x <= hall.x + hall.width && y <= hall.y + hall.depth;
