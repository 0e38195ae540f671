// The workbench of an allocation round, on top of plan.js: somebody is dragged on the plan, or from the list to it, and
// is put where the first of its booths would lie. Without it the small forms do the same by the code of a booth.
(() => {
  "use strict";
  const plan = document.getElementById("plan");
  if (!plan) return;

  // ---- what one looked at stays when the page comes back after a deed; plan.js begins with this view ----
  const KEY = `round:${plan.dataset.planUrl}`;
  const keep = () => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ view: plan.getAttribute("viewBox"), y: scrollY, at: Date.now() }));
    } catch {
      // no storage: the page begins at its top
    }
  };

  const whole = () => {
    // the box is wider than the floor is: all of it must fit
    const [x, y, w, h] = plan.dataset.whole.split(" ").map(Number);
    const wide = Math.max(w, (h * plan.clientWidth) / Math.max(1, plan.clientHeight));
    const high = (wide * plan.clientHeight) / Math.max(1, plan.clientWidth);
    plan.setAttribute("viewBox", `${x - (wide - w) / 2} ${y - (high - h) / 2} ${wide} ${high}`);
  };

  const bring = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      sessionStorage.removeItem(KEY);
    } catch {
      // no storage
    }
    if (!kept || Date.now() - kept.at > 60_000) return whole();
    plan.setAttribute("viewBox", kept.view);
    const refused = document.querySelector("[data-error-summary]"); // is read first
    if (!refused) addEventListener("load", () => scrollTo(0, kept.y));
  };

  bring();
  document.addEventListener("submit", keep);

  // ---- the list follows the plan, and leads to it where it stands above ----
  document.addEventListener("htmx:after:swap", () => {
    const whose = document.getElementById("panel")?.dataset.whose;
    for (const row of document.querySelectorAll(".round-row")) row.classList.toggle("is-chosen", row.id === `row-${whose}`);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-booth]") : null;
    if (link && plan.getBoundingClientRect().bottom < 0) plan.scrollIntoView({ block: "start" });
  });

  const form = document.querySelector("form[data-round-move]");
  if (!form || !plan.dataset.movable) return;

  const send = (who, booth) => {
    form.elements.who.value = who;
    form.elements.booth.value = booth;
    form.requestSubmit();
  };

  // ---- booths and points, in metres ----
  const movable = JSON.parse(plan.dataset.movable); // booth -> the applicant that has it
  const booths = [...plan.querySelectorAll("a[class]:not(.fp-hall-link)")].map((link) => {
    const { x, y, width, height } = link.querySelector("use").getBBox();
    return { link, code: link.lastElementChild.textContent, x, y, width, height };
  });
  const byCode = new Map(booths.map((booth) => [booth.code, booth]));
  const pointOf = ({ clientX, clientY }) => new DOMPoint(clientX, clientY).matrixTransform(plan.getScreenCTM().inverse());
  const boothAt = ({ x, y }) =>
    booths.find((one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);

  let marked = null;
  const mark = (booth) => {
    if (booth === marked) return;
    marked?.link.classList.remove("drop-here");
    marked = booth ?? null;
    marked?.link.classList.add("drop-here");
  };

  // ---- on the plan: who is grabbed goes along as an outline, and begins at the booth under the middle of its first ----
  const FAR = 6; // pixels from which a press is a drag
  const ghost = document.createElementNS("http://www.w3.org/2000/svg", "path");
  ghost.setAttribute("class", "round-ghost");
  let drag = null;

  const start = (event) => {
    const link = event.target.closest("a[class]");
    const code = link?.lastElementChild?.textContent;
    const who = movable[code];
    if (event.button || !event.isPrimary || !who) return;
    const chosen = (document.getElementById("panel")?.dataset.chosen ?? "").split(" ");
    if (event.pointerType === "touch" && !chosen.includes(code)) return; // a finger moves the plan, and whom it chose
    const own = Object.keys(movable).filter((one) => movable[one] === who).map((one) => byCode.get(one)).filter(Boolean);
    drag = { who, own, first: own[0], id: event.pointerId, from: pointOf(event), x: event.clientX, y: event.clientY, on: false };
  };

  const go = (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    event.stopPropagation(); // plan.js would move the plan
    if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.on) lift(event);
    const at = pointOf(event);
    const [dx, dy] = [at.x - drag.from.x, at.y - drag.from.y];
    ghost.setAttribute("transform", `translate(${dx} ${dy})`);
    const { x, y, width, height } = drag.first;
    mark(boothAt({ x: x + width / 2 + dx, y: y + height / 2 + dy }));
  };

  const lift = (event) => {
    drag.on = true;
    plan.setPointerCapture(event.pointerId);
    ghost.setAttribute("d", drag.own.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join(""));
    plan.append(ghost);
  };

  const end = (drop) => {
    const { on, who, first } = drag ?? {};
    const target = marked;
    drag = null;
    ghost.remove();
    mark(null);
    if (on && drop && target && target !== first) send(who, target.code);
  };

  plan.addEventListener("pointerdown", start, true);
  plan.addEventListener("pointermove", go, true);
  plan.addEventListener("pointerup", () => drag && end(true));
  plan.addEventListener("pointercancel", () => drag && end(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag && end(false));

  // ---- from the list to the plan ----
  let carried = "";
  for (const row of document.querySelectorAll("[data-who]")) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      carried = row.dataset.who;
      event.dataTransfer.setData("text/plain", row.querySelector("a")?.textContent ?? "");
      event.dataTransfer.effectAllowed = "move";
    });
    row.addEventListener("dragend", () => {
      carried = "";
      mark(null);
    });
  }
  plan.addEventListener("dragover", (event) => {
    if (!carried) return;
    event.preventDefault();
    mark(boothAt(pointOf(event)));
  });
  plan.addEventListener("drop", (event) => {
    if (!carried) return;
    event.preventDefault();
    if (marked) send(carried, marked.code);
  });
})();
