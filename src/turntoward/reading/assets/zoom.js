// How much of the time is seen: all charts of the page move together, from years to a week. Buttons
// for keyboard and touch ([data-zoom]), and dragging over a chart with the mouse, which uPlot does.
// The words stand in the page; dates are said in its language.
(() => {
  "use strict";

  const { DAY, WEEK, monday, month, between } = globalThis.turntowardTimes;
  let charts = () => []; // { figure, data, plot, week }, in the order of the page
  let view = null; // { span, from, to }; null while all is seen
  const onPaper = matchMedia("print");

  const extent = ({ data }) =>
    data.kind === "weather" ? [data.from, data.to] : [data.weeks[0], data.weeks.at(-1) + WEEK];

  const whole = (list) => {
    const spans = list.map(extent);
    return [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
  };

  // What a chart shows now. Where all is seen, weather of some weeks is not lost beside years of
  // messages: it fills its chart, and the rhythms theirs. On paper all is seen.
  const seen = (data) => {
    if (view && !onPaper.matches) return [view.from, view.to];
    return whole(charts().filter((one) => one.data.kind === data.kind));
  };

  const AROUND = {
    week: (at) => [monday(at), monday(at) + WEEK],
    month: (at) => [month(at), month(at, 1)],
    season: (at) => [monday(at) - 6 * WEEK, monday(at) + 7 * WEEK],
    year: (at) => [month(at, -6), month(at, 6)],
  };
  const LATELY = {
    week: AROUND.week,
    month: AROUND.month,
    season: (at) => [monday(at) - 12 * WEEK, monday(at) + WEEK],
    year: (at) => [month(at, -11), month(at, 1)],
  };

  const choose = (span) => {
    if (span === "all") return null;
    const last = whole(charts())[1];
    const late = !view || view.to >= last;
    const [from, to] = late ? LATELY[span](last - 1) : AROUND[span]((view.from + view.to) / 2);
    return { span, from, to };
  };

  const walk = ({ span, from, to }, way) => {
    if (span === "month") return { span, from: month(from, way), to: month(from, way + 1) };
    if (span === "year") return { span, from: month(from, 12 * way), to: month(to, 12 * way) };
    return { span, from: from + way * (to - from), to: to + way * (to - from) };
  };

  const canWalk = (way) => {
    if (!view) return false;
    const [first, last] = whole(charts());
    return way < 0 ? view.from > first : view.to < last;
  };

  // Whole days, and never less than the week that holds them.
  const days = (from, to) => {
    const [first, last] = [Math.floor(from / DAY) * DAY, Math.ceil(to / DAY) * DAY];
    if (last - first > WEEK) return { span: "", from: first, to: last };
    const [start, end] = AROUND.week((from + to) / 2);
    return { span: "week", from: start, to: end };
  };

  const tellWeek = ({ figure, week }) => {
    const at = figure.querySelector("[data-week]");
    if (!at) return;
    at.hidden = view?.span !== "week";
    if (!at.hidden) at.textContent = week(view.from);
  };

  const tell = () => {
    const bar = document.querySelector("[data-zoom]");
    const list = charts();
    if (!bar || !list.length) return;
    bar.hidden = false;
    for (const button of bar.querySelectorAll("[data-span]")) {
      const chosen = button.dataset.span === (view ? view.span : "all");
      button.setAttribute("aria-pressed", String(chosen));
    }
    for (const button of bar.querySelectorAll("[data-walk]")) {
      button.setAttribute("aria-disabled", String(!canWalk(Number(button.dataset.walk))));
    }
    const said = view
      ? between(view.from, view.to)
      : bar.dataset.all.replace("{range}", between(...whole(list)));
    const range = bar.querySelector("[data-range]");
    if (range.textContent !== said) range.textContent = said;
  };

  const show = (next) => {
    view = next;
    for (const chart of charts()) {
      const [min, max] = seen(chart.data);
      chart.plot?.setScale("x", { min, max });
      tellWeek(chart);
    }
    tell();
  };

  // What was dragged over with the mouse.
  const took = (plot) => {
    const { left, width } = plot.select;
    if (!width) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    show(days(plot.posToVal(left, "x"), plot.posToVal(left + width, "x")));
  };

  const press = (event) => {
    const button = event.target.closest?.("[data-span], [data-walk], [data-from]");
    if (!button || !charts().length) return;
    const { span, walk: way, from, to } = button.dataset;
    if (span) show(choose(span));
    else if (way && canWalk(Number(way))) show(walk(view, Number(way)));
    else if (from) {
      show(days(Date.parse(from) / 1000, Date.parse(to) / 1000));
      const first = charts().find((one) => one.data.kind !== "weather");
      first?.figure.scrollIntoView({ block: "center" });
    }
  };

  // Called by charts.js, once with the charts of the page, and whenever others are there.
  const join = (list) => {
    charts = list;
    document.addEventListener("click", press);
    for (const button of document.querySelectorAll("button[data-from]")) button.hidden = false;
    tell();
  };

  const cursor = {
    x: false,
    y: false,
    points: { show: false },
    drag: { x: true, y: false, setScale: false, dist: 6 },
    bind: { dblclick: () => () => show(null) },
  };

  // Without the buttons a page shows all, and its charts take no mouse.
  const here = () => document.querySelector("[data-zoom]") !== null;

  globalThis.turntowardZoom = { cursor, here, join, seen, tell, tellWeek, took };
})();
