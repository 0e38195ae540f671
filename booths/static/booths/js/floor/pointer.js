// Mouse, pen and fingers on the plan: choose, drag, frame, size, draw, look elsewhere.
import { make } from "./shapes.js";

const SLOP = 4; // pixels before a press becomes a drag

export class Pointer {
  constructor(svg, parts) {
    Object.assign(this, parts); // view, plan, shapes, choice, moving, tools, snapping, tool()
    this.svg = svg;
    this.fingers = new Map();
    this.deed = null;
    this.mark = make("rect", { class: "fe-frame" });
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => this.#up(event));
    svg.addEventListener("contextmenu", (event) => this.deed && event.preventDefault());
  }

  #down(event) {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.svg.setPointerCapture(event.pointerId);
    this.svg.focus({ preventScroll: true });
    if (this.fingers.size > 1) {
      this.#cancel();
      return;
    }
    const at = this.view.pointAt(event);
    const key = event.target.closest("[data-key]")?.dataset.key;
    this.deed = { at, x: event.clientX, y: event.clientY, key, moved: false, keys: event.shiftKey ? this.choice.keys : new Set() };
    const tool = this.tool();
    if (event.button === 1 || tool === "look") this.deed.does = "look";
    else if (event.button) this.deed = null;
    else if (tool !== "choose") this.#beginDrawing();
    else if (event.target.hasAttribute("data-handle")) this.#beginSizing();
    else if (key && this.#isSolid(key)) this.#beginMoving(event, key);
    else this.deed.does = event.pointerType === "touch" ? "look" : "frame";
  }

  // The inside of a hall is ground to draw a frame on, unless the hall is chosen already.
  #isSolid(key) {
    const section = this.plan.sectionOf(key);
    const ground = section === "halls" || this.plan.get(key)?.kind === "foyer";
    return !ground || this.choice.keys.has(key);
  }

  #beginDrawing() {
    this.snapping.begin(new Set());
    Object.assign(this.deed, { does: "draw", at: this.snapping.point(this.deed.at) });
  }

  #beginSizing() {
    const [key] = this.choice.keys;
    this.snapping.begin(new Set([key]));
    Object.assign(this.deed, { does: "size", key, start: { ...this.plan.get(key) } });
  }

  #beginMoving(event, key) {
    if (event.shiftKey) this.choice.toggle(key);
    else if (!this.choice.keys.has(key)) this.choice.set([key]);
    else this.deed.narrow = key; // a click on one of several chooses it alone
    const along = this.moving.along();
    this.snapping.begin(along);
    Object.assign(this.deed, { does: "move", along, bounds: this.choice.bounds(), dx: 0, dy: 0 });
  }

  #move(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    const before = { ...finger };
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (this.fingers.size > 1) {
      this.#pinch(before, finger);
      return;
    }
    const { deed } = this;
    if (!deed) return;
    if (!deed.moved && Math.hypot(event.clientX - deed.x, event.clientY - deed.y) < SLOP) return;
    deed.moved = true;
    const now = this.view.pointAt(event);
    if (deed.does === "look") this.view.pan((before.x - finger.x) / this.view.scale, (before.y - finger.y) / this.view.scale);
    else if (deed.does === "frame") this.#showFrame(deed.at, now);
    else if (deed.does === "draw") this.#draw(now, event.altKey);
    else if (deed.does === "move") this.#drag(now, event.altKey);
    else if (deed.does === "size") this.#size(now, event.altKey);
  }

  #drag(now, free) {
    const { deed } = this;
    if (!deed.bounds) return;
    const { x, y, width, depth } = deed.bounds;
    const [dx, dy] = [now.x - deed.at.x, now.y - deed.at.y];
    deed.dx = dx + this.snapping.shift("x", [x + dx, x + dx + width], free);
    deed.dy = dy + this.snapping.shift("y", [y + dy, y + dy + depth], free);
    this.shapes.preview(deed.along, deed.dx, deed.dy);
    this.choice.outline(deed.dx, deed.dy);
  }

  #size(now, free) {
    const { deed } = this;
    const to = this.snapping.point(now, free);
    Object.assign(deed, { width: to.x - deed.start.x, depth: to.y - deed.start.y });
    this.#showMark(deed.start.x, deed.start.y, Math.max(0.1, deed.width), Math.max(0.1, deed.depth));
  }

  #draw(now, free) {
    const { deed } = this;
    deed.to = this.snapping.point(now, free);
    const place = this.tools.rect(this.tool(), deed.at, deed.to);
    this.#showMark(place.x, place.y, place.width, place.depth);
  }

  #showFrame(from, to) {
    this.deed.frame = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), depth: Math.abs(to.y - from.y) };
    const { x, y, width, depth } = this.deed.frame;
    this.#showMark(x, y, width, depth);
  }

  #showMark(x, y, width, height) {
    for (const [name, value] of Object.entries({ x, y, width, height })) this.mark.setAttribute(name, value);
    this.shapes.layers.marks.append(this.mark);
  }

  #up(event) {
    this.fingers.delete(event.pointerId);
    const { deed } = this;
    this.deed = null;
    this.mark.remove();
    if (!deed || event.type === "pointercancel") return;
    if (deed.does === "move" && deed.moved) this.moving.by(deed.dx, deed.dy, deed.along);
    else if (deed.does === "move" && deed.narrow && !event.shiftKey) this.choice.set([deed.narrow]);
    else if (deed.does === "frame") this.#chooseFramed(deed, event);
    else if (deed.does === "size" && deed.moved) this.moving.size(deed.key, deed.width, deed.depth);
    else if (deed.does === "draw") this.drawn(deed.at, deed.to ?? deed.at);
    else if (deed.does === "look" && !deed.moved && this.tool() === "choose") this.choice.set(deed.key ? [deed.key] : []);
  }

  #chooseFramed(deed, event) {
    if (!deed.frame) {
      // a click on the ground chooses the hall, a second one nothing
      this.choice.set(deed.key && !event.shiftKey ? [deed.key] : deed.keys);
      return;
    }
    const { frame } = deed;
    const keys = new Set(deed.keys);
    for (const section of ["booths", "facilities"]) {
      for (const [key, one] of Object.entries(this.plan.content[section])) {
        const apart = one.x >= frame.x + frame.width || one.x + one.width <= frame.x || one.y >= frame.y + frame.depth || one.y + one.depth <= frame.y;
        if (!apart && one.kind !== "foyer") keys.add(key);
      }
    }
    this.choice.set(keys);
  }

  #pinch(before, now) {
    const other = [...this.fingers.values()].find((finger) => finger !== now);
    const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y);
    const middle = this.view.pointAt({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
    this.view.zoom(apart(now) / Math.max(1, apart(before)), middle);
    this.view.pan((before.x - now.x) / 2 / this.view.scale, (before.y - now.y) / 2 / this.view.scale);
  }

  #cancel() {
    if (this.deed?.does === "move") {
      this.shapes.preview(this.deed.along, 0, 0);
      this.choice.outline();
    }
    this.deed = null;
    this.mark.remove();
  }
}
