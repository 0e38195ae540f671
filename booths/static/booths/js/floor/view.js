// Looking closer and elsewhere: the viewBox of the plan.
const NEAR = 9; // pixels a metre from which codes are readable
const CLOSEST = 120;
const STEP = 1.4;

export class View {
  constructor(svg) {
    this.svg = svg;
    this.whole = { x: -6, y: -6, w: 72, h: 52 };
    this.now = this.wanted = this.whole;
    new ResizeObserver(() => this.show(this.wanted)).observe(svg);
    svg.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  get scale() {
    return Math.min(this.svg.clientWidth / this.now.w, this.svg.clientHeight / this.now.h) || 1;
  }

  // Everything there is, with some ground around it.
  setWhole(things) {
    const rects = things.length ? things : [{ x: 0, y: 0, width: 60, depth: 40 }];
    const left = Math.min(...rects.map((one) => one.x)) - 6;
    const top = Math.min(...rects.map((one) => one.y)) - 6;
    const right = Math.max(...rects.map((one) => one.x + one.width)) + 6;
    const bottom = Math.max(...rects.map((one) => one.y + one.depth)) + 6;
    this.whole = { x: left, y: top, w: right - left, h: bottom - top };
  }

  // What is asked for fills the plan as far as its shape allows; when the window changes, the same again.
  show(next) {
    this.wanted = next;
    const { clientWidth, clientHeight } = this.svg;
    if (!clientWidth || !clientHeight) return;
    const shape = clientWidth / clientHeight;
    const widest = Math.max(this.whole.w, this.whole.h * shape) * 2.5;
    const w = Math.min(widest, Math.max(clientWidth / CLOSEST, next.w, next.h * shape));
    const h = w / shape;
    this.now = { x: next.x + (next.w - w) / 2, y: next.y + (next.h - h) / 2, w, h };
    this.svg.setAttribute("viewBox", `${this.now.x} ${this.now.y} ${w} ${h}`);
    this.svg.classList.toggle("near", this.scale >= NEAR);
    this.svg.dispatchEvent(new CustomEvent("viewed"));
  }

  all() {
    this.show(this.whole);
  }

  zoom(factor, at = { x: this.now.x + this.now.w / 2, y: this.now.y + this.now.h / 2 }) {
    const { x, y, w, h } = this.now;
    this.show({ x: at.x - (at.x - x) / factor, y: at.y - (at.y - y) / factor, w: w / factor, h: h / factor });
  }

  pan(dx, dy) {
    this.show({ ...this.now, x: this.now.x + dx, y: this.now.y + dy });
  }

  closer(way) {
    this.zoom(way > 0 ? STEP : 1 / STEP);
  }

  // Bring a place into sight, and close enough to read.
  reveal({ x, y, width, depth }) {
    const { now } = this;
    const seen = x >= now.x && y >= now.y && x + width <= now.x + now.w && y + depth <= now.y + now.h;
    if (seen && this.scale >= NEAR * 0.6) return;
    const w = Math.max(width * 2.5, this.svg.clientWidth / (NEAR * 1.6));
    const h = Math.max(depth * 2.5, (w * this.svg.clientHeight) / this.svg.clientWidth);
    this.show({ x: x + width / 2 - w / 2, y: y + depth / 2 - h / 2, w, h });
  }

  pointAt(event) {
    const box = this.svg.getBoundingClientRect();
    const { scale } = this;
    return { x: this.now.x + (event.clientX - box.left) / scale, y: this.now.y + (event.clientY - box.top) / scale };
  }

  #wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.06 : 0.0018)), this.pointAt(event));
  }
}
