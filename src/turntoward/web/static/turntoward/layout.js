// What of the pages this browser shows to whoever is signed in, before the first paint. What it keeps
// is one word: "full", or "calm" where things for two step back. No word: not asked yet.
"use strict";
(() => {
  const owner = document.currentScript.dataset.for;
  const name = `layout.${owner}`;
  const root = document.documentElement;
  let here = ""; // of this page, where nobody is signed in or the browser keeps nothing

  function read() {
    try { return owner && localStorage.getItem(name) || here; } catch { return here; }
  }

  function keep(layout) {
    here = "";
    try {
      if (!owner) here = layout;
      else if (layout) localStorage.setItem(name, layout);
      else localStorage.removeItem(name);
    } catch { here = layout; }
  }

  function show() {
    const layout = read();
    root.toggleAttribute("data-alone", layout === "calm");
    root.toggleAttribute("data-unasked", !layout);
    root.toggleAttribute("data-asked", Boolean(layout));
  }

  self.turntowardLayout = { keep, show };
  addEventListener("storage", (event) => { if (event.key === name || event.key === null) show(); });
  show();
})();
