"""Whoever knows the series and all their own taps cannot work out one tap of the other.

Stronger than what is shown, which is no series at all: the tests go through every record that
Ana may have and ask what Ben, who knows everything else, could still tell apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from planted_companion import ANA, BEN, Kept, day, four_weeks, steady
from turntoward.rhythms.companion import PRIVATE, fours, from_companion, shifts_done
from turntoward.rhythms.companion.fours import BLOCK_WEEKS
from turntoward.rhythms.companion.record import Companion, Felt, SmallShift

Taps = tuple[int, ...]
#: What one could want to know of a tap.
ASKED: dict[str, Callable[[Any], bool]] = {
    "close": lambda warmth: warmth >= 4,
    "tense": lambda warmth: warmth <= 2,
}
FULL = ([4, 3, 3, 2], [5, 3, 3, 1])


def seen(record: Companion) -> str:
    """All that comes out of the private part of a record."""
    return repr([from_companion(name).measure(record) for name in sorted(PRIVATE)])


def told_apart(
    every: Iterable[Sequence[Any]],
    outcome: Callable[[Sequence[Any]], str],
    asked: dict[str, Callable[[Any], bool]],
) -> list[str]:
    """What is certain of a single one of Ana's taps in at least one outcome."""
    possible: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for taps in every:
        possible[outcome(taps)].append(taps)
    return [
        f"tap {n} is {what}: {values}"
        for together in possible.values()
        for n in range(len(together[0]))
        for what, holds in asked.items()
        if len(values := {holds(taps[n]) for taps in together}) == 1
    ]


def with_anas(taps: Sequence[int], of_ben: Sequence[int]) -> Companion:
    return four_weeks([FULL, (taps, of_ben), FULL, FULL])


BENS = [[5, 5, 5, 5], [1, 1, 1, 1], [5, 4, 2, 1], [3, 3, 3, 3], [1] * 7 + [5]]


@pytest.mark.parametrize("of_ben", BENS, ids=str)
def test_no_single_tap_can_be_worked_out(of_ben: list[int]) -> None:
    every = product(range(1, 6), repeat=4)
    assert told_apart(every, lambda taps: seen(with_anas(taps, of_ben)), ASKED) == []


def test_nor_one_of_five_or_eight() -> None:
    for length in (5, 8):
        every = product((1, 5) if length == 8 else (1, 3, 5), repeat=length)
        assert told_apart(every, lambda taps: seen(with_anas(taps, [3] * 8)), ASKED) == []


@pytest.mark.parametrize("offers", [4, 5, 7])
def test_nor_whether_one_small_shift_was_done(offers: int) -> None:
    def outcome(done: Sequence[bool]) -> str:
        kept = Kept()
        for block in range(4):
            kept.shift_over(block, BEN, True, False, True, False)
            kept.shift_over(block, ANA, *(done if block == 1 else [True] + [False] * 3))
        return seen(kept.record(4 * BLOCK_WEEKS))

    every = product((True, False), repeat=offers)
    assert told_apart(every, outcome, {"done": bool}) == []


def test_without_the_rule_of_fours_taps_could_be_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fours, "unknown_ends", lambda yes, of: yes)
    every = product((1, 3, 5), repeat=4)
    assert told_apart(every, lambda taps: seen(with_anas(taps, [3] * 4)), ASKED)


def test_a_part_of_the_small_shifts_counted_apart_would_give_single_ones_away() -> None:
    """Why there is no rhythm of those of touch, say, beside the one of them all."""
    touch, other = BLOCK_WEEKS, 2  # those of touch are offered on Mondays

    def record(done: Sequence[bool]) -> Companion:
        kept = Kept()
        for block in range(4):
            kept.shift_over(block, BEN, *[True, False] * 3)
            kept.shift_over(block, ANA, *(done if block == 1 else [True, False] * 3))
        return kept.record(4 * BLOCK_WEEKS)

    def of_all(done: Sequence[bool]) -> str:
        return repr(shifts_done.measure(record(done)))

    def of_touch(done: Sequence[bool]) -> str:
        whole = record(done)
        part = tuple(one for one in whole.shifts if one.day.weekday() == 0)
        return repr(shifts_done.measure(replace(whole, shifts=part)))

    every = list(product((True, False), repeat=touch + other))
    assert told_apart(every, of_all, {"done": bool}) == []
    assert told_apart(every, of_touch, {"done": bool}) == []
    assert told_apart(every, lambda done: of_all(done) + of_touch(done), {"done": bool})


def test_what_both_know_leaves_no_trace_in_what_is_private() -> None:
    record = steady(40)
    bare = replace(record, held=(), greeted=(), noticed=())
    assert seen(bare) == seen(record)


def test_one_more_tap_moves_nothing_until_four_weeks_are_over() -> None:
    blocks = [FULL] * 4
    today = day(4 * BLOCK_WEEKS, -1)
    before = replace(four_weeks(blocks), today=today)
    for warmth in range(1, 6):
        more = Felt(day=today, who=ANA, warmth=warmth)
        assert seen(replace(before, felt=(*before.felt, more))) == seen(before)
    # Not on the day after them either: until it is over, small shifts of the last day may change.
    assert seen(replace(before, today=day(4 * BLOCK_WEEKS))) == seen(before)
    assert seen(replace(before, today=day(4 * BLOCK_WEEKS, 1))) != seen(before)


def test_a_key_taken_back_and_given_again_leaves_out_whole_stretches_only() -> None:
    record = steady(40)
    outcomes = {
        seen(replace(record, since=day(8 + week, weekday)))
        for week in range(4)
        for weekday in (1, 4)
    }
    assert len(outcomes) == 1
    # Given on the day on which a stretch begins: taps of that morning were not agreed to yet.
    assert seen(replace(record, since=day(8))) in outcomes
    assert seen(replace(record, since=day(7, 6))) not in outcomes


def test_what_was_tapped_before_both_said_yes_does_not_count() -> None:
    record = four_weeks([FULL] * 6)
    since = day(2 * BLOCK_WEEKS, -1)
    late = replace(record, since=since)
    hidden = tuple(replace(felt, warmth=1) if felt.day < since else felt for felt in record.felt)
    assert seen(replace(late, felt=hidden)) == seen(late)
    assert seen(replace(record, felt=hidden)) != seen(record)


def test_no_week_has_a_number_of_its_own() -> None:
    for name in PRIVATE:
        series = from_companion(name).measure(steady(40))
        assert not isinstance(series, fours.CannotTell)
        for n in range(0, len(series.weeks), BLOCK_WEEKS):
            of_block = series.weeks[n : n + BLOCK_WEEKS]
            assert len({(week.count, week.exposure) for week in of_block}) == 1
            assert all(week.value is week.smooth is week.low is None for week in of_block)


def test_the_series_is_of_the_two_and_not_of_one() -> None:
    record = four_weeks([([1, 2, 4, 5], [4, 4, 3, 2])] * 4)
    other = replace(
        record,
        felt=tuple(replace(felt, who=1 - felt.who) for felt in record.felt),
        shifts=tuple(SmallShift(day=s.day, who=1 - s.who, done=s.done) for s in record.shifts),
    )
    assert seen(other) == seen(record)
    assert shifts_done.ABOUT.name in PRIVATE
