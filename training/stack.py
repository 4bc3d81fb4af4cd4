"""What the small network learns from: teachers, spellings and cues weighed together.

The sentence encoder knows meaning, hashed spellings and cues know surface and rare words. A linear
model over both, fitted on the labels and read out of fold, is better than either, and costs minutes
on two cores (stacking: Wolpert 1992). Lines that nobody labelled get the mean of the folds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl
from scipy import sparse
from training.lines import KINDS, Line
from training.logistic import Array, fit

from turntoward.language.cues import cues
from turntoward.language.words import PAIRS, RUNS, Words, plain, words

FOLDS = 4

#: Penalties of hashed and of dense features, chosen on the folds.
HASHED_PENALTY, DENSE_PENALTY = 2.5e-4, 3e-5

#: Log-odds of a teacher that is sure are cut here.
SUREST = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Features of lines in their place."""

    hashed: Any
    dense: Array

    def pick(self, rows: np.ndarray) -> Seen:
        """Some of the lines."""
        return Seen(self.hashed[rows], self.dense[rows])


def features(lines: Sequence[Line], taught: np.ndarray) -> Seen:
    """Hashed words of a line and of what was asked before it; cues and the teachers' log-odds."""
    texts = pl.Series([line.text for line in lines], dtype=pl.String)
    asked = pl.Series([line.asked_by or "" for line in lines], dtype=pl.String)
    own, before = plain(texts), plain(asked)
    hashed = sparse.hstack([counted(words(own)), counted(words(before))]).tocsr()
    there = np.array([[line.asked_by is not None, line.goes_on] for line in lines], float)
    clipped = np.clip(taught, 1e-4, 1 - 1e-4)
    odds = np.clip(np.log(clipped / (1 - clipped)), -SUREST, SUREST) / 2
    dense = [cues(texts, own), cues(asked, before), there, odds]
    return Seen(hashed, np.hstack(dense).astype(np.float64))


def counted(read: Words) -> Any:
    """Words by spelling and pairs of words as one sparse matrix."""
    ones = np.ones(len(read.rows), np.float32)
    counts = sparse.csr_array((ones, (read.rows, read.codes)), shape=(read.lines, len(read.forms)))
    lengths = np.maximum(np.bincount(read.rows, minlength=read.lines), 1)
    own = np.array([RUNS + crc32(form.encode()) % RUNS for form in read.forms], np.int32)
    each = sparse.csr_array(
        (np.ones(len(own), np.float32), (np.arange(len(own)), own - RUNS)),
        shape=(len(own), RUNS),
    )
    spelled = sparse.hstack([read.spelling * 4.0, each]).tocsr()
    scale = sparse.diags_array((1 / np.sqrt(lengths)).astype(np.float32))
    both = sparse.hstack([scale @ (counts @ spelled), read.pairs()])
    if both.shape[1] != 2 * RUNS + PAIRS:
        raise ValueError(f"{both.shape[1]} columns of hashed words.")
    return both.tocsr()


def stacked(
    wanted: np.ndarray, seen: Seen, authors: Sequence[str], weights: np.ndarray, more: Seen
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of kinds and flags: of labelled lines out of fold, and of more lines."""
    folds = np.array([crc32(author.encode()) % FOLDS for author in authors])
    kinds = len(KINDS)
    own = np.zeros(wanted.shape)
    others = np.zeros((more.dense.shape[0], wanted.shape[1]))
    for fold in range(FOLDS):
        held, kept = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        with_kind = kept[~np.isnan(wanted[kept, 0])]
        for columns, rows, exclusive in (
            (slice(0, kinds), with_kind, True),
            (slice(kinds, None), kept, False),
        ):
            part = seen.pick(rows)
            heads = fit(
                part.hashed, part.dense, wanted[rows, columns].astype(float), exclusive=exclusive,
                penalty=HASHED_PENALTY, dense_penalty=DENSE_PENALTY, weights=weights[rows],
            )  # fmt: skip
            own[held, columns] = shares(heads.logits(*_parts(seen.pick(held))), exclusive)
            others[:, columns] += shares(heads.logits(*_parts(more)), exclusive) / FOLDS
        print(f"stacked fold {fold + 1} of {FOLDS}", flush=True)
    return own, others


def _parts(seen: Seen) -> tuple[Any, Array]:
    return seen.hashed, seen.dense


def shares(logits: Array, exclusive: bool) -> Array:
    """Log-odds as probabilities."""
    if not exclusive:
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
