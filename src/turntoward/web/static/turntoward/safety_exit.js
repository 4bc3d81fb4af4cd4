// A quick way out, by the button or with Esc three times: the page is empty at once, another takes its
// place, and this browser keeps nothing more of the companion. It cannot clear the list of pages.
"use strict";
(() => {
  const TIMES = 3;
  const WITHIN_MS = 2000;
  const WAITS_MS = 250; // for what has to be emptied; then it goes in any case
  const door = () => [...document.querySelectorAll("[data-exit]")].find((each) => each.getClientRects().length);
  const pressed = [];
  let going = false;

  async function leave(link) {
    if (going) return;
    going = true;
    const { href, dataset: { out } } = link;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    document.title = " ";
    document.body.replaceChildren();
    if (out && token) signOut(out, token);
    const late = new Promise((done) => { setTimeout(done, WAITS_MS); });
    await Promise.race([empty().catch(() => {}), late]);
    location.replace(href);
  }

  // So that Back finds nobody signed in. The request goes on when the page is gone.
  function signOut(address, token) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token });
    fetch(address, { method: "POST", body, keepalive: true, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  }

  async function empty() {
    for (const store of ["localStorage", "sessionStorage"]) {
      try { self[store].clear(); } catch { /* the browser keeps none */ }
    }
    await Promise.allSettled([bases(), kept(), workers()]);
  }

  async function bases() {
    const all = self.indexedDB?.databases ? await indexedDB.databases() : [{ name: "outbox" }];
    await Promise.all(all.map(({ name }) => new Promise((done) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = done;
    })));
  }

  async function kept() {
    const names = self.caches ? await caches.keys() : [];
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  async function workers() {
    const all = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    await Promise.all(all.map((each) => each.unregister()));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-exit]");
    if (!link) return;
    event.preventDefault();
    leave(link);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = performance.now();
    pressed.push(now);
    while (now - pressed[0] > WITHIN_MS) pressed.shift();
    const link = door();
    if (pressed.length >= TIMES && link) leave(link);
  }, true);
})();
