// A soft chime at each change: two sine tones that fade, made here, so that there is no file to load.
// Phones let a page sound only after a touch, so it is woken by the first one, such as the tap that
// begins. The switch is remembered on this phone alone.
"use strict";
(() => {
  const KEY = "turntoward-sound";
  const TONES = [[396, 0.16], [594, 0.07]]; // Hz and loudness: a fifth, low and warm
  const FADES_S = 2.6;
  const FRESH_S = 4; // a change that is longer ago was slept through; it is not rung late
  let sound = null;
  let before = null;

  function remembered() {
    try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
  }

  let on = remembered();

  function wake() {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!on || !Sound) return;
    sound = sound || new Sound();
    // After a call or a lock an iPhone says "interrupted".
    if (sound.state !== "running") sound.resume().catch(() => {});
  }

  function ring() {
    if (!on || !sound || sound.state !== "running") return;
    const at = sound.currentTime + 0.02;
    for (const [pitch, loudness] of TONES) {
      const tone = sound.createOscillator();
      const fade = sound.createGain();
      tone.type = "sine";
      tone.frequency.value = pitch;
      fade.gain.setValueAtTime(0.0001, at);
      fade.gain.exponentialRampToValueAtTime(loudness, at + 0.04);
      fade.gain.exponentialRampToValueAtTime(0.0001, at + FADES_S);
      tone.connect(fade).connect(sound.destination);
      tone.start(at);
      tone.stop(at + FADES_S);
    }
    if (navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate(60);
  }

  function show() {
    const button = document.querySelector("#sound");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-checked", String(on));
    const word = button.querySelector("[data-on]");
    word.textContent = on ? word.dataset.on : word.dataset.off;
  }

  document.addEventListener("sitting", (event) => {
    const { sitting, stage, left, length } = event.detail;
    const fresh = stage === "over" || Number(length) - Number(left) <= FRESH_S;
    if (before !== null && stage && stage !== before && fresh) ring();
    before = stage || "";
    show();
  });
  for (const touch of ["pointerup", "click", "keydown"]) document.addEventListener(touch, wake);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#sound")) return;
    on = !on;
    try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* it holds for this page */ }
    show();
    wake();
    if (on) ring();
  });
})();
