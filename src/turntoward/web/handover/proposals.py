"""The lines that the app proposes: from plain values, without a quote, without a message.

`of_both` rests only on what both may see. `of_one` is one person's own side, for them alone until
they give it; nothing in it is made from the other's words or taps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from turntoward.care.brief_changes import beside_a_change, changes
from turntoward.reading.reading import Reading
from turntoward.web.handover.models import Kind
from turntoward.words import gettext, joined, month, ngettext

#: The seasons beside a change, and the newest; all of them are on the couple's own page.
_SEASONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A line as it is proposed; empty words are for its owner to write."""

    kind: Kind
    source: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season as it is said: `key` tells it from the others."""

    key: int
    name: str
    start: date
    end: date | None
    ongoing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfBoth:
    """What both know: the reading of both, seasons, how often they sat down, and their trials.

    `tens` and `coffees` count check-ins that were held, the first of them on `since`. `trials` are
    how many weeks each trial of both had, `showed` what was found of both.
    """

    reading: Reading | None = None
    seasons: tuple[Season, ...] = ()
    tens: int = 0
    coffees: int = 0
    since: date | None = None
    trials: tuple[tuple[str, int], ...] = ()
    showed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOne:
    """One person's own side. `alone`: for a brief of their own, which has no lines of both.

    `shifts` counts small shifts they did, the first on `since`. `showed`, `topics`, `signs` and
    `results` are pairs of what it comes from and its words.
    """

    alone: bool = False
    shifts: int = 0
    since: date | None = None
    showed: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    results: tuple[tuple[str, str], ...] = ()


def of_both(known: OfBoth) -> list[Proposed]:
    """Every line that can be proposed to both, in the order of the brief."""
    changed = list(changes(known.reading)) if known.reading else []
    lines = [
        *(Proposed(kind=Kind.SINCE, source=f"drift:{one.key}", words=one.since) for one in changed),
        *(
            Proposed(kind=Kind.RHYTHMS, source=f"rhythms:{one.key}", words=one.which)
            for one in changed
            if one.which
        ),
        *_seasons(known),
        *_tried(known),
    ]
    lines += [
        Proposed(kind=Kind.HELPED, source=f"showed:{key}", words=w) for key, w in known.showed
    ]
    return lines


def of_one(known: OfOne) -> list[Proposed]:
    """Every line that can be proposed to one person; some are empty, to be written."""
    lines = [Proposed(kind=Kind.SINCE, source="my-since")] if known.alone else []
    if known.shifts and known.since:
        said = ngettext(
            "I tried {number} small shift, since {month}.",
            "I tried {number} small shifts, since {month}.",
            known.shifts,
        ).format(number=known.shifts, month=month(known.since))
        lines.append(Proposed(kind=Kind.TRIED, source="my-shifts", words=said))
    given = (
        (Kind.HELPED, "my-trial", known.showed),
        (Kind.SIGN, "sign", known.signs),
        (Kind.TOPIC, "topic", known.topics),
        (Kind.QUESTIONNAIRE, "result", known.results),
    )
    lines += [
        Proposed(kind=kind, source=f"{source}:{key}", words=words)
        for kind, source, pairs in given
        for key, words in pairs
    ]
    return [*lines, Proposed(kind=Kind.HOPE, source="my-hope")]


def _seasons(known: OfBoth) -> Iterator[Proposed]:
    def stands_out(season: Season) -> bool:
        last = season.end or (date.max if season.ongoing else season.start)
        return known.reading is not None and beside_a_change(known.reading, season.start, last)

    chosen = sorted(known.seasons, key=lambda one: (stands_out(one), one.start))[-_SEASONS:]
    for season in sorted(chosen, key=lambda one: one.start):
        words = f"{season.name}, {_when(season)}"
        yield Proposed(kind=Kind.SEASON, source=season_source(season.key), words=words)


def season_source(key: int) -> str:
    """What the line of a season comes from; the marks of a chart name it, too."""
    return f"season:{key}"


def _when(season: Season) -> str:
    start, end = month(season.start), month(season.end or season.start)
    if season.ongoing and season.end is None:
        return gettext("since {month}, going on").format(month=start)
    return start if start == end else gettext("{start} to {end}").format(start=start, end=end)


def _tried(known: OfBoth) -> Iterator[Proposed]:
    held = []
    if known.tens:
        said = ngettext(
            "{number} check-in of ten minutes", "{number} check-ins of ten minutes", known.tens
        )
        held.append(said.format(number=known.tens))
    if known.coffees:
        said = ngettext("{number} quiet coffee", "{number} quiet coffees", known.coffees)
        held.append(said.format(number=known.coffees))
    if held and known.since:
        line = gettext("Since {month} we held {what}.")
        words = line.format(month=month(known.since), what=joined(held))
        yield Proposed(kind=Kind.TRIED, source="held", words=words)
    for key, weeks in known.trials:
        tried = ngettext(
            "We tried {number} week with and without small shifts.",
            "We tried {number} weeks, some with small shifts and some without.",
            weeks,
        ).format(number=weeks)
        yield Proposed(kind=Kind.TRIED, source=f"trial:{key}", words=tried)
