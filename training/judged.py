"""What the reader says of labelled text, through the same doors as in a reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl
from training.lines import FLAGS, KINDS, STANCES, Line, Pair

from turntoward.language import reader
from turntoward.language.words import EMOTICON, plain

_START = datetime(2026, 1, 1, 12)  # noqa: DTZ001 # wall-clock times are naive by definition
_SCHEMA = {
    "kind": pl.String,
    "text": pl.String,
    "sender_id": pl.String,
    "ts_local": pl.Datetime("us"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Probabilities that the reader gives lines."""

    kinds: np.ndarray  # lines x 8
    flags: np.ndarray  # lines x 9

    @property
    def bid(self) -> np.ndarray:
        """How probable it is that a line is a bid."""
        return 1.0 - self.kinds[:, KINDS.index("none")]

    def of(self, label: str) -> np.ndarray:
        """The probability of `bid` or of a flag."""
        return self.bid if label == "bid" else self.flags[:, FLAGS.index(label)]


def said_of(lines: Sequence[Line]) -> Said:
    """The reader's labels, each line in its place: after what was said before it, a day apart."""
    at, rows, places = _START, [], []
    for line in lines:
        at += timedelta(days=1)
        for own, text in (*line.before, (True, line.text)):
            at += timedelta(seconds=20)
            sender = "A" if own else "B"
            rows.append({"kind": "text", "text": text, "sender_id": sender, "ts_local": at})
        places.append(len(rows) - 1)
    table = reader.label(pl.DataFrame(rows, schema=_SCHEMA)).table[places]
    return Said(
        table.select(f"p_{kind}" for kind in KINDS).to_numpy(),
        table.select(f"p_{flag}" for flag in FLAGS).to_numpy(),
    )


def worded(text: str) -> bool:
    """Whether a text holds words, or signs alone."""
    bare = plain(pl.Series([text])).str.replace_all(EMOTICON, " ")
    return bool(bare.str.contains(r"[\p{L}\p{N}]")[0])


def met_of(pairs: Sequence[Pair], *, answer_only: bool = False) -> np.ndarray:
    """Toward, away and against of each exchange; `answer_only` hides the bid from the reader."""
    bids = ["" if answer_only else pair.bid for pair in pairs]
    kinds = ["none" if answer_only else kind for kind in kinds_of(pairs)]
    table = reader.stances(bids, kinds, [pair.answer for pair in pairs])
    return table.select(f"p_{stance}" for stance in STANCES).to_numpy()


def kinds_of(pairs: Sequence[Pair]) -> list[str]:
    """The kind that the reader itself hears in each bid, as in a reading."""
    lines = [Line(id=p.id, text=p.bid, before=p.before, author=p.id) for p in pairs]
    said = said_of(lines).kinds[:, :-1].argmax(axis=1)
    return [KINDS[at] for at in said]
