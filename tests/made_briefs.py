"""Briefs made by hand: what a test prints, without a couple and without a database."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

from turntoward.care.brief_chart import Chart, Mark
from turntoward.web.handover.told import Entry, Group, Told

WEEKS = 220


def chart(marks: tuple[Mark, ...] = ()) -> Chart:
    """A rhythm that became quieter, with a stretch without record."""
    weeks = tuple(date(2022, 1, 3) + timedelta(weeks=n) for n in range(WEEKS))
    line = tuple(
        None if 60 <= n < 64 else 0.6 - 0.2 / (1 + exp((110 - n) / 8)) for n in range(WEEKS)
    )
    return Chart(
        title="Bids met",
        unit="share of bids",
        alternative="Bids met, by week: around 60 % at first, around 40 % lately.",
        weeks=weeks,
        smooth=line,
        low=tuple(value and value - 0.05 for value in line),
        high=tuple(value and value + 0.05 for value in line),
        rows=tuple((f"January {2022 + n}", "60 % (55 % to 65 %)") for n in range(5)),
        top="65 %",
        marks=marks,
    )


def told(
    *words: str, language: str = "en", names: tuple[str, ...] = ("Ana", "Ben"), drawn: bool = False
) -> Told:
    """A brief with these lines, one under the other, and with `drawn` a chart before them."""
    lines = Group(kind="own", heading="In our own words", entries=tuple(map(entry, words)))
    picture = Group(kind="chart", heading="How it went", entries=(entry(""),))
    return Told(
        language=language,
        names=names,
        title="A brief for a first conversation",
        frozen_on=date(2026, 3, 3),
        expires_on=date(2026, 4, 2),
        groups=(picture, lines) if drawn else (lines,),
        chart=chart() if drawn else None,
    )


def entry(words: str) -> Entry:
    return Entry(words=words)
