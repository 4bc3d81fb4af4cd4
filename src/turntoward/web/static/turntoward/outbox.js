// Forms with `data-outbox`: what is tapped is kept on this phone first, and then sent once. Where
// that cannot be (no HTTPS, no storage), the form posts as it always did.
"use strict";
(() => {
  const queue = self.turntowardOutbox;
  const EVERY_MS = 30000;
  const SLOW_MS = 3000;
  const SENT_MS = 4000;
  const LAST_TRY_MS = 1500;
  const LEAVING_MS = 2500; // who leaves is not held up by a storage that does not answer
  const line = () => document.querySelector("#outbox");
  const path = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
  if (!line() || !queue || !isSecureContext || !self.indexedDB || !crypto.subtle) return;

  const { token: tokens, enter, leave } = line().dataset;
  // Of this page as it was loaded, for its owner. What is put into it later may be another's.
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const direct = new WeakSet(); // forms that go their own way this once
  const flying = new Set();
  let owner = line().dataset.owner;
  let showed = "";
  let said = "";

  const uuid = () => (crypto.randomUUID ? crypto.randomUUID()
    : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16)));
  const soon = (work, ms) => Promise.race([work, new Promise((_, reject) => { setTimeout(reject, ms); })]);

  // One calm line. The words stand in the page, in its language.
  function say(which, count = 0, more = "") {
    const words = line().dataset;
    showed = which;
    // Said again, it would be read aloud again, and take the keyboard from its buttons.
    const now = [which, count, more].join();
    if (now === said) return;
    said = now;
    line().replaceChildren();
    if (!which) return;
    const text = document.createElement("p");
    const says = which === "enter" ? words.enterFirst : words[which];
    text.textContent = which === "word" ? more : says.replace("{n}", count);
    line().append(text);
    if (which === "enter" && enter !== location.pathname) line().append(way("a", words.enterNow, { href: enter, className: "button" }));
    if (which === "asks") line().append(way("button", words.see, {}, see), way("button", words.letGo, { className: "quiet" }, letGoFirst));
  }

  function way(kind, words, properties, done) {
    const made = Object.assign(document.createElement(kind), { textContent: words }, properties);
    if (done) made.addEventListener("click", done);
    return made;
  }

  async function settle(stopped) {
    const { waits, asks } = await queue.state(owner);
    if (asks) say("asks");
    else if (waits && stopped === "enter") say("enter");
    else if (waits && showed !== "kept") say(waits === 1 ? "one" : "many", waits);
    else if (!waits && showed && showed !== "word" && showed !== "sent") sent();
    return waits;
  }

  function sent() {
    say("sent");
    setTimeout(() => { if (showed === "sent") say(""); }, SENT_MS);
  }

  // What waited is sent, and the page shows what came of it unless somebody writes on it.
  const look = () => looked().catch(() => {}); // the next look may find the storage again

  async function looked() {
    if (!owner || flying.size) return;
    if (await queue.prune(owner)) say("word", 0, line().dataset.stale);
    if (!(await queue.state(owner)).waits) { await settle(""); return; }
    const told = await queue.drain(owner, { token });
    const waits = await settle(told.stopped);
    for (const answer of told.answers) speak(answer);
    if (told.answers.length && !waits) refresh(told.answers.at(-1));
  }

  // A background answer that is no plain "done" has something to say: its own words are shown.
  function speak(answer) {
    if (answer.means === "gone") { say("gone"); return; }
    if (answer.redirected) return;
    const problem = parsed(answer.html).querySelector(".problem, [role=alert]:not([hidden]), .note[role=status]");
    if (problem) say("word", 0, problem.textContent.trim());
  }

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  function refresh(answer) {
    if (showed !== "word" && showed !== "gone") document.dispatchEvent(new CustomEvent("outbox:sent"));
    const form = document.querySelector("form[data-outbox][hx-target][hx-select]");
    const target = form && document.querySelector(form.getAttribute("hx-target"));
    if (!target || target.contains(document.activeElement) && document.activeElement.matches("input, textarea")) return;
    if ([...target.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue)) return;
    if (new URL(answer.url).pathname === location.pathname) swap(form, answer);
  }

  async function take(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    data.delete("csrfmiddlewaretoken");
    const fields = [...data].map(([name, value]) => [name, String(value)]);
    const entry = { tap: uuid(), at: new Date().toISOString(), action: path(form), fields };
    const same = JSON.stringify([entry.action, fields]);
    if (flying.has(same)) return; // a double tap
    flying.add(same);
    try {
      if (await kept(entry)) await send(form, button, entry);
      else await without(form, button);
    } finally {
      flying.delete(same);
    }
  }

  async function kept(entry) {
    try {
      await known.catch(() => {});
      if (!await queue.known("me")) return false; // left in another tab: nothing is kept any more
      await queue.put(owner, entry);
      return true;
    } catch { return false; }
  }

  // It goes its own way, unless all that was typed would be lost on it.
  async function without(form, button) {
    if ("offline" in line().dataset || !await queue.answers(tokens)) { say("unkept"); return; }
    direct.add(form);
    form.requestSubmit(button);
  }

  async function send(form, button, entry) {
    const slow = setTimeout(() => say("kept"), SLOW_MS);
    let told = { stopped: "away" };
    try {
      told = await queue.drain(owner, { mine: entry.tap, token });
      if ((await queue.known("after"))?.action === entry.action) await queue.forget("after");
    } catch { /* the storage went after it was kept */ } finally {
      clearTimeout(slow);
    }
    if (told.mine) await arrived(form, told.mine);
    else if (told.stopped) await held(form, button, told.stopped);
    else location.reload(); // another tab sent it
  }

  // It waits: the tap shows as taken, and a line says where it is.
  async function held(form, button, stopped) {
    for (const other of form.querySelectorAll("button.sky")) other.classList.toggle("chosen", other === button);
    say(stopped === "enter" ? "enter" : "kept");
    form.reset(); // what was typed is in the outbox by now
    const worker = await navigator.serviceWorker?.getRegistration();
    worker?.sync?.register("outbox").catch(() => {});
  }

  async function arrived(form, answer) {
    if (answer.means === "gone") { say("gone"); return; }
    if (answer.means === "ill") { await settle(""); return; }
    if (showed) say("");
    if (!swap(form, answer)) {
      if (answer.redirected && answer.means === "sent") { location.assign(answer.url); return; }
      replace(answer.html);
    }
    if (answer.means === "asks") await queue.letGo(answer.id);
  }

  // As htmx does it with this form; false where it does not, or the answer is another page.
  function swap(form, answer) {
    const [target, select, style] = ["hx-target", "hx-select", "hx-swap"].map((name) => form.getAttribute(name));
    if (!window.htmx || !target || !select || !parsed(answer.html).querySelector(select)) return false;
    window.htmx.swap({ sourceElement: form, text: answer.html, target, select, swap: style || "outerHTML" });
    return true;
  }

  // The page that came back in the place of this one, with what was typed.
  function replace(html) {
    const page = parsed(html);
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (window.htmx) window.htmx.process(document.querySelector("main"));
    showed = said = "";
    scrollTo(0, 0);
    const next = document.querySelector("main [role=alert]:not([hidden]), main h1");
    if (next) { next.tabIndex = -1; next.focus({ preventScroll: true }); }
  }

  async function see() {
    const entry = await queue.firstThatAsks(owner);
    if (!entry) { await settle(""); return; }
    const told = await queue.drain(owner, { mine: entry.tap });
    if (!told.mine || told.mine.means === "ill") { say("kept"); return; }
    if (told.mine.means === "sent") { location.assign(told.mine.url); return; }
    replace(told.mine.html);
    await queue.letGo(told.mine.id);
  }

  async function letGoFirst() {
    const entry = await queue.firstThatAsks(owner);
    if (entry) await queue.letGo(entry.record.id);
    say("");
    await settle("");
  }

  // Leaving on this phone (and what has `data-empties`) empties it, after one warning where
  // something was not sent yet.
  async function goOut(form, button) {
    if (flying.has(form)) return;
    flying.add(form);
    try {
      if (showed !== "leaving" && await soon(unsent(), LEAVING_MS).catch(() => 0)) { say("leaving"); return; }
      const others = await soon(queue.empty(owner), LEAVING_MS).catch(() => false);
      // What the other of you has waiting here is then not taken with the rest.
      if (others) form.append(way("input", "", { type: "hidden", name: "others_wait", value: "1" }));
    } finally {
      flying.delete(form);
    }
    direct.add(form);
    form.requestSubmit(button);
  }

  // How much is not sent, after one more try.
  async function unsent() {
    if ((await queue.state(owner)).waits) await soon(queue.drain(owner, { token }), LAST_TRY_MS).catch(() => {});
    const { waits, asks } = await queue.state(owner);
    return waits + asks;
  }

  // Where a tap after the ten minutes would go: the offline page asks for it, for some hours.
  async function remember() {
    const form = document.querySelector("template#over")?.content.querySelector("form[data-outbox]")
      || document.querySelector("#after form[data-outbox]");
    const pressed = form && form.querySelector("[aria-pressed=true]");
    if (form && owner && !pressed && await queue.known("me")) await queue.know("after", { owner, action: path(form), until: Date.now() + 12 * 3600 * 1000 });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const leaves = form.matches("[data-empties]") || path(form) === leave;
    const does = form.matches("[data-outbox]") ? take : leaves ? goOut : null;
    if (!does || direct.delete(form) || line().dataset.owner === "" && !("offline" in line().dataset)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // htmx does not send it as well
    does(form, event.submitter);
  }, true);

  const known = (async () => {
    if (owner) await queue.here({ owner, token: tokens, enter }, line().dataset.name);
    else if ("offline" in line().dataset) owner = (await queue.known("me"))?.owner || "";
    await remember();
  })();
  known.then(look, () => {});
  document.addEventListener("sitting", () => remember().catch(() => {}));
  document.addEventListener("outbox:look", look);
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
  setInterval(look, EVERY_MS);
})();
