// The weather of the two: points at five skies, a circle for one and a diamond for the other. From
// near each point is a day; further away it is the middle of a week, then of a month, as the table
// has it. Used by charts.js, as a plot of uPlot whose points are drawn here.
(() => {
  "use strict";

  const { DAY, WEEK, day, weekday, locale } = globalThis.turntowardTimes;
  const GRAINS = { days: DAY, weeks: WEEK, months: 4 * WEEK };
  const NEAR = 14 * WEEK; // up to here each day is a point
  const FAR = 110 * WEEK; // up to here each week is one, beyond it each month

  const grain = ([from, to]) => (to - from <= NEAR ? "days" : to - from <= FAR ? "weeks" : "months");

  // One column of moments, and for each view and grain one of skies.
  const columns = (data) => {
    const lists = data.views.flatMap((view) => Object.keys(GRAINS).map((name) => view[name]));
    const moments = new Set(lists.flat().map(([at]) => at));
    const x = [...moments].sort((one, other) => one - other);
    return [
      x,
      ...lists.map((list) => {
        const held = new Map(list);
        return x.map((at) => held.get(at) ?? null);
      }),
    ];
  };

  const shape = (context, side, x, y, radius) => {
    context.beginPath();
    if (side === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
    else {
      const reach = radius * 1.2;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    }
    context.fill();
    context.stroke();
  };

  // Points of one view at one grain. Circles stand on the line of their sky and diamonds hang from
  // it, so that neither of the two covers the other.
  const points = (view, name, seen, paint) => (plot, column, first, last) => {
    if (grain(seen()) !== name) return false;
    const { ctx: context, bbox: box } = plot;
    const pixel = devicePixelRatio;
    const apart = (GRAINS[name] / (plot.scales.x.max - plot.scales.x.min)) * box.width;
    const radius = Math.min(Math.max(apart * 0.5, 3.2 * pixel), 6 * pixel);
    const off = view.alone ? 0 : (view.side === 0 ? -1 : 1) * (radius + pixel);
    context.save();
    context.fillStyle = view.side === 0 ? paint.one : paint.two;
    context.strokeStyle = paint.ground;
    context.lineWidth = 1.2 * pixel;
    for (let n = first; n <= last; n += 1) {
      const sky = plot.data[column][n];
      if (sky === null) continue;
      const x = plot.valToPos(plot.data[0][n], "x", true);
      shape(context, view.side, x, plot.valToPos(sky, "y", true) + off, radius);
    }
    context.restore();
    return false; // drawn already
  };

  const series = (data, seen, paint) => [
    {},
    ...data.views.flatMap((view) =>
      Object.keys(GRAINS).map((name) => ({
        stroke: "transparent",
        width: 0,
        points: { show: points(view, name, seen, paint) },
      })),
    ),
  ];

  // The days of a week in words, or that there are none.
  const week = (data, from) => {
    const held = data.views
      .map((view) => ({
        name: view.name,
        days: view.days.filter(([at]) => at >= from && at < from + WEEK),
      }))
      .filter((view) => view.days.length);
    const list = new Intl.ListFormat(locale, { type: "unit", style: "long" });
    const said = held.map(({ name, days }) => {
      const each = days.map(([at, sky]) => `${weekday(at)} ${data.skies_said[sky - 1]}`);
      return data.a_week.view.replace("{name}", name).replace("{days}", list.format(each));
    });
    const head = held.length ? data.a_week.head : data.a_week.none;
    return [head.replace("{day}", day(from)), ...said].join(" ");
  };

  globalThis.turntowardWeather = { columns, series, week };
})();
