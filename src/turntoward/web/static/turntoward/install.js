// A button that installs the app, where the browser offers that to pages; and the way that fits first.
"use strict";
{
  const button = document.querySelector("[data-install]");
  let offer = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    button.hidden = false;
  });
  button.addEventListener("click", async () => {
    offer.prompt();
    await offer.userChoice;
    button.hidden = true;
  });
  const apple = /iPhone|iPad/.test(navigator.userAgent);
  const here = apple ? "ios" : /Android/.test(navigator.userAgent) ? "android" : "desktop";
  const inside = matchMedia("(display-mode: standalone)").matches;
  for (const way of document.querySelectorAll("[data-way]")) way.open = !inside && way.dataset.way === here;
  document.querySelector("[data-installed]").hidden = !inside;
}
