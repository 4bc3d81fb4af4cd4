"""Where a message stands: what the other said last before it, and whether it goes on its own.

"Yes" after a question is an answer; "and you?" reaches out. A message is heard beside the other's
last one with words, unless a silence of `SILENCE` lies between, after which something new begins.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from turntoward.language.network import Floats

#: After a silence as long as this a message is no answer to the one before: a session's end.
SILENCE = timedelta(hours=3)

#: How many messages back it is looked for: as many as the network learned with.
REACH = 3

_SILENCE_MS = SILENCE.total_seconds() * 1000

#: Senders that are told apart; a chat of two has two, and a large group is read without places.
_MOST_SENDERS = 12


def placed(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `row`, `asked` (the row of the other's last message with words, or -1) and `goes_on`.

    `rows` has `sender_id`, `at` and `words`. Where no times are known the order is enough.
    """
    named = rows["sender_id"].is_not_null().to_numpy()
    who = rows["sender_id"].fill_null("").rank("dense").cast(pl.Int64).to_numpy()
    spoke = rows["words"].to_numpy() & named
    here = np.arange(rows.height)
    asked = np.full(rows.height, -1)
    everyone = np.unique(who[named])
    if 1 < len(everyone) <= _MOST_SENDERS:
        for sender in everyone:
            last = np.maximum.accumulate(np.where(spoke & (who == sender), here, -1))
            asked = np.where((who == sender) | ~named, asked, np.maximum(asked, last))
    before = np.maximum.accumulate(np.where(spoke, here, -1))
    before = np.concatenate([[-1], before[:-1]]) if rows.height else before
    at = rows["at"].dt.epoch("ms").cast(pl.Float64).fill_null(float("nan")).to_numpy()
    asked = np.where(_near(here, asked, at), asked, -1)
    goes_on = _near(here, before, at) & named & (who == who[np.maximum(before, 0)])
    return rows.with_columns(
        pl.Series("row", here),
        pl.Series("asked", asked),
        pl.Series("goes_on", goes_on),
    )


def _near(
    here: NDArray[np.int64], there: NDArray[np.int64], at: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """True where `there` is a row within reach and no silence lies between."""
    passed = at - at[np.maximum(there, 0)] if len(at) else at
    return (there >= 0) & (here - there <= REACH) & ~(passed >= _SILENCE_MS)


class Remembered:
    """The gists of the lines before, from one batch of a chat to the next."""

    def __init__(self, size: int) -> None:
        self._rows: NDArray[np.int64] = np.zeros(0, np.int64)
        self._gists: Floats = np.zeros((0, size), np.float32)

    def before(self, rows: pl.DataFrame, gists: Floats) -> tuple[Floats, Floats]:
        """For each worded row: the gist of what the other said last, and its place in two flags.

        `gists` are those of the worded rows. What lies more than a batch back is forgotten.
        """
        worded = rows.filter("words")
        at = worded["row"].to_numpy()
        known = np.concatenate([self._rows, at])
        stored = np.vstack([self._gists, gists])
        self._rows, self._gists = at, gists
        wanted = worded["asked"].to_numpy()
        found = np.searchsorted(known, wanted)
        there = (wanted >= 0) & (known[np.minimum(found, len(known) - 1)] == wanted)
        out = np.zeros_like(gists)
        out[there] = stored[found[there]]
        goes_on = worded["goes_on"].to_numpy()
        return out, np.stack([there, goes_on], axis=1).astype(np.float32)
