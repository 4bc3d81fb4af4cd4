"""Fit what is heard in single lines: feelings, then kinds and flags, calibrated out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from training.corpora import FLAGS, FOLDS, KINDS, STANCES, Feelings, Line
from training.logistic import Array, Fitted, fit, platt, temperature

from turntoward.language.answers import PAIR_FEATURES
from turntoward.language.cues import cues
from turntoward.language.model import FEELING_SCALE, Model
from turntoward.language.words import BUCKETS, bags, plain

Rows = NDArray[np.intp]

#: Penalties, chosen by five-fold cross-validation on the training part.
FEELING_PENALTY = 3e-5
HASHED_PENALTY = 5e-4
DENSE_PENALTY = 1e-3

#: Weight of a line that comes from an exchange: there every first line is a bid, which says
#: nothing of how often people make one.
EXCHANGE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed and dense features of lines, and how much each line weighs."""

    hashed: Any
    dense: Array
    weights: Array

    def pick(self, rows: Rows) -> Features:
        """Some of the rows."""
        return Features(self.hashed[rows], self.dense[rows], self.weights[rows])


@dataclass(frozen=True, slots=True)
class Apart:
    """Heads fitted on everything, and on everything but each fold, with those folds' log-odds."""

    whole: Fitted
    without: tuple[Fitted, ...]
    logits: Array


def fit_feelings(feelings: Feelings) -> Fitted:
    """The feelings of GoEmotions from hashed words alone."""
    hashed = bags(plain(pl.Series(feelings.texts))).features()
    wanted = np.zeros((len(feelings.texts), len(feelings.names)))
    for row, marks in enumerate(feelings.marks):
        wanted[row, list(marks)] = 1.0
    nothing = np.zeros((len(wanted), 0))
    return fit(
        hashed, nothing, wanted, exclusive=False,
        penalty=FEELING_PENALTY, dense_penalty=1.0, steps=60,
    )  # fmt: skip


def line_features(lines: Sequence[Line], felt: Fitted | None) -> Features:
    """Hashed words; and as dense features cues and feelings."""
    texts = pl.Series([line.text for line in lines], dtype=pl.String)
    plain_lines = plain(texts)
    bag = bags(plain_lines)
    dense: list[Array] = [cues(texts, plain_lines).astype(np.float64)]
    if felt:
        felt_in = bag.project(felt.hashed.astype(np.float32))
        dense.append(felt_in.astype(np.float64) * FEELING_SCALE)
    weights = [EXCHANGE_WEIGHT if line.origin == "exchange" else 1.0 for line in lines]
    return Features(bag.features(), np.hstack(dense), np.array(weights))


def fit_apart(features: Features, wanted: Array, folds: Rows, *, exclusive: bool) -> Apart:
    """Fit heads on all rows and, to calibrate them, once without each fold."""

    def fitted(rows: Rows) -> Fitted:
        part = features.pick(rows)
        return fit(
            part.hashed, part.dense, wanted[rows], exclusive=exclusive,
            penalty=HASHED_PENALTY, dense_penalty=DENSE_PENALTY, weights=part.weights,
        )  # fmt: skip

    logits = np.zeros_like(wanted)
    without = []
    for fold in range(FOLDS):
        heads = fitted(np.flatnonzero(folds != fold))
        held = np.flatnonzero(folds == fold)
        part = features.pick(held)
        logits[held] = heads.logits(part.hashed, part.dense)
        without.append(heads)
    return Apart(fitted(np.arange(len(wanted))), tuple(without), logits)


def fit_lines(lines: Sequence[Line], felt: Fitted | None) -> tuple[Model, tuple[Model, ...]]:
    """The model of single lines, and one per fold that has not seen that fold."""
    features = line_features(lines, felt)
    folds = np.array([line.fold for line in lines])
    with_kind = np.array([at for at, line in enumerate(lines) if line.kind is not None])
    truth = np.array([KINDS.index(lines[at].kind or "none") for at in with_kind])
    kinds = fit_apart(
        features.pick(with_kind), np.eye(len(KINDS))[truth], folds[with_kind], exclusive=True
    )
    wanted = np.array(
        [[np.nan if flag is None else float(flag) for flag in line.flags] for line in lines]
    )
    flags = fit_apart(features, wanted, folds, exclusive=False)
    # Exchanges and set phrases do not show how often anything is said, so others calibrate.
    whole = np.array([line.origin in ("sms", "authored") for line in lines])
    slopes = np.array(
        [platt(flags.logits[whole, at], wanted[whole, at]) for at in range(len(FLAGS))]
    ).T
    natural = whole[with_kind]
    warm = temperature(kinds.logits[natural], truth[natural])
    pairs = zip(kinds.without, flags.without, strict=True)
    return (
        _assemble(felt, kinds.whole, flags.whole, warm, slopes),
        tuple(_assemble(felt, one, two, warm, slopes) for one, two in pairs),
    )


def _assemble(
    felt: Fitted | None, kinds: Fitted, flags: Fitted, warm: float, slopes: Array
) -> Model:
    """A model that knows no stances yet."""
    feelings = felt.hashed if felt else np.zeros((BUCKETS, 0))
    stances = np.zeros((BUCKETS, len(STANCES)))
    dense = np.hstack([kinds.dense, flags.dense])
    hashed = np.hstack([feelings, kinds.hashed, flags.hashed, stances])
    return Model(
        hashed=hashed.astype(np.float32),
        dense=dense.astype(np.float32),
        bias=np.concatenate([kinds.bias, flags.bias]).astype(np.float32),
        temperature=warm,
        platt=slopes.astype(np.float32),
        stance_dense=np.zeros((len(PAIR_FEATURES), len(STANCES)), np.float32),
        stance_bias=np.zeros(len(STANCES), np.float32),
        stance_temperature=1.0,
    )
