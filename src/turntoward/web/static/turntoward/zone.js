// Offer this phone's own time zone instead of a guess, as one line that can be changed.
"use strict";
{
  const line = document.querySelector("[data-zone]");
  const typed = line && line.querySelector("input");
  if (typed) {
    const shown = line.querySelector("[data-zone-shown]");
    const show = () => { shown.textContent = typed.value; };
    if (!("said" in line.dataset)) {
      typed.value = Intl.DateTimeFormat().resolvedOptions().timeZone || typed.value;
    }
    line.open = Boolean(line.querySelector(".problem"));
    typed.addEventListener("input", show);
    show();
  }
}
