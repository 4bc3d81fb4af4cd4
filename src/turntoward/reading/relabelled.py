"""The labels of a chat with the couple's own words in them (own_words.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
import polars as pl

from turntoward.language.labels import KIND_COLUMNS, Labels
from turntoward.reading.own_words import folded
from turntoward.reading.reading import OwnWords

#: What a message of own words is taken as, with this probability.
SURE = 0.95


def with_own_words(labels: Labels, messages: pl.DataFrame, own: Iterable[OwnWords]) -> Labels:
    """The labels with every heard message of own words taken as what the two said it is.

    All but those that corrections speak for, which keep what was read, so that a correction can
    still be taken back.
    """
    known = {one.words: one for one in own}
    if not known:
        return labels

    def kind(text: str | None, at: datetime | None) -> str:
        found = known.get(folded(text or ""))
        return found.kind if found and at not in found.at else ""

    pairs = messages.select("text", "ts_local").iter_rows()
    said = pl.Series([kind(text, at) for text, at in pairs], dtype=pl.String)
    rows = ((said != "") & labels.table["heard"]).to_numpy()
    if not rows.any():
        return labels
    shares = labels.table.select(KIND_COLUMNS).to_numpy().copy()
    at = [KIND_COLUMNS.index(f"p_{kind}") for kind in said.to_numpy()[rows]]
    shares[rows] = (1 - SURE) / (len(KIND_COLUMNS) - 1)
    shares[np.flatnonzero(rows), at] = SURE
    columns = [pl.Series(name, shares[:, n]) for n, name in enumerate(KIND_COLUMNS)]
    table = labels.table.with_columns(columns)
    return Labels(table=table, language=labels.language, understood=labels.understood)
