"""From exports to a reading: every step in its order, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial

import polars as pl

from turntoward.drift.shift import Drift, Finding
from turntoward.errors import UnknownName
from turntoward.language.reader import label, names_of, stances
from turntoward.messages.history import History, gather
from turntoward.messages.people import Names, names_in
from turntoward.reading.hours import USUAL, Hours, checked, others
from turntoward.reading.listened import Listened
from turntoward.reading.looking import find
from turntoward.reading.notes import notes
from turntoward.reading.own import only_own
from turntoward.reading.quotes import choose, with_quotes
from turntoward.reading.rates import rates
from turntoward.reading.reading import VERSION, OwnWords, Reading, Scope, Season
from turntoward.reading.relabelled import with_own_words
from turntoward.reading.rounds import rounds
from turntoward.reading.seasons import in_order, spells
from turntoward.reading.sources import READING, Dates, File, OnStep, open_sources, silent
from turntoward.reading.steps import LISTENING, LOOKING, MEASURING, of_step
from turntoward.reading.surviving import fragile, remembered, without
from turntoward.rhythms.companion import measure_companion
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.material import LIKELY
from turntoward.rhythms.series import Series


def read_files(
    files: File | Sequence[File],
    *,
    me: Names | None = None,
    partner: Names | None = None,
    chats: Collection[str] = (),
    zone: str | None = None,
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
    scope: Scope = Scope.BOTH,
    seasons: Sequence[Season] = (),
    together: bool | None = None,
    hours: Hours = USUAL,
    on_step: OnStep = silent,
) -> Reading:
    """Read the exported chat of two people: one file, or several that belong together.

    `me` is the name of whoever reads, as the chat writes it, and `partner` that of the other: each
    is one name or several of the same person, the first of which is used. Needed only where more
    than two names wrote; where both are given, what others wrote is left out and counted. `chats`
    are titles of the chats to take from an export of several. `zone` is the time zone for exports
    that hold none, `dates` is `day-first` or `month-first` where a file does not decide it,
    `columns` says which column of a table is which (docs/formats.md, Table).
    `on_step` is told what is being done and how much of the whole is behind it (0 to 1). The rest
    is as in `read_history`. Raises a `TurntowardError` that says what to do.
    """
    checked(hours)  # before the long work
    in_order(seasons)
    opened = of_step(READING, on_step)
    sources = open_sources(
        files,
        zone=zone,
        dates=dates,
        columns=columns,
        chats=chats,
        people=names_in(partner),
        me=names_in(me),
        on_step=lambda _, share: opened(share),
    )
    history = gather(sources, me=me, partner=partner)
    return read_history(
        history,
        scope=scope,
        seasons=seasons,
        together=together,
        hours=hours,
        on_step=on_step,
    )


def read_history(
    history: History,
    *,
    scope: Scope = Scope.BOTH,
    seasons: Sequence[Season] = (),
    together: bool | None = None,
    hours: Hours = USUAL,
    own_words: Sequence[OwnWords] = (),
    companion: Companion | None = None,
    on_step: OnStep = silent,
) -> Reading:
    """Label, pair, measure, find: the reading of a history.

    In scope `OWN` the partner's words leave the history before anything else happens, and whose
    words stay must be known: raises `UnknownName` where `history.me` is null. `together` says
    whether the two live together, null where that is not known. `own_words` are what the two taught
    an earlier reading (see reading/own_words.py). `companion` is what the two did in the companion,
    which is left out in scope `OWN`. The weeks of `seasons` are known as what they
    were. A change that vanishes with other `hours` is kept apart in `not_drawn`.
    """
    checked(hours)
    seasons = in_order(seasons)
    own = _whose(history, scope)
    told = history if own is None else only_own(history, own)
    listening, measuring, looking = (of_step(s, on_step) for s in (LISTENING, MEASURING, LOOKING))
    listening(0.0)
    labels = with_own_words(label(told.messages, on_progress=listening), told.messages, own_words)
    measuring(0.0)
    tapped = companion if own is None else None
    heard = Listened(
        history=told,
        labels=labels,
        own=own,
        together=together,
        stances=remembered(partial(stances, names=names_of(told.messages["sender_id"]))),
        companion=measure_companion(tapped) if tapped else {},
    )
    exchanges = heard.paired(hours)
    series, unmeasured = heard.measured(exchanges, hours)
    looking(0.0)
    look = partial(find, spells=spells(seasons))
    first = look(series)
    not_drawn = _not_drawn(first, heard, hours, look, looking)
    finding = without(first, not_drawn)
    quotes = choose(told, labels, exchanges, finding, scope=scope)
    looking(1.0)
    days = told.messages["ts_local"].drop_nulls().dt.date()
    zones = {account.zone for account in history.accounts}
    table = exchanges.table
    return Reading(
        version=VERSION,
        partners=history.partners,
        me=None if history.me is None else history.partners[history.me],
        scope=scope,
        zone=zones.pop() if len(zones) == 1 else None,
        first=_day(days.min()),
        last=_day(days.max()),
        accounts=history.accounts,
        duplicates=history.duplicates,
        language=labels.language,
        series=series,
        unmeasured=unmeasured,
        finding=with_quotes(finding, quotes),
        bids=table.height,
        met=0 if own is not None else table.filter(pl.col("p_toward") >= LIKELY).height,
        quotes=quotes,
        seasons=seasons,
        corrections=(),
        notes=notes(history, labels, scope=scope, together=together, companion=tapped),
        not_drawn=not_drawn,
        own_words=tuple(own_words),
        rates=rates(told, labels, exchanges, own),
        hours=hours,
        night=exchanges.night_hours,
        night_learned=exchanges.night_learned,
        rounds=rounds(heard, exchanges, hours),
    )


def _not_drawn(
    finding: Finding,
    heard: Listened,
    hours: Hours,
    look: Callable[[Sequence[Series]], Finding],
    looking: Callable[[float], None],
) -> tuple[Drift, ...]:
    """What other settings do not find; where nothing was found, there is nothing to try."""
    if not finding.drifts:
        return ()
    found, tried = [], others(hours)
    for number, other in enumerate(tried, start=1):
        looking(number / (len(tried) + 1))
        series, _ = heard.measured(heard.paired(other), other)
        found.append(look(series))
    return fragile(finding, found)


def _whose(history: History, scope: Scope) -> int | None:
    if scope is Scope.BOTH:
        return None
    if history.me is None:
        one, two = history.partners
        raise UnknownName(f"To read your own side alone, say who you are: {one} or {two}.")
    return history.me


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
