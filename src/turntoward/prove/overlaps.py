"""Exports that overlap, joined: the two together are the chat, in whichever order they come.

An invented chat holds few words, often the same ones within a second, pictures, calls, notices,
replies and hearts. One export ends somewhere, the other begins before that. Each may be written to
the millisecond, the second or the minute, with other names for the two, and with or without word of
what a picture was. They are brought in one after the other, the other way round, and with the whole
of it on top. Each time the history has to be what was written.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from turntoward.messages.account import Account, Carries
from turntoward.messages.history import History, gather
from turntoward.messages.message import MEDIA_KINDS, REACTIONS_SCHEMA, SCHEMA, Kind
from turntoward.messages.source import Source
from turntoward.prove.result import Result, Say, Size

PROMISE = "Bringing in again what was there already changes nothing."
WHAT = "pairs of exports that overlap, joined"

_SEED = 20240304
_START = datetime(2024, 3, 4, 20, 0)  # noqa: DTZ001 # as a chat says it, by the wall clock
_WORDS = ("ha", "ok", "yes", "love you", "🙂", "look https://a.b", "so\nlong", "=1+1")
_KINDS = (*[Kind.TEXT] * 16, Kind.IMAGE, Kind.VOICE, Kind.CALL, Kind.SYSTEM)
_STEPS_S = (0, 0, 1, 3, 20, 20, 50, 50, 200, 4000, 90_000)
_NAMES = (("Ana", "Ben"), ("Ana Smith", "Ben"), ("Ana", "Benny ❤"), ("+49 170 1", "Ben"))
_MOST_TOLD = 20
#: What is compared of a message: to which time, who, class of kind, words, what it answers, hearts.
_Told = tuple[datetime, int | None, str, str | None, str | None, int]


@dataclass(frozen=True, slots=True)
class _Said:
    """One invented record; `answers` is the place of the one that it quotes."""

    at: datetime
    who: int | None
    kind: Kind
    text: str | None
    answers: int | None
    hearts: int


def prove(size: Size, say: Say) -> Result:
    """Join pairs; see the module."""
    return joined(size.of(full=10_000, quick=500), say)


def joined(pairs: int, say: Say) -> Result:
    """So many invented chats, each cut into two exports that overlap."""
    dice = random.Random(_SEED)
    failed: list[str] = []
    tried = again = 0
    for n in range(pairs):
        wrong, twice = _one(dice)
        tried, again = n + 1, again + twice
        failed += [f"pair {n}: {one}" for one in wrong]
        if len(failed) > _MOST_TOLD:
            break
        say(tried, pairs)
    return Result(
        tried=tried, failed=tuple(failed), shown=(f"{again:,} messages were in both exports",)
    )


def _one(dice: random.Random) -> tuple[list[str], int]:
    said = _chat(dice, dice.randrange(8, 40))
    precisions = [dice.choice(("ms", "s", "s", "min")) for _ in range(2)]
    coarse = "min" in precisions
    end, begin = _cut(dice, said, coarse=coarse)
    # Ids are those of one account: there is one where both exports give them.
    ids = dice.random() < 0.5
    first = _export(dice, said, range(end), precisions[0], ids=ids)
    second = _export(dice, said, range(begin, len(said)), precisions[1], ids=ids)
    whole = _export(dice, said, range(len(said)), precisions[0], ids=ids)
    wanted = _wanted(said, coarse=coarse, ids=ids)
    one, other = _gathered(first, second), _gathered(second, first)
    wrong = [] if _story(one, coarse=coarse, ids=ids) == wanted else ["the two are not the chat"]
    if not _same(one, other):
        wrong.append("the order in which they came shows")
    if one.duplicates != end - begin:
        wrong.append("another number of messages counts as being in both")
    if _story(_gathered(first, second, whole), coarse=coarse, ids=ids) != wanted:
        wrong.append("with the whole of it on top something is doubled or missing")
    return wrong, end - begin


def _chat(dice: random.Random, records: int) -> list[_Said]:
    at, said = _START, list[_Said]()
    for n in range(records):
        at += timedelta(seconds=dice.choice(_STEPS_S))
        kind = dice.choice(_KINDS) if n > 1 else Kind.TEXT
        spoken = kind in (Kind.TEXT, Kind.SYSTEM)
        # Both have written something in every export that begins here.
        who = None if kind is Kind.SYSTEM else n if n < 2 else dice.randrange(2)
        answers = dice.randrange(n) if n and kind is Kind.TEXT and dice.random() < 0.2 else None
        hearts = int(who is not None and dice.random() < 0.2)
        said.append(_Said(at, who, kind, dice.choice(_WORDS) if spoken else None, answers, hearts))
    return said


def _cut(dice: random.Random, said: Sequence[_Said], *, coarse: bool) -> tuple[int, int]:
    """Where the first export ends and the second begins: between two moments, never inside one.

    Inside a moment nobody can tell two equal messages from one (`messages.merging`).
    """
    moments = [_rounded(one.at, coarse=coarse) for one in said]
    starts = [n for n in range(1, len(said)) if moments[n] != moments[n - 1]]
    begin = dice.choice([0, *starts])
    ends = [n for n in (*starts, len(said)) if n > begin]
    return dice.choice(ends), begin


def _rounded(at: datetime, *, coarse: bool) -> datetime:
    return at.replace(second=0, microsecond=0) if coarse else at.replace(microsecond=0)


def _export(
    dice: random.Random, said: Sequence[_Said], places: range, precision: str, *, ids: bool
) -> Source:
    """What a phone exports of the chat, in the way in which it writes it."""
    names = dice.choice(_NAMES)
    vague = dice.random() < 0.3
    rows: list[dict[str, Any]] = []
    hearts: list[dict[str, Any]] = []
    for seq, n in enumerate(places):
        one = said[n]
        kind = Kind.MEDIA if vague and one.kind in MEDIA_KINDS else one.kind
        row: dict[str, Any] = {
            "seq": seq,
            "ts_local": _rounded(one.at, coarse=precision == "min"),
            "ts_precision": precision,
            "kind": kind.value,
            "sender_id": None if one.who is None else names[one.who],
            "text": one.text,
            "source_file": "chat.txt",
            "flags": [],
        }
        if ids:
            answers = None if one.answers is None else f"m{one.answers}"
            row |= {"msg_id": f"m{n}", "reply_to": answers}
            hearts += [{"msg_id": f"m{n}", "actor": names[1 - (one.who or 0)], "emoji": "❤"}] * (
                one.hearts
            )
        rows.append(row)
    account = Account(
        format="whatsapp",
        records=len(rows),
        messages=len(rows),
        media=0,
        calls=0,
        deleted=0,
        system=0,
        unreadable=0,
        senders={},
        first=None,
        last=None,
        zone=None,
    )
    return Source(
        messages=pl.DataFrame(rows, schema=SCHEMA),
        account=account,
        carries=Carries(),
        reactions=pl.DataFrame(hearts, schema=REACTIONS_SCHEMA),
    )


def _gathered(*sources: Source) -> History:
    """The sources as one history, with whichever names they write for the two."""
    there = {name for one in sources for name in one.messages["sender_id"].drop_nulls()}
    there |= {name for one in sources for name in one.reactions["actor"]}
    me, partner = (sorted({pair[n] for pair in _NAMES} & there) for n in range(2))
    return gather(sources, me=me, partner=partner)


def _same(one: History, other: History) -> bool:
    return one.messages.equals(other.messages) and one.reactions.equals(other.reactions)


def _class(kind: str) -> str:
    return "media" if Kind(kind) in MEDIA_KINDS else kind


def _wanted(said: Sequence[_Said], *, coarse: bool, ids: bool) -> list[_Told]:
    return [
        (
            _rounded(one.at, coarse=coarse),
            one.who,
            _class(one.kind.value),
            one.text,
            said[one.answers].text if ids and one.answers is not None else None,
            one.hearts if ids else 0,
        )
        for one in said
    ]


def _story(history: History, *, coarse: bool, ids: bool) -> list[_Told]:
    table = history.messages
    texts = dict(zip(table["msg_id"], table["text"], strict=True)) if ids else {}
    hearts = dict(history.reactions["msg_id"].value_counts().iter_rows())
    return [
        (
            _rounded(at, coarse=coarse),
            who,
            _class(kind),
            text,
            texts.get(reply) if reply else None,
            hearts.get(own, 0) if own else 0,
        )
        for at, who, kind, text, reply, own in table.select(
            "ts_local", "who", "kind", "text", "reply_to", "msg_id"
        ).iter_rows()
    ]
