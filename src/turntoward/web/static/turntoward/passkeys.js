// Passkeys: the browser makes one or asks for one, and the form takes along what it said.
"use strict";
{
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const each = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ways = {
    async create(options) {
      const { user, excludeCredentials } = options;
      const made = await navigator.credentials.create({ publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...user, id: bytes(user.id) },
        excludeCredentials: each(excludeCredentials),
      } });
      const { clientDataJSON, attestationObject } = made.response;
      return { rawId: made.rawId, response: { clientDataJSON, attestationObject } };
    },
    async get(options) {
      const found = await navigator.credentials.get({ publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: each(options.allowCredentials),
      } });
      const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
      return { rawId: found.rawId, response: { clientDataJSON, authenticatorData, signature, userHandle } };
    },
  };

  const said = ({ rawId, response }) => JSON.stringify({
    rawId: text(rawId),
    response: Object.fromEntries(Object.entries(response).map(([name, part]) => [name, text(part)])),
  });

  async function ask(form) {
    const asked = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const { publicKey } = await asked.json();
    const field = form.elements.credential;
    field.value = said(await ways[form.dataset.passkey](publicKey));
    field.disabled = false;
    form.submit();
  }

  for (const form of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) break;
    form.hidden = false;
    const says = form.querySelector("[data-says]");
    const button = form.querySelector("button");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      says.hidden = button.disabled = true;
      try { await ask(form); } catch {
        says.textContent = form.dataset.wrong;
        says.hidden = button.disabled = false;
        button.focus();
      }
    });
  }
}
