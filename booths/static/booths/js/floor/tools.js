// Drawing a hall, wall, pillar, power point, door or fire exit.
import { newKey } from "./document.js";
import { round } from "./snapping.js";

const THICK = { wall: 0.2, door: 0.6, exit: 0.6 };
const AT_A_CLICK = { pillar: [0.6, 0.6], power: [0.4, 0.4], door: [3, 0.6], exit: [2.4, 0.6] };

export class Tools {
  constructor(plan, choice, words) {
    this.plan = plan;
    this.choice = choice;
    this.words = words;
  }

  // What a tool makes of a rectangle that was drawn from one corner to the other.
  rect(tool, from, to) {
    let [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    let [width, depth] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const clicked = width < 0.15 && depth < 0.15;
    if (clicked && AT_A_CLICK[tool]) {
      [width, depth] = AT_A_CLICK[tool];
      [x, y] = [from.x - width / 2, from.y - depth / 2];
    } else if (THICK[tool]) {
      if (width >= depth) [y, depth] = [from.y - THICK[tool] / 2, THICK[tool]];
      else [x, width] = [from.x - THICK[tool] / 2, THICK[tool]];
    }
    return { x: round(x), y: round(y), width: round(width), depth: round(depth) };
  }

  make(tool, from, to) {
    const place = this.rect(tool, from, to);
    const least = tool === "hall" ? 1 : 0.05;
    if (place.width < least || place.depth < least) return;
    const key = newKey();
    const named = { name_vi: this.words.names[tool]?.vi ?? "", name_en: this.words.names[tool]?.en ?? "" };
    if (tool === "hall") {
      const code = this.#nextHall();
      const hall = { code, name_vi: `${named.name_vi} ${code}`, name_en: `${named.name_en} ${code}`, ...place };
      this.plan.change({ halls: { [key]: hall } });
    } else this.plan.change({ facilities: { [key]: { kind: tool, ...named, ...place } } });
    this.choice.set([key]);
  }

  #nextHall() {
    const taken = new Set(Object.values(this.plan.content.halls).map((hall) => hall.code));
    for (let number = 0; ; number += 1) {
      const code = number < 26 ? String.fromCharCode(65 + number) : `H${number}`;
      if (!taken.has(code)) return code;
    }
  }
}
