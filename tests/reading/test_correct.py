"""One tap changes the reading by exactly what the tap says, and another takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import turntoward.reading.correct as correcting
from reading.made_readings import DRIFTED, QUOTES, quote, reading
from turntoward.drift.known import Spell
from turntoward.drift.shift import Finding, Verdict
from turntoward.errors import UnknownQuote
from turntoward.language.labels import BidKind, Stance
from turntoward.reading.correct import correct, uncorrect
from turntoward.reading.reading import Correction, Reading, Scope
from turntoward.rhythms.series import Series, Week

MADE = reading()

FIND = correcting.find


def quick(series: Sequence[Series], *, spells: Sequence[Spell] = ()) -> Finding:
    """Stands in for the detector, which takes a second: what it says follows from the series."""
    assert [spell.first for spell in spells] == [season.start for season in MADE.seasons]
    counted = sum(week.count for one in series for week in one.weeks)
    return Finding(verdict=Verdict.NOTHING, weeks=round(counted))


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correcting, "find", quick)
        yield


corrections = st.builds(
    Correction,
    quoted=st.sampled_from([one.id for one in QUOTES]),
    kind=st.sampled_from([kind.value for kind in BidKind]),
    stance=st.sampled_from([stance.value for stance in Stance]),
)


def week(made: Reading, rhythm: str, number: int) -> Week:
    day = QUOTES[number].week
    series = next(one for one in made.series if one.name == rhythm)
    return next(one for one in series.weeks if one.start == day)


def test_a_met_bid_that_was_not_met_lowers_its_week() -> None:
    said = correct(MADE, Correction(quoted=QUOTES[0].id, kind="share", stance="away"))
    before, after = week(MADE, "bids_met", 0), week(said, "bids_met", 0)
    assert (after.count, after.exposure) == (before.count - 1, before.exposure)
    assert after.value == pytest.approx((before.count - 1) / before.exposure)
    assert after.low is not None
    assert before.low is not None
    assert after.low < before.low
    assert after.smooth is not None
    assert before.smooth is not None
    assert after.smooth < before.smooth
    assert said.met == MADE.met - 1
    assert said.bids == MADE.bids
    assert said.quotes[0].stance == "away"
    assert week(said, "bids_made", 0) == week(MADE, "bids_made", 0)


def test_a_passed_bid_that_was_met_raises_its_week() -> None:
    said = correct(MADE, Correction(quoted=QUOTES[2].id, kind="support", stance="toward"))
    before, after = week(MADE, "bids_met", 2), week(said, "bids_met", 2)
    assert (after.count, after.exposure) == (before.count + 1, before.exposure)
    assert said.met == MADE.met + 1


def test_what_is_no_bid_counts_nowhere() -> None:
    said = correct(MADE, Correction(quoted=QUOTES[0].id, kind="none", stance="toward"))
    before, after = week(MADE, "bids_met", 0), week(said, "bids_met", 0)
    assert (after.count, after.exposure) == (before.count - 1, before.exposure - 1)
    made_before, made_after = week(MADE, "bids_made", 0), week(said, "bids_made", 0)
    assert (made_after.count, made_after.exposure) == (made_before.count - 1, made_before.exposure)
    assert (said.bids, said.met) == (MADE.bids - 1, MADE.met - 1)


def test_a_late_bid_answered_in_person_joins_the_count() -> None:
    """An overnight bid without an answer was left out; the two know that it was met."""
    said = correct(MADE, Correction(quoted=QUOTES[5].id, kind="share", stance="toward"))
    before, after = week(MADE, "bids_met", 5), week(said, "bids_met", 5)
    assert (after.count, after.exposure) == (before.count + 1, before.exposure + 1)


def test_only_the_weeks_around_it_move() -> None:
    said = correct(MADE, Correction(quoted=QUOTES[0].id, kind="share", stance="away"))
    for before, after in zip(MADE.series, said.series, strict=True):
        for old, new in zip(before.weeks, after.weeks, strict=True):
            far = abs((old.start - QUOTES[0].week).days) > 6 * 7
            if far or before.name != "bids_met":
                assert new == old


def test_intervals_stay_around_their_values() -> None:
    said = MADE
    for one in QUOTES:
        said = correct(said, Correction(quoted=one.id, kind="none", stance=""))
    for series in said.series:
        for each in series.weeks:
            if each.value is not None and each.low is not None and each.high is not None:
                assert each.low <= each.value <= each.high


@settings(max_examples=12, deadline=None)
@given(st.lists(corrections, max_size=5))
def test_undoing_every_correction_restores_exactly(all_of_them: list[Correction]) -> None:
    said = MADE
    for correction in all_of_them:
        said = correct(said, correction)
    for quoted in {correction.quoted for correction in all_of_them}:
        said = uncorrect(said, quoted)
    assert said == MADE


@settings(max_examples=8, deadline=None)
@given(st.lists(corrections, min_size=2, max_size=4, unique_by=lambda c: c.quoted))
def test_the_order_of_corrections_does_not_matter(some: list[Correction]) -> None:
    one, other = MADE, MADE
    for correction in some:
        one = correct(one, correction)
    for correction in reversed(some):
        other = correct(other, correction)
    assert replace(one, corrections=(), as_read=None) == replace(
        other, corrections=(), as_read=None
    )


def test_undoing_one_of_two_leaves_the_other() -> None:
    first = Correction(quoted=QUOTES[0].id, kind="share", stance="away")
    second = Correction(quoted=QUOTES[1].id, kind="none", stance="")
    both = correct(correct(MADE, first), second)
    assert uncorrect(both, second.quoted) == correct(MADE, first)


def test_saying_what_was_read_is_no_correction() -> None:
    same = Correction(quoted=QUOTES[0].id, kind=QUOTES[0].kind, stance=QUOTES[0].stance)
    assert correct(MADE, same) == MADE


def test_the_change_is_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the real detector, in the corrected series; the drift that is planted stays."""
    monkeypatch.setattr(correcting, "find", FIND)
    said = correct(MADE, Correction(quoted=QUOTES[0].id, kind="share", stance="away"))
    assert said.as_read is not None
    assert said.as_read.finding == MADE.finding
    (drift,) = said.finding.drifts
    assert drift.earliest <= DRIFTED <= drift.latest
    assert "bids_met" in {shift.rhythm for shift in drift.shifts}
    assert uncorrect(said, QUOTES[0].id) == MADE


def test_alone_only_the_kind_is_corrected() -> None:
    own = replace(
        MADE, scope=Scope.OWN, me="Ana", met=0, quotes=(quote(1, stance="", answer=None),),
        series=tuple(one for one in MADE.series if one.name != "bids_met"),
    )  # fmt: skip
    said = correct(own, Correction(quoted=1001, kind="play", stance="against"))
    assert (said.quotes[0].kind, said.quotes[0].stance) == ("play", "")
    assert said.met == 0


@pytest.mark.parametrize(
    "wrong",
    [
        Correction(quoted=7, kind="share", stance="toward"),
        Correction(quoted=1001, kind="shouting", stance="toward"),
        Correction(quoted=1001, kind="share", stance="sideways"),
    ],
)
def test_an_unknown_correction_is_refused(wrong: Correction) -> None:
    with pytest.raises(UnknownQuote):
        correct(MADE, wrong)


def test_undoing_what_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownQuote):
        uncorrect(MADE, 7)
