// An account with little typing: the name to enter with is proposed, and a passphrase can be taken.
"use strict";
{
  const name = document.querySelector("#id_name");
  const handle = document.querySelector("#id_handle");
  const passphrase = document.querySelector("#id_passphrase");
  const toggle = document.querySelector("[data-show]");
  const take = document.querySelector("[data-take]");

  // As the server takes it: small letters and digits, without marks and spaces.
  const simple = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^\p{L}\p{N}_.-]/gu, "").slice(0, 40);

  if (name && handle && !handle.value) {
    let own = false;
    const propose = () => {
      const proposed = simple(name.value);
      if (!own) handle.value = proposed.length < 2 ? "" : proposed;
    };
    handle.addEventListener("input", () => { own = true; });
    name.addEventListener("input", propose);
    propose();
  }

  const shows = (yes) => {
    if ((passphrase.type === "text") === yes) return;
    const words = toggle.textContent;
    passphrase.type = yes ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(yes));
    toggle.textContent = toggle.dataset.other;
    toggle.dataset.other = words;
  };
  if (passphrase && toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => shows(passphrase.type === "password"));
    // A browser remembers what it sent as a passphrase only from a field of that kind.
    passphrase.form.addEventListener("submit", () => shows(false));
  }
  if (passphrase && take) {
    take.hidden = false;
    take.addEventListener("click", () => {
      passphrase.value = document.querySelector("#proposed").textContent;
      shows(true);
      passphrase.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
