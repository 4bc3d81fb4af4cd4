"""Rates on chats of known composition: how far off they are, and how often their intervals cover.

A chat of 5,000 messages is drawn from a dozen conversations of the judged part, so that it has ways
of writing of its own, in a composition drawn at random. From how many matters: with a few, some
dozens of real lines stand for a whole couple, and their chance is larger than a couple's in life;
with many, couples differ less than in life. The product's estimate (turntoward.language.rates) is
set beside plain counting, the adjusted count (Forman 2008) and the expectation-maximisation of
Saerens, Latinne and Decaestecker (2002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from training.lines import Line, Pair
from training.rates import line_tables, pair_table

from turntoward.language.rates import Known, corrected, known

MESSAGES = 5_000
CHATS = 400
CONVERSATIONS = 12

#: Shares that are drawn, by label: about what couples' chats hold.
SHARES = {"bid": (0.2, 0.7), "logistics": (0.1, 0.6), "warmth": (0.03, 0.3), "met": (0.4, 0.9)}


#: Steps of the expectation-maximisation; it settles in fewer.
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """Over many chats: mean distance from the truth in points, and coverage in per cent."""

    label: str
    errors: Mapping[str, float]
    covered80: float
    covered95: float
    width80: float
    refused: float  # chats too unlike the development part to give a rate, in per cent


def outcomes(lines: Sequence[Line], pairs: Sequence[Pair]) -> list[Outcome]:
    """The figures of every label that is drawn; text messages stand alone and are left out."""
    tables = line_tables([line for line in lines if line.origin != "sms"])
    tables["met"] = pair_table(pairs)
    return [outcome(label, *tables[label][:3]) for label in SHARES]


def outcome(label: str, truth: np.ndarray, chance: np.ndarray, groups: np.ndarray) -> Outcome:
    """Draw chats and compare."""
    random = np.random.default_rng(0)
    about = known()[label]
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    errors: dict[str, list[float]] = {}
    covered80, covered95, widths, refused = [], [], [], 0
    while len(widths) < CHATS:
        chosen = random.choice(len(members), min(CONVERSATIONS, len(members)), replace=False)
        rows = np.concatenate([members[at] for at in chosen])
        there, absent = rows[truth[rows]], rows[~truth[rows]]
        if not len(there) or not len(absent):
            continue
        share = random.uniform(*SHARES[label])
        count = round(share * MESSAGES)
        drawn = np.concatenate(
            [random.choice(there, count), random.choice(absent, MESSAGES - count)]
        )
        held = chance[drawn]
        rate = corrected(label, held)
        if rate is None:
            refused += 1
            continue
        found = {
            "corrected": rate.value,
            "counted": float((held >= 0.5).mean()),
            "mean probability": float(held.mean()),
            "adjusted count": adjusted(held, about),
            "expectation-maximisation": matched(held, about.share),
        }
        for name, value in found.items():
            errors.setdefault(name, []).append(abs(value - share))
        covered80.append(rate.low <= share <= rate.high)
        covered95.append(rate.low95 <= share <= rate.high95)
        widths.append(rate.high - rate.low)
    return Outcome(
        label=label,
        errors={name: 100 * float(np.mean(off)) for name, off in errors.items()},
        covered80=100 * float(np.mean(covered80)),
        covered95=100 * float(np.mean(covered95)),
        width80=100 * float(np.mean(widths)),
        refused=100 * refused / (refused + CHATS),
    )


def adjusted(held: np.ndarray, about: Known) -> float:
    """The adjusted count, with the hit rates of the development part."""
    said = float((held >= 0.5).mean())
    return float(np.clip((said - about.false) / max(about.hit - about.false, 0.05), 0, 1))


def matched(held: np.ndarray, prior: float) -> float:
    """The share under which probabilities that were given under `prior` are most likely."""
    share = prior
    for _ in range(_STEPS):
        up, down = held * share / prior, (1 - held) * (1 - share) / (1 - prior)
        share = float(np.mean(up / np.maximum(up + down, 1e-12)))
    return share


def table(found: Sequence[Outcome]) -> list[str]:
    """The outcomes in Markdown."""
    names = list(found[0].errors)
    head = " | ".join(names)
    lines = [
        f"| share of | {head} | 80 % interval covers | 95 % interval covers "
        "| width of the 80 % | no rate |",
        "|---" * (len(names) + 5) + "|",
    ]
    for one in found:
        errors = " | ".join(f"{one.errors[name]:.1f}" for name in names)
        lines.append(
            f"| {one.label} | {errors} | {one.covered80:.0f} % | {one.covered95:.0f} % "
            f"| {one.width80:.0f} points | {one.refused:.0f} % |"
        )
    return lines
