// A long form as short steps, one on a screen. Without this it is one page, and works as well.
"use strict";
{
  const form = document.querySelector("[data-steps]");
  const steps = form ? [...form.querySelectorAll("[data-step]")] : [];
  const at = () => steps.findIndex((step) => !step.hidden);

  const show = (n, focus) => {
    steps.forEach((step, i) => { step.hidden = i !== n; });
    if (!focus) return;
    steps[n].querySelector("h2").focus({ preventScroll: true });
    scrollTo(0, 0);
  };
  // The first field of a step that does not fit yet, told to whoever types.
  const fits = (step) => [...step.querySelectorAll("input")].every((one) => {
    const folded = one.closest("details");
    if (folded && !one.checkValidity()) folded.open = true;
    return one.reportValidity();
  });
  const onward = () => {
    const n = at();
    if (!fits(steps[n])) return;
    history.pushState({ step: n + 1 }, "");
    show(n + 1, true);
  };

  if (steps.length) {
    const wrong = steps.findIndex((step) => step.querySelector(".problem"));
    form.noValidate = true;
    form.classList.add("stepping");
    form.querySelectorAll(".onward, [data-back]").forEach((one) => { one.hidden = false; });
    const first = Math.max(wrong, 0);
    show(first, false);
    history.replaceState({ step: first }, "");

    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-onward]")) onward();
      if (event.target.closest("[data-back]")) {
        const n = Math.max(at() - 1, 0);
        history.replaceState({ step: n }, "");
        show(n, true);
      }
    });
    addEventListener("popstate", (event) => {
      if (event.state && "step" in event.state) show(event.state.step, true);
    });
    // The enter key of a keyboard goes one step on, too.
    form.addEventListener("submit", (event) => {
      if (at() < steps.length - 1) {
        event.preventDefault();
        onward();
        return;
      }
      const open = steps.findIndex((step) => [...step.querySelectorAll("input")].some((one) => !one.checkValidity()));
      if (open < 0) return;
      event.preventDefault();
      show(open, true);
      fits(steps[open]);
    });
  }
}
