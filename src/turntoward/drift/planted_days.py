"""The numbers of an invented couple's days, from what is latent in them.

They come about as in life: so much was written that day, so many of those messages were bids, so
many of the bids were met. None of it is drawn from the detector's own model: beta-binomial shares,
gamma-Poisson counts, log-normal waits, and taps from 1 to 7 that are rounded and cut off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turntoward.drift.days import NAMES, RHYTHMS
from turntoward.drift.planted_life import Floats, Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is usual for one couple: messages a day, shares, logs of minutes and of words, taps.

    `follows` says whether what is warm comes along with the messages, or on its own.
    """

    messages: float
    uneven: float
    follows: bool
    greetings: float
    affection: float
    logistics: float
    bids: float
    answered: float
    latency: float
    words: float
    asked: float
    closeness: float
    alike: float


def usual_of(random: Random) -> Usual:
    """Draw what is usual for a couple."""
    return Usual(
        messages=random.uniform(10, 50),
        uneven=random.uniform(0.25, 0.6),
        follows=bool(random.random() < 0.7),
        greetings=random.uniform(0.35, 0.75),
        affection=random.uniform(0.03, 0.12),
        logistics=random.uniform(0.2, 0.5),
        bids=random.uniform(0.08, 0.2),
        answered=random.uniform(0.5, 0.8),
        latency=random.uniform(1.5, 3.0),
        words=random.uniform(1.5, 2.3),
        asked=random.uniform(0.05, 0.7),
        closeness=random.uniform(4.0, 5.5),
        alike=random.uniform(15, 80),
    )


def numbers_of(random: Random, latent: Floats, usual: Usual) -> dict[str, Floats]:
    """Daily values by the names that `turntoward.drift.Watch` takes; `latent` is days by NAMES."""
    days = len(latent)
    at = {name: latent[:, column] * RHYTHMS[column].closer for column, name in enumerate(NAMES)}

    def count(mean: Floats, spread: float) -> Floats:
        shape = 1.0 / spread**2
        mixed = random.gamma(shape, 1.0 / shape, size=days)
        return random.poisson(np.minimum(mean * mixed, 1e6)).astype(float)

    def share(of: Floats, base: float, link: Floats) -> Floats:
        p = 1.0 / (1.0 + np.exp(-(np.log(base / (1 - base)) + link)))
        mixed = random.beta(p * usual.alike, (1 - p) * usual.alike)
        return random.binomial(of.astype(int), mixed).astype(float)

    messages = count(usual.messages * np.exp(at["volume"]), usual.uneven)
    conversations = np.minimum(messages, 1.0 + random.poisson(messages / 12.0))
    pool = messages if usual.follows else np.full(days, round(usual.messages))
    bids = share(pool, usual.bids, at["bids"])
    answered = share(bids, usual.answered, at["answered"])
    noise = random.normal(size=(2, days)) * np.sqrt(answered)
    rated = random.binomial(2, usual.asked, size=days).astype(float)
    return {
        "messages": messages,
        "conversations": conversations,
        "greetings": share(np.full(days, 2.0), usual.greetings, at["greetings"]),
        "affection": share(pool, usual.affection, at["affection"]),
        "logistics": share(conversations, usual.logistics, at["logistics"]),
        "bids": bids,
        "answered": answered,
        "replies": answered.copy(),
        "latency_sum": answered * (usual.latency + at["latency"]) + 1.3 * noise[0],
        "words_sum": answered * (usual.words + at["words"]) + 0.8 * noise[1],
        "ratings": rated,
        "ratings_sum": _taps(random, rated, usual.closeness + at["closeness"]),
    }


def _taps(random: Random, rated: Floats, middle: Floats) -> Floats:
    """Sums of up to two taps a day, each rounded to 1..7."""
    taps = np.clip(np.round(random.normal(middle[:, None], 1.0, size=(len(rated), 2))), 1, 7)
    return np.asarray((taps * (np.arange(2) < rated[:, None])).sum(axis=1))
