// Keeps one page of whoever opened it on this device for when there is no network, their badge or their agenda on paper,
// and what it is made of. Every contact replaces what is kept; one that shows nothing to keep (signed out, revoked) wipes
// it. Served below the page's own address, so it rules nothing else.
"use strict";

const PAGE = new URL("./", self.location).pathname;
const KEPT = `kept:${PAGE}`; // forms.js drops every "kept:" when somebody signs out
const PATIENCE = 4000; // milliseconds a weak network gets
const PARTS = ["style", "script", "font", "image"];
const MARK = 'data-worker="';

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.parts)) event.waitUntil(keepAll(event.data.parts, event.data.anew));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event));
  else if (PARTS.includes(request.destination)) event.respondWith(part(request));
});

// What the network says, which is kept; without an answer, what was kept.
async function page(event) {
  const asked = fetch(event.request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  if (answer && answer.status < 500) {
    event.waitUntil(keep(answer.clone()));
    return answer;
  }
  return (await kept(PAGE)) ?? answer ?? asked;
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const known = await kept(request.url);
    if (known) return known;
    throw error;
  }
}

async function keepAll(parts, anew) {
  if (anew || !(await kept(PAGE))) await keep(await fetch(anew || PAGE, { headers: { Accept: "text/html" } }));
  if (!(await kept(PAGE))) return;
  const cache = await caches.open(KEPT);
  const ours = parts.filter((part) => new URL(part, self.location).origin === self.location.origin);
  await Promise.all(ours.map(async (part) => (await cache.match(part)) || cache.add(part)));
}

async function keep(answer) {
  const text = answer.ok && !answer.redirected ? await answer.text() : "";
  if (!text.includes(MARK)) {
    await caches.delete(KEPT);
    return;
  }
  const headers = new Headers(answer.headers); // the content policy among them
  for (const name of ["content-encoding", "content-length", "set-cookie"]) headers.delete(name);
  const cache = await caches.open(KEPT);
  await cache.put(PAGE, new Response(text.replace(MARK, `data-kept-at="${Date.now()}" ${MARK}`), { headers }));
}

async function kept(address) {
  const cache = (await caches.has(KEPT)) ? await caches.open(KEPT) : undefined;
  return cache?.match(address);
}
