"""Invented sources as tables: quick to make, and with every kind of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from turntoward.messages.account import Account, Carries
from turntoward.messages.history import History
from turntoward.messages.message import MEDIA_KINDS, REACTIONS_SCHEMA, SCHEMA
from turntoward.messages.source import Source

START = datetime(2024, 3, 4, 20, 0)
ANA, BEN = "Ana", "Ben"


@dataclass(frozen=True)
class Said:
    """One invented record, at a second after `START`."""

    second: float
    who: str | None
    text: str | None
    kind: str = "text"
    more: Mapping[str, Any] | None = None


def source_of(
    records: Sequence[Said],
    *,
    precision: str | None = "s",
    network: str = "whatsapp",
    names: Mapping[str, str] | None = None,
    media: str | None = None,
    utc: bool = False,
    shift: timedelta = timedelta(),
    file: str = "chat.txt",
    reactions: Sequence[Mapping[str, Any]] = (),
    owner: str | None = None,
) -> Source:
    """What one phone exports of these records.

    `names` renames people as that phone has them, `owner` is who of the records' people has that
    phone, where it says so (`is_me`), `media` is the kind it calls all media
    by, and `shift` is how far its clock is ahead.
    """
    rows = []
    for n, said in enumerate(records):
        at = START + timedelta(seconds=said.second)
        if precision != "ms":
            at = at.replace(microsecond=0)
        at = at if precision in ("s", "ms") else at.replace(second=0)
        kind = media if media and said.kind in MEDIA_KINDS else said.kind
        row: dict[str, Any] = {
            "seq": n, "ts_local": at + shift, "ts_precision": precision, "kind": kind,
            "sender_id": (names or {}).get(said.who or "", said.who), "text": said.text,
            "source_file": file, "flags": [],
        }  # fmt: skip
        if owner and said.who:
            row["is_me"] = said.who == owner
        if utc:
            row["ts_utc"] = at
        rows.append(row | dict(said.more or {}))
    plain = pl.Schema(dict(SCHEMA) | {"ts_utc": pl.Datetime("us"), "edited_at": pl.Datetime("us")})
    zoned = pl.col("ts_utc", "edited_at").dt.replace_time_zone("UTC")
    account = Account(
        format=network, records=len(rows), messages=len(rows), media=0, calls=0, deleted=0,
        system=0, unreadable=0, senders={}, first=None, last=None, zone=None,
    )  # fmt: skip
    hearts = pl.Schema(dict(REACTIONS_SCHEMA) | {"ts_utc": pl.Datetime("us")})
    return Source(
        messages=pl.DataFrame(rows, schema=plain).with_columns(zoned),
        account=account,
        carries=Carries(),
        network=network,
        reactions=pl.DataFrame(list(reactions), schema=hearts).with_columns(
            pl.col("ts_utc").dt.replace_time_zone("UTC")
        ),
    )


_CLASS = dict.fromkeys((kind.value for kind in MEDIA_KINDS), "media")


def story(history: History) -> list[tuple[Any, ...]]:
    """Minute, who, class of kind and words of every message, in order."""
    told = history.messages.select(
        pl.col("ts_local").dt.truncate("1m"), "who", pl.col("kind").replace(_CLASS), "text"
    )
    return told.rows()


def chat(random: np.random.Generator, records: int, *, start: float = 0.0) -> list[Said]:
    """A chat of few words, often equal ones within a minute, in the order of time."""
    steps = random.choice(
        [0, 1, 3, 20, 50, 200, 4000], records, p=[0.1, 0.2, 0.2, 0.2, 0.2, 0.08, 0.02]
    )
    seconds = start + np.cumsum(steps)
    words = random.choice(
        ["ha", "ok", "yes", "love you", "🙂", "look https://a.b", "so\nlong"], records
    )
    kinds = random.choice(["text", "image", "voice", "call", "system", "service"], records,
                          p=[0.8, 0.06, 0.04, 0.04, 0.03, 0.03])  # fmt: skip
    who = random.choice([ANA, BEN], records)
    said = []
    for second, text, kind, name in zip(seconds, words, kinds, who, strict=True):
        wordless = kind in ("image", "voice", "call")
        said.append(
            Said(
                second=float(second),
                who=None if kind == "system" else str(name),
                text=None if wordless else str(text),
                kind=str(kind),
            )
        )
    return said


def minute_of(said: Said) -> int:
    """Minutes since `START`."""
    return int(said.second // 60)


def windows(
    random: np.random.Generator, said: Sequence[Said], exact: Sequence[bool]
) -> list[tuple[int, int]]:
    """Where each export of a chat begins and ends: random cuts, so that nothing is undecidable.

    Two neighbours that both give seconds may touch between two seconds; else the later one begins
    in a minute before the last of those before it, so that each minute lies in one as a whole.
    """
    while True:
        spans: list[tuple[int, int]] = []
        end = 0
        for n, mine in enumerate(exact):
            begin = _begin(random, said, end, exact[n - 1] and mine) if n else 0
            end = len(said) if n == len(exact) - 1 else int(random.integers(end, len(said) + 1))
            while mine and 0 < end < len(said) and said[end].second == said[end - 1].second:
                end += 1
            spans.append((begin, end))
        if not _gap_in_a_minute(said, [spans[n] for n, mine in enumerate(exact) if mine]):
            return spans


def _gap_in_a_minute(said: Sequence[Said], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a minute begins and ends in exports with seconds, but not its middle."""
    told = [any(begin <= n < end for begin, end in spans) for n in range(len(said))]
    return any(
        told[n]
        and not told[n + 1]
        and any(
            told[later] and minute_of(said[later]) == minute_of(said[n])
            for later in range(n + 1, len(said))
        )
        for n in range(len(said) - 1)
    )


def _begin(random: np.random.Generator, said: Sequence[Said], told: int, seconds: bool) -> int:
    """A place to begin, where the exports so far tell the first `told` records."""
    latest = told
    if not seconds:
        while latest and (told == latest or minute_of(said[latest]) == minute_of(said[told - 1])):
            latest -= 1
    short = random.random() < 0.5
    begin = (
        max(0, latest + 1 - int(random.geometric(0.4)))
        if short
        else int(random.integers(0, latest + 1))
    )
    while seconds and 0 < begin < len(said) and said[begin - 1].second == said[begin].second:
        begin -= 1
    return begin


def renamed(source: Source, network: str) -> Source:
    """The same export, as of another network."""
    return replace(source, network=network)
