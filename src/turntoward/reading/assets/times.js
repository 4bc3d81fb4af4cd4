// Days, weeks and months in seconds since 1970, UTC, and how they are said in the page's language.
(() => {
  "use strict";

  const DAY = 86400;
  const WEEK = 7 * DAY;
  const MONTH = 2629800; // a month of the middling sort
  const lang = document.documentElement.lang || "en";
  const locale = lang === "en" ? "en-GB" : lang; // the pages say 6 March, and so do the charts

  const said = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const words = {
    day: said({ day: "numeric", month: "long", year: "numeric" }),
    days: said({ day: "numeric", month: "short", year: "numeric" }),
    weekday: said({ weekday: "long" }),
    short: said({ weekday: "short" }),
    monday: said({ day: "numeric", month: "short" }),
    month: said({ month: "short" }),
  };
  const date = (at) => new Date(at * 1000);

  const monday = (at) => Math.floor(at / DAY) * DAY - ((Math.floor(at / DAY) + 3) % 7) * DAY;

  // The first moment of the month that holds `at`, or of one so many months later.
  const month = (at, later = 0) =>
    Date.UTC(date(at).getUTCFullYear(), date(at).getUTCMonth() + later) / 1000;

  // "6 Mar – 2 Apr 2023", as the language says it; `to` is the moment after the last day.
  const between = (from, to) => words.days.formatRange(date(from), date(to - DAY));

  const every = (first, next, from, to) => {
    const found = [];
    for (let at = first; at <= to && found.length < 400; at = next(at)) if (at >= from) found.push(at);
    return found;
  };

  // Years where much is seen, then quarters, months, Mondays, and the days of a week or two.
  const ticks = (from, to) => {
    const seen = to - from;
    const yearly = seen > 26 * MONTH;
    if (seen > 10 * WEEK) {
      const step = yearly ? 12 : seen > 7 * MONTH ? 3 : 1;
      const first = Math.ceil(date(from).getUTCMonth() / step) * step;
      const begin = Date.UTC(date(from).getUTCFullYear(), first) / 1000;
      return every(begin, (at) => month(at, step), from, to).map((at) => {
        const year = `’${String(date(at).getUTCFullYear()).slice(2)}`;
        if (yearly) return { at, text: year };
        const name = words.month.format(date(at));
        return { at, text: date(at).getUTCMonth() === 0 ? `${name} ${year}` : name };
      });
    }
    if (seen > 10 * DAY) {
      const step = seen > 6 * WEEK ? 2 * WEEK : WEEK;
      const found = every(monday(from), (at) => at + step, from, to - DAY);
      return found.map((at) => ({ at, text: words.monday.format(date(at)) }));
    }
    const noon = every(monday(from) + DAY / 2, (at) => at + DAY, from, to);
    return noon.map((at) => ({ at, text: words.short.format(date(at)) }));
  };

  globalThis.turntowardTimes = {
    DAY,
    WEEK,
    locale,
    monday,
    month,
    between,
    ticks,
    day: (at) => words.day.format(date(at)),
    weekday: (at) => words.weekday.format(date(at)),
  };
})();
