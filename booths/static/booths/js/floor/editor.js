// The editor of the floor plan: fetches the draft and puts its parts together.
import { Choice } from "./choice.js";
import { PlanDocument } from "./document.js";
import { Forms } from "./forms.js";
import { Moving } from "./moving.js";
import { Panel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { Saving } from "./saving.js";
import { Shapes } from "./shapes.js";
import { Snapping } from "./snapping.js";
import { Tools } from "./tools.js";
import { View } from "./view.js";

const root = document.querySelector("[data-floor-editor]");
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LARGER = 10;
const FINE = 0.1; // metres, without snapping

const start = async () => {
  const words = JSON.parse(root.dataset.words);
  const svg = document.getElementById("plan");
  const answer = await fetch(root.dataset.draft, { headers: { Accept: "application/json" } });
  const whole = await answer.json();
  const facts = { holders: whole.holders, blocked: whole.blocked, classes: whole.classes, sides: whole.sides, flagged: new Set() };
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const plan = new PlanDocument(whole);
  const view = new View(svg);
  const shapes = new Shapes(svg, plan, facts);
  svg.addEventListener("viewed", () => shapes.see(view.now));
  const choice = new Choice(plan, shapes);
  const moving = new Moving(plan, choice);
  const tools = new Tools(plan, choice, words);
  const snapping = new Snapping(plan, view);
  const saving = new Saving(plan, { url: root.dataset.draft, token, version: whole.version });
  const panel = new Panel(root.querySelector("#panel"), { plan, choice, moving, facts, words, view });
  const says = (text) => {
    root.querySelector("[data-says]").textContent = text;
  };
  panel.says = says;
  new Forms(root.querySelector("#panel"), { plan, choice, saving, says });

  // ---- tools ----
  let tool = "choose";
  const take = (name) => {
    tool = name;
    svg.dataset.tool = name;
    for (const button of root.querySelectorAll("button[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === name));
  };
  const drawn = (from, to) => {
    tools.make(tool, from, to);
    take("choose");
  };
  new Pointer(svg, { view, plan, shapes, choice, moving, tools, snapping, tool: () => tool, drawn });

  const step = (way) => {
    const changes = way === "undo" ? plan.undo() : plan.redo();
    if (!changes) return;
    const keys = Object.entries(changes).flatMap(([section, changed]) => (section === "aisle" || section === "zones" ? [] : Object.keys(changed)));
    choice.set(keys);
    says(way === "undo" ? words.undone : words.redone);
  };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.tool) take(button.dataset.tool);
    else if (button.dataset.step) step(button.dataset.step);
    else if (button.dataset.zoom) button.dataset.zoom === "all" ? view.all() : view.closer(button.dataset.zoom === "in" ? 1 : -1);
    else if (button.hasAttribute("data-snap")) {
      snapping.on = !snapping.on;
      button.setAttribute("aria-pressed", String(snapping.on));
    } else if (button.hasAttribute("data-remove")) {
      moving.remove();
      svg.focus({ preventScroll: true });
    }
  });
  root.querySelector("[data-grid]").addEventListener("change", (event) => {
    snapping.step = Number(event.target.value);
  });

  // ---- keys ----
  const byPlace = () =>
    Object.entries(plan.content.booths)
      .sort(([, one], [, other]) => (one.code < other.code ? -1 : 1))
      .map(([key]) => key);
  const next = (way) => {
    const keys = byPlace();
    if (!keys.length) return;
    const at = keys.indexOf([...choice.keys].at(way > 0 ? -1 : 0));
    const key = keys[at < 0 ? (way > 0 ? 0 : keys.length - 1) : (at + way + keys.length) % keys.length];
    panel.look([key]);
    says(plan.get(key).code);
  };
  svg.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const command = event.ctrlKey || event.metaKey;
    if (way && !command) {
      const far = (snapping.on ? snapping.step : FINE) * (event.shiftKey ? LARGER : 1);
      if (choice.keys.size) moving.by(way[0] * far, way[1] * far, moving.along(), "keys");
      else view.pan(way[0] * view.now.w * 0.1, way[1] * view.now.h * 0.1);
    } else if (command && event.key.toLowerCase() === "a") choice.set(Object.keys(plan.content.booths));
    else if (command || event.altKey) return;
    else if (event.key === "Delete" || event.key === "Backspace") moving.remove();
    else if (event.key === "Escape") tool === "choose" ? choice.set([]) : take("choose");
    else if (event.key === "+" || event.key === "=") view.closer(1);
    else if (event.key === "-") view.closer(-1);
    else if (event.key === "0") view.all();
    else if (event.key === "]") next(1);
    else if (event.key === "[") next(-1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "z") step(event.shiftKey ? "redo" : "undo");
    else if (key === "y") step("redo");
    else return;
    event.preventDefault();
  });

  // ---- what is said below the plan ----
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const count = () => {
    for (const place of root.querySelectorAll("[data-count]")) {
      place.textContent = number.format(Object.keys(plan.content[place.dataset.count]).length);
    }
    for (const button of root.querySelectorAll("[data-step]")) {
      button.disabled = !(button.dataset.step === "undo" ? plan.done : plan.undone).length;
    }
  };
  plan.addEventListener("changed", count);
  plan.addEventListener("replaced", count);

  const state = root.querySelector("[data-state]");
  saving.addEventListener("state", ({ detail }) => {
    state.dataset.state = detail.state;
    state.textContent = words.states[detail.state];
    if (detail.state === "refused") refuse(detail.text);
    if (detail.state === "newer" || detail.state === "gone") refuse(words.states[detail.state], "info");
    count();
  });
  const refusal = root.querySelector("[data-refused]");
  const refuse = (text, kind = "stop") => {
    refusal.hidden = !text;
    refusal.className = `note ${kind}`;
    refusal.querySelector("[data-text]").textContent = text;
  };
  plan.addEventListener("changed", () => {
    if (Object.keys(plan.pending()).length) refuse("");
  });
  saving.addEventListener("looked", ({ detail }) => {
    Object.assign(facts.sides, detail.sides);
    panel.findings(detail.findings);
    shapes.flag(new Set(detail.findings.flatMap((one) => one.keys)));
    panel.show();
  });
  // ---- what others do meanwhile: who holds which booth, and what a colleague draws ----
  const mark = ({ holders, blocked }) => {
    const keys = new Set([facts.holders, facts.blocked, holders, blocked].flatMap((one) => Object.keys(one)));
    Object.assign(facts, { holders, blocked });
    for (const key of keys) shapes.draw(key);
    panel.show();
  };
  svg.addEventListener("live", async () => {
    const now = await fetch(`${root.dataset.draft}state/`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!now?.ok) return;
    const told = await now.json();
    if (told.version !== saving.version && !saving.isUnsaved) await saving.reload();
    mark(told);
  });

  take("choose");
  root.classList.add("ready");
  view.setWhole([...Object.values(plan.content.halls), ...Object.values(plan.content.facilities), ...Object.values(plan.content.booths)]);
  view.all();
  panel.findings(whole.findings);
  shapes.flag(new Set(whole.findings.flatMap((one) => one.keys)));
  count();
};

if (root) start();
