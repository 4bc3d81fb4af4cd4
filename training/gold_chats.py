"""The gold chats as one history, heard by the reader and as they were labelled, side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from training.corpora import PLACEHOLDER, labels_of
from training.lines import FLAGS, KINDS, MET, STANCES, flags_of, json_lines

from turntoward.bids.pairing import pair
from turntoward.language import reader
from turntoward.language.labels import LABEL_SCHEMA, Labels
from turntoward.messages.account import Carries
from turntoward.messages.history import History
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA, Kind
from turntoward.rhythms.material import Material

_START = datetime(2020, 1, 6)  # noqa: DTZ001 # wall-clock times are naive by definition
_PARTNERS = ("A", "B")

#: What stands for a message without words.
_WORDLESS = {
    "<photo>": Kind.IMAGE, "<video>": Kind.VIDEO, "<voice message>": Kind.VOICE,
    "<deleted message>": Kind.DELETED, "<missed call>": Kind.CALL,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The same messages and bids twice: with what the reader hears, and with what is true.

    Both hold the reader's exchanges, so that the same answers are looked at; in `true` their
    stances are those of the gold labels, and without a row where the bid is none or its answer was
    not labelled.
    """

    heard: Material
    true: Material


def gold_chats(corpus: Path, parts: Collection[str]) -> Gold:
    """The chats and dialogues of these parts, a week apart, each as if of the same two."""
    labels = labels_of(corpus / "labels.tsv")
    rows, said = [], []
    at = _START
    for number, chat in enumerate(
        c for c in json_lines(corpus / "chats.jsonl") if c["part"] in parts
    ):
        at = _START + timedelta(weeks=number)
        for place, (clock, who, text) in enumerate(chat["messages"], start=1):
            at = _next(at, clock)
            kind = _WORDLESS.get(text, Kind.MEDIA) if PLACEHOLDER.match(text) else Kind.TEXT
            rows.append(
                {
                    "seq": len(rows), "ts_local": at, "sender_id": who, "kind": kind.value,
                    "text": text if kind is Kind.TEXT else None, "flags": [],
                }
            )  # fmt: skip
            said.append(labels[f"{chat['id']}-{place:02d}"])
    history = _history(rows)
    heard = reader.label(history.messages)
    exchanges = pair(history, heard)
    met = [MET.get(said[row][2]) for row in exchanges.table["row"]]
    turned = pl.DataFrame(
        {
            f"p_{stance}": pl.Series([float(one == stance) for one in met], dtype=pl.Float32)
            for stance in STANCES
        }
    )
    true = exchanges.table.with_columns(turned).filter(
        pl.Series([one in STANCES for one in met], dtype=pl.Boolean)
    )
    return Gold(
        heard=Material(history=history, labels=heard, exchanges=exchanges),
        true=Material(
            history=history,
            labels=_labels([(kind, letters) for kind, letters, _ in said]),
            exchanges=replace(exchanges, table=true),
        ),
    )


def _next(before: datetime, clock: str) -> datetime:
    """The moment of the next message: some seconds on in the same minute, or the next day."""
    hour, minute = map(int, clock.split(":"))
    at = before.replace(hour=hour, minute=minute, second=0)
    if at + timedelta(minutes=5) < before:
        at += timedelta(days=1)
    return max(at, before + timedelta(seconds=2))


def _history(rows: list[dict[str, object]]) -> History:
    messages = pl.DataFrame(rows, schema=SCHEMA)
    who = messages["sender_id"].replace_strict(_PARTNERS, [0, 1], return_dtype=pl.Int8)
    return History(
        messages=messages.with_columns(who=who),
        reactions=pl.DataFrame(schema=REACTIONS_SCHEMA),
        partners=_PARTNERS,
        me=None,
        carries=Carries(reactions=False),
        accounts=(),
        duplicates=0,
    )


def _labels(said: list[tuple[str, str]]) -> Labels:
    """Gold labels as probabilities of 0 and 1."""
    kinds = np.array([[one == kind for kind in KINDS] for one, _ in said], np.float32)
    flags = np.array([flags_of(letters) for _, letters in said], np.float32)
    columns = [f"p_{name}" for name in (*KINDS, *FLAGS)]
    table = pl.DataFrame(np.hstack([kinds, flags]), schema=columns).with_columns(heard=True)
    return Labels(table=table.select(LABEL_SCHEMA.names()), language="en", understood=True)
