// A sitting on this phone. The server knows where it stands; this only shows it, and tells the other
// scripts of this page with a "sitting" event what is on the screen now.
"use strict";
(() => {
  const WATCHDOG_MS = 45000; // two pulses and a breath: then the stream is taken as dead
  const PATIENCE_MS = 8000; // a connection that is dead after a lock says nothing: ask on another one
  const RETRY_MS = 2000;
  const FAREWELL_MS = 1800; // the last chime sounds before the page goes on
  const box = () => document.querySelector("#now");
  let source = null;
  let opening = 0;
  let heard = Date.now();
  let endsAt = 0;
  let overAt = 0;
  let asked = false;
  let away = false;
  let focused = "";
  const owner = box()?.dataset.owner; // whose page this is

  function clock(seconds) {
    const whole = Math.max(0, Math.ceil(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  function draw() {
    const now = box();
    if (!now || !now.dataset.sitting) return;
    const running = now.dataset.running === "1";
    const left = running ? (endsAt - Date.now()) / 1000 : Number(now.dataset.left);
    const shown = now.querySelector("#left");
    if (shown && shown.textContent !== clock(left)) shown.textContent = clock(left);
    const ring = now.querySelector(".left");
    const gone = 1 - Math.max(0, left) / Number(now.dataset.length);
    if (ring) ring.setAttribute("stroke-dashoffset", String(-100 * gone));
    if (running && left <= 0 && !asked) refresh();
    if (running && away && Date.now() > overAt) over(now);
  }

  // A new fragment arrived: count down from what it says.
  function settle() {
    const now = box();
    asked = false;
    if (!now) return;
    if (now.dataset.owner !== owner) { location.reload(); return; }
    endsAt = Date.now() + Number(now.dataset.left || 0) * 1000;
    overAt = Date.now() + Number(now.dataset.whole || 0) * 1000;
    const sits = Boolean(now.dataset.sitting);
    for (const each of [document.documentElement, document.body]) each.classList.toggle("evening", sits);
    draw();
    say(now.dataset.said || "");
    refocus(now);
    document.dispatchEvent(new CustomEvent("sitting", { detail: { ...now.dataset } }));
  }

  // Only whose turn it is is read aloud, never the seconds.
  function say(words) {
    const said = document.querySelector("#said");
    if (said && said.textContent !== words) said.textContent = words;
  }

  // Whoever goes by keyboard stays where they were, or comes to the title.
  function refocus(now) {
    if (!focused || document.activeElement !== document.body) return;
    const there = now.querySelector(`[id="${focused}"]`) || now.querySelector("#title");
    if (!there) return;
    if (there.id === "title") there.tabIndex = -1;
    there.focus({ preventScroll: true });
  }

  async function refresh() {
    const now = box();
    if (!now) return;
    asked = true;
    const was = now.dataset.sitting || "";
    try {
      const answer = await fetch(`${now.dataset.now}?was=${was}`, {
        headers: { "HX-Request": "true" }, signal: patience(),
      });
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) { farewell(elsewhere); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#now");
      // Neither this nor another page of the companion: a proxy speaks for it while it is away.
      if (!fresh && !page.querySelector("main#main")) throw new Error(String(answer.status));
      // Signed out on this phone, or somebody else entered: the page itself says so.
      if (fresh?.dataset.owner !== owner) { location.reload(); return; }
      now.replaceWith(fresh);
      if (window.htmx) window.htmx.process(fresh);
      lost(false);
    } catch {
      lost(true);
      setTimeout(() => { asked = false; }, RETRY_MS);
      return;
    }
    settle();
  }

  // Also in browsers that do not know AbortSignal.timeout.
  function patience() {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE_MS);
    return stop.signal;
  }

  function farewell(url) {
    document.dispatchEvent(new CustomEvent("sitting", { detail: { stage: "over" } }));
    setTimeout(() => window.location.assign(url), FAREWELL_MS);
  }

  // The time is up and there is no network: one tap can be kept on this phone all the same.
  function over(now) {
    const after = now.querySelector("#over");
    // Without the outbox a tap would be lost, so nothing is offered.
    if (!after || !window.turntowardOutbox || !window.isSecureContext) return;
    document.dispatchEvent(new CustomEvent("sitting", { detail: { stage: "over" } }));
    now.replaceChildren(after.content.cloneNode(true));
    now.dataset.running = "0";
    // What had the focus is gone.
    const title = now.querySelector("h1");
    say(title.textContent);
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }

  function lost(is) {
    away = is;
    document.body.classList.toggle("lost", is);
  }

  function listen() {
    if (source) source.close();
    const now = box();
    if (!now) return;
    heard = Date.now();
    source = new EventSource(now.dataset.stream);
    again(PATIENCE_MS);
    const on = (event) => {
      clearTimeout(opening);
      heard = Date.now();
      lost(false);
      const state = JSON.parse(event.data);
      if (shows(box(), state)) present(state.here); else refresh().then(() => present(state.here));
    };
    source.addEventListener("turn", on);
    source.addEventListener("pulse", on);
    source.addEventListener("error", (event) => {
      lost(true);
      // After an error page the browser does not try again by itself.
      if (event.target === source && source.readyState === EventSource.CLOSED) again(RETRY_MS);
    });
  }

  function again(ms) {
    clearTimeout(opening);
    opening = setTimeout(() => { refresh(); listen(); }, ms);
  }

  function shows(now, state) {
    if ((now.dataset.sitting || null) !== state.sitting) return false;
    return !state.sitting || (now.dataset.stage === state.stage
      && (now.dataset.running === "1") === state.running
      && (now.dataset.shared === "1") === state.shared);
  }

  function present(sides) {
    const now = box();
    if (!now.dataset.sitting || now.dataset.shared === "1") return;
    for (const side of [0, 1]) {
      const half = now.querySelector(`.half-${side}`);
      if (half) half.classList.toggle("here", sides.includes(side));
      const word = now.querySelector(`[data-here="${side}"]`);
      if (word) word.textContent = sides.includes(side) ? word.dataset.word : "";
    }
  }

  document.addEventListener("focusin", (event) => {
    focused = event.target.closest("#now") ? event.target.id : "";
  });
  document.addEventListener("htmx:after:swap", settle);
  // A tap that brought nothing for this page (place.js), or that did not get through.
  document.addEventListener("htmx:before:swap", (event) => { if (event.defaultPrevented) refresh(); });
  document.addEventListener("htmx:error", () => lost(true));
  document.addEventListener("visibilitychange", () => {
    // A phone that was locked comes back to the right second.
    if (document.visibilityState === "visible") { draw(); refresh(); listen(); }
  });
  window.addEventListener("online", () => { refresh(); listen(); });
  window.addEventListener("pagehide", () => source && source.close());
  setInterval(draw, 250);
  setInterval(() => { if (Date.now() - heard > WATCHDOG_MS) { refresh(); listen(); } }, 5000);
  settle();
  listen();
})();
