"""A reading in the terminal: the same as the page, shorter, as things that rich can print."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from turntoward.cli.terminal import plain
from turntoward.reading import saying
from turntoward.reading.accounted import lines
from turntoward.reading.levels import Level, levels, stretches
from turntoward.reading.reading import Quoted, Reading, Scope
from turntoward.reading.saying import (
    KINDS,
    at,
    minutes,
    title_of,
    unit_of,
    with_bounds,
)
from turntoward.reading.seasons import when_and_what
from turntoward.reading.shown import met, own, waiting
from turntoward.reading.summary import how_read, sentence
from turntoward.words import joined, month

_QUOTES = 4


def printed(reading: Reading) -> Iterator[RenderableType]:
    """What was read, who is who, the sentence, the rhythms, a few bids."""
    yield from _accounts(reading)
    yield Text(f"\n{_who(reading)}")
    yield Text(f"\n{plain(sentence(reading))}\n", style="bold")
    yield from _seasons(reading)
    if reading.series:
        yield _rhythms(reading)
    yield from _unmeasured(reading)
    yield from _exchanges(reading)
    yield Text(f"\n{how_read(reading)}", style="dim")
    yield Text(f"\n{_whose(reading)}")


def _accounts(reading: Reading) -> Iterator[Text]:
    for account in reading.accounts:
        yield from (Text(plain(line)) for line in lines(account))
    if reading.duplicates:
        yield Text(f"  {reading.duplicates:,} records were in more than one file, counted once")


def _who(reading: Reading) -> str:
    who = plain(joined(list(reading.partners)))
    if reading.first and reading.last:
        first, last = month(reading.first), month(reading.last)
        who += f", {first}" if first == last else f", {first} to {last}"
    return f"{who}. You are {plain(reading.me)}." if reading.me else f"{who}."


def _seasons(reading: Reading) -> Iterator[Text]:
    """What the two marked always stands with what was found."""
    if reading.seasons:
        told = [f"{one.name} ({when_and_what(one)})" for one in reading.seasons]
        yield Text(f"You marked: {plain('; '.join(told))}.\n")


def _rhythms(reading: Reading) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("rhythm")
    for stretch in stretches(reading):
        # "before" above its date: the numbers below stay on one line.
        table.add_column(stretch.name.replace(" ", "\n", 1), no_wrap=True)
    table.add_column("")
    for level in levels(reading):
        table.add_row(*_row(level))
    return table


def _row(level: Level) -> tuple[Text, ...]:
    name = Text(level.series.title).append(f"\n{unit_of(level.series)}", style="dim")
    values = [
        Text("no record" if value is None else with_bounds(value, level.series))
        for value in level.values
    ]
    went = Text(", ".join(toward.value for toward in level.changed), style="bold")
    return name, *values, went


def _unmeasured(reading: Reading) -> Iterator[Text]:
    why: dict[str, list[str]] = {}
    for name, cannot in reading.unmeasured.items():
        why.setdefault(cannot.why, []).append(title_of(name).lower())
    for reason, names in why.items():
        yield Text(f"\nCannot be told: {joined(names)}. {reason}")


def _exchanges(reading: Reading) -> Iterator[RenderableType]:
    shown = (
        (f"{plain(reading.me or '')}, these may still be waiting:", waiting(reading, _QUOTES)),
        ("How you reached out lately:", own(reading, _QUOTES)),
        ("A few bids that were met:", met(reading, _QUOTES)),
    )
    level = saying.levels(reading.rates, reading.scope)
    if level:
        yield Text(f"\n{level}", style="dim")
    for heading, quotes in shown:
        if quotes:
            yield Text(f"\n{heading}", style="bold")
            yield from (Padding(_exchange(quote, reading), (0, 0, 0, 2)) for quote in quotes)


def _exchange(quote: Quoted, reading: Reading) -> Text:
    said = Text(f"{plain(quote.who)} {KINDS[quote.kind]}, {at(quote.at)}\n", style="dim")
    said.append(f"  “{plain(quote.text)}”", style="not dim")
    if quote.answer is not None:
        other = next(name for name in reading.partners if name != quote.who)
        waited = quote.answered_after_s
        later = "" if waited is None else f", {minutes(waited / 60)} later"
        answer = " / ".join(plain(quote.answer).split("\n"))
        said.append(f"\n  {plain(other)}{later}\n").append(f"  “{answer}”", style="not dim")
    return said


def _whose(reading: Reading) -> str:
    if reading.scope is Scope.OWN:
        return "Read from your own words alone."
    return "A chat holds two people's words. It is best read together."
