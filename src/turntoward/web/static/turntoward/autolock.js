// Two minutes after the last touch, private words leave the page, as the server locks them then.
// What was being typed is held here, unseen, until the passphrase is typed on this page.
"use strict";
(() => {
  const LOOKS_MS = 1000; // timers stand still while a phone sleeps; the clock does not
  const after_ms = Number(document.currentScript.dataset.after) * 1000;
  const line = document.querySelector("#locked-words");
  let touched = Date.now();
  let held = []; // parts with something typed, each with its place

  const is_locked = () => document.querySelector("#locked") !== null;
  const is_over = () => Date.now() - touched >= after_ms;
  // Typed since, or before: a form that came back with what it could not keep is `data-unsaved`.
  const is_typed = (part) => part.matches("[data-unsaved]") || [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);

  function look() {
    if (is_over() && document.querySelector("[data-private]")) lock();
  }

  function lock() {
    const parts = [...document.querySelectorAll("[data-private]")];
    if (!is_locked()) say(parts[0]);
    for (const part of parts) {
      const place = document.createComment("");
      part.replaceWith(place);
      if (is_typed(part)) held.push([place, part]);
    }
    keep(held.length > 0);
  }

  // Beside the first of them; within a line of text there is no room.
  function say(first) {
    const box = line.content.cloneNode(true).firstElementChild;
    (first.closest("form, p, ul, .row, .sheet") || first).before(box);
    box.querySelector("form").addEventListener("submit", open);
  }

  // Today does not bring itself anew over what is held (today.js).
  function keep(is) {
    const today = document.querySelector("#today");
    if (today && (is || today.dataset.keep === "held")) {
      if (is && !today.hasAttribute("data-keep")) today.dataset.keep = "held";
      else if (!is) today.removeAttribute("data-keep");
    }
  }

  // With nothing held the form goes its own way, and brings this page anew.
  async function open(event) {
    if (!held.length) return;
    event.preventDefault();
    const form = event.target;
    const body = new URLSearchParams(new FormData(form));
    body.set("stay", "1"); // else what fits leads on, and so does what nobody is signed in for any more
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    const fits = answer !== null && answer.status === 204;
    form.querySelector(".problem").hidden = fits;
    if (fits) put_back();
  }

  function put_back() {
    for (const [place, part] of held) place.replaceWith(part);
    held[0][1].querySelector("textarea").focus();
    held = [];
    keep(false);
    document.querySelector("#locked").remove();
    touched = Date.now();
  }

  function touch() {
    if (is_over()) look(); // it was time while the phone slept
    else touched = Date.now();
  }

  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    document.addEventListener(kind, touch, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  setInterval(look, LOOKS_MS);
})();
