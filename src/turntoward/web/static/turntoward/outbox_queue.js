// What was tapped waits here until the companion has it: encrypted, in order, sent by one tab at a
// time. No page is needed for it, so the service worker sends with it too.
"use strict";
(() => {
  const DAYS_MS = 7 * 24 * 3600 * 1000; // the server takes what is older as tapped when it comes
  const ANSWER_MS = 10000;
  const TRIES = 8; // answers that the server broke on, until what waits behind goes first
  const OPEN_MS = 2000; // a browser that does not even open its storage is not waited for
  const AWAY = [502, 503, 504]; // a proxy answers, and the companion behind it is stopped
  let opened = null;

  function database() {
    opened ||= new Promise((resolve, reject) => {
      const asked = indexedDB.open("outbox", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
        asked.result.createObjectStore("known");
      };
      asked.onsuccess = () => {
        asked.result.onclose = () => { opened = null; };
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
      setTimeout(() => reject(new Error("storage")), OPEN_MS);
    });
    return opened;
  }

  // Browsers drop the storage of a page that was long in the background: then it is opened anew, once.
  async function within(store, mode, step) {
    const used = database();
    try {
      return await once(used, store, mode, step);
    } catch {
      if (opened === used) opened = null;
      used.then((dropped) => dropped.close(), () => {});
      return once(database(), store, mode, step);
    }
  }

  // One step in one store; on the disk when it is done.
  async function once(open, store, mode, step) {
    const transaction = (await open).transaction(store, mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      const request = step(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
  const known = (name) => within("known", "readonly", (store) => store.get(name));
  const know = (name, what) => within("known", "readwrite", (store) => store.put(what, name));
  const forget = (name) => within("known", "readwrite", (store) => store.delete(name));
  const all = () => within("waiting", "readonly", (store) => store.getAll());
  const letGo = (id) => within("waiting", "readwrite", (store) => store.delete(id));
  // What was emptied meanwhile does not come back.
  const keep = (record) => within("waiting", "readwrite", (store) => {
    store.get(record.id).onsuccess = (event) => { if (event.target.result) store.put(record); };
  });

  // The key never leaves the browser's own keeping: a script can use it, and cannot read it.
  async function key() {
    const there = await known("key");
    if (there) return there;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Another tab may have been first: then its key is the one.
    await within("known", "readwrite", (store) => store.add(made, "key")).catch(() => {});
    return known("key");
  }
  const bytes = (text) => new TextEncoder().encode(text);
  const cipher = (iv, owner) => ({ name: "AES-GCM", iv, additionalData: bytes(owner) });

  async function seal(owner, text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, sealed: await crypto.subtle.encrypt(cipher(iv, owner), await key(), bytes(text)) };
  }

  async function plain({ owner, iv, sealed }, secret) {
    return new TextDecoder().decode(await crypto.subtle.decrypt(cipher(iv, owner), secret, sealed));
  }

  // Who is here in this browser, with the addresses to send to; the name is for no eyes but theirs.
  async function here(me, name) {
    await know("me", { ...me, ...await seal(me.owner, name) });
  }
  const nameOf = async (me) => (me.sealed ? plain(me, await key()).catch(() => "") : "");

  // What is to be sent: {tap, at, action, fields}; `owner` says whose it is.
  async function put(owner, entry) {
    const locked = await seal(owner, JSON.stringify(entry));
    await within("waiting", "readwrite", (store) => store.add({ owner, made: Date.now(), tries: 0, asks: false, ...locked }));
  }

  async function unsealed(record, secret) {
    try {
      return { record, ...JSON.parse(await plain(record, secret)) };
    } catch {
      await letGo(record.id); // its key is gone: nobody can read it any more
      return null;
    }
  }

  async function waiting(owner) {
    const mine = (await all()).filter((record) => record.owner === owner);
    if (!mine.length) return []; // and no key is made for it
    const secret = await key();
    return (await Promise.all(mine.map((record) => unsealed(record, secret)))).filter(Boolean);
  }

  async function state(owner) {
    const mine = (await all()).filter((record) => record.owner === owner);
    return { waits: mine.filter((record) => !record.asks).length, asks: mine.filter((record) => record.asks).length };
  }

  // True where something of this owner's was too old to be sent.
  async function prune(owner) {
    const old = (await all()).filter((record) => Date.now() - record.made > DAYS_MS);
    for (const record of old) await letGo(record.id);
    return old.some((record) => record.owner === owner);
  }

  // True where something of another's is left.
  async function empty(owner) {
    for (const record of await all()) if (record.owner === owner) await letGo(record.id);
    for (const name of ["me", "after"]) await forget(name);
    const left = (await all()).length > 0;
    if (!left) await forget("key");
    return left;
  }

  const within_ms = () => (AbortSignal.timeout ? AbortSignal.timeout(ANSWER_MS) : undefined);
  const common = () => ({ credentials: "same-origin", mode: "same-origin", cache: "no-store", signal: within_ms() });

  // Whether the companion itself answers, whatever it says.
  async function answers(address) {
    const answer = await fetch(address, { ...common(), redirect: "manual" }).catch(() => null);
    return Boolean(answer) && !AWAY.includes(answer.status);
  }

  // Whose taps this browser may send now, and the token of its forms; null where nobody is let in.
  async function pass(me) {
    const answer = await fetch(me.token, { ...common(), redirect: "manual" });
    if (answer.type === "opaqueredirect") return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function post(entry, token) {
    const body = new URLSearchParams(entry.fields);
    body.set("tap", entry.tap);
    body.set("at", entry.at);
    body.set("sent", new Date().toISOString()); // by the same clock, which may be wrong
    body.set("csrfmiddlewaretoken", token);
    // As htmx says it: what was passed by on the page stays so in the answer.
    const headers = { Accept: "text/html", "HX-Current-URL": location.href, "Turntoward-By-Itself": "1" };
    const answer = await fetch(entry.action, { ...common(), method: "POST", body, headers });
    if (AWAY.includes(answer.status)) throw new Error(String(answer.status));
    return { status: answer.status, url: answer.url, redirected: answer.redirected, html: await answer.text() };
  }

  // "sent", "asks" (the form came back), "gone" (there is no such thing), "enter" or "ill".
  function meaning(answer, me) {
    if (new URL(answer.url).pathname === me.enter) return "enter";
    if (answer.status < 400) return "sent";
    if (answer.status === 422) return "asks";
    return answer.status >= 500 || [403, 408, 425, 429].includes(answer.status) ? "ill" : "gone";
  }

  // Send one: the page's own token first; where that is old, or another's, a fresh one.
  async function send(entry, me, hold) {
    for (let fresh = !hold.pass; ; fresh = true) {
      if (fresh) hold.pass = await pass(me);
      if (!hold.pass || hold.pass.owner !== entry.record.owner) return { means: "enter" };
      const answer = await post(entry, hold.pass.token);
      if (answer.status !== 403 || fresh) return { ...answer, means: meaning(answer, me) };
    }
  }

  const alone = (work) => (navigator.locks ? navigator.locks.request("outbox", work) : work());

  // Send what waits for `owner`, in its order, until something stands in the way ("away", "enter",
  // "ill") or all is sent (""). `mine` is the tap whose own answer is asked for; `token` the page's.
  function drain(owner, { mine = "", token = "" } = {}) {
    return alone(async () => {
      const told = { stopped: "", mine: null, answers: [] };
      const me = await known("me");
      if (!me) return told;
      const hold = { pass: token ? { owner, token } : null };
      for (const entry of await waiting(owner)) {
        if (entry.record.asks && entry.tap !== mine) continue;
        const answer = await send(entry, me, hold).catch(() => ({ means: "away" }));
        if (answer.means === "away" || answer.means === "enter") return { ...told, stopped: answer.means };
        if (answer.means === "ill" && entry.record.tries + 1 < TRIES) {
          await keep({ ...entry.record, tries: entry.record.tries + 1 });
          return { ...told, stopped: "ill" };
        }
        const asks = answer.means === "asks" || answer.means === "ill";
        // What came back with words in it is let go only once it was shown.
        if (asks) await keep({ ...entry.record, asks: true }); else await letGo(entry.record.id);
        if (entry.tap === mine) told.mine = { ...answer, id: entry.record.id };
        else if (!asks) told.answers.push(answer);
      }
      return told;
    });
  }

  async function firstThatAsks(owner) {
    return (await waiting(owner)).find((entry) => entry.record.asks) || null;
  }

  self.turntowardOutbox = {
    answers, drain, empty, firstThatAsks, forget, here, know, known, letGo, nameOf, prune, put, state,
  };
})();
