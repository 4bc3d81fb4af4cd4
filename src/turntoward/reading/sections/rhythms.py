"""Each rhythm: what the article calls it, how it went, a chart, and the same as a table."""

from __future__ import annotations

from turntoward.drift.shift import Toward, Verdict
from turntoward.reading.chart import caption, changes, chart_data, label
from turntoward.reading.markup import Html, data, join, tag
from turntoward.reading.periods import table
from turntoward.reading.reading import Reading
from turntoward.reading.saying import amount, bounds, joined, unit_of, with_bounds
from turntoward.rhythms.series import Series

_WENT = {Toward.QUIETER: "Quieter", Toward.CLOSER: "Closer"}


def rhythms(reading: Reading) -> Html:
    """All measured rhythms, those that changed first, then what could not be measured and why."""
    ordered = sorted(reading.series, key=lambda series: not changes(series, reading.finding))
    return join(
        tag("h2", "Your rhythms, one by one"),
        [_rhythm(series, reading) for series in ordered],
        tag(
            "p",
            "In the charts, the line is smoothed over some weeks, and the band around it holds it "
            "with 80 %. The thin line behind shows every week as it was.",
            class_="soft",
        ),
        _unmeasured(reading),
    )


def _rhythm(series: Series, reading: Reading) -> Html:
    finding = reading.finding
    return tag(
        "section",
        tag("h3", series.title),
        tag("p", tag("q", series.words), f" · {unit_of(series)}", class_="from"),
        _said(series, reading),
        tag(
            "figure",
            tag("div", data_plot=True, role="img", aria_label=label(series, finding)),
            data(chart_data(series, finding, reading.seasons)),
            _caption(series, reading),
            data_chart=True,
        ),
        _table(series),
        tag("p", _cannot_see(series), class_="soft small"),
    )


def _said(series: Series, reading: Reading) -> Html | None:
    changed = changes(series, reading.finding)
    if changed:
        return tag("p", " ".join(_change(series, n, reading) for n in range(len(changed))))
    if reading.finding.verdict is Verdict.CANNOT_TELL:
        return None
    return tag("p", "No lasting change found here.")


def _change(series: Series, number: int, reading: Reading) -> str:
    drift, shift = changes(series, reading.finding)[number]
    before = with_bounds(shift.before, series)
    after = with_bounds(shift.after, series)
    return f"{_WENT[drift.toward]}: from {before} to {after}."


def _caption(series: Series, reading: Reading) -> Html | None:
    changed = caption(series, reading.finding)
    if not changed:
        return None
    first = "The rhythm changed around "
    pieces = [
        join(first if n == 0 else " and again around ", tag("strong", when), f" ({span})")
        for n, (when, span) in enumerate(changed)
    ]
    return tag("figcaption", pieces, ".")


def _cannot_see(series: Series) -> str:
    return f"Cannot be seen here: {_lower(series.cannot_see)} {series.perhaps}"


def _lower(sentence: str) -> str:
    """A sentence as a clause; a leading "I" or name is not expected here."""
    return sentence[:1].lower() + sentence[1:]


def _table(series: Series) -> Html:
    rows = [
        tag(
            "tr",
            tag("th", period.name, scope="row"),
            tag("td", "no record" if value is None else amount(value.value, series)),
            tag("td", "" if value is None else bounds(value.low, value.high, series)),
        )
        for period in table(series)
        for value in [period.value]
    ]
    head = [tag("th", name, scope="col") for name in (_column(series), "80 % range")]
    return tag(
        "details",
        tag("summary", "The same as a table"),
        tag(
            "div",
            tag(
                "table",
                tag("caption", f"{series.title}, {unit_of(series)}"),
                tag("thead", tag("tr", tag("td"), head)),
                tag("tbody", rows),
            ),
            class_="scroll",
        ),
    )


def _column(series: Series) -> str:
    return series.title.split(",")[0]


def _unmeasured(reading: Reading) -> Html | None:
    if not reading.unmeasured:
        return None
    why: dict[str, list[str]] = {}
    for name, cannot in reading.unmeasured.items():
        why.setdefault(cannot.why, []).append(name.replace("_", " "))
    items = [
        tag("li", tag("strong", joined(names).capitalize()), ". ", reason)
        for reason, names in why.items()
    ]
    return tag("section", tag("h3", "What cannot be told"), tag("ul", items))
