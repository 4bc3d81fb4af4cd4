// Who leaves in one tab is gone from all: no page of theirs stays open, and none comes back.
"use strict";
{
  const { owner, leave, offline } = document.querySelector("#outbox").dataset;
  const tabs = self.BroadcastChannel ? new BroadcastChannel("left") : null;
  const leaves = (form) => form.matches("[data-empties]")
    || new URL(form.getAttribute("action") || location.href, location.href).pathname === leave;

  // Only a form that is really sent comes here; by the time this page goes, the session has ended.
  addEventListener("submit", (event) => {
    if (!owner || event.defaultPrevented || !leaves(event.target)) return;
    // Whether they were asked here, and what steps back for them (layout.js), goes as well.
    try { localStorage.removeItem(`layout.${owner}`); } catch { /* the browser keeps nothing */ }
    addEventListener("pagehide", () => tabs?.postMessage(owner), { once: true });
  });
  tabs?.addEventListener("message", (event) => {
    if (event.data === owner || offline !== undefined) location.replace("/");
  });
  // A browser may keep pages to go back to, without asking whether anybody is still let in.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
