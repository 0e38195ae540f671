// The device's talk with the server: it enrols, takes the rules and the list, sends readings, asks at the door.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});
  const { store } = Gate;
  const PATIENCE = 1500; // ms a person in the door waits for the server before the device answers by itself
  const AT_ONCE = 100;
  const LIST_EVERY = 15_000;
  const WHOLE_LIST_EVERY = 6 * 3600 * 1000; // a name put right is no change of a badge: it comes with the whole list

  const state = { key: null, orders: null, ahead: 0, online: false, over: false, listed: 0, listing: false };
  const events = new EventTarget();
  const tell = (name, detail) => events.dispatchEvent(new CustomEvent(name, { detail }));
  const now = () => Date.now() + state.ahead; // by the server's clock

  class Refusal extends Error {
    constructor(status, code, message) {
      super(message);
      Object.assign(this, { status, code });
    }
  }

  const call = async (path, { body, patience } = {}) => {
    const headers = { "Accept-Language": document.documentElement.lang };
    if (body) headers["Content-Type"] = "application/json";
    if (state.key) headers.Authorization = `Device ${state.key}`;
    const begun = Date.now();
    const response = await fetch(`/api/v1/gate/${path}`, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: patience ? AbortSignal.timeout(patience) : undefined,
    });
    const answer = await response.json();
    if (!response.ok) throw new Refusal(response.status, answer.code, answer.message);
    if (answer.now) await measure(answer.now, begun);
    return answer;
  };

  // How far the server's clock is ahead of ours, by the middle of the time that the answer took.
  const measure = async (theirs, begun) => {
    state.ahead = Math.round(theirs - (begun + Date.now()) / 2);
    await store.setFact("ahead", state.ahead);
  };

  const connected = (yes) => {
    if (state.online !== yes) {
      state.online = yes;
      tell("connection");
    }
  };

  // Every failure has one place: no network, or a server that no longer knows us.
  const failed = async (error) => {
    if (!(error instanceof Refusal)) {
      connected(false);
    } else if (error.code === "cut_off" || error.status === 401) {
      await store.wipe();
      Object.assign(state, { key: null, orders: null });
      tell("closed", { cutOff: error.code === "cut_off" });
    } else if (error.code === "fair_over") {
      await forgetList();
    } else if (error.status >= 500 || error.status === 429) {
      connected(false);
    }
  };

  const forgetList = async () => {
    await store.wipeList();
    state.over = true;
    tell("changed");
  };

  const enrol = async (code) => {
    const { key } = await call("enrol/", { body: { code } });
    await store.wipe();
    await store.setFact("key", key);
    state.key = key;
    await sync();
  };

  const takeOrders = async () => {
    const orders = await call("orders/");
    const known = (await store.fact("orders"))?.edition?.id;
    if (known !== undefined && known !== orders.edition.id) await store.wipeList();
    state.orders = orders;
    await store.setFact("orders", orders);
    await store.putPassages(
      (orders.passed ?? []).map(([badge, area, at, inward]) => ({ badge, area, at, inward, key: `${badge}.${at}` })),
    );
    await store.dropOldPassages(now());
  };

  // What changed since the last whole answer, now and then everything; an unfinished one is begun again as it was.
  const takeList = async () => {
    const whole = !(now() - (await store.fact("whole")) < WHOLE_LIST_EVERY);
    const since = whole ? undefined : await store.fact("since");
    let after = 0;
    let begun = null;
    for (;;) {
      const page = await call(`badges/?after=${after}${since === undefined ? "" : `&since=${since}`}`);
      begun ??= page.now;
      await store.putBadges(page.badges);
      if (!page.more) break;
      after = page.badges.at(-1)[0];
      tell("filling", { number: await store.countBadges() });
    }
    await store.setFact("since", begun);
    if (whole) await store.setFact("whole", begun);
    state.listed = begun;
  };

  const send = async () => {
    for (;;) {
      const mine = (await store.unsent(AT_ONCE)).filter((one) => one.edition === state.orders?.edition.id);
      if (!mine.length) return;
      const left = (await store.countUnsent()) - mine.length;
      const answer = await call("readings/", { body: letter(mine, left) });
      await store.forget(answer.readings.map((one) => one.key));
      tell("changed");
      if (mine.length < AT_ONCE) return;
    }
  };

  const letter = (readings, unsent) => ({
    now: Date.now(),
    unsent,
    ...(state.listed ? { listed: Math.round(state.listed) } : {}),
    readings: readings.map(({ key, gate, code, direction, at, ahead, result }) => ({
      key, gate, code, direction, at, ahead, ...(result ? { result } : {}),
    })),
  });

  // Readings first: what was read matters more than what will be.
  const sync = async () => {
    if (!state.key || state.listing) return;
    state.listing = true;
    try {
      await takeOrders();
      await send();
      if (now() >= state.orders.wipe) await forgetList();
      else await takeList();
      connected(true);
      await store.setFact("synced", now());
      tell("changed");
    } catch (error) {
      await failed(error);
    } finally {
      state.listing = false;
    }
  };

  // The server's answer to one reading, or nothing when it does not come in time.
  const ask = async (reading) => {
    if (!state.online) return null;
    try {
      const answer = await call("readings/", { body: letter([reading], await store.countUnsent()), patience: PATIENCE });
      return answer.readings[0];
    } catch (error) {
      if (error instanceof Refusal && error.code === "too_many_unknown") return { refused: error.message };
      await failed(error);
      return null;
    }
  };

  const start = async () => {
    state.key = (await store.fact("key")) ?? null;
    state.orders = (await store.fact("orders")) ?? null;
    state.ahead = (await store.fact("ahead")) ?? 0;
    state.listed = (await store.fact("since")) ?? 0;
    if (state.orders && now() >= state.orders.wipe) await forgetList();
    setInterval(sync, LIST_EVERY);
    window.addEventListener("online", sync);
    window.addEventListener("offline", () => connected(false));
  };

  Gate.link = { state, events, now, enrol, ask, sync, start };
})();
