// An answer takes its place on the page only if it holds that place. The page of a proxy, while the
// companion is away, does not: what stood there stays. Nor does another page of the companion itself,
// such as Enter, once somebody was signed out: then this page is asked for anew, unless words that
// somebody typed would be lost with it.
"use strict";
(() => {
  const typing = () => [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    const place = tasks.find((task) => task.type === "main")?.target;
    if (!place?.id || !ctx.response || ctx.text.includes(`id="${place.id}"`)) return;
    event.preventDefault();
    if (!ctx.text.includes('<main id="main">') || typing()) return;
    // By its address and not as a reload: it may be the answer to a form.
    location.replace(location.pathname + location.search);
  });
})();
