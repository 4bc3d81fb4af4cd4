"""Make probabilities that can be taken at their word, on the development part.

Kinds and stances: one temperature and an offset for each class (vector scaling with one slope; Guo
et al. 2017). Flags: Platt's slope and offset each (Platt 1999). The development part is in no
test and was not learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize
from training import corpora
from training.lines import FLAGS, KINDS, STANCES, Line, Pair
from training.pack import Fitted

from turntoward.language import answers
from turntoward.language.model import Model, softmax
from turntoward.language.network import speak, turn

#: Holds slopes and offsets near 1 and 0 where the development part says little.
PRIOR = 2.0


def calibrated(
    arrays: dict[str, np.ndarray], forms: Sequence[str], data: Path, corpus: Path
) -> Fitted:
    """The network with what makes its probabilities honest."""
    lines, pairs = corpora.training_part(data, corpus, ("dev",))
    bare = Fitted(
        arrays=arrays, forms=forms,
        kinds_at=np.eye(1, 1 + len(KINDS), dtype=np.float32)[0],
        flags_at=np.array([[1.0] * len(FLAGS), [0.0] * len(FLAGS)], np.float32),
        turns_at=np.eye(1, 1 + len(STANCES), dtype=np.float32)[0],
    )  # fmt: skip
    model = bare.model()
    said = line_logits(model, lines)
    kinds = np.array([KINDS.index(str(line.kind)) for line in lines])
    flags = np.array([line.flags for line in lines], float)
    slopes = [platt(said[:, len(KINDS) + at], flags[:, at]) for at in range(len(FLAGS))]
    met = pair_logits(model, pairs)
    stances = np.array([STANCES.index(str(pair.stance)) for pair in pairs])
    return Fitted(
        arrays=arrays, forms=forms,
        kinds_at=scaled(said[:, : len(KINDS)], kinds),
        flags_at=np.array(slopes, np.float32).T,
        turns_at=scaled(met, stances),
    )  # fmt: skip


def line_logits(model: Model, lines: Sequence[Line]) -> np.ndarray:
    """Log-odds of kinds, flags and feelings of lines in their place."""
    read = model.read(pl.Series([line.text for line in lines], dtype=pl.String))
    asked = [line.asked_by for line in lines]
    gists = model.gists(model.read(pl.Series(["" if a is None else a for a in asked])))
    there = np.array([a is not None for a in asked])
    gists[~there] = 0.0
    place = np.stack([there, [line.goes_on for line in lines]], 1).astype(np.float32)
    said = speak(model.arrays, read.looks, model.gists(read), gists, place, read.words)
    return np.asarray(said, np.float64)


def pair_logits(model: Model, pairs: Sequence[Pair]) -> np.ndarray:
    """Log-odds of stances."""
    bids = pl.Series([pair.bid for pair in pairs], dtype=pl.String)
    kinds = pl.Series([pair.kind for pair in pairs], dtype=pl.String)
    replies = pl.Series([pair.answer for pair in pairs], dtype=pl.String)
    bid, answer = model.read(bids), model.read(replies)
    place = np.tile(np.array([1.0, 0.0], np.float32), (len(pairs), 1))
    heard = model.hear(answer, model.gists(answer), model.gists(bid), place)
    said = np.hstack([heard.kinds, heard.flags])
    more = answers.pair_features(bids, kinds, replies)
    turned = turn(model.arrays, bid.looks, answer.looks, said, more, answer.words)
    return np.asarray(turned, np.float64)


def scaled(logits: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """One over the temperature, and an offset for each class; offsets sum to 0."""

    def loss(values: np.ndarray) -> float:
        offsets = values[1:] - values[1:].mean()
        shares = softmax(logits * np.exp(values[0]) + offsets)
        own = shares[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(own, 1e-9)).sum() + PRIOR * (values**2).sum())

    best = minimize(loss, np.zeros(1 + logits.shape[1]), method="L-BFGS-B").x
    return np.concatenate([[np.exp(best[0])], best[1:] - best[1:].mean()]).astype(np.float32)


def platt(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Slope and offset of one flag, on rows where it is known."""
    known = ~np.isnan(truth)
    at, wanted = logits[known], truth[known]

    def loss(values: np.ndarray) -> float:
        margin = np.where(wanted == 1, 1, -1) * (at * np.exp(values[0]) + values[1])
        return float(np.logaddexp(0, -margin).sum() + PRIOR * (values**2).sum())

    slope, offset = minimize(loss, np.zeros(2), method="L-BFGS-B").x
    return float(np.exp(slope)), float(offset)
