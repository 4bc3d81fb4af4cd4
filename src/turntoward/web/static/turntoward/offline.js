// Without a network: the forms of whoever was last here, and back to the page once it can be had.
"use strict";
(async () => {
  const EVERY_MS = 10000;
  const queue = self.turntowardOutbox;
  const { token } = document.querySelector("#outbox").dataset;
  const again = document.querySelector("[data-back]");
  const written = () => [...document.querySelectorAll("textarea")].some((field) => field.value);

  async function back() {
    if (document.visibilityState !== "visible" || written()) return;
    if (!await queue.answers(token)) return;
    const me = await queue.known("me");
    // What waits is sent first.
    if (me && (await queue.state(me.owner)).waits) document.dispatchEvent(new CustomEvent("outbox:look"));
    else location.replace(again.href);
  }

  if (location.pathname !== again.dataset.back) again.href = location.href;
  const me = await queue.known("me").catch(() => null);
  document.querySelector(me ? "#forms" : "#nobody").hidden = false;
  const name = me && await queue.nameOf(me).catch(() => "");
  if (name) {
    const whose = document.querySelector("#whose");
    whose.textContent = whose.dataset.words.replace("{name}", () => name);
    whose.hidden = false;
  }
  const after = await queue.known("after").catch(() => null);
  if (me && after && after.owner === me.owner && after.until > Date.now()) {
    const section = document.querySelector("#after-sitting");
    section.querySelector("form").setAttribute("action", after.action);
    section.hidden = false;
  }
  document.addEventListener("outbox:sent", back);
  addEventListener("online", back);
  document.addEventListener("visibilitychange", back);
  setInterval(back, EVERY_MS);
})();
