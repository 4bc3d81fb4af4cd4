"""What a finding says in words."""

from __future__ import annotations

from datetime import date

import pytest

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, plant
from turntoward.drift.sentence import say
from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict
from turntoward.messages.evidence import Evidence, Interval

_ONE = Interval(value=1.0, low=0.9, high=1.1)


def _drift(earliest: date, latest: date, *rhythms: str, toward: Toward = Toward.QUIETER) -> Drift:
    shifts = tuple(
        Shift(
            rhythm=rhythm, toward=toward, before=_ONE, after=_ONE, effect=_ONE,
            evidence=Evidence(count=9, interval=_ONE, perhaps=""),
        )
        for rhythm in rhythms
    )  # fmt: skip
    return Drift(
        toward=toward, earliest=earliest, likeliest=earliest, latest=latest, noticed=latest,
        probability=0.9, shifts=shifts,
    )  # fmt: skip


def _say(*drifts: Drift) -> str:
    finding = Finding(verdict=Verdict.CHANGED, weeks=148, drifts=drifts)
    return say(finding, {"greetings": "Greetings", "affection": "Affection"})


def test_a_drift_is_told_with_its_dates_and_without_blame() -> None:
    told = _say(_drift(date(2023, 3, 13), date(2023, 4, 30), "greetings", "affection"))
    assert told == (
        "Your rhythms began to get quieter between mid March and late April 2023: greetings and "
        "affection. That is a change of rhythm, not a fault of either of you."
    )


@pytest.mark.parametrize(
    ("earliest", "latest", "when"),
    [
        (date(2023, 3, 1), date(2023, 3, 10), "in early March 2023"),
        (date(2022, 12, 26), date(2023, 1, 15), "between late December 2022 and mid January 2023"),
        (date(2023, 3, 6), date(2023, 3, 21), "between early March and late March 2023"),
    ],
)
def test_dates_are_as_exact_as_the_interval(earliest: date, latest: date, when: str) -> None:
    assert f" {when}: greetings." in _say(_drift(earliest, latest, "greetings"))


def test_many_rhythms_are_not_all_named() -> None:
    told = _say(_drift(date(2023, 3, 1), date(2023, 3, 9), "greetings", "affection", "pace", "x"))
    assert "greetings, affection and pace most." in told


def test_a_way_back_and_a_second_drift_follow_in_order() -> None:
    first = _drift(date(2023, 3, 1), date(2023, 3, 9), "pace")
    back = _drift(date(2024, 3, 1), date(2024, 3, 9), "pace", toward=Toward.CLOSER)
    again = _drift(date(2025, 3, 1), date(2025, 3, 9), "pace")
    told = _say(first, back, again)
    assert "They began to come closer again in early March 2024" in told
    assert "They began to get quieter again in early March 2025" in told
    assert told.count("not a fault") == 1
    assert "fault" not in _say(back)


def test_nothing_and_cannot_tell_are_said_too() -> None:
    nothing = Finding(verdict=Verdict.NOTHING, weeks=148)
    assert say(nothing, {}) == "Nothing changed for good in these 148 weeks."
    finding = find(plant(1, Plan.STEADY, weeks=30).series)
    assert say(finding, {}).startswith("It cannot be told yet. There are only ")
    assert str(finding.weeks) in say(finding, {})
