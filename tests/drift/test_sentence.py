"""What a finding says in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_series import series_of

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, plant
from turntoward.drift.sentence import say
from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict
from turntoward.messages.evidence import Evidence, Interval

_ONE = Interval(value=1.0, low=0.9, high=1.1)


def _drift(
    earliest: date,
    latest: date,
    *rhythms: str,
    toward: Toward = Toward.QUIETER,
    effect: float = -0.5,
) -> Drift:
    size = Interval(value=effect, low=effect - 0.1, high=effect + 0.1)
    shifts = tuple(
        Shift(
            rhythm=rhythm, toward=toward, before=_ONE, after=_ONE, effect=size,
            evidence=Evidence(count=9, interval=size, perhaps=""),
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
        "Your rhythms began to get clearly quieter between mid March and late April 2023, about "
        "90 in 100 sure: greetings and affection. "
        "That is a change of rhythm, not a fault of either of you."
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
    assert f" {when}, about 90 in 100 sure: greetings." in _say(
        _drift(earliest, latest, "greetings")
    )


def test_many_rhythms_are_not_all_named() -> None:
    told = _say(_drift(date(2023, 3, 1), date(2023, 3, 9), "greetings", "affection", "pace", "x"))
    assert "sure: most of all greetings, affection and pace." in told


@pytest.mark.parametrize(
    ("effect", "said"), [(-0.2, "a little"), (-0.3, "clearly"), (-0.69, "clearly"), (-0.7, "much")]
)
def test_how_strongly_is_said_in_words(effect: float, said: str) -> None:
    day = date(2023, 3, 1)
    assert f"began to get {said} quieter in" in _say(_drift(day, day, "pace", effect=effect))
    back = _drift(day, day, "pace", toward=Toward.CLOSER, effect=-effect)
    assert f"began to come {said} closer again in" in _say(back)


def test_how_strongly_does_not_rest_on_a_private_rhythm() -> None:
    day = date(2023, 3, 1)
    hers, ours = _drift(day, day, "closeness", effect=-0.9), _drift(day, day, "pace", effect=-0.2)
    both = replace(hers, shifts=(*hers.shifts, *ours.shifts))

    def told(drift: Drift) -> str:
        finding = Finding(verdict=Verdict.CHANGED, weeks=148, drifts=(drift,))
        return say(finding, {}, private={"closeness"})

    assert "began to get a little quieter in" in told(both)
    assert "sure: pace and closeness." in told(both)
    assert "sure: closeness and pace." in _say(both)
    assert "began to get quieter in early March 2023, about" in told(hers)
    back = replace(hers, toward=Toward.CLOSER)
    assert "began to come closer again in early March 2023" in told(back)
    assert "began to get much quieter in" in _say(both)


def test_nothing_is_surer_than_99_in_100() -> None:
    drift = replace(_drift(date(2023, 3, 1), date(2023, 3, 9), "pace"), probability=0.9999)
    assert "about 99 in 100 sure" in _say(drift)


def test_sizes_are_said_where_they_are_known() -> None:
    finding = Finding(
        verdict=Verdict.CHANGED,
        weeks=148,
        drifts=(_drift(date(2023, 3, 1), date(2023, 3, 9), "pace"),),
    )
    told = say(finding, {"pace": "Pace"}, sized=lambda shift: f"from 1 to 2 {shift.rhythm}s")
    assert "sure: pace (from 1 to 2 paces)." in told


def test_what_was_marked_stands_beside_and_explains_nothing() -> None:
    drifts = (
        _drift(date(2023, 3, 1), date(2023, 3, 9), "pace"),
        _drift(date(2024, 3, 1), date(2024, 3, 9), "pace", toward=Toward.CLOSER),
    )
    finding = Finding(verdict=Verdict.CHANGED, weeks=148, drifts=drifts)
    marks = {drifts[0]: ["A new job, with late shifts"], drifts[1]: []}
    told = say(finding, {}, marked=lambda drift: marks[drift])
    assert "pace. Around that time you marked “A new job, with late shifts”. The rhythms" in told
    assert "because" not in told
    many = say(finding, {}, marked=lambda _: ["A", "B", "C", "D", "E"])
    assert "you marked “A”, “B”, “C” and 2 more." in many


def test_a_way_back_and_a_second_drift_follow_in_order() -> None:
    first = _drift(date(2023, 3, 1), date(2023, 3, 9), "pace")
    back = _drift(date(2024, 3, 1), date(2024, 3, 9), "pace", toward=Toward.CLOSER)
    again = _drift(date(2025, 3, 1), date(2025, 3, 9), "pace")
    told = _say(first, back, again)
    assert "The rhythms began to come clearly closer again in early March 2024" in told
    assert "The rhythms began to get clearly quieter again in early March 2025" in told
    assert told.count("not a fault") == 1
    assert "fault" not in _say(back)


def test_nothing_and_cannot_tell_are_said_too() -> None:
    nothing = Finding(verdict=Verdict.NOTHING, weeks=148)
    assert say(nothing, {}) == "Nothing changed for good in these 148 weeks."
    finding = find(series_of(plant(1, Plan.STEADY, weeks=30)))
    assert say(finding, {}).startswith("It cannot be told yet. There are only ")
    assert str(finding.weeks) in say(finding, {})
