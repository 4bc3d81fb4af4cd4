"""Each rhythm: what the article calls it, how it went, a chart, and the same as a table."""

from __future__ import annotations

from turntoward.drift.shift import Toward, Verdict
from turntoward.reading.chart import caption, changes, chart_data, label
from turntoward.reading.markup import Child, Html, data, filled, join, tag
from turntoward.reading.reading import Reading
from turntoward.reading.saying import (
    is_more,
    part_of_month,
    title,
    title_inside,
    unit_of,
    why,
    with_bounds,
)
from turntoward.reading.sections.table import as_table
from turntoward.reading.sections.zoom import zoom
from turntoward.reading.weeks import holes_counted, told, told_counted, without_record
from turntoward.rhythms.series import Series
from turntoward.words import gettext, joined, language


def charts(reading: Reading) -> Html:
    """The rhythms with the buttons that show more or less of the time in all of them."""
    return tag("div", zoom(), rhythms(reading), class_="charts")


def rhythms(reading: Reading) -> Html:
    """All measured rhythms, those that changed first, then what could not be measured and why.

    A private one is there only where it changed: else it would say how often each tapped.
    """
    shown = [s for s in reading.series if not s.private or changes(s, reading.finding)]
    ordered = sorted(shown, key=lambda series: not changes(series, reading.finding))
    known = told_counted([s for s in shown if not s.private], reading.seasons)
    return join(
        tag("h2", gettext("Your rhythms, one by one")),
        tag("p", known, class_="soft") if known else None,
        [_private(s, reading) if s.private else _rhythm(s, reading) for s in ordered],
        tag(
            "p",
            gettext(
                "In the charts, the line is smoothed over some weeks, and the band around it holds "
                "it with 80 %. The thin line behind shows every week as it was; a single one says "
                "little. The start of a change and a level, in brackets, are ranges, too: each "
                "holds with 80 %."
            ),
            class_="soft",
        ),
        _unmeasured(reading),
    )


def _rhythm(series: Series, reading: Reading) -> Html:
    finding = reading.finding
    return tag(
        "section",
        tag("h3", title(series)),
        tag("p", tag("q", gettext(series.words)), f" · {unit_of(series)}", class_="from"),
        _said(series, reading),
        tag(
            "figure",
            tag("div", data_plot=True, role="img", aria_label=label(series, finding)),
            data(chart_data(series, finding, reading.seasons)),
            tag("p", class_="week", data_week=True, hidden=True),
            _legend(series, reading),
            _caption(series, reading),
            data_chart=True,
        ),
        as_table(series, reading),
        tag("p", _cannot_see(series), class_="soft small"),
    )


def _private(series: Series, reading: Reading) -> Html:
    """Which way it went and since when, without a number: each of the two knows their own part."""
    # Translators: {when} is such as "early March 2023"
    more = gettext("More often, most likely since {when}.")
    # Translators: {when} is such as "early March 2023"
    less = gettext("Less often, most likely since {when}.")
    went = [
        (more if is_more(shift, series) else less).format(when=part_of_month(drift.likeliest))
        for drift, shift in changes(series, reading.finding)
    ]
    own = gettext("What each of you tapped stays with each of you, so there are no numbers here.")
    return tag(
        "section",
        tag("h3", title(series)),
        tag("p", tag("q", gettext(series.words)), class_="from"),
        tag("p", " ".join([*went, own])),
        tag("p", _cannot_see(series), class_="soft small"),
    )


def _said(series: Series, reading: Reading) -> Html | None:
    changed = changes(series, reading.finding)
    if changed:
        return tag("p", " ".join(_change(series, n, reading) for n in range(len(changed))))
    if reading.finding.verdict is Verdict.CANNOT_TELL:
        return None
    return tag("p", gettext("No lasting change found here."))


def _change(series: Series, number: int, reading: Reading) -> str:
    drift, shift = changes(series, reading.finding)[number]
    went = gettext("Drifted: from {before} to {after}.")
    if drift.toward is Toward.CLOSER:
        went = gettext("Closer: from {before} to {after}.")
    before, after = (with_bounds(level, series) for level in (shift.before, shift.after))
    return went.format(before=before, after=after)


def _legend(series: Series, reading: Reading) -> Html | None:
    """What is drawn here beside the line; only what there is."""
    changed = bool(changes(series, reading.finding))
    shown = {
        "drift": gettext("start of the change") if changed else "",
        "level": gettext("level before and since") if changed else "",
        "told": gettext("days you marked") if told(series, reading.seasons) else "",
        "hole": gettext("no record") if without_record(series) else "",
    }
    items = [tag("li", words, class_=f"key-{key}") for key, words in shown.items() if words]
    return tag("ul", items, class_="legend") if items else None


def _caption(series: Series, reading: Reading) -> Html | None:
    # Translators: {when} is such as "early March 2023", {span} "between 6 March and 3 April 2023"
    first = gettext("The rhythm changed around {when} ({span})")
    # Translators: what follows on "The rhythm changed around {when} ({span})"
    again = gettext("and again around {when} ({span})")
    said: list[Child] = []
    for when, span in caption(series, reading.finding):
        change = filled(again if said else first, when=tag("strong", when), span=span)
        said += [" " if said else None, change]
    said += [". " if said else None, holes_counted(series)]
    return tag("figcaption", said) if any(said) else None


def _cannot_see(series: Series) -> str:
    what = gettext(series.cannot_see)
    if language() == "en":
        what = what[:1].lower() + what[1:]
    # Translators: {what} is one or two sentences that begin with a capital letter
    cannot = gettext("Cannot be seen here: {what}").format(what=what)
    return f"{cannot} {gettext(series.perhaps)}"


def _unmeasured(reading: Reading) -> Html | None:
    if not reading.unmeasured:
        return None
    because: dict[str, list[str]] = {}
    for name, cannot in reading.unmeasured.items():
        because.setdefault(why(cannot), []).append(title_inside(name))
    items = [
        tag("li", tag("strong", names[:1].upper() + names[1:]), ". ", reason)
        for reason, names in ((reason, joined(each)) for reason, each in because.items())
    ]
    return tag("section", tag("h3", gettext("What cannot be told")), tag("ul", items))
