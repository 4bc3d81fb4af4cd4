"""Seeded chance: fixed for ever, and as even as it says."""

from __future__ import annotations

from statistics import fmean, pstdev

from turntoward.demo.dice import Dice


def test_a_name_always_gives_the_same_stream() -> None:
    """The numbers stand here, so that another Python or machine that differs is noticed."""
    dice = Dice("turntoward-demo-7")
    assert [dice.below(1000) for _ in range(6)] == [902, 541, 886, 207, 69, 944]
    assert round(dice.child("words").normal(), 12) == 1.726416164897


def test_a_child_does_not_depend_on_what_was_drawn_before() -> None:
    early, late = Dice("a"), Dice("a")
    late.random()
    assert early.child("b").random() == late.child("b").random()
    assert early.child("b").random() != early.child("c").random()


def test_draws_are_as_even_as_they_say() -> None:
    dice = Dice("even")
    normals = [dice.normal() for _ in range(20_000)]
    assert abs(fmean(normals)) < 0.03
    assert abs(pstdev(normals) - 1) < 0.03
    assert abs(fmean(dice.count(2.5) for _ in range(20_000)) - 2.5) < 0.05
    assert abs(fmean(dice.count(2.5, 0.4) for _ in range(20_000)) - 2.5) < 0.06
    picked = [dice.weighted("ab", (3, 1)) for _ in range(20_000)]
    assert abs(picked.count("a") / len(picked) - 0.75) < 0.02
    assert {dice.between(2, 4) for _ in range(200)} == {2, 3, 4}
