// The ten minutes on this phone. The server knows where they stand; this only shows it.
"use strict";
(() => {
  const WATCHDOG_MS = 35000; // two pulses and a breath: then the stream is taken as dead
  const box = () => document.querySelector("#now");
  let source = null;
  let heard = Date.now();
  let endsAt = 0;
  let asked = false;
  let wake = null;

  function clock(seconds) {
    const whole = Math.max(0, Math.ceil(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  function draw() {
    const now = box();
    if (!now || !now.dataset.sitting) return;
    const running = now.dataset.running === "1";
    const left = running ? (endsAt - performance.now()) / 1000 : Number(now.dataset.left);
    const shown = now.querySelector("#left");
    if (shown && shown.textContent !== clock(left)) shown.textContent = clock(left);
    const ring = now.querySelector(".left");
    if (ring) ring.setAttribute("stroke-dashoffset", String(-100 * (1 - left / Number(now.dataset.length))));
    if (running && left <= 0 && !asked) refresh();
  }

  // A new fragment arrived: count down from what it says.
  function settle() {
    const now = box();
    asked = false;
    if (!now) return;
    endsAt = performance.now() + Number(now.dataset.left || 0) * 1000;
    draw();
    awake(now.dataset.running === "1");
  }

  async function refresh() {
    const now = box();
    if (!now) return;
    asked = true;
    const was = now.dataset.sitting || "";
    try {
      const answer = await fetch(`${now.dataset.now}?was=${was}`, { headers: { "HX-Request": "true" } });
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) { window.location.assign(elsewhere); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#now");
      if (Boolean(fresh.dataset.sitting) !== Boolean(was)) { window.location.reload(); return; }
      now.replaceWith(fresh);
      if (window.htmx) window.htmx.process(fresh);
      lost(false);
    } catch {
      lost(true);
      setTimeout(() => { asked = false; }, 2000);
      return;
    }
    settle();
  }

  function lost(away) {
    document.body.classList.toggle("lost", away);
  }

  function listen() {
    if (source) source.close();
    const now = box();
    if (!now) return;
    heard = Date.now();
    source = new EventSource(now.dataset.stream);
    const on = (event) => {
      heard = Date.now();
      lost(false);
      const state = JSON.parse(event.data);
      const here = box();
      const same = (here.dataset.sitting || null) === state.sitting
        && (!state.sitting || (here.dataset.stage === state.stage
          && (here.dataset.running === "1") === state.running));
      if (same) present(state.here); else refresh().then(() => present(state.here));
    };
    source.addEventListener("turn", on);
    source.addEventListener("pulse", on);
    source.addEventListener("error", () => lost(true));
  }

  function present(sides) {
    for (const side of [0, 1]) {
      const half = document.querySelector(`.half-${side}`);
      if (half && box().dataset.sitting) half.classList.toggle("here", sides.includes(side));
      const word = document.querySelector(`[data-here="${side}"]`);
      if (word) word.textContent = sides.includes(side) ? "here" : "";
    }
  }

  // Keep the screen on while the minutes run; browsers allow it only over HTTPS or on this machine.
  async function awake(wanted) {
    if (!("wakeLock" in navigator)) return;
    try {
      if (wanted && !wake && document.visibilityState === "visible") {
        wake = await navigator.wakeLock.request("screen");
        wake.addEventListener("release", () => { wake = null; });
      } else if (!wanted && wake) {
        await wake.release();
      }
    } catch { /* the phone may refuse, low on battery; the minutes go on without it */ }
  }

  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("visibilitychange", () => {
    // A phone that was locked comes back to the right second.
    if (document.visibilityState === "visible") { refresh(); listen(); }
  });
  window.addEventListener("online", () => { refresh(); listen(); });
  window.addEventListener("pagehide", () => source && source.close());
  setInterval(draw, 250);
  setInterval(() => { if (Date.now() - heard > WATCHDOG_MS) { refresh(); listen(); } }, 5000);
  settle();
  listen();
})();
