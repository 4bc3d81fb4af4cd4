// What a chart shows beside its line: when a change began, the levels before and since, the weeks
// that were marked or hold no record, and the seasons as numbered marks. Used by charts.js, which
// hands in the plot, the data of its JSON block and the colours.
(() => {
  "use strict";

  const MARK = 11; // radius of a season's mark
  const RAIL = 4; // height of the rail under the plot that tells of its weeks

  const onScreen = (plot, at) => Math.round(plot.valToPos(at, "x", true));

  const faded = (context, alpha, draw) => {
    context.save();
    context.globalAlpha = alpha;
    draw();
    context.restore();
  };

  const line = (context, x, top, bottom, dash) => {
    context.setLineDash(dash.map((length) => length * devicePixelRatio));
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
  };

  // True of what lies in the stretch of time that is seen, in whole or in part.
  const inView = (plot) => ({ from, to }) => from < plot.scales.x.max && to > plot.scales.x.min;

  // From and to on the screen, inside the plot and never too narrow to be seen.
  const across = (plot, { from, to }) => {
    const { left, width } = plot.bbox;
    const start = Math.max(onScreen(plot, from), left);
    const end = Math.min(onScreen(plot, to), left + width);
    return { start, width: Math.max(end - start, 2 * devicePixelRatio) };
  };

  // Behind everything: the range of each start, and the days that were marked.
  const behind = (plot, data, paint) => {
    const { ctx: context, bbox: box } = plot;
    context.fillStyle = paint.soft;
    for (const span of data.told.filter(inView(plot))) {
      const { start, width } = across(plot, span);
      faded(context, 0.14, () => context.fillRect(start, box.top, width, box.height));
    }
    context.fillStyle = paint.drift;
    for (const drift of data.drifts.filter(inView(plot))) {
      const { start, width } = across(plot, drift);
      faded(context, 0.2, () => context.fillRect(start, box.top, width, box.height));
    }
  };

  // The rail: a bar for marked days; a dotted line where a week holds nothing to measure.
  const rail = (plot, data, paint) => {
    const { ctx: context, bbox: box } = plot;
    const pixel = devicePixelRatio;
    const top = box.top + box.height + 2 * pixel;
    context.fillStyle = paint.soft;
    for (const span of data.told.filter(inView(plot))) {
      const { start, width } = across(plot, span);
      context.fillRect(start, top, width, RAIL * pixel);
    }
    for (const span of data.holes.filter(inView(plot))) {
      const { start, width } = across(plot, span);
      const under = top + (RAIL + 2) * pixel;
      for (let x = start; x < start + width; x += 4 * pixel) {
        context.fillRect(x, under, 2 * pixel, 2 * pixel);
      }
    }
  };

  // A level is a dashed line in its range, with its value written at the end beside the change.
  const levels = (plot, data, paint) => {
    const { ctx: context, bbox: box } = plot;
    const pixel = devicePixelRatio;
    const height = (value) => Math.round(plot.valToPos(value, "y", true));
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    context.font = `600 ${13 * pixel}px ${paint.font}`;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    data.levels.forEach((level, n) => {
      if (!inView(plot)(level)) return;
      const { start, width } = across(plot, level);
      const [top, middle, bottom] = [level.high, level.value, level.low].map(height);
      context.fillStyle = paint.ink;
      faded(context, 0.12, () => context.fillRect(start, top, width, Math.max(bottom - top, 1)));
      context.strokeStyle = paint.ink;
      context.lineWidth = 1.6 * pixel;
      context.setLineDash([7 * pixel, 4 * pixel]);
      context.beginPath();
      context.moveTo(start, middle);
      context.lineTo(start + width, middle);
      context.stroke();
      context.setLineDash([]);
      // At the end beside the change, and never out of the picture.
      const wide = context.measureText(level.said).width + 4 * pixel;
      const at = n === 0 ? start + width - wide : start + 4 * pixel;
      const inside = Math.max(Math.min(at, box.left + box.width - wide), box.left + 2 * pixel);
      const over = Math.max(Math.min(top, middle) - 5 * pixel, box.top + 13 * pixel);
      context.strokeStyle = paint.ground;
      context.lineWidth = 4 * pixel;
      context.lineJoin = "round";
      context.strokeText(level.said, inside, over);
      context.fillText(level.said, inside, over);
    });
    context.restore();
  };

  // Where each season's mark stands: over its first day, or at the edge where it began before what
  // is seen; beside that where marks would cover others.
  const placed = (plot, data) => {
    const { min } = plot.scales.x;
    const apart = (2 * MARK + 1) * devicePixelRatio;
    const shown = data.seasons
      .filter(({ at, to }) => inView(plot)({ from: at, to }))
      .map(({ at, number }) => ({ x: onScreen(plot, Math.max(at, min)), number, begins: at >= min }))
      .sort((one, other) => one.x - other.x);
    const centres = shown.map(({ x }) => x);
    for (let turn = 0; turn < 60; turn += 1) {
      for (let n = 1; n < centres.length; n += 1) {
        const closer = apart - (centres[n] - centres[n - 1]);
        if (closer <= 0) continue;
        centres[n - 1] -= closer / 2;
        centres[n] += closer / 2;
      }
    }
    // Marks crowded at an end of the record move inward, or they would be cut off.
    const edge = (MARK + 1) * devicePixelRatio;
    let most = plot.ctx.canvas.width - edge;
    for (let n = centres.length - 1; n >= 0; n -= 1) {
      centres[n] = Math.min(centres[n], most);
      most = centres[n] - apart;
    }
    let least = edge;
    for (let n = 0; n < centres.length; n += 1) {
      centres[n] = Math.max(centres[n], least);
      least = centres[n] + apart;
    }
    return shown.map((mark, n) => ({ ...mark, centre: centres[n] }));
  };

  const seasons = (plot, data, paint) => {
    const { ctx: context, bbox: box } = plot;
    const pixel = devicePixelRatio;
    const radius = MARK * pixel;
    const middle = box.top - radius - 4 * pixel;
    context.font = `600 ${12 * pixel}px ${paint.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { x, centre, number, begins } of placed(plot, data)) {
      context.strokeStyle = paint.soft;
      context.lineWidth = pixel;
      if (begins) line(context, x, box.top, box.top + box.height, [1.5, 3.5]);
      context.setLineDash([]);
      context.strokeStyle = paint.ink;
      context.fillStyle = paint.sheet;
      context.lineWidth = 1.4 * pixel;
      context.beginPath();
      context.arc(centre, middle, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
      context.fillStyle = paint.ink;
      context.fillText(String(number), centre, middle + pixel / 2);
    }
  };

  // Over the line: the likeliest week of each start, the levels, the rail and the seasons.
  const over = (plot, data, paint) => {
    const { ctx: context, bbox: box } = plot;
    context.save();
    const { min, max } = plot.scales.x;
    for (const drift of data.drifts) {
      if (drift.likeliest < min || drift.likeliest > max) continue;
      context.strokeStyle = paint.drift;
      context.lineWidth = 2 * devicePixelRatio;
      line(context, onScreen(plot, drift.likeliest), box.top, box.top + box.height, [5, 4]);
    }
    rail(plot, data, paint);
    levels(plot, data, paint);
    seasons(plot, data, paint);
    context.restore();
  };

  // Room that the marks need above the plot.
  const room = (data) => (data.seasons.length ? 2 * MARK + 8 : 10);

  globalThis.turntowardMarks = { behind, over, room };
})();
