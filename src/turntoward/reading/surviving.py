"""A conclusion that does not survive other session gaps and reply windows is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import polars as pl

from turntoward.bids.pairing import Stances
from turntoward.drift.shift import Drift, Finding, Verdict
from turntoward.language.labels import STANCE_SCHEMA
from turntoward.words import gettext_noop

#: Two datings of one change may lie this far apart.
_SAME = timedelta(weeks=4)

_WHY = gettext_noop(
    "Something seems to change, but it vanishes when a conversation or an answer is given more "
    "or less time. That is too little to say anything."
)


def agree(one: Drift, other: Drift) -> bool:
    """True where both say the same: the same way, at about the same time."""
    return (
        one.toward == other.toward
        and one.earliest - _SAME <= other.latest
        and other.earliest <= one.latest + _SAME
    )


def fragile(finding: Finding, others: Sequence[Finding]) -> tuple[Drift, ...]:
    """The drifts of a finding that one of the others does not find."""
    return tuple(
        drift
        for drift in finding.drifts
        if not all(any(agree(drift, found) for found in other.drifts) for other in others)
    )


def without(finding: Finding, not_drawn: Sequence[Drift]) -> Finding:
    """The finding without those drifts; where no other is left, it cannot tell."""
    kept = tuple(d for d in finding.drifts if not any(agree(d, gone) for gone in not_drawn))
    if len(kept) == len(finding.drifts):
        return finding
    if kept:
        return replace(finding, drifts=kept)
    return replace(finding, verdict=Verdict.CANNOT_TELL, drifts=(), why=_WHY)


def remembered(read: Stances) -> Stances:
    """The same stances, each pair read once: a shorter window asks for pairs already known."""
    known: dict[tuple[str, str, str], tuple[float, ...]] = {}

    def recall(bids: list[str], kinds: list[str], answers: list[str]) -> pl.DataFrame:
        asked = list(zip(bids, kinds, answers, strict=True))
        new = list(dict.fromkeys(pair for pair in asked if pair not in known))
        if new:
            fresh = read(*(list(column) for column in zip(*new, strict=True)))
            known.update(zip(new, fresh.select(STANCE_SCHEMA.names()).iter_rows(), strict=True))
        return pl.DataFrame([known[pair] for pair in asked], schema=STANCE_SCHEMA, orient="row")

    return recall
