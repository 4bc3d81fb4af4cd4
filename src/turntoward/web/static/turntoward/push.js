// Notifications of this browser: switched on and off here, and said in the page's own words.
"use strict";
{
  const box = document.querySelector("[data-push]");
  if (box) {
    const on = box.querySelector("[data-push-on]");
    const off = box.querySelector("[data-push-off]");
    const words = box.querySelector("[data-push-says]");

    const say = (text) => { words.textContent = text || ""; };
    const show = (subscribed) => {
      on.hidden = subscribed;
      off.hidden = !subscribed;
      say(subscribed ? box.dataset.onWords : "");
    };

    const bytes = (text) => {
      const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
      return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    };

    async function worker() {
      await navigator.serviceWorker.register("/sw.js");
      return navigator.serviceWorker.ready;
    }

    async function current() {
      const registration = await navigator.serviceWorker.getRegistration("/");
      return registration ? registration.pushManager.getSubscription() : null;
    }

    function tell(address, subscription, more = {}) {
      const said = new URLSearchParams(new FormData(box));
      const { endpoint, keys } = subscription.toJSON();
      for (const [name, value] of Object.entries({ endpoint, ...keys, ...more })) said.set(name, value);
      return fetch(address, { method: "POST", body: said });
    }

    async function subscribe() {
      const registration = await worker();
      const old = await registration.pushManager.getSubscription();
      if (old) await old.unsubscribe();
      const subscription = await registration.pushManager.subscribe({
        userVisibleOnly: true, applicationServerKey: bytes(box.dataset.push),
      });
      const answer = await tell(box.action, subscription);
      if (!answer.ok) { await subscription.unsubscribe(); throw new Error("refused"); }
      show(true);
    }

    async function unsubscribe() {
      const subscription = await current();
      if (subscription) {
        const answer = await tell(box.dataset.off, subscription);
        if (!answer.ok) throw new Error("refused");
        await subscription.unsubscribe();
      }
      show(false);
    }

    async function tried(what) {
      on.disabled = off.disabled = true;
      try { await what(); } catch {
        say(Notification.permission === "denied" ? box.dataset.deniedWords : box.dataset.wrongWords);
      }
      on.disabled = off.disabled = false;
      // The keyboard goes on at the button that stands there now.
      (on.hidden ? off : on).focus();
    }

    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
      say(box.dataset.noneWords);
    } else {
      say("");
      on.addEventListener("click", () => tried(subscribe));
      off.addEventListener("click", () => tried(unsubscribe));
      // Whoever else entered in this browser before is not to be mistaken for who is here now.
      current()
        .then((subscription) => subscription && tell(box.action, subscription, { known: "1" }))
        .then((answer) => show(Boolean(answer && answer.ok)), () => show(false));
    }
  }
}
