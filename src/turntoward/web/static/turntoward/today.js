// Today stays fresh while it is looked at, goes on at the next thing, and loses nothing typed.
"use strict";
(() => {
  const EVERY_MS = 60000;
  const today = () => document.querySelector("#today");
  const owner = (page) => page.querySelector("#outbox")?.dataset.owner;
  const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const lines = () => [...document.querySelectorAll("#today .settled > li")];
  let before = lines().map(plain);
  let asking = false;

  // A page that is being written on, or that somebody reads folded out, stays as it is.
  function busy() {
    const box = today();
    if (!box || box.hasAttribute("data-keep") || box.querySelector("details[open]")) return true;
    if (box.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
    return [...box.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  }

  async function refresh() {
    if (asking || document.visibilityState !== "visible" || busy()) return;
    asking = true;
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html", "Turntoward-By-Itself": "1" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#today");
      // This browser was let out meanwhile, or it is another's by now.
      if (!fresh || owner(page) !== owner(document)) { window.location.reload(); return; }
      if (busy() || plain(fresh) === plain(today())) return;
      const held = today().contains(document.activeElement);
      today().replaceWith(fresh);
      if (window.htmx) window.htmx.process(fresh);
      settle(held);
    } catch { /* offline: what is shown stays, and the next look tries again */ } finally {
      asking = false;
    }
  }

  // Go on from the next open thing where the keyboard was here; with it, lines that are new are read.
  function settle(held) {
    const fresh = lines().filter((line) => !before.includes(plain(line)));
    before = lines().map(plain);
    const next = [...document.querySelectorAll("#today [data-next]")].find((each) => each.getClientRects().length);
    if (!held || !next) return;
    if (fresh.length) next.setAttribute("aria-describedby", fresh.map((line) => line.id).join(" "));
    next.focus({ preventScroll: true });
  }

  function unsent(is) {
    const note = document.querySelector("#unsent");
    if (note) note.hidden = !is;
  }

  // An answer without Today (an error, or the page to enter) takes nothing from the page.
  document.addEventListener("htmx:before:swap", (event) => {
    const { select, text } = event.detail.ctx;
    if (select !== "#today" || text.includes('id="today"')) return;
    event.preventDefault();
    unsent(true);
  });
  document.addEventListener("htmx:after:swap", () => { unsent(false); settle(true); });
  document.addEventListener("htmx:error", () => unsent(true));
  document.addEventListener("visibilitychange", refresh);
  window.addEventListener("focus", refresh);
  setInterval(refresh, EVERY_MS);
})();
