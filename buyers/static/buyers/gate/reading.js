// One reading of a badge: kept first, asked of the server, else answered by the device's own list and the signature.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});
  const { store, link, codes, entering } = Gate;

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // The badge of the list with this code, or one that only its signature vouches for, or nothing.
  const badgeOf = async (code, orders) => {
    const edition = orders.edition.id;
    if (codes.isShort(code)) return (await store.badgeBy("short", await codes.hash(edition, code))) ?? null;
    if (!codes.isSigned(code) || !(await codes.signedBy(orders.key, edition, code))) return null;
    const { token, kind } = codes.parts(code);
    const hash = await codes.hash(edition, token);
    const known = await store.badgeBy("token", hash);
    return known ?? { id: `new.${hash}`, name: "", company: "", kind, valid: true };
  };

  const judged = async (badge, reading, orders) => {
    if (!badge) return { result: "unknown" };
    const kind = orders.kinds[badge.kind];
    const face = { name: badge.name, company: badge.company, kind, unlisted: String(badge.id).startsWith("new.") };
    const revoked = !badge.valid || (orders.ended ?? []).includes(badge.id);
    if (reading.direction === "out") return { ...face, result: revoked ? "revoked" : "ok" };
    const area = orders.gates.find((gate) => gate.id === reading.gate)?.area ?? null;
    const at = reading.at + reading.ahead;
    const ownRules = area !== null && orders.areas.includes(area);
    const result = entering.answer(orders.windows[kind] ?? [], { area, ownRules, at, revoked });
    if (result !== "ok") return { ...face, result };
    const earlier = (await store.passagesOf(badge.id)).filter((one) => one.area === area);
    const counted = entering.entries([...earlier, { at, key: reading.key, inward: true }], orders.again);
    if (counted.has(reading.key)) return { ...face, result };
    const before = earlier.filter((one) => one.inward && one.at <= at).sort((a, b) => b.at - a.at)[0];
    return { ...face, result: "again", before: before?.at };
  };

  const passed = async (badge, reading, orders) => {
    const area = orders.gates.find((gate) => gate.id === reading.gate)?.area ?? null;
    const at = reading.at + reading.ahead;
    await store.putPassages([{ badge: badge.id, area, at, inward: reading.direction === "in", key: reading.key }]);
  };

  // Answers {result, name, company, kind, ...}; the reading is on the device before anything is said.
  const take = async (code, { gate, direction, result }) => {
    const { orders, ahead } = link.state;
    const reading = {
      key: newKey(), edition: orders.edition.id, gate, code: codes.normalise(code), direction, at: Date.now(), ahead,
      ...(result ? { result } : {}),
    };
    await store.keep(reading);
    const badge = await badgeOf(reading.code, orders);
    const told = result ? null : await link.ask(reading);
    if (told?.refused) {
      await store.forget([reading.key]);
      return { result: "refused", words: told.refused };
    }
    if (told) {
      await store.forget([reading.key]);
    }
    const said = told ?? (await judged(badge, reading, orders));
    if (result) said.result = result; // the keeper has said it
    if (!told) await store.keep({ ...reading, result: said.result });
    if (badge && ["ok", "again"].includes(said.result)) await passed(badge, reading, orders);
    return { ...said, code: reading.code };
  };

  Gate.reading = { take };
})();
