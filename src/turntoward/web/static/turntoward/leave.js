// Leaving puts the other page in the place of this one, so that going back does not show it.
"use strict";
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
