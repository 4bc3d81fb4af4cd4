"""Corrections by the two: one tap changes their own reading at once, and can be undone.

A correction moves the weekly counts that the quote was part of, and the change is looked for
anew. Other quotes of the same words follow it (own_words.py). What was there before the first
correction is kept beside it, so undoing restores exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from turntoward.bids.exchange import Perhaps
from turntoward.errors import UnknownQuote
from turntoward.language.labels import BidKind, Stance
from turntoward.reading.looking import find
from turntoward.reading.own_words import Said, taught
from turntoward.reading.quotes import with_quotes
from turntoward.reading.reading import AsRead, Correction, Quoted, Reading, Scope
from turntoward.reading.refresh import Change, refreshed
from turntoward.reading.seasons import spells
from turntoward.reading.surviving import without
from turntoward.reading.uncorrected import as_read

#: The rhythms that are counted bid by bid.
_COUNTED = ("bids_made", "bids_met", "softness")

#: How an answer turned, where it tells.
_TOLD = (Stance.TOWARD.value, Stance.AWAY.value, Stance.AGAINST.value)

#: Unanswered for one of these reasons, a bid is not counted as met or not (`rhythms.bids_met`).
_LEFT_OUT = frozenset({Perhaps.OVERNIGHT.value, Perhaps.END_OF_RECORD.value})


def correct(reading: Reading, correction: Correction) -> Reading:
    """The reading with one quote as one of the two says it was, and all that follows from it.

    A correction that says what was read anyway undoes an earlier one. In scope `OWN` only the
    kind is corrected. Raises `UnknownQuote` where the reading holds no such quote or no such kind
    or stance exists.
    """
    base = as_read(reading)
    read = _quote(base, correction.quoted)
    said = _checked(correction, reading.scope)
    others = [c for c in reading.corrections if c.quoted != said.quoted]
    untaught = _own_words(base, others).kind_of(read)
    if (said.kind, said.stance) == (read.kind, read.stance) and untaught == read.kind:
        return _corrected(base, others)
    return _corrected(base, [*others, said])


def uncorrect(reading: Reading, quoted: int) -> Reading:
    """The reading without the correction of that quote; without any, as it was read.

    Words that only this correction taught an earlier reading are taken as they were before, in
    the quotes at once and in the whole record when it is read again.

    Raises `UnknownQuote` where the reading holds no such quote.
    """
    _quote(reading, quoted)
    return _corrected(as_read(reading), [c for c in reading.corrections if c.quoted != quoted])


def _checked(correction: Correction, scope: Scope) -> Correction:
    if correction.kind not in {kind.value for kind in BidKind}:
        raise UnknownQuote(f"There is no kind of bid called {correction.kind}.")
    if scope is Scope.OWN or correction.kind == BidKind.NONE.value:
        return replace(correction, stance="")
    if correction.stance not in {stance.value for stance in Stance}:
        raise UnknownQuote(f"There is no way to answer called {correction.stance}.")
    return correction


def _quote(reading: Reading, quoted: int) -> Quoted:
    for quote in reading.quotes:
        if quote.id == quoted:
            return quote
    raise UnknownQuote("This exchange is no longer in the reading. Open the reading again.")


def _corrected(base: Reading, corrections: Sequence[Correction]) -> Reading:
    said = {correction.quoted: correction for correction in corrections}
    own = _own_words(base, corrections)
    for quote in base.quotes:
        kind = own.kind_of(quote)
        if quote.id not in said and kind != quote.kind:
            stance = "" if kind == BidKind.NONE.value else quote.stance
            said[quote.id] = Correction(quoted=quote.id, kind=kind, stance=stance)
    pairs = [(quote, _as_said(quote, said[quote.id])) for quote in base.quotes if quote.id in said]
    if not pairs:
        return base
    now = {quote.id: quote for _, quote in pairs}
    quotes = tuple(now.get(quote.id, quote) for quote in base.quotes)
    series = tuple(
        refreshed(one, _changes(one.name, pairs)) if one.name in _COUNTED else one
        for one in base.series
    )
    finding = without(find(series, spells=spells(base.seasons)), base.not_drawn)
    return replace(
        base,
        series=series,
        quotes=quotes,
        finding=with_quotes(finding, quotes),
        bids=base.bids + sum(_part("bids_made", b)[0] - _part("bids_made", a)[0] for a, b in pairs),
        met=base.met + sum(_part("bids_met", b)[0] - _part("bids_met", a)[0] for a, b in pairs),
        corrections=tuple(corrections),
        as_read=AsRead(
            series=tuple(one for one in base.series if one.name in _COUNTED),
            finding=base.finding,
            quotes=tuple(quote for quote, _ in pairs),
            bids=base.bids,
            met=base.met,
        ),
    )


def _own_words(base: Reading, corrections: Sequence[Correction]) -> Said:
    """What corrections teach of other quotes, and what the reading was made with."""
    taught_now = taught(corrections, base.quotes, base.own_words)
    return Said(
        backed={own.words: own.kind for own in taught_now},
        applied={own.words: own for own in base.own_words},
    )


def _as_said(quote: Quoted, correction: Correction) -> Quoted:
    """What a person says of their own exchange is taken as sure."""
    return replace(quote, kind=correction.kind, stance=correction.stance, sure=1.0)


def _changes(rhythm: str, pairs: Sequence[tuple[Quoted, Quoted]]) -> dict[date, Change]:
    changes: dict[date, Change] = {}
    for read, said in pairs:
        before, after = _part(rhythm, read), _part(rhythm, said)
        if before == after:
            continue
        so_far = changes.get(read.week, Change(0, 0))
        changes[read.week] = Change(
            count=so_far.count + after[0] - before[0],
            exposure=so_far.exposure + after[1] - before[1],
        )
    return changes


def _part(rhythm: str, quote: Quoted) -> tuple[int, int]:
    """How much a quote adds to its week's count and exposure, as the rhythm itself counts."""
    if quote.kind == BidKind.NONE.value:
        return 0, 0
    if rhythm == "bids_made":
        return 1, 0
    if rhythm == "softness":
        told = quote.stance in _TOLD
        return int(told and quote.stance != Stance.AGAINST.value), int(told)
    if quote.stance == Stance.TOWARD.value:
        return 1, 1
    if quote.stance in ("", Stance.UNCLEAR.value) or (
        quote.stance == Stance.UNANSWERED.value and _LEFT_OUT.intersection(quote.perhaps)
    ):
        return 0, 0
    return 0, 1
