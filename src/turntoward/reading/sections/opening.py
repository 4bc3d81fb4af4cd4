"""The top of the page: who, what was found in one sentence, and the seasons beside it."""

from __future__ import annotations

from turntoward.drift.shift import Drift, Toward
from turntoward.reading.markup import Html, join, tag
from turntoward.reading.reading import Reading, Scope, Season
from turntoward.reading.saying import part_of_month
from turntoward.reading.seasons import when_and_what
from turntoward.reading.summary import sentences
from turntoward.words import gettext, joined, ngettext

#: Two half-circles turning toward each other.
_SIGN = Html(
    '<svg viewBox="0 0 24 24" aria-hidden="true">'
    '<path class="one" d="M11 3a9 9 0 0 0 0 18z"/><path class="two" d="M13 3a9 9 0 0 1 0 18z"/>'
    "</svg>"
)


def opening(reading: Reading) -> Html:
    """The sentence first; it says enough for who reads no further."""
    return tag(
        "header",
        tag("p", _SIGN, " Turntoward", class_="brand"),
        tag("h1", heading(reading)),
        [tag("p", part, class_="lead") for part in sentences(reading)],
        [_drift(drift) for drift in reading.finding.drifts],
        _perhaps(reading.finding.drifts),
        _seasons(reading.seasons),
        tag("p", _whose(reading), class_="soft"),
    )


def heading(reading: Reading) -> str:
    """`Ana and Ben, 2021 to 2026`."""
    names = joined(list(reading.partners))
    if reading.first is None or reading.last is None:
        return names
    first, last = reading.first.year, reading.last.year
    if first == last:
        return f"{names}, {first}"
    # Translators: the names of the two, and the years of the chat
    return gettext("{names}, {first} to {last}").format(names=names, first=first, last=last)


def _drift(drift: Drift) -> Html:
    number = len(drift.shifts)
    # Translators: {when} is such as "early March 2023"
    said = ngettext(
        "Quieter most likely since {when}, in one rhythm.",
        "Quieter most likely since {when}, in {number} rhythms.",
        number,
    )
    if drift.toward is Toward.CLOSER:
        # Translators: {when} is such as "early March 2023"
        said = ngettext(
            "Closer most likely since {when}, in one rhythm.",
            "Closer most likely since {when}, in {number} rhythms.",
            number,
        )
    when = part_of_month(drift.likeliest)
    return tag("p", said.format(when=when, number=number), class_="soft")


def _perhaps(drifts: tuple[Drift, ...]) -> Html | None:
    """One innocent explanation for each change, each once."""
    reasons = dict.fromkeys(drift.shifts[0].evidence.perhaps for drift in drifts if drift.shifts)
    if not reasons:
        return None
    everyday = gettext("It may have an everyday reason.")
    return tag("p", " ".join([everyday, *map(gettext, reasons)]), class_="soft")


def _seasons(seasons: tuple[Season, ...]) -> Html | None:
    if not seasons:
        return None
    items = [tag("li", one.name, " ", tag("span", when_and_what(one))) for one in seasons]
    return join(
        tag("p", gettext("Your own seasons, numbered as in the charts:")),
        tag("ol", items),
    )


def _whose(reading: Reading) -> str:
    if reading.scope is Scope.OWN:
        other = next(name for name in reading.partners if name != reading.me)
        return gettext(
            "Read from your own words alone. Of {name} only the times were looked at, "
            "never what was written."
        ).format(name=other)
    return gettext("A chat holds two people's words. This page is best read together.")
