// Edges that something dragged sticks to: those of its neighbours first, else the grid.
const REACH = 9; // pixels
const FARTHEST = 0.6; // metres

export class Snapping {
  constructor(plan, view) {
    this.plan = plan;
    this.view = view;
    this.step = 0.5;
    this.on = true;
  }

  // The edges of everything but what is dragged, in order.
  begin(besides) {
    const xs = [];
    const ys = [];
    for (const section of ["halls", "booths", "facilities"]) {
      for (const [key, one] of Object.entries(this.plan.content[section])) {
        if (besides.has(key)) continue;
        xs.push(one.x, one.x + one.width);
        ys.push(one.y, one.y + one.depth);
      }
    }
    const inOrder = (edges) => [...new Set(edges)].sort((one, other) => one - other);
    this.edges = { x: inOrder(xs), y: inOrder(ys) };
  }

  // How far to move so that one of the edges sticks; `from` lists edges along an axis.
  shift(axis, from, free = false) {
    if (free || !this.on) return 0;
    const reach = Math.min(FARTHEST, REACH / this.view.scale);
    let best = null;
    for (const edge of from) {
      const near = nearest(this.edges[axis], edge);
      if (near !== null && Math.abs(near - edge) <= reach && (best === null || Math.abs(near - edge) < Math.abs(best))) {
        best = near - edge;
      }
    }
    return best ?? this.toGrid(from[0]) - from[0];
  }

  toGrid(value) {
    return this.on ? Math.round(value / this.step) * this.step : round(value);
  }

  point({ x, y }, free = false) {
    return { x: round(x + this.shift("x", [x], free)), y: round(y + this.shift("y", [y], free)) };
  }
}

export const round = (value) => Math.round(value * 100) / 100;

const nearest = (edges, value) => {
  if (!edges?.length) return null;
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  const before = edges[low - 1];
  return before !== undefined && Math.abs(before - value) < Math.abs(edges[low] - value) ? before : edges[low];
};
