"""Rhythms from the companion in a reading: looked at with the others, the private ones unshown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from planted_companion import ANA, BEN, Kept, day
from reading.made_readings import (
    CHANGED,
    DRIFT,
    DRIFTED,
    FIRST,
    NOTHING,
    interval,
    reading,
    series,
    shift,
)
from turntoward.drift import detect
from turntoward.drift.shift import Drift, Finding, Verdict
from turntoward.reading import looking
from turntoward.reading.codec import decode, encode
from turntoward.reading.fading import fading
from turntoward.reading.levels import levels
from turntoward.reading.page import render_page
from turntoward.reading.reading import Reading
from turntoward.reading.summary import sentence
from turntoward.reading.tables import drifts_table, rhythms_table
from turntoward.rhythms.companion import COMPANION, closeness, measure_companion, sittings, tense
from turntoward.rhythms.companion.record import Felt, SmallShift
from turntoward.rhythms.series import Series


def with_closeness(finding: Finding) -> Reading:
    """The invented couple of the other tests, who also check in here."""
    private = replace(series(closeness.ABOUT), private=True)
    shown = series(sittings.ABOUT, before=0.5, after=0.3)
    base = reading()
    return replace(base, series=(*base.series, shown, private), finding=finding)


NAMED = replace(DRIFT, shifts=(*DRIFT.shifts, shift("closeness", 0.6543, 0.4321)))
CLOSENESS_CHANGED = replace(CHANGED, drifts=(NAMED,))


def test_a_private_rhythm_that_did_not_change_is_nowhere() -> None:
    made = with_closeness(CHANGED)
    page = render_page(made)
    assert "Closeness" not in page
    assert "Ten-minute check-ins" in page


def test_one_that_changed_is_told_without_a_number() -> None:
    made = with_closeness(CLOSENESS_CHANGED)
    page, said = render_page(made), sentence(made)
    assert "closeness after check-ins" in said
    part = page.split("<h3>Closeness after check-ins</h3>")[1].split("</section>")[0]
    assert "Less often, most likely since mid-September 2023." in part
    assert "stays with each of you" in part
    assert "<figure" not in part
    assert "<table" not in part
    for number in ("65", "43", "0.65", "0.43"):
        assert number not in part
    assert "closeness after check-ins (less often)" in said


def test_how_far_a_private_one_moved_is_not_in_the_strength_either() -> None:
    far = replace(shift("closeness", 0.9, 0.2), effect=interval(-2.0, 0.1))
    made = with_closeness(replace(CHANGED, drifts=(replace(DRIFT, shifts=(far, *DRIFT.shifts)),)))
    assert "began to get clearly quieter" in sentence(made)
    made = with_closeness(replace(CHANGED, drifts=(replace(DRIFT, shifts=(far,)),)))
    assert "began to get quieter" in sentence(made)


def test_more_tension_is_not_called_quieter() -> None:
    made = with_closeness(CHANGED)
    private = replace(series(tense.ABOUT), private=True)
    tenser = replace(DRIFT, shifts=(shift("tense", 0.3, 0.6),))
    made = replace(made, series=(private,), finding=replace(CHANGED, drifts=(tenser,)))
    part = render_page(made).split("<h3>Tense check-ins</h3>")[1].split("</section>")[0]
    assert "More often, most likely since" in part
    assert "tense check-ins (more often)" in sentence(made)


def test_no_table_holds_its_numbers() -> None:
    made = with_closeness(CLOSENESS_CHANGED)
    assert "closeness" not in {level.series.name for level in levels(made)}
    assert "closeness" not in set(rhythms_table(made)["rhythm"])
    rows = {row["rhythm"]: row for row in drifts_table(made).iter_rows(named=True)}
    numbers = ("count", "before", "after_low", "effect_high")
    assert all(rows["closeness"][name] is None for name in numbers)
    assert all(rows["bids_met"][name] is not None for name in numbers)


def test_it_stays_private_when_stored_and_is_tended_by_name() -> None:
    made = with_closeness(CLOSENESS_CHANGED)
    assert decode(encode(made)) == made
    assert [one.private for one in decode(encode(made)).series if one.name == "closeness"] == [True]
    assert "Closeness after check-ins" in {one.title for one in fading(made)}


def test_a_drift_names_no_rhythm_that_was_not_there_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detect, "find", lambda *given, **known: CLOSENESS_CHANGED)
    made = with_closeness(CLOSENESS_CHANGED)

    def named(begins_at: int, ends_at: int = 500) -> list[str]:
        ends = FIRST + timedelta(weeks=begins_at), FIRST + timedelta(weeks=ends_at)
        cut = [
            replace(one, weeks=tuple(w for w in one.weeks if ends[0] <= w.start < ends[1]))
            if one.name == "closeness"
            else one
            for one in made.series
        ]
        return [shift.rhythm for shift in looking.find(cut).drifts[0].shifts]

    earliest = (DRIFT.earliest - FIRST).days // 7
    assert "closeness" in named(0)
    assert "closeness" in named(earliest - 20)
    assert "closeness" not in named(earliest - 5)
    assert "closeness" not in named(earliest + 10)
    assert "closeness" not in named(0, earliest)
    assert named(earliest + 10) == ["bids_met", "affection"]
    assert DRIFT.earliest <= DRIFTED


def test_a_drift_that_would_name_no_rhythm_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_closeness(CHANGED)
    late = replace(DRIFT, shifts=(shift("closeness", 0.6, 0.4),))
    before = DRIFT.earliest - timedelta(weeks=3)
    rhythms = [
        replace(one, weeks=tuple(w for w in one.weeks if w.start >= before))
        if one.name == "closeness"
        else one
        for one in made.series
    ]

    def found(*drifts: Drift) -> Finding:
        monkeypatch.setattr(detect, "find", lambda *_, **__: replace(CHANGED, drifts=drifts))
        return looking.find(rhythms)

    both, alone = found(DRIFT, late), found(late)
    assert (both.verdict, both.drifts) == (Verdict.CHANGED, (DRIFT,))
    assert (alone.verdict, alone.drifts) == (Verdict.CANNOT_TELL, ())
    assert "no rhythm was seen for long enough" in sentence(replace(made, finding=alone))
    monkeypatch.setattr(detect, "find", lambda *_, **__: NOTHING)
    assert looking.find(rhythms) == NOTHING


def invented(seed: int, weeks: int = 170, changes_at: int | None = None) -> tuple[Series, ...]:
    """The rhythms of a couple that checks in about three times a week, or begins to do less.

    They also greet, and tell each other of bids.
    """
    random, kept = np.random.default_rng(seed), Kept()
    for week in range(weeks):
        later = changes_at is not None and week >= changes_at
        kept.greet(week, *(random.random(5) < (0.4 if later else 0.7)).tolist())
        kept.notice(week, *random.integers(7, size=random.poisson(1 if later else 2)).tolist())
        for weekday in range(7):
            if random.random() < (0.2 if later else 0.42):
                kept.sit(week, weekday, int(random.random() < 0.5))
                evening = random.normal(2.4 if later else 3.6, 0.6)
                for who in (ANA, BEN):
                    warmth = int(np.clip(round(evening + random.normal(0, 0.5)), 1, 5))
                    kept.felt.append(Felt(day=day(week, weekday), who=who, warmth=warmth))
            for who in (ANA, BEN):
                if random.random() < 0.6:
                    done = bool(random.random() < 0.4)
                    kept.shifts.append(SmallShift(day=day(week, weekday), who=who, done=done))
    found = measure_companion(kept.record(weeks)).values()
    return tuple(one for one in found if isinstance(one, Series))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_found_in_a_steady_couple(seed: int) -> None:
    rhythms = invented(seed)
    assert tuple(one.name for one in rhythms) == COMPANION
    assert looking.find(rhythms).verdict is Verdict.NOTHING


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_change_is_found_in_both_sorts(seed: int) -> None:
    finding = looking.find(invented(seed, changes_at=100))
    assert finding.verdict is Verdict.CHANGED
    drift = finding.drifts[0]
    assert abs(drift.likeliest - day(100)) <= timedelta(weeks=16)
    named = {shift.rhythm for shift in drift.shifts}
    assert "sittings" in named
    assert named & {"closeness", "tense"}
