// The service worker. It keeps the files of the pages and the page for when there is no network;
// never a page of anybody's. `SHELL` stands before this: the version, and what is kept of it.
"use strict";
const CACHE = `shell-${SHELL.version}`;
const PAGE_MS = 25000;
const AWAY = [502, 504]; // a proxy answers, and the companion behind it is stopped

importScripts(SHELL.queue);
if (SHELL.push) { try { importScripts(SHELL.push); } catch { /* the rest works without notices */ } }

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([...SHELL.shell, SHELL.offline]);
    // Pages are never kept, so a new worker can serve those that are open with the old one.
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const others = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
    await Promise.all(others.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(SHELL.static)) event.respondWith(file(request));
});

// The network first, and only; where it is away, the page that says so.
async function page(event) {
  const late = new Promise((_, reject) => { setTimeout(reject, PAGE_MS); });
  try {
    const answer = await Promise.race([fetch(event.request), late]);
    if (AWAY.includes(answer.status)) throw new Error(String(answer.status));
    event.waitUntil(speakAs(answer));
    return answer;
  } catch {
    return (await kept(SHELL.offline)) || Response.error();
  }
}

async function file(request) {
  return (await kept(request)) || fetch(request);
}

const kept = async (request) => (await caches.open(CACHE)).match(request);

// The page without a network speaks the language of the last page.
async function speakAs(answer) {
  const language = answer.ok && answer.headers.get("Content-Language");
  const there = await kept(SHELL.offline);
  if (!language || !there || there.headers.get("Content-Language") === language) return;
  await (await caches.open(CACHE)).add(SHELL.offline);
}

// The system says that the network is back, also when no page is open.
self.addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  const send = async () => {
    const me = await self.turntowardOutbox.known("me");
    const told = me ? await self.turntowardOutbox.drain(me.owner) : {};
    if (told.stopped === "away" || told.stopped === "ill") throw new Error(told.stopped); // try again
  };
  event.waitUntil(send());
});
