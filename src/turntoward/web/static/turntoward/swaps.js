// A part of the page is put in the place of another: only where it is the same person's; what is
// being typed beside it stays, and the keyboard goes on where it was.
"use strict";
(() => {
  const owner = document.querySelector("#outbox")?.dataset.owner || "";
  const typed = new Map(); // words by the id of their field, until it stands on the page again

  // Who has entered in this browser since this page was loaded gets a page of their own.
  function isAnothers(html) {
    const other = new DOMParser().parseFromString(html, "text/html").querySelector("#outbox");
    return Boolean(owner && other && other.dataset.owner !== owner);
  }

  // What was sent with its form is in the answer.
  function remember(sent) {
    for (const field of document.querySelectorAll("textarea[id]")) {
      if (field.form !== sent && field.value !== field.defaultValue) typed.set(field.id, field.value);
      else typed.delete(field.id);
    }
  }

  function putBack() {
    for (const [id, words] of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      typed.delete(id);
      if (field.value === words) continue;
      field.value = words;
      const fold = field.closest("details");
      if (fold) fold.open = true;
    }
  }

  // What was pressed is gone with its part: on to what stands for it, so that the answer is read.
  function goOn(part) {
    if (!part || document.activeElement && document.activeElement !== document.body) return;
    const pressed = part.querySelector("[aria-pressed=true]");
    if (pressed) pressed.focus({ preventScroll: true });
    if (pressed && document.activeElement === pressed) return; // it may lie folded away
    const title = part.querySelector("h1, h2");
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:before:swap", (event) => {
    const { sourceElement, text } = event.detail.ctx;
    if (isAnothers(text || "")) { event.preventDefault(); location.reload(); return; }
    remember(sourceElement);
  });
  // After the scripts of the page itself, which may know better where to go on.
  document.addEventListener("htmx:finally:swap", (event) => {
    const { select } = event.detail.ctx;
    putBack();
    goOn(select && document.querySelector(select));
  });
})();
