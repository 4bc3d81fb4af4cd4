"""What a trial says: on examples done by hand, against the test it inverts, and in simulation."""

from __future__ import annotations

import random
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

from turntoward.moments.trial import Pair
from turntoward.moments.trial_result import LIKELY, SURE, Verdict, interval, result


def paired(*differences: float) -> list[Pair | None]:
    return [Pair(with_shifts=3.0 + d, without=3.0) for d in differences]


def rejected(differences: list[float], shift: float, level: float) -> bool:
    """The randomisation test itself: is a difference of `shift` too far from what was seen?"""
    left = [d - shift for d in differences]
    signs = list(product((1, -1), repeat=len(left)))
    sums = [sum(s * d for s, d in zip(each, left, strict=True)) for each in signs]
    above = sum(one >= sums[0] - 1e-9 for one in sums)
    below = sum(one <= sums[0] + 1e-9 for one in sums)
    return min(above, below) / len(sums) <= (1 - level) / 2 + 1e-12


def test_four_pairs_by_hand() -> None:
    # Of 16 ways one may be rejected on each side, so the ends are the smallest and the largest.
    found = interval([0.5, -0.25, 1.0, 0.75], LIKELY)
    assert found is not None
    assert (found.value, found.low, found.high) == (0.5, -0.25, 1.0)


def test_five_pairs_by_hand() -> None:
    # Of 32 ways three may be rejected on each side: the third smallest mean of some differences.
    # In order: 0.2, (0.2+0.4)/2, (0.2+0.4+0.6)/3 = 0.4 beside 0.4 itself and (0.2+0.6)/2.
    found = interval([0.2, 0.4, 0.6, 0.8, 1.0], LIKELY)
    assert found is not None
    assert (found.value, found.low, found.high) == (pytest.approx(0.6), 0.4, 0.8)


@pytest.mark.parametrize(("n", "likely", "sure"), [(3, 0, 0), (4, 1, 0), (5, 1, 0), (6, 1, 1)])
def test_few_pairs_have_no_interval_rather_than_a_wrong_one(n: int, likely: int, sure: int) -> None:
    differences = [0.1 * d for d in range(n)]
    assert (interval(differences, LIKELY) is not None) == bool(likely)
    assert (interval(differences, SURE) is not None) == bool(sure)


def test_no_pairs_at_all_have_none_either() -> None:
    assert interval([], LIKELY) is None
    assert result([]).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("level", [LIKELY, SURE])
@pytest.mark.parametrize("n", [4, 5, 6, 7])
@pytest.mark.parametrize("ties", [False, True])
def test_the_interval_holds_what_the_test_does_not_reject_and_nothing_else(
    n: int, level: float, ties: bool
) -> None:
    draw = random.Random(f"{n} {level} {ties}")
    for _ in range(8):
        ordinal = [draw.choice([-0.5, 0.0, 0.5, 1.0]) for _ in range(n)]
        differences = ordinal if ties else [draw.gauss(0.3, 0.6) for _ in range(n)]
        found = interval(differences, level)
        if found is None:
            assert not rejected(differences, -1000.0, level)
            continue
        for inside in (found.low, found.high, (found.low + found.high) / 2):
            assert not rejected(differences, inside, level)
        for outside in (found.low - 1e-6, found.high + 1e-6):
            assert rejected(differences, outside, level)


def test_it_is_the_same_mirrored_and_moved() -> None:
    differences = [0.3, -0.1, 0.7, 0.2, 0.9, 0.4]
    plain = interval(differences, SURE)
    mirrored = interval([-d for d in differences], SURE)
    moved = interval([d + 1 for d in differences], SURE)
    assert plain is not None
    assert mirrored is not None
    assert moved is not None
    assert (mirrored.low, mirrored.high) == (-plain.high, -plain.low)
    assert (moved.low, moved.high) == (pytest.approx(plain.low + 1), pytest.approx(plain.high + 1))


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ((0.5, 0.4, 0.8, 0.3, 0.6, 0.5), Verdict.WARMER),
        ((-0.5, -0.4, -0.8, -0.3, -0.6, -0.5), Verdict.COLDER),
        ((0.1, -0.1, 0.2, -0.2, 0.0, 0.1), Verdict.NO_LARGE),
        ((1.0, -1.0, 1.5, -0.5, 0.3, -0.9), Verdict.CANNOT_TELL),
        ((1.0, 1.0, 1.0), Verdict.CANNOT_TELL),
        ((0.0, 0.0, 0.0, 0.0), Verdict.NO_LARGE),
    ],
)
def test_what_is_said(differences: tuple[float, ...], verdict: Verdict) -> None:
    assert result(paired(*differences)).verdict is verdict


def test_a_tie_with_nothing_is_not_called_help() -> None:
    read = result(paired(0.0, 0.0, 0.0, 1.0, 1.0))
    assert read.likely is not None
    assert read.likely.low == 0.0
    assert read.verdict is Verdict.CANNOT_TELL


def test_quite_sure_takes_six_pairs_that_agree() -> None:
    assert not result(paired(1, 1, 1, 1, 1)).surely
    assert result(paired(1, 1, 1, 1, 1, 1)).surely
    assert not result(paired(1, 1, 1, 1, 1, -1)).surely


def test_left_out_pairs_are_counted_and_read_as_nothing() -> None:
    read = result([None, *paired(0.5, 0.4, 0.8, 0.3), None])
    assert (len(read.pairs), read.left_out) == (4, 2)
    assert read.verdict is Verdict.WARMER


def test_invented_couples_are_told_the_truth_about_as_often_as_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    trials = import_module("trial")
    rough = import_module("trial_worlds").ROUGH
    runs = [trials.run(seed, world, 0.0, (6, 1)) for world in rough for seed in range(60)]
    held = [
        run.read.likely.low <= run.truth <= run.read.likely.high for run in runs if run.read.likely
    ]
    warmer = [run.read.verdict is Verdict.WARMER for run in runs]
    assert len(held) > 220
    # 240 trials: four standard errors below 80 %, and above the 1 in 10 that the page speaks of.
    assert sum(held) / len(held) > 0.7
    assert sum(warmer) / len(warmer) < 0.18
    strong = [trials.run(seed, rough[0], 1.0, (6, 1)).read.verdict for seed in range(60)]
    assert strong.count(Verdict.WARMER) > 45
