"""Days that the couple told of, as shares of weeks."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from turntoward.drift.known import Spell, Told, shares

MONDAY = date(2024, 1, 1)


def _spell(told: Told, first: int, last: int) -> Spell:
    return Spell(told=told, first=MONDAY + timedelta(first), last=MONDAY + timedelta(last))


def test_both_ends_of_a_spell_count() -> None:
    told = shares([_spell(Told.TRAVEL, 5, 8)], MONDAY, 3)
    assert told.shape == (3, len(Told))
    travel = list(Told).index(Told.TRAVEL)
    assert np.allclose(told[:, travel], [2 / 7, 2 / 7, 0.0])
    assert told.sum() == told[:, travel].sum()


def test_spells_that_overlap_count_once_and_each_sort_for_itself() -> None:
    spells = [_spell(Told.ILL, 0, 3), _spell(Told.ILL, 2, 6), _spell(Told.BUSY, 6, 6)]
    told = shares(spells, MONDAY, 1)[0]
    assert told[list(Told).index(Told.ILL)] == 1.0
    assert told[list(Told).index(Told.BUSY)] == 1 / 7


def test_what_lies_outside_the_record_is_left_out() -> None:
    inside = [_spell(Told.LIFE, -20, 1), _spell(Told.TOGETHER, 13, 90)]
    outside = [_spell(Told.ILL, -20, -1), _spell(Told.ILL, 14, 30), _spell(Told.BUSY, 3, 2)]
    told = shares(inside + outside, MONDAY, 2)
    assert np.allclose(told[:, list(Told).index(Told.LIFE)], [2 / 7, 0.0])
    assert np.allclose(told[:, list(Told).index(Told.TOGETHER)], [0.0, 1 / 7])
    assert not told[:, [list(Told).index(what) for what in (Told.ILL, Told.BUSY)]].any()


def test_nothing_told_is_nothing() -> None:
    assert not shares([], MONDAY, 5).any()
