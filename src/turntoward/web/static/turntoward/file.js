// Dropping a file works like choosing it; a chosen file is named before it is sent.
"use strict";
const drop = document.querySelector("#drop");
const input = drop && drop.querySelector("input");
if (input) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }
  document.querySelector("#bring").addEventListener("submit", (event) => {
    const button = event.target.querySelector("button");
    button.textContent = "Bringing it in…";
    button.setAttribute("aria-busy", "true");
  });
}
