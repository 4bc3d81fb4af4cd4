"""The top of the page: who, what was found in one sentence, and the seasons beside it."""

from __future__ import annotations

from turntoward.drift.shift import Drift, Toward
from turntoward.reading.markup import Html, join, tag
from turntoward.reading.reading import Reading, Scope, Season
from turntoward.reading.saying import joined, month, part_of_month
from turntoward.reading.summary import sentence

_WENT = {Toward.QUIETER: "Quieter", Toward.CLOSER: "Closer"}

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
        tag("p", sentence(reading), class_="lead"),
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
    return f"{names}, {first}" if first == last else f"{names}, {first} to {last}"


def _drift(drift: Drift) -> Html:
    when = f"{_WENT[drift.toward]} most likely since {part_of_month(drift.likeliest)}"
    rhythms = "one rhythm" if len(drift.shifts) == 1 else f"{len(drift.shifts)} rhythms"
    sure = f"about {min(round(drift.probability * 100), 99)} in 100 sure"
    return tag("p", f"{when}, in {rhythms}, {sure}.", class_="soft")


def _perhaps(drifts: tuple[Drift, ...]) -> Html | None:
    """One innocent explanation for each change, each once."""
    reasons = dict.fromkeys(drift.shifts[0].evidence.perhaps for drift in drifts if drift.shifts)
    if not reasons:
        return None
    return tag("p", f"It may have an everyday reason. {' '.join(reasons)}", class_="soft")


def _seasons(seasons: tuple[Season, ...]) -> Html | None:
    if not seasons:
        return None
    items = [tag("li", season.name, " ", tag("span", _when(season))) for season in seasons]
    return join(
        tag("p", "Your own seasons, numbered as in the charts:"),
        tag("ol", items),
    )


def _when(season: Season) -> str:
    if season.end is None or month(season.end) == month(season.start):
        return month(season.start)
    return f"{month(season.start)} to {month(season.end)}"


def _whose(reading: Reading) -> str:
    if reading.scope is Scope.OWN:
        other = next(name for name in reading.partners if name != reading.me)
        return (
            f"Read from your own words alone. Of {other} only the times were looked at, "
            "never what was written."
        )
    return "A chat holds two people's words. This page is best read together."
