"""A finding in a few plain sentences, one for each change: no blame, no cause.

Since when, which rhythms, how strongly, how surely; and what the two had marked around that time,
which stands beside it and explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: More rhythms, or marks, than this are not named one by one.
_NAMED = 3
#: The largest effect on the link scale (logit or log) from which a change has that strength: half
#: as much, or twice as much, is a log of 0.7.
_STRENGTHS = ((0.7, "much"), (0.3, "clearly"), (0.0, "a little"))

Sized = Callable[[Shift], str]
Marked = Callable[[Drift], Sequence[str]]


def say(
    finding: Finding,
    titles: Mapping[str, str],
    *,
    sized: Sized | None = None,
    marked: Marked | None = None,
    private: Collection[str] = (),
) -> str:
    """The finding as it is told in one go; parameters as in `parts`."""
    return " ".join(parts(finding, titles, sized=sized, marked=marked, private=private))


def parts(
    finding: Finding,
    titles: Mapping[str, str],
    *,
    sized: Sized | None = None,
    marked: Marked | None = None,
    private: Collection[str] = (),
) -> tuple[str, ...]:
    """The same, a part for each change; `titles` maps a rhythm to its title.

    `sized` gives the size of a shift, such as `from 65 % to 50 %`, and `marked` the names of what
    the two marked around the begin of a drift. Of `private` rhythms no size is said, not even in
    how strongly all of them changed.
    """
    if finding.verdict is Verdict.CANNOT_TELL:
        return (f"It cannot be told yet. {finding.why}".strip(),)
    if not finding.drifts:
        return (f"Nothing changed for good in these {finding.weeks} weeks.",)
    told = []
    for number, drift in enumerate(finding.drifts):
        names = list(marked(drift)) if marked else []
        change = _change(drift, titles, number, sized, private)
        told.append(f"{change} {_beside(names)}" if names else change)
    if any(drift.toward is Toward.QUIETER for drift in finding.drifts):
        told.append("That is a change of rhythm, not a fault of either of you.")
    return tuple(told)


def strength(drift: Drift, private: Collection[str] = ()) -> str:
    """`much`, `clearly` or `a little`: by the rhythm that changed most, of those not private.

    Empty where there is none: it would say how far a private one moved.
    """
    sizes = [abs(shift.effect.value) for shift in drift.shifts if shift.rhythm not in private]
    return next((word for least, word in _STRENGTHS if max(sizes) >= least), "") if sizes else ""


def sureness(drift: Drift) -> str:
    """`about 96 in 100 sure`; nothing is ever surer than 99."""
    return f"about {min(round(drift.probability * 100), 99)} in 100 sure"


def _change(
    drift: Drift,
    titles: Mapping[str, str],
    number: int,
    sized: Sized | None,
    private: Collection[str],
) -> str:
    """`Your rhythms began to get much quieter in mid March 2023, about 96 in 100 sure: pace.`"""
    who = "Your rhythms" if number == 0 else "The rhythms"
    strongly = f"{strength(drift, private)} ".lstrip()
    if drift.toward is Toward.QUIETER:
        again = " again" if number else ""
        went = f"began to get {strongly}quieter{again}"
    else:
        went = f"began to come {strongly}closer again"
    # Shifts come in order of size, which is not said of private ones either: they come last.
    shifts = sorted(drift.shifts, key=lambda shift: shift.rhythm in private)
    names = [_named(shift, titles, sized) for shift in shifts]
    most = "most of all " if len(names) > _NAMED else ""
    which = f": {most}{_joined(names[:_NAMED])}" if names else ""
    return f"{who} {went} {_when(drift.earliest, drift.latest)}, {sureness(drift)}{which}."


def _named(shift: Shift, titles: Mapping[str, str], sized: Sized | None) -> str:
    title = titles.get(shift.rhythm, shift.rhythm).lower()
    return f"{title} ({sized(shift)})" if sized else title


def _beside(names: list[str]) -> str:
    """What was marked, in the words of the two."""
    shown = [f"“{name}”" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        shown.append(f"{len(names) - _NAMED} more")
    return f"Around that time you marked {_joined(shown)}."


def _when(earliest: date, latest: date) -> str:
    """When it began, as exactly as the interval deserves."""
    start, end = _part(earliest), _part(latest)
    if earliest.year != latest.year:
        return f"between {start} {earliest.year} and {end} {latest.year}"
    if start == end:
        return f"in {start} {latest.year}"
    return f"between {start} and {end} {latest.year}"


def _part(day: date) -> str:
    part = "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"
    return f"{part} {_MONTHS[day.month - 1]}"


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
