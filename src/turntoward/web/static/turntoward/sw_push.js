// What the service worker does with a reminder: show it, and open Today where it is tapped.
// Loaded by sw.js with importScripts.
"use strict";
self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data ? event.data.json() : {}; } catch { /* an empty one is still shown */ }
  // One tag: a new one takes the place of one that still lies there.
  const shown = { body: said.body || "", tag: "reminder" };
  event.waitUntil(self.registration.showNotification(said.title || "", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    // A page that is open elsewhere stays as it is: somebody may be writing on it.
    const today = open.find((page) => new URL(page.url).pathname === "/today/");
    return today ? today.focus() : self.clients.openWindow("/today/");
  })());
});
