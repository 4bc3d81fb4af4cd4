"""Bids that stopped: "When bids are missed repeatedly, partners often stop making them."

Definition: the reading found that bids became much rarer, nothing it found since brought them back,
and the last weeks of the messages still are as quiet. Where it found that bids were met less often
before that or with it, the article's whole sentence is said; where not, only that bids got rarer.
It never says that one led to the other. One alone sees it of their own bids.
Unit: bids now, as a share of what they were before.
Cannot see: a look, a touch, a joke across the table.
Source: article, "When bids are missed repeatedly, partners often stop making them.";
`rhythms.bids_made` and `drift.detect` for what was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp

from turntoward.care.intervals import left
from turntoward.care.record import Record
from turntoward.care.sign import Looked, NotSeen, Seen, Sign, Unsure
from turntoward.care.thresholds import BIDS_LEFT, BIDS_LEFT_HIGH, BIDS_RECENT_WEEKS
from turntoward.care.weeks import of_today
from turntoward.drift.shift import Drift, Shift, Toward, Verdict
from turntoward.messages.evidence import CannotTell, Evidence
from turntoward.reading.reading import Reading, Scope
from turntoward.rhythms.series import Week
from turntoward.words import gettext, gettext_noop

_NAME = "bids_stopped"


def look(record: Record) -> Looked:
    """Whether bids became much rarer in the messages and stayed so."""
    reading = of_today(record.reading, record.today)
    if isinstance(reading, CannotTell):
        return Unsure(name=_NAME, why=reading)
    weeks = next((one.weeks for one in reading.series if one.name == "bids_made"), ())
    lately = _rate(weeks[-BIDS_RECENT_WEEKS:])
    if reading.finding.verdict is Verdict.CANNOT_TELL or lately is None:
        return Unsure(
            name=_NAME,
            why=CannotTell(gettext("Your messages do not reach far enough to tell this yet.")),
        )
    fell = _fell(reading.finding.drifts)
    if fell is None or lately > BIDS_LEFT * fell[1].before.value:
        return NotSeen(name=_NAME)
    drift, shift = fell
    return Seen(
        name=_NAME,
        says=_says(reading, drift),
        since=drift.likeliest,
        unit=gettext("bids now, as a share of what they were before"),
        evidence=Evidence(
            count=shift.evidence.count,
            interval=left(shift.effect),
            perhaps=gettext(
                "You may simply have been together more and reached for each other there."
            ),
        ),
    )


def _fell(drifts: Sequence[Drift]) -> tuple[Drift, Shift] | None:
    """The last large fall, unless what was found since brought most of it back."""
    fell: tuple[Drift, Shift] | None = None
    balance = 0.0
    for drift in drifts:
        for shift in drift.shifts:
            if shift.rhythm != "bids_made":
                continue
            balance += shift.effect.value
            if shift.toward is Toward.QUIETER and _large(shift):
                # What rose before says nothing of what came back since.
                fell, balance = (drift, shift), shift.effect.value
    return fell if fell is not None and exp(balance) <= BIDS_LEFT else None


def _large(shift: Shift) -> bool:
    rest = left(shift.effect)
    return rest.value <= BIDS_LEFT and rest.high <= BIDS_LEFT_HIGH


def _rate(weeks: Sequence[Week]) -> float | None:
    exposure = sum(week.exposure for week in weeks)
    return sum(week.count for week in weeks) / exposure if exposure > 0 else None


def _says(reading: Reading, fell: Drift) -> str:
    if reading.scope is Scope.OWN:
        return gettext("Bids have become much rarer in your own messages.")
    if _missed_by(reading, fell.latest):
        return gettext(
            "Bids were met less often, and reaching for each other has become much rarer in your "
            "messages."
        )
    return gettext("Reaching for each other has become much rarer in your messages.")


def _missed_by(reading: Reading, day: date) -> bool:
    """Whether bids began to be met less often up to that day."""
    return any(
        shift.rhythm == "bids_met" and shift.toward is Toward.QUIETER
        for drift in reading.finding.drifts
        if drift.likeliest <= day
        for shift in drift.shifts
    )


SIGN = Sign(
    name=_NAME,
    title=gettext_noop("Bids that became rare"),
    words=gettext_noop("When bids are missed repeatedly, partners often stop making them."),
    look=look,
)
