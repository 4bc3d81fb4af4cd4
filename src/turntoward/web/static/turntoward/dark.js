// The phone grows dark when nobody touches it, so that the two look at each other. While one listens
// it shows no buttons either; a touch or a key brings back light and buttons. Nothing is taken out
// of the page: keyboards and screen readers reach every button at all times.
"use strict";
(() => {
  const WAKES_MS = 400; // the touch that brings the light back presses nothing
  const body = document.body;
  let seconds = 0;
  let stage = "";
  let timer = 0;

  function wait() {
    clearTimeout(timer);
    if (seconds > 0) timer = setTimeout(growDark, seconds * 1000);
  }

  function growDark() {
    body.classList.add("dims");
    body.classList.remove("lit");
  }

  function light() {
    const { classList } = body;
    if (!classList.contains("lit") && (classList.contains("dims") || classList.contains("quiets"))) {
      classList.add("waking");
      setTimeout(() => classList.remove("waking"), WAKES_MS);
    }
    classList.add("lit");
    body.classList.remove("dims");
    wait();
  }

  document.addEventListener("sitting", (event) => {
    const { stage: next, dims, quiet, running } = event.detail;
    if (next !== stage) body.classList.remove("lit", "dims");
    if (running !== "1") body.classList.remove("dims");
    stage = next;
    seconds = Number(dims || 0);
    body.classList.toggle("quiets", quiet === "1");
    if (!seconds) body.classList.remove("dims");
    wait();
  });
  document.addEventListener("pointerdown", light);
  document.addEventListener("keydown", light);
})();
