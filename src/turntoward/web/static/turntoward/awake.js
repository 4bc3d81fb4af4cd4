// Keep the screen on while a sitting runs; browsers allow it only over HTTPS or on this machine.
"use strict";
(() => {
  if (!("wakeLock" in navigator)) return;
  let wanted = false;
  let asking = false;
  let lock = null;

  async function keep() {
    if (asking) return;
    asking = true;
    try {
      if (wanted && !lock && document.visibilityState === "visible") {
        lock = await navigator.wakeLock.request("screen");
        // The phone takes it away when it is locked; it is asked for again when it is back.
        lock.addEventListener("release", () => { lock = null; });
      } else if (!wanted && lock) {
        await lock.release();
        lock = null;
      }
    } catch { /* the phone may refuse, low on battery; the minutes go on without it */ }
    asking = false;
  }

  document.addEventListener("sitting", (event) => {
    wanted = event.detail.running === "1";
    keep();
  });
  document.addEventListener("visibilitychange", keep);
})();
