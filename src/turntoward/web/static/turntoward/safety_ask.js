// The questions for one alone. All that may be said stands in the page already: whatever is answered,
// nothing is asked for, nothing is sent, and what is shown takes the same room.
"use strict";
(() => {
  const ask = document.querySelector("#ask");
  const layout = self.turntowardLayout;
  if (!ask || !layout) return;
  const parts = [...ask.querySelectorAll("[data-part]")];
  const apart = ask.hasAttribute("data-needs-script"); // its own page, and not before something else
  ask.hidden = false;

  function turn(to, held = true) {
    for (const part of parts) part.hidden = part.dataset.part !== to;
    if (held) focus(parts.find((part) => !part.hidden).querySelector("h1, h2"));
  }

  function focus(title) {
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "nearest" });
  }

  // Whatever stood there is gone: also from what a browser keeps of a page to go back to.
  function empty() {
    for (const each of ask.querySelectorAll("input")) each.checked = false;
    for (const each of ask.querySelectorAll("[data-said]")) each.removeAttribute("data-shown");
  }

  function done() {
    const questions = [...ask.querySelectorAll("fieldset")];
    const answers = questions.map((each) => each.querySelector(":checked")?.value ?? null);
    const means = self.turntowardJudge(answers);
    empty();
    ask.querySelector(`[data-said="${means}"]`).toggleAttribute("data-shown", true);
    layout.keep(means);
    turn("reaction");
    if (apart) layout.show();
  }

  function goOn() {
    layout.show();
    empty();
    const next = [...document.querySelectorAll("main h1")].find((each) => each.getClientRects().length);
    if (next) { next.tabIndex = -1; focus(next); }
  }

  function tell(which) {
    const told = document.querySelector("#told");
    if (!told) return;
    told.textContent = told.dataset[which];
    told.hidden = false;
  }

  const does = {
    begin: () => turn("questions"),
    done,
    again: () => { empty(); turn("questions"); },
    later: () => { document.documentElement.removeAttribute("data-unasked"); goOnLater(); },
    on: goOn,
    show: () => { layout.keep("full"); layout.show(); tell("shown"); },
    forget: () => { layout.keep(""); layout.show(); empty(); turn("intro", false); tell("forgotten"); },
  };

  // Not asked is not answered: the next time, it comes first again.
  function goOnLater() {
    const title = document.querySelector("#now #title");
    if (title) { title.tabIndex = -1; focus(title); }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) does[button.dataset.do]?.();
  });
  addEventListener("pagehide", () => { empty(); turn("intro", false); });

  // The country of the browser's language comes first.
  const region = (() => { try { return new Intl.Locale(navigator.language).region; } catch { return ""; } })();
  for (const lines of region ? document.querySelectorAll(".lines") : []) {
    const own = lines.querySelector(`[data-country="${region}"]`);
    lines.prepend(own || lines.querySelector("[data-elsewhere]"));
    if (own) own.open = true;
  }
})();
