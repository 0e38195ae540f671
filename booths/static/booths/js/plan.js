// The floor plan in the browser: zoom and pan by button, wheel, pinch and key; choosing booths; statuses that follow
// the hints of live.js. Everything it shows the server can show without it.
(() => {
  "use strict";
  const plan = document.getElementById("plan");
  if (!plan) return;

  const NEAR = 9; // pixels a metre from which codes are readable
  const CLOSEST = 60; // pixels a metre
  const STEP = 1.4;
  const KEY_PAN = 0.15;
  const SMALLEST_TOUCH = 7; // pixels a metre under which a touch looks closer instead of choosing
  const words = JSON.parse(plan.dataset.words);
  const whole = parse(plan.dataset.whole);
  const booths = [...plan.querySelectorAll("a[class]:not(.fp-hall-link)")];
  const byCode = new Map(booths.map((booth) => [booth.lastElementChild.textContent, booth]));
  const codeOf = (booth) => booth.lastElementChild.textContent;
  const signOf = (booth) => booth.classList.item(0);

  // ---- view ----
  let view = parse(plan.getAttribute("viewBox"));
  const miniMap = document.querySelector("[data-mini-map]");

  function parse(text) {
    const [x, y, w, h] = text.split(" ").map(Number);
    return { x, y, w, h };
  }

  const pixelsAMetre = () => Math.min(plan.clientWidth / view.w, plan.clientHeight / view.h);

  const fit = (place) => {
    const shape = plan.clientWidth / Math.max(1, plan.clientHeight);
    const w = Math.max(place.w, place.h * shape);
    const h = w / shape;
    return { x: place.x - (w - place.w) / 2, y: place.y - (h - place.h) / 2, w, h };
  };

  const show = (next) => {
    if (!plan.clientWidth || !plan.clientHeight) return; // not laid out: there is nothing to fit it to
    const all = fit(whole);
    const w = Math.min(all.w, Math.max(plan.clientWidth / CLOSEST, next.w));
    const h = (w * plan.clientHeight) / Math.max(1, plan.clientWidth);
    const x = clamp(next.x + (next.w - w) / 2, all.x, all.x + all.w - w);
    const y = clamp(next.y + (next.h - h) / 2, all.y, all.y + all.h - h);
    view = { x, y, w, h };
    plan.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    plan.classList.toggle("near", pixelsAMetre() >= NEAR);
    plan.classList.toggle("whole", w > all.w * 0.98);
    if (miniMap) {
      miniMap.toggleAttribute("hidden", w > all.w * 0.7);
      const window = miniMap.querySelector("[data-window]");
      for (const [name, value] of Object.entries({ x, y, width: w, height: h })) window.setAttribute(name, value);
    }
  };

  const clamp = (value, least, most) => (least > most ? (least + most) / 2 : Math.min(most, Math.max(least, value)));

  const zoom = (factor, at) => {
    const point = at ?? { x: view.x + view.w / 2, y: view.y + view.h / 2 };
    const all = fit(whole);
    const w = Math.min(all.w, Math.max(plan.clientWidth / CLOSEST, view.w / factor));
    const ratio = w / view.w;
    show({
      x: point.x - (point.x - view.x) * ratio,
      y: point.y - (point.y - view.y) * ratio,
      w,
      h: view.h * ratio,
    });
  };

  const pan = (dx, dy) => show({ ...view, x: view.x + dx, y: view.y + dy });
  const pointAt = (event) => {
    const box = plan.getBoundingClientRect();
    const scale = pixelsAMetre();
    const left = box.left + (box.width - view.w * scale) / 2;
    const top = box.top + (box.height - view.h * scale) / 2;
    return { x: view.x + (event.clientX - left) / scale, y: view.y + (event.clientY - top) / scale };
  };

  // ---- buttons, wheel, fingers ----
  const buttons = document.querySelector("[data-plan-zoom]");
  buttons?.removeAttribute("hidden");
  buttons?.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (way === "in") zoom(STEP);
    else if (way === "out") zoom(1 / STEP);
    else if (way === "all") show(fit(whole));
  });

  plan.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.06 : 0.0018)), pointAt(event));
    },
    { passive: false },
  );

  const fingers = new Map();
  let moved = 0;

  plan.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });

  plan.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (moved < 6) return;
    if (!plan.hasPointerCapture(event.pointerId)) plan.setPointerCapture(event.pointerId);
    const scale = pixelsAMetre();
    if (fingers.size === 1) {
      pan((before.x - now.x) / scale, (before.y - now.y) / scale);
    } else {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y);
      const middle = pointAt({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
      zoom(apart(now) / Math.max(1, apart(before)), middle);
      pan((before.x - now.x) / 2 / scale, (before.y - now.y) / 2 / scale);
    }
    fingers.set(event.pointerId, now);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    plan.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  plan.addEventListener("dragstart", (event) => event.preventDefault());

  miniMap?.addEventListener("click", (event) => {
    const box = miniMap.getBoundingClientRect();
    const scale = Math.min(box.width / whole.w, box.height / whole.h);
    const x = whole.x + (event.clientX - box.left - (box.width - whole.w * scale) / 2) / scale;
    const y = whole.y + (event.clientY - box.top - (box.height - whole.h * scale) / 2) / scale;
    show({ ...view, x: x - view.w / 2, y: y - view.h / 2 });
  });

  // ---- keys: one stop for the tabulator, arrows from booth to booth ----
  const placeOf = (booth) => {
    const use = booth.querySelector("use");
    return { x: Number(use.getAttribute("x")), y: Number(use.getAttribute("y")) };
  };

  let current = null;
  const rove = (booth, focus) => {
    if (!booth) return;
    current?.setAttribute("tabindex", "-1");
    current = booth;
    booth.setAttribute("tabindex", "0");
    if (!focus) return;
    booth.focus({ preventScroll: true });
    reveal(booth);
  };

  const reveal = (booth) => {
    const { x, y } = placeOf(booth);
    const edge = 4;
    if (x - edge < view.x) pan(x - edge - view.x, 0);
    if (y - edge < view.y) pan(0, y - edge - view.y);
    if (x + edge + 3 > view.x + view.w) pan(x + edge + 3 - view.x - view.w, 0);
    if (y + edge + 3 > view.y + view.h) pan(0, y + edge + 3 - view.y - view.h);
  };

  for (const booth of booths) booth.setAttribute("tabindex", "-1");
  for (const hall of plan.querySelectorAll(".fp-hall-link")) hall.setAttribute("tabindex", "-1");

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const next = (booth, [dx, dy]) => {
    const from = placeOf(booth);
    let best = null;
    let least = Infinity;
    for (const other of booths) {
      const to = placeOf(other);
      const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      const distance = along + aside * 3;
      if (along > 0.5 && distance < least) [best, least] = [other, distance];
    }
    return best;
  };

  plan.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way && event.shiftKey) pan(way[0] * view.w * KEY_PAN, way[1] * view.h * KEY_PAN);
    else if (way && current) rove(next(current, way) ?? current, true);
    else if (event.key === "+" || event.key === "=") zoom(STEP);
    else if (event.key === "-") zoom(1 / STEP);
    else if (event.key === "0") show(fit(whole));
    else if (event.key === "Escape") choose([]);
    else if (event.key === " " && current) choose(toggled(codeOf(current)));
    else return;
    event.preventDefault();
  });

  plan.addEventListener("focusin", (event) => {
    const booth = event.target.closest("a[tabindex]");
    if (booth && byCode.get(codeOf(booth)) === booth) rove(booth, false);
  });

  // ---- choosing ----
  const panel = () => document.getElementById("panel");
  const chosen = () => (asking ? latest : (panel().dataset.chosen ?? "").split(" ").filter(Boolean));

  // Only the server knows whether what is chosen can be joined by more (data-choosing): a booth one holds oneself may
  // still be drawn as free until the hint comes.
  const toggled = (code) => {
    const now = chosen();
    if (now.includes(code)) return now.filter((other) => other !== code);
    const isFree = (one) => signOf(byCode.get(one)) === "f";
    const several = panel().hasAttribute("data-choosing") && isFree(code) && now.every((one) => byCode.has(one) && isFree(one));
    return several ? [...now, code] : [code];
  };

  const address = (codes) => {
    const query = new URLSearchParams();
    for (const code of codes.length ? codes : [""]) query.append("b", code);
    if (plan.dataset.for) query.set("for", plan.dataset.for);
    return `${plan.dataset.planUrl}?${query}`;
  };

  const choose = (codes) => {
    mark(codes);
    history.replaceState(history.state, "", address(codes));
    ask(codes);
  };

  const renew = () => {
    if (!asking && chosen().length) ask(chosen()); // else what is on its way is newer, or nothing can have changed
  };

  // One request at a time, and only the newest choice waits for its turn: no answer ever comes after a newer one.
  let asking = false;
  let wanted = null;
  let latest = [];
  const ask = async (codes) => {
    wanted = latest = codes;
    if (asking) return;
    asking = true;
    while (wanted) {
      const url = address(wanted);
      wanted = null;
      await window.htmx.ajax("GET", url, { target: "#panel", swap: "outerHTML" }).catch(() => {}); // htmx has said so
    }
    asking = false;
  };

  const outer = plan.querySelector(".chosen-outer");
  const inner = plan.querySelector(".chosen-inner");
  const route = plan.querySelector(".fp-route");
  const mark = (codes) => {
    // until the panel brings the line around them all: one around each
    const line = codes
      .map((code) => byCode.get(code))
      .filter(Boolean)
      .map((booth) => {
        const { x, y } = placeOf(booth);
        return `M${x} ${y}h3v3h-3z`;
      })
      .join("");
    outer.setAttribute("d", line);
    inner.setAttribute("d", line);
  };

  const follow = () => {
    const now = panel();
    if (!now || wanted) return; // the line already is around the newer choice
    outer.setAttribute("d", now.dataset.outline ?? "");
    inner.setAttribute("d", now.dataset.outline ?? "");
    route.setAttribute("d", now.dataset.route ?? "");
  };

  document.addEventListener("htmx:after:swap", follow);

  plan.addEventListener(
    "click",
    (event) => {
      if (moved < 6 || !event.isTrusted || event.detail === 0) return;
      event.preventDefault(); // the end of a drag chooses nothing
      event.stopPropagation();
    },
    true,
  );

  plan.addEventListener("click", (event) => {
    const hall = event.target.closest(".fp-hall-link");
    const booth = event.target.closest("a[class]:not(.fp-hall-link)");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(hall || booth)) return;
    event.preventDefault();
    if (hall) show(fit(parse(hall.dataset.hall)));
    else if (matchMedia("(pointer: coarse)").matches && pixelsAMetre() < SMALLEST_TOUCH) look(booth);
    else {
      rove(booth, false);
      choose(toggled(codeOf(booth)));
    }
  });

  const look = (booth) => {
    const { x, y } = placeOf(booth);
    const w = plan.clientWidth / (NEAR * 1.6);
    const h = (w * plan.clientHeight) / plan.clientWidth;
    const above = matchMedia("(width < 64rem)").matches ? 0.3 : 0.5; // the sheet covers the lower part on a phone
    show({ x: x + 1.5 - w / 2, y: y + 1.5 - h * above, w, h });
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-unchoose]")) {
      event.preventDefault();
      choose([]);
      current?.focus();
    }
    const link = target?.closest("a[data-booth]");
    if (link && byCode.has(link.dataset.booth) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const booth = byCode.get(link.dataset.booth);
      rove(booth, false);
      look(booth);
      choose([link.dataset.booth]);
    }
  });

  // ---- statuses ----
  let wake = 0;
  const shape = (booth, sign) => {
    const was = signOf(booth);
    if (was === sign) return false;
    booth.classList.replace(was, sign);
    const use = booth.querySelector("use");
    use.setAttribute("href", `#${sign}${use.getAttribute("href").slice(2)}`);
    booth.firstElementChild.textContent = `${codeOf(booth)}, ${words[sign]}`;
    return true;
  };

  const number = new Intl.NumberFormat(document.documentElement.lang);
  const refresh = async () => {
    let state;
    try {
      const answer = await fetch(plan.dataset.signsUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      state = await answer.json();
    } catch {
      return; // the line is down: the next hint asks again
    }
    if (String(state.floor) !== plan.dataset.floor || state.signs.length !== booths.length) {
      location.reload();
      return;
    }
    version = Math.max(version, state.version);
    draw(booths.map((booth, index) => [booth, state.signs[index]]));
    rest(state.next);
  };

  // A hint brings the version after the one shown and what it changed; whoever missed one asks for it, and whoever
  // missed many reads the whole. A crowd asks spread over half a second.
  const SPREAD = 500;
  const CATCH_UP = 5;
  let version = Number(plan.dataset.version);

  const follows = (change) => change.version === version + 1 && change.signs && String(change.floor) === plan.dataset.floor;

  const apply = (change) => {
    version = change.version;
    draw(Object.entries(change.signs).map(([place, sign]) => [booths[place], sign]));
  };

  const draw = (signs) => {
    const changed = signs.filter(([booth, sign]) => booth && shape(booth, sign)).map(([booth]) => booth);
    if (!changed.length) return;
    count();
    for (const booth of changed) flash(booth);
    const codes = new Set(changed.map(codeOf));
    if (chosen().some((code) => codes.has(code))) renew();
  };

  const count = () => {
    const found = {};
    for (const booth of booths) found[signOf(booth)] = (found[signOf(booth)] ?? 0) + 1;
    for (const [status, sign] of Object.entries({ free: "f", held: "h", reserved: "r", confirmed: "c", blocked: "x" })) {
      const place = document.querySelector(`[data-count="${status}"]`);
      if (place) place.textContent = number.format(found[sign] ?? 0);
    }
  };

  const missed = async (hint) => {
    if (hint.version - version > CATCH_UP) return refresh();
    while (version < hint.version) {
      const answer = await fetch(plan.dataset.changeUrl.replace("/0.json", `/${version + 1}.json`)).catch(() => null);
      const change = answer?.ok ? await answer.json() : null;
      if (!change || !follows(change)) return refresh();
      apply(change);
    }
  };

  document.addEventListener("live:hint", ({ detail: hint }) => {
    if (hint.topic !== "floor" || hint.version <= version) return;
    if (follows(hint)) apply(hint);
    else setTimeout(() => (hint.version ? missed(hint) : refresh()), Math.random() * SPREAD);
  });

  const flash = (booth) => {
    booth.classList.add("changed");
    setTimeout(() => booth.classList.remove("changed"), 1600);
  };

  // The first hold to run out says so by no hint when nobody beats: ask then.
  const rest = (seconds) => {
    clearTimeout(wake);
    if (seconds === null || seconds === undefined || seconds === "") return;
    wake = setTimeout(() => {
      refresh();
      renew();
    }, Number(seconds) * 1000);
  };

  plan.addEventListener("live", () => {
    refresh();
    renew();
  });
  rest(plan.dataset.next);

  // ---- colour, start ----
  document.querySelector("[data-colour]")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const byStatus = plan.classList.toggle("by-status");
    document.querySelector("[data-legend]")?.classList.toggle("by-status", byStatus);
    if (byStatus) event.currentTarget.setAttribute("aria-current", "true");
    else event.currentTarget.removeAttribute("aria-current");
  });

  const start = chosen().map((code) => byCode.get(code)).filter(Boolean);
  rove(start[0] ?? booths[0], false);
  show(view);
  if (start.length && matchMedia("(width < 64rem)").matches) look(start[0]);
  new ResizeObserver(() => show(view)).observe(plan);
})();
