"""Measures of the language benchmark: F1, area under the curve, calibration, and intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

Values = NDArray[Any]
Measure = Callable[[Values, Values], float]

DRAWS = 500
BINS = 10


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def macro_f1(truth: Values, said: Values) -> float:
    """Mean F1 over the classes that occur in the truth."""
    present = sorted(set(truth.tolist()))
    return float(f1_score(truth, said, average="macro", labels=present, zero_division=0))


def auc(truth: Values, probability: Values) -> float:
    """Area under the receiver operating curve; 0.5 is chance."""
    return float(roc_auc_score(truth, probability))


def calibration_error(truth: Values, probability: Values) -> float:
    """Mean distance between what is said and what is so, over ten bins of equally many rows."""
    order = np.argsort(probability, kind="stable")
    bins = np.array_split(order, BINS)
    gaps = [abs(truth[rows].mean() - probability[rows].mean()) * len(rows) for rows in bins]
    return float(sum(gaps) / len(truth))


def chance_calibration_error(probability: Values) -> float:
    """The calibration error that honest probabilities would show on so few rows."""
    random = np.random.default_rng(0)
    drawn = random.random((200, len(probability))) < probability
    return float(np.mean([calibration_error(truth, probability) for truth in drawn]))


def ranged(measure: Measure, truth: Values, said: Values, groups: Sequence[str]) -> Range:
    """A measure with its interval, drawing whole groups (an author, a couple, or a single row)."""
    random = np.random.default_rng(0)
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(place == at) for at in range(len(names))]
    drawn: list[float] = []
    while len(drawn) < DRAWS:
        chosen = random.integers(0, len(names), len(names))
        rows = np.concatenate([members[at] for at in chosen])
        if len(set(truth[rows].tolist())) > 1:
            drawn.append(measure(truth[rows], said[rows]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Range(measure(truth, said), float(low), float(high))
