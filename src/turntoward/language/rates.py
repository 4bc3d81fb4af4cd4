"""Rates over many messages, corrected for what the reader is known to mistake, and how sure.

A reader that calls a tenth of the errands a bid makes every chat look warmer. Counting what it
says would pile such errors up; so the mean of its probabilities is set against the mean that it
gives on held-apart text where the label is true, and where it is not (probabilistic adjusted
count: Bella et al. 2010; Forman 2008 for the plain form). That undoes the errors and magnifies
chance, so it is weighed against how common the label is in other conversations, each by how sure
it is (empirical Bayes; Efron and Morris 1975).

The interval holds three things: those two means are known from a limited text only (drawn anew by
whole conversations), the couple's way of writing makes the reader err by more or less than on
average (`between`, found there as the spread between conversations beyond chance), and the chat
itself is finite. What it cannot know: how far a couple writes unlike every conversation of that
text, or in another language. training/rates.py finds the numbers, benchmarks/language.py tests
the intervals on chats of known composition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from scipy.special import stdtrit

from turntoward.messages.evidence import Rate

#: What `corrected` knows, by label; written by training/rates.py.
FILE = Path(__file__).with_name("rates.json")

#: Below this the reader hardly tells the label from its absence, and nothing is corrected.
_LEAST_APART = 0.1

#: A share that lies this many errors outside 0 to 1 is no share: the chat is another sort of text.
_OUTSIDE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How the reader's probabilities lie on held-apart text.

    `there` and `absent` are their means where the label is true and where it is not, with the
    variances and covariance of these two; `between` is the standard deviation of the error of the
    mean between conversations; `spread_there` and `spread_absent` are of single probabilities.
    """

    there: float
    absent: float
    var_there: float
    var_absent: float
    covariance: float
    between: float
    spread_there: float
    spread_absent: float
    conversations: int
    share: float  # of the text where the label is true
    share_spread: float  # standard deviation of that between conversations, beyond chance
    hit: float  # share of these called so at one half, and of the others
    false: float


@lru_cache(maxsize=1)
def known() -> dict[str, Known]:
    """What is known of each label."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, Known])


def corrected(name: str, probabilities: np.ndarray, about: Known | None = None) -> Rate | None:
    """The share of these messages that carry a label; None where there are none.

    None, too, where the chat is so unlike the text that the reader was measured on that its share
    would lie clearly outside 0 to 1. `probabilities` are the reader's own of each message. Raises
    `KeyError` for a label of which nothing is known.
    """
    held = np.asarray(probabilities, dtype=np.float64)
    held = held[np.isfinite(held)]
    about = about or known()[name]
    apart = about.there - about.absent
    if not len(held) or apart < _LEAST_APART:
        return None
    adjusted = (held.mean() - about.absent) / apart
    inside = min(max(adjusted, 0.0), 1.0)
    # From the mean to its rate by the delta method: d/d there = -rate, d/d absent = -(1 - rate).
    means = (
        inside**2 * about.var_there
        + (1 - inside) ** 2 * about.var_absent
        + 2 * inside * (1 - inside) * about.covariance
    )
    chance = (inside * about.spread_there**2 + (1 - inside) * about.spread_absent**2) / len(held)
    error = float(np.sqrt(means + about.between**2 + chance) / apart)
    if abs(adjusted - inside) > _OUTSIDE * error:
        return None
    usual = about.share_spread**2 / (about.share_spread**2 + error**2)
    likely = usual * adjusted + (1 - usual) * about.share
    error *= float(np.sqrt(usual))
    freedom = max(2, about.conversations - 1)

    def bound(tail: float) -> float:
        return float(min(max(likely + stdtrit(freedom, tail) * error, 0.0), 1.0))

    return Rate(
        name=name,
        value=float(min(max(likely, 0.0), 1.0)),
        low=bound(0.10),
        high=bound(0.90),
        low95=bound(0.025),
        high95=bound(0.975),
        of=len(held),
    )
