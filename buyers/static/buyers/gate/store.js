// What a device keeps: facts (its key, the rules), badges, passages of the last hour, readings the server has not taken.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});
  const NAME = "cho-phien-gate";
  const KEEP_PASSAGES = 3_600_000; // an hour: longer than any time within which a badge is "again"

  let opened = null;
  const open = () =>
    (opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        const base = request.result;
        base.createObjectStore("facts");
        const badges = base.createObjectStore("badges", { keyPath: "id" });
        badges.createIndex("token", "token");
        badges.createIndex("short", "short");
        base.createObjectStore("readings", { keyPath: "key" }).createIndex("at", "at");
        const passages = base.createObjectStore("passages", { keyPath: "key" });
        passages.createIndex("badge", "badge");
        passages.createIndex("at", "at");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    }));

  const ask = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  // Run `work` with the named stores; answers when all of it is written.
  const change = async (names, work) => {
    const base = await open();
    return new Promise((done, failed) => {
      const writing = base.transaction(names, "readwrite", { durability: "strict" });
      writing.oncomplete = () => done();
      writing.onerror = writing.onabort = () => failed(writing.error);
      work(...names.map((name) => writing.objectStore(name)));
    });
  };

  const read = async (name, work) => ask(work((await open()).transaction(name).objectStore(name)));

  const fact = (name) => read("facts", (facts) => facts.get(name));
  const setFact = (name, value) => change(["facts"], (facts) => facts.put(value, name));

  const putBadges = (rows) =>
    change(["badges"], (badges) => {
      for (const [id, token, short, name, company, kind, valid] of rows) {
        badges.put({ id, token, short, name, company, kind, valid });
      }
    });
  const badgeBy = (index, hash) => read("badges", (badges) => badges.index(index).get(hash));
  const countBadges = () => read("badges", (badges) => badges.count());

  const keep = (reading) => change(["readings"], (readings) => readings.put(reading));
  const unsent = (most) => read("readings", (readings) => readings.index("at").getAll(null, most));
  const countUnsent = () => read("readings", (readings) => readings.count());
  const forget = (keys) =>
    change(["readings"], (readings) => {
      for (const key of keys) readings.delete(key);
    });

  const putPassages = (rows) =>
    change(["passages"], (passages) => {
      for (const row of rows) passages.put(row);
    });
  const passagesOf = (badge) => read("passages", (passages) => passages.index("badge").getAll(badge));
  const dropOldPassages = (now) =>
    change(["passages"], (passages) => {
      const old = passages.index("at").openCursor(IDBKeyRange.upperBound(now - KEEP_PASSAGES));
      old.onsuccess = () => {
        old.result?.delete();
        old.result?.continue();
      };
    });

  // Everything that tells who comes; readings stay until the server has them.
  const wipeList = () =>
    change(["badges", "passages", "facts"], (badges, passages, facts) => {
      badges.clear();
      passages.clear();
      facts.delete("since");
      facts.delete("whole");
    });
  const wipe = async () => {
    await wipeList();
    await change(["facts"], (facts) => facts.clear());
  };

  Gate.store = {
    fact, setFact, putBadges, badgeBy, countBadges, keep, unsent, countUnsent, forget, putPassages, passagesOf,
    dropOldPassages, wipeList, wipe,
  };
})();
