// When the invented couple is there, ask whether this phone reaches them, and go.
"use strict";
{
  const TRIES = 8;
  let tried = 0;

  const look = async () => {
    const link = document.querySelector("[data-visit]");
    if (link) {
      try {
        await fetch(link.dataset.visit, { mode: "no-cors", cache: "no-store", credentials: "omit" });
        // In its place: going back from there leads to where one came from, not to waiting.
        location.replace(link.dataset.visit);
        return;
      } catch {
        tried += 1;
      }
      if (tried >= TRIES) {
        document.querySelector("[data-unreached]").hidden = false;
        return;
      }
    }
    setTimeout(look, 500);
  };
  look();
}
