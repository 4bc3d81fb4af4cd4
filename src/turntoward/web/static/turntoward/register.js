// The service worker, where a browser has one: only over HTTPS, or on this machine itself.
"use strict";
{
  const { worker } = document.currentScript.dataset;
  if (isSecureContext && "serviceWorker" in navigator) {
    // After the page is there: what the worker keeps is no part of it.
    addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
  }
}
