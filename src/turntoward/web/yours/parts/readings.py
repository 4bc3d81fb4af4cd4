"""The chats that were brought in, and the reading of them as far as this partner may see it.

Chosen field by field, so that what a reading learns to hold is not given away before somebody
thought of it. Left out are: what the other let pass (never the other's list), numbers of rhythms
that rest on private taps, how the evidence grew week by week, changes that did not survive other
settings, what corrections replaced, and who of the two wrote how much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from turntoward.errors import DamagedReading
from turntoward.web.couples.models import Partner
from turntoward.web.noticed.present import picked_up
from turntoward.web.readings import store
from turntoward.web.readings.asked import seasons_of
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.names import of_what
from turntoward.web.readings.present import as_seen_by, correctable
from turntoward.web.yours.parts.rows import Row, Tables, at
from turntoward.words import gettext

if TYPE_CHECKING:
    from turntoward.reading.reading import Quoted, Reading

#: How a bid was met that both may see; empty where it was not read.
_FOR_BOTH = ("toward", "")


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`chats`; and of the reading `reading`, `rhythms`, `changes`, `levels`, `quotes`."""
    brought = Bringing.objects.visible_to(partner).select_related("by").order_by("at")
    chats: Tables = {"chats": [_chat(one, partner) for one in brought]}
    stored = store.stored_for(partner)
    if stored is None:
        return chats
    try:
        reading = store.open_reading(stored)
    except DamagedReading as damaged:
        return {**chats, "reading": [{"what": "why it does not open", "value": str(damaged)}]}
    made = at(stored.made_at, partner.couple.zone)
    return {**chats, **_tables(open_to(reading, partner), partner, made)}


def open_to(reading: Reading, me: Partner) -> Reading:
    """The same reading with the exchanges that this partner may see, and the seasons as they are.

    Not a bid of theirs that the other let pass; where it is unclear who reads, nobody's.
    """
    mine = as_seen_by(reading, me)
    shown = tuple(quote for quote in mine.quotes if _may_see(quote, mine))
    putting_right = correctable(mine, me)
    said = tuple(c for c in mine.corrections if mine.me and c.quoted in putting_right)
    seasons = seasons_of(me.couple.seasons.all())
    return replace(mine, quotes=shown, corrections=said, seasons=seasons)


def _may_see(quote: Quoted, mine: Reading) -> bool:
    passed_me_by = mine.me is not None and quote.who != mine.me
    return quote.stance in _FOR_BOTH or passed_me_by


def _tables(reading: Reading, me: Partner, made: str | None) -> Tables:
    # polars is not for pages to wait for that need no tables.
    from turntoward.reading.tables import drifts_table, quotes_table, rhythms_table

    back = picked_up(me, reading.quotes)
    corrected = {correction.quoted for correction in reading.corrections}
    quotes = [
        row | {"corrected": row["id"] in corrected, "picked_up_again": row["id"] in back}
        for row in map(_plain, quotes_table(reading).to_dicts())
    ]
    return {
        "reading": _said(reading, made),
        "rhythms": [_plain(row) for row in rhythms_table(reading).to_dicts()],
        "changes": [_plain(row) for row in drifts_table(reading).to_dicts()],
        "levels": [_plain(asdict(rate)) for rate in reading.rates],
        "quotes": quotes,
    }


def _said(reading: Reading, made: str | None) -> list[Row]:
    """What the reading says, one thing a row."""
    from turntoward.reading.saying import title_of, why
    from turntoward.reading.summary import how_read, sentences

    rows: list[tuple[str, object]] = [
        ("made_at", made),
        ("scope", reading.scope.value),
        ("first_day", reading.first),
        ("last_day", reading.last),
        ("language", reading.language),
        ("bids", reading.bids),
        ("met", reading.met),
        ("verdict", reading.finding.verdict.value),
        *(("says", sentence) for sentence in sentences(reading)),
        ("how_it_was_read", how_read(reading)),
        *(("note", gettext(note)) for note in reading.notes),
        *(
            ("cannot_tell", f"{title_of(name)}: {why(cannot)}")
            for name, cannot in reading.unmeasured.items()
        ),
    ]
    return [_plain({"what": what, "value": value}) for what, value in rows]


def _chat(bringing: Bringing, partner: Partner) -> Row:
    """Until it is known to be the chat of the two, what is in it is its bringer's alone."""
    mine = bringing.by_id == partner.pk
    known = bool(bringing.name_of_by)
    return {
        "brought_in_at": at(bringing.at, partner.couple.zone),
        "by": bringing.by.name,
        "state": bringing.state,
        "what": of_what(bringing) if mine or known else None,
        "messages": bringing.account.get("messages") if mine or known else None,
        "kind_of_file": bringing.suffix if mine else None,
        "bytes": bringing.size if mine else None,
        "names_of_me": _names(bringing.name_of_by, bringing.also_by) if mine else None,
        "names_of_the_other": _names(bringing.name_of_other, bringing.also_other) if mine else None,
    }


def _names(first: str, more: Iterable[str]) -> str:
    return ", ".join(filter(None, [first, *more]))


def _plain(row: dict[str, object]) -> Row:
    plain: Row = {}
    for name, value in row.items():
        match value:
            case date():
                plain[name] = value.isoformat()
            case list() | tuple():
                plain[name] = ", ".join(map(str, value))
            case float():
                # No further than it is said anywhere: the last digits of a number that rests on
                # many things, private ones among them, are nobody's to work backwards from.
                plain[name] = float(f"{value:.3g}")
            case str() | int() | None:
                plain[name] = value
            case _:
                plain[name] = str(value)
    return plain
