"""A chart as a table: the rhythm over the periods, what changed and how far, what was marked."""

from __future__ import annotations

from datetime import date

from turntoward.reading.chart import caption, changes
from turntoward.reading.markup import Child, Html, join, tag
from turntoward.reading.periods import Period, table
from turntoward.reading.reading import Reading
from turntoward.reading.saying import amount, bounds, rhythm_of, title, unit_of, with_bounds
from turntoward.reading.seasons import beside, lasting
from turntoward.rhythms.series import Series
from turntoward.words import gettext, joined


def as_table(series: Series, reading: Reading) -> Html:
    """All that the chart shows, folded."""
    return tag(
        "details",
        tag("summary", gettext("The same as a table")),
        tag(
            "div",
            _periods(series, reading),
            _changes(series, reading),
            class_="scroll",
            tabindex="0",
            role="group",
            aria_label=gettext("{title} as a table").format(title=title(series)),
        ),
    )


def _periods(series: Series, reading: Reading) -> Html:
    rows = [_period(period, series, reading) for period in table(series)]
    head = [gettext(rhythm_of(series)), gettext("80 % range"), gettext("Weeks with a record")]
    head += [gettext("Your seasons")] if reading.seasons else []
    return _table(f"{title(series)}, {unit_of(series)}", head, rows)


def _period(period: Period, series: Series, reading: Reading) -> Html:
    value = period.value
    cells = [
        gettext("no record") if value is None else amount(value.value, series),
        "" if value is None else bounds(value.low, value.high, series),
        gettext("{number} of {all}").format(number=period.recorded, all=period.weeks),
    ]
    if reading.seasons:
        cells.append(_numbers(period.start, period.weeks, reading))
    return _row(period.name, cells)


def _numbers(start: date, weeks: int, reading: Reading) -> str:
    """The numbers of the seasons that last into these weeks, as the list numbers them."""
    return joined([str(n) for n in lasting(start, reading.seasons, days=7 * weeks)])


def _changes(series: Series, reading: Reading) -> Html | None:
    found = changes(series, reading.finding)
    if not found:
        return None
    rows = []
    times = caption(series, reading.finding)
    for (drift, shift), (likeliest, span) in zip(found, times, strict=True):
        near = [str(n) for n, s in enumerate(reading.seasons, start=1) if beside(drift, [s])]
        cells = [span, with_bounds(shift.before, series), with_bounds(shift.after, series)]
        rows.append(_row(likeliest, cells + ([joined(near)] if reading.seasons else []), long=span))
    head = [gettext("Begins, 80 % range"), gettext("Before"), gettext("Since")]
    head += [gettext("Your seasons around then")] if reading.seasons else []
    return _table(gettext("What changed"), head, rows)


def _table(caption: str, head: list[str], rows: list[Html]) -> Html:
    columns = [tag("th", name, scope="col") for name in head]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", tag("td"), columns)),
        tag("tbody", rows),
    )


def _row(name: str, cells: list[str], long: str = "") -> Html:
    shown: list[Child] = [
        tag("td", cell, class_="long" if cell and cell == long else None) for cell in cells
    ]
    return tag("tr", tag("th", name, scope="row"), join(shown))
