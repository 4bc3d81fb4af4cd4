"""A finding in one or two plain sentences: no blame, no cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from turntoward.drift.shift import Drift, Finding, Toward, Verdict

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WENT = {Toward.QUIETER: "began to get quieter", Toward.CLOSER: "began to come closer again"}
#: More rhythms than this are not named one by one.
_NAMED = 3


def say(finding: Finding, titles: Mapping[str, str]) -> str:
    """The finding as it is told; `titles` maps a rhythm to its title."""
    if finding.verdict is Verdict.CANNOT_TELL:
        return f"It cannot be told yet. {finding.why}".strip()
    if not finding.drifts:
        return f"Nothing changed for good in these {finding.weeks} weeks."
    told = [_change(drift, titles, number) for number, drift in enumerate(finding.drifts)]
    if any(drift.toward is Toward.QUIETER for drift in finding.drifts):
        told.append("That is a change of rhythm, not a fault of either of you.")
    return " ".join(told)


def _change(drift: Drift, titles: Mapping[str, str], number: int) -> str:
    """`Your rhythms began to get quieter in mid March 2023: greetings and affection.`"""
    who = "Your rhythms" if number == 0 else "They"
    again = " again" if number and drift.toward is Toward.QUIETER else ""
    names = [titles.get(shift.rhythm, shift.rhythm).lower() for shift in drift.shifts]
    most = " most" if len(names) > _NAMED else ""
    which = f": {_joined(names[:_NAMED])}{most}" if names else ""
    return f"{who} {_WENT[drift.toward]}{again} {_when(drift.earliest, drift.latest)}{which}."


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
