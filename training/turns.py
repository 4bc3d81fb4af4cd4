"""Fit how an answer turns, on what is heard in lines by models that have not seen those lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from training.corpora import FOLDS, STANCES, Pair
from training.heads import Rows
from training.logistic import Array, Fitted, fit, temperature

from turntoward.language import answers
from turntoward.language.model import Model
from turntoward.language.words import bags, plain

#: Penalties, chosen by five-fold cross-validation on the training part.
HASHED_PENALTY = 2e-3
DENSE_PENALTY = 1e-3


def fit_turns(
    model: Model,
    apart: Sequence[Model],
    pairs: Sequence[Pair],
    *,
    without: frozenset[str] = frozenset(),
) -> Model:
    """`model` with its stances, learned without the pair features named in `without`.

    The answers also taught the flag `harsh`, so each pair is described by the model in `apart`
    that has not seen its couple; else the stances would trust a harshness that is only remembered.
    """
    folds = np.array([pair.fold for pair in pairs])
    truth = np.array([STANCES.index(pair.stance) for pair in pairs])
    wanted = np.eye(len(STANCES))[truth]
    hashed = bags(plain(pl.Series([pair.answer for pair in pairs]))).features()
    dense = np.zeros((len(pairs), len(answers.PAIR_FEATURES)))
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        dense[held] = describe(apart[fold], [pairs[int(at)] for at in held])
    # The penalty leaves no weight on a feature that is always 0.
    dense[:, [name in without for name in answers.PAIR_FEATURES]] = 0.0

    logits = np.zeros_like(wanted)
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        heads = _fitted(hashed, dense, wanted, np.flatnonzero(folds != fold))
        logits[held] = heads.logits(hashed[held], dense[held])
    whole = _fitted(hashed, dense, wanted, np.arange(len(pairs)))
    columns = model.hashed.copy()
    columns[:, -len(STANCES) :] = whole.hashed
    return replace(
        model,
        hashed=columns,
        stance_dense=whole.dense.astype(np.float32),
        stance_bias=whole.bias.astype(np.float32),
        stance_temperature=temperature(logits, truth),
    )


def describe(model: Model, pairs: Sequence[Pair]) -> Array:
    """The pair features of some pairs, as the reader sees them."""
    bids = pl.Series([pair.bid for pair in pairs], dtype=pl.String)
    kinds = pl.Series([pair.kind for pair in pairs], dtype=pl.String)
    replies = pl.Series([pair.answer for pair in pairs], dtype=pl.String)
    seen = answers.features(
        model.hear(bids), model.hear(replies), plain(bids), kinds, plain(replies)
    )
    return seen.astype(np.float64)


def _fitted(hashed: Any, dense: Array, wanted: Array, rows: Rows) -> Fitted:
    return fit(
        hashed[rows], dense[rows], wanted[rows], exclusive=True,
        penalty=HASHED_PENALTY, dense_penalty=DENSE_PENALTY,
    )  # fmt: skip
