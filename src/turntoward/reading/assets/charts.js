// Draws every <figure data-chart> from the JSON block inside or right after it, with uPlot.
//
// The smoothed line, its 80 % interval as a band, each week as a faint line behind; what stands
// beside them is drawn by marks.js, which is loaded before this. A week without a record is a gap.
// Colours come from the custom properties --chart-*, so that light and dark need no second chart.
// Nothing here needs inline styles or scripts: it runs under script-src 'self'; style-src 'self'.
(() => {
  "use strict";

  const HEIGHT = 232;
  const COLOURS = ["line", "band", "raw", "drift", "ink", "soft", "grid", "sheet", "ground"];
  const marks = globalThis.turntowardMarks;
  const drawn = new Map(); // figure -> { plot, width }

  const read = (figure) => {
    const inside = figure.querySelector('script[type="application/json"]');
    const block = inside ?? figure.nextElementSibling;
    return block?.matches?.('script[type="application/json"]') ? JSON.parse(block.textContent) : null;
  };

  // A canvas cannot read light-dark() or var(), but a computed colour can be read anywhere.
  const colours = (figure) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    figure.append(probe);
    const found = {};
    for (const name of COLOURS) {
      probe.style.color = `var(--chart-${name})`;
      found[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return found;
  };

  const say = (value, data) => {
    if (data.family === "share") return `${Math.round(value * 100)} %`;
    if (data.unit === "minutes") {
      return value < 90 ? `${+value.toPrecision(3)} min` : `${+(value / 60).toFixed(1)} h`;
    }
    return `${+value.toPrecision(3)}`;
  };

  // Years where the record spans several, else the months that begin a quarter.
  const ticks = (from, to) => {
    const first = new Date(from * 1000);
    const months = (to - from) / 2629800;
    const step = months > 26 ? 12 : months > 7 ? 3 : 1;
    const found = [];
    for (let n = 0; n < 1200; n += 1) {
      const month = Math.ceil(first.getUTCMonth() / step) * step + n * step;
      const at = Date.UTC(first.getUTCFullYear(), month) / 1000;
      if (at > to) break;
      if (at >= from) found.push(at);
    }
    return found;
  };

  const tickText = (at, yearly) => {
    const day = new Date(at * 1000);
    const year = `’${String(day.getUTCFullYear()).slice(2)}`;
    if (yearly) return year;
    const month = day.toLocaleDateString(document.documentElement.lang || "en", {
      month: "short",
      timeZone: "UTC",
    });
    return day.getUTCMonth() === 0 ? `${month} ${year}` : month;
  };

  const options = (figure, data, width) => {
    const paint = colours(figure);
    const yearly = data.weeks.at(-1) - data.weeks[0] > 26 * 2629800;
    const font = "13px system-ui, sans-serif";
    const hidden = { stroke: "transparent", width: 0, points: { show: false } };
    return {
      width,
      height: HEIGHT,
      padding: [marks.room(data), 10, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { range: [0, data.top] } },
      series: [
        {},
        { ...hidden, stroke: paint.raw, width: 1, spanGaps: false },
        hidden,
        hidden,
        { stroke: paint.line, width: 3, points: { show: false }, spanGaps: false },
      ],
      bands: [{ series: [3, 2], fill: paint.band }],
      axes: [
        {
          font,
          stroke: paint.soft,
          grid: { show: false },
          ticks: { show: false },
          gap: 11,
          size: 33,
          splits: () => ticks(data.weeks[0], data.weeks.at(-1)),
          values: (_, at) => at.map((tick) => tickText(tick, yearly)),
        },
        {
          font,
          stroke: paint.soft,
          grid: { stroke: paint.grid, width: 1 },
          ticks: { show: false },
          gap: 4,
          space: 56,
          size: (_, values) => 14 + 7 * Math.max(2, ...(values ?? []).map((text) => text.length)),
          values: (_, at) => at.map((value) => (value === null ? "" : say(value, data))),
        },
      ],
      hooks: {
        drawClear: [(plot) => marks.behind(plot, data, paint)],
        draw: [(plot) => marks.over(plot, data, paint)],
      },
    };
  };

  const place = (figure, data) => {
    let found = figure.querySelector("[data-plot]");
    if (!found) {
      found = document.createElement("div");
      found.dataset.plot = "";
      figure.prepend(found);
    }
    found.setAttribute("role", "img");
    if (!found.hasAttribute("aria-label")) found.setAttribute("aria-label", data.label);
    return found;
  };

  const draw = (figure) => {
    const data = read(figure);
    if (!data || data.weeks.length < 2) return;
    const at = place(figure, data);
    drawn.get(figure)?.plot.destroy();
    drawn.delete(figure);
    observe(figure, at);
    const width = Math.floor(at.clientWidth);
    if (width < 40) return; // folded away: drawn when it opens
    const columns = [data.weeks, data.value, data.low, data.high, data.smooth];
    drawn.set(figure, { plot: new uPlot(options(figure, data, width), columns, at), width });
  };

  const observed = new WeakSet();
  const observe = (figure, at) => {
    if (observed.has(at)) return;
    observed.add(at);
    new ResizeObserver(() => {
      const width = Math.floor(at.clientWidth);
      if (width >= 40 && drawn.get(figure)?.width !== width) draw(figure);
    }).observe(at);
  };

  const drawAll = () => {
    for (const [figure, { plot }] of drawn) {
      if (figure.isConnected) continue;
      plot.destroy();
      drawn.delete(figure);
    }
    document.querySelectorAll("figure[data-chart]").forEach(draw);
  };

  const drawAdded = (changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    for (const node of added) {
      if (node.matches?.("figure[data-chart]")) draw(node);
      node.querySelectorAll?.("figure[data-chart]").forEach(draw);
    }
  };

  const start = () => {
    drawAll();
    for (const query of ["(prefers-color-scheme: dark)", "print"]) {
      matchMedia(query).addEventListener("change", drawAll);
    }
    const theme = { attributes: true, attributeFilter: ["class", "data-theme"] };
    new MutationObserver(drawAll).observe(document.documentElement, theme);
    // A fragment that arrives later brings figures of its own.
    const anywhere = { childList: true, subtree: true };
    new MutationObserver(drawAdded).observe(document.body, anywhere);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
