// Draws every <figure data-chart> from the JSON block inside or right after it, with uPlot.
//
// The smoothed line, its 80 % interval as a band, each week as a faint line behind, and from near a
// point for each week; what stands beside them is drawn by marks.js, the weather by weather.js, and
// zoom.js says how much of the time is seen. A week without a record is a gap.
// Colours come from the custom properties --chart-*, so that light and dark need no second chart.
// Nothing here needs inline styles or scripts: it runs under script-src 'self'; style-src 'self'.
(() => {
  "use strict";

  const HEIGHT = 232;
  const WIDE = 700; // from this width a chart is a little higher
  const COLOURS = ["line", "band", "raw", "drift", "ink", "soft", "grid", "sheet", "ground"];
  const VIEWS = ["one", "two"];
  const { WEEK, locale, day, ticks } = globalThis.turntowardTimes;
  const NEAR = 27 * WEEK; // up to here each week is a point
  const marks = globalThis.turntowardMarks;
  const zoom = globalThis.turntowardZoom;
  const weather = globalThis.turntowardWeather;
  const known = new Map(); // figure -> data, of all figures of the page
  const drawn = new Map(); // figure -> { plot, width }

  const read = (figure) => {
    if (known.has(figure)) return known.get(figure);
    const inside = figure.querySelector('script[type="application/json"]');
    const block = inside ?? figure.nextElementSibling;
    if (!block?.matches?.('script[type="application/json"]')) return null;
    const data = JSON.parse(block.textContent);
    data.kind ??= "rhythm";
    if (data.kind === "rhythm" && data.weeks.length < 2) return null;
    known.set(figure, data);
    return data;
  };

  // A canvas cannot read light-dark() or var(), but what is computed of them can be read anywhere.
  const colours = (figure) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    figure.append(probe);
    const found = {};
    for (const name of [...COLOURS, ...VIEWS]) {
      probe.style.color = `var(--chart-${name})`;
      found[name] = getComputedStyle(probe).color;
    }
    found.font = getComputedStyle(probe).fontFamily;
    probe.remove();
    return found;
  };

  const number = (value) => value.toLocaleString(locale, { maximumSignificantDigits: 3 });

  const say = (value, data) => {
    if (data.family === "share") return `${Math.round(value * 100)} %`;
    if (data.unit === "minutes") {
      return value < 90 ? `${number(value)} min` : `${(value / 60).toLocaleString(locale, { maximumFractionDigits: 1 })} h`;
    }
    return number(value);
  };

  // A single week in words; the page has them for one and for many.
  const week = (data, from) => {
    const at = data.weeks.indexOf(from);
    const [of, count, value] = [data.of?.[at], data.count?.[at], data.value[at]];
    const held = at >= 0 && of !== null && value !== null;
    const by = data.a_week.by === "of" ? of : count;
    const words = held ? data.a_week[new Intl.PluralRules(locale).select(by ?? 2)] : data.a_week.none;
    const filled = (words ?? data.a_week.other).replace("{day}", day(from));
    return held
      ? filled.replace("{count}", number(count ?? 0)).replace("{of}", number(of)).replace("{value}", say(value, data))
      : filled;
  };

  const axes = (paint) => {
    const [font, stroke] = [`13px ${paint.font}`, paint.soft];
    const ends = (plot) => [plot.scales.x.min, plot.scales.x.max];
    const across = {
      splits: (plot) => ticks(...ends(plot)).map(({ at }) => at),
      values: (plot) => ticks(...ends(plot)).map(({ text }) => text),
      grid: { show: false },
      gap: 11,
      size: 33,
    };
    const up = {
      grid: { stroke: paint.grid, width: 1 },
      gap: 4,
      size: (_, values) => 14 + 7 * Math.max(2, ...(values ?? []).map((text) => text.length)),
    };
    return [across, up].map((axis) => ({ font, stroke, ticks: { show: false }, ...axis }));
  };

  // What a chart shows stands on its figure, too: for a style, and for whoever looks after the charts.
  const note = (plot) => {
    const { min, max } = plot.scales.x;
    const figure = plot.root.closest("figure");
    if (figure) figure.dataset.seen = `${min} ${max}`;
  };

  const base = (data, paint, width) => ({
    width,
    height: width > WIDE ? 1.2 * HEIGHT : HEIGHT,
    padding: [marks.room(data), 10, 0, 0],
    legend: { show: false },
    cursor: zoom.here() ? zoom.cursor : { show: false },
    axes: axes(paint),
    hooks: {
      drawClear: [(plot) => marks.behind(plot, data, paint)],
      draw: [(plot) => marks.over(plot, data, paint), note],
      setSelect: [(plot) => zoom.took(plot)],
    },
  });

  const ofRhythm = (data, paint, width) => {
    const near = () => {
      const [from, to] = zoom.seen(data);
      return to - from <= NEAR;
    };
    const options = base(data, paint, width);
    const hidden = { stroke: "transparent", width: 0, points: { show: false } };
    const weekly = { show: near, size: 7, width: 0, fill: paint.line };
    options.axes[1].space = 56;
    options.axes[1].values = (_, at) => at.map((value) => (value === null ? "" : say(value, data)));
    return {
      ...options,
      scales: {
        x: { time: false },
        // From near no week runs out of the picture.
        y: { range: (_, low, high) => [0, near() ? Math.max(data.top, 1.08 * (high ?? 0)) : data.top] },
      },
      series: [
        {},
        { ...hidden, stroke: paint.raw, width: 1, points: weekly, spanGaps: false },
        hidden,
        hidden,
        { stroke: paint.line, width: 3, points: { show: false }, spanGaps: false },
      ],
      bands: [{ series: [3, 2], fill: paint.band }],
    };
  };

  const ofWeather = (data, paint, width) => {
    const options = base(data, paint, width);
    options.axes[1].splits = () => data.skies.map((_, n) => n + 1);
    options.axes[1].values = () => data.skies;
    return {
      ...options,
      scales: { x: { time: false }, y: { range: [0.5, data.skies.length + 0.5] } },
      series: weather.series(data, () => zoom.seen(data), paint),
    };
  };

  // A week's value stands in the middle of its week.
  const columns = (data) => {
    const middle = data.weeks.map((at) => at + WEEK / 2);
    return [middle, data.value, data.low, data.high, data.smooth];
  };

  const KINDS = {
    rhythm: { options: ofRhythm, columns, week },
    weather: { options: ofWeather, columns: weather?.columns, week: weather?.week },
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
    if (!data) return;
    const at = place(figure, data);
    drawn.get(figure)?.plot.destroy();
    drawn.delete(figure);
    observe(figure, at);
    const width = Math.floor(at.clientWidth);
    if (width < 40) return; // folded away: drawn when it opens
    const kind = KINDS[data.kind];
    const plot = new uPlot(kind.options(data, colours(figure), width), kind.columns(data), at);
    const [min, max] = zoom.seen(data);
    plot.setScale("x", { min, max });
    drawn.set(figure, { plot, width });
    zoom.tellWeek(chart(figure, data));
  };

  const chart = (figure, data) => ({
    figure,
    data,
    plot: drawn.get(figure)?.plot,
    week: (from) => KINDS[data.kind].week(data, from),
  });

  const charts = () => [...known].map(([figure, data]) => chart(figure, data));

  const observed = new WeakSet();
  const observe = (figure, at) => {
    if (observed.has(at)) return;
    observed.add(at);
    new ResizeObserver(() => {
      const width = Math.floor(at.clientWidth);
      if (width >= 40 && drawn.get(figure)?.width !== width) draw(figure);
    }).observe(at);
  };

  const figures = (within) => [...within.querySelectorAll("figure[data-chart]")];

  // All are read before the first is drawn: how much of the time is seen is the same in all.
  const drawAll = () => {
    for (const figure of known.keys()) {
      if (figure.isConnected) continue;
      drawn.get(figure)?.plot.destroy();
      drawn.delete(figure);
      known.delete(figure);
    }
    figures(document).forEach(read);
    figures(document).forEach(draw);
    zoom.tell();
  };

  const drawAdded = (changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    const some = added.flatMap((node) => {
      const inside = node.querySelectorAll ? figures(node) : [];
      return node.matches?.("figure[data-chart]") ? [node, ...inside] : inside;
    });
    if (some.length) drawAll();
  };

  const start = () => {
    figures(document).forEach(read);
    zoom.join(charts);
    drawAll();
    document.fonts.ready.then(drawAll); // words in a canvas do not wait for their letters
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
