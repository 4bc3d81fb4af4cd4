"""A finished reading as page data: the sentence, the charts, and the quotes for this partner.

My own first: each sees the bids that they passed by themselves, never a list of the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from turntoward.reading.own_words import folded, taught_by
from turntoward.reading.reading import Quoted, Reading, Season
from turntoward.reading.saying import KINDS, STANCES, kind_of, levels, perhaps_of, stance_of
from turntoward.reading.shown import met, own, waiting
from turntoward.reading.summary import how_read, sentences
from turntoward.web.couples.models import Partner
from turntoward.web.readings.picked_up import PickedUp

#: More than this on one page is a list to work through, not something to notice.
SHOWN = 10
#: How an own bid was met that the one who made it sees; empty where it was not read.
_FOR_BOTH = ("toward", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """One exchange on the page."""

    quoted: Quoted
    kind: str
    stance: str
    perhaps: str
    corrected: bool
    #: Whether it follows what was said of another message of the same words.
    follows: bool
    #: Whether this partner may put it right, or take that back.
    open: bool


def kinds() -> list[tuple[str, str]]:
    """What a quote can be said to have been, in the language that is spoken now."""
    return [(kind, kind_of(kind)) for kind in KINDS]


def stances() -> list[tuple[str, str]]:
    """How a quote can be said to have been met, in the language that is spoken now."""
    return [(stance, stance_of(stance)) for stance in STANCES if stance]


def as_seen_by(reading: Reading, me: Partner) -> Reading:
    """The same reading with this partner as the one who reads, or nobody where that is unclear."""
    return replace(reading, me=me.name if me.name in reading.partners else None)


def rhythm_page(reading: Reading, seasons: tuple[Season, ...]) -> dict[str, Any]:
    """The sentence and a chart for each rhythm, with the seasons as they are marked now."""
    # Loaded with the first reading: it brings tools that measure, which other pages do without.
    from turntoward.reading.sections.rhythms import rhythms

    current = replace(reading, seasons=seasons)
    return {
        "reading": current,
        "headline": sentences(current),
        # Made by `reading.markup`, in which every string of a chat is escaped.
        "charts": SafeString(rhythms(current)),
        "how_read": how_read(current),
    }


def correctable(reading: Reading, me: Partner) -> dict[int, Quoted]:
    """The exchanges that this partner may put right: all but those that the other let pass.

    As they were read, whatever was said of them since: taking a correction back shows that again.
    """
    as_read = {quote.id: quote for quote in reading.as_read.quotes} if reading.as_read else {}
    asked = ((quote, as_read.get(quote.id, quote)) for quote in reading.quotes)
    return {now.id: now for now, read in asked if not _let_pass_by_other(read, me)}


def _let_pass_by_other(quoted: Quoted, me: Partner) -> bool:
    return quoted.who == me.name and quoted.stance not in _FOR_BOTH


def _corrected_openly(reading: Reading, me: Partner) -> list[Quoted]:
    """The quotes that were put right and that this partner may know of.

    That the other put right a bid that they let pass is theirs alone.
    """
    said = {correction.quoted for correction in reading.corrections}
    return [quote for key, quote in correctable(reading, me).items() if key in said]


def quote_view(reading: Reading, quoted: Quoted, me: Partner) -> QuoteView:
    """One exchange, in words."""
    corrected = any(c.quoted == quoted.id for c in reading.corrections)
    taught = {own.words: own.kind for own in taught_by(reading)}
    told = {folded(quote.text) for quote in _corrected_openly(reading, me)}
    words = folded(quoted.text)
    follows = not corrected and words in told and taught.get(words) == quoted.kind
    return QuoteView(
        quoted=quoted,
        kind=kind_of(quoted.kind),
        stance=stance_of(quoted.stance),
        perhaps=perhaps_of(quoted.perhaps),
        corrected=corrected,
        follows=follows,
        open=quoted.id in correctable(reading, me),
    )


def passed_by(reading: Reading, me: Partner) -> dict[int, Quoted]:
    """The bids of the last weeks that this partner let pass, by id: theirs to pick up again."""
    mine = as_seen_by(reading, me)
    return {quoted.id: quoted for quoted in waiting(mine, len(mine.quotes))}


def bids_page(
    reading: Reading, me: Partner, picked_up: Mapping[int, PickedUp] | None = None
) -> dict[str, Any]:
    """First what I passed by myself; then what was met, whoever reached out.

    What I `picked_up` again leaves the first list; each stands with how.
    """
    mine = as_seen_by(reading, me)
    back = picked_up or {}
    open_still = [quoted for quoted in passed_by(reading, me).values() if quoted.id not in back]
    surest = sorted(open_still, key=lambda quoted: (-quoted.sure, -quoted.at.timestamp()))
    passed = sorted(surest[:SHOWN], key=lambda quoted: (quoted.at, quoted.id))
    groups = {"passed": passed, "met": met(mine, SHOWN), "own": own(mine, SHOWN)}
    views = {
        name: [quote_view(mine, quoted, me) for quoted in reversed(quotes)]
        for name, quotes in groups.items()
    }
    again = [(q, back[q.id]) for q in reversed(mine.quotes) if q.id in back]
    page = {"reading": mine, "level": levels(mine.rates, mine.scope), "picked_up": again}
    return page | {"kinds": kinds(), "stances": stances()} | views
