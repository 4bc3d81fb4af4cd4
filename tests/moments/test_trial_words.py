"""What a trial showed, as it is read: steps in words, and never a number of warmth."""

from __future__ import annotations

import re
from itertools import product

from turntoward.messages.evidence import Interval
from turntoward.moments.trial import WASH_IN_DAYS, Pair
from turntoward.moments.trial_result import Result, Verdict, result
from turntoward.moments.trial_words import counted, headline, how_sure


def read(*differences: float | None) -> Result:
    return result(
        [None if d is None else Pair(with_shifts=3.0 + d, without=3.0) for d in differences]
    )


def test_it_seems_to_help() -> None:
    seen = read(0.5, 0.4, 0.8, 0.3, 0.6, 0.5)
    assert headline(seen) == ("It seems to help: weeks with small shifts felt a little warmer.")
    assert how_sure(seen).startswith(
        "The truth likely lies between a quarter of a step warmer and three quarters of a step "
        "warmer, on the scale from stormy to warm. That is quite sure"
    )


def test_five_pairs_are_likely_and_not_sure() -> None:
    assert "likely, not sure" in how_sure(read(0.5, 0.4, 0.8, 0.3, 0.6))


def test_more_than_a_little_and_the_two_together() -> None:
    assert headline(read(1, 1, 1, 1), both=True) == (
        "It seems to help: weeks with small shifts felt warmer to the two of you."
    )


def test_colder_blames_nobody() -> None:
    assert headline(read(-0.5, -0.4, -0.8, -0.3)) == (
        "Not this way: weeks with small shifts felt a little colder."
    )


def test_no_large_difference_is_said_with_its_size() -> None:
    seen = read(0.1, -0.1, 0.2, -0.2, 0.0, 0.1)
    assert headline(seen) == "No difference larger than a quarter of a step was seen."
    assert headline(read(0.6, -0.5, 0.5, -0.4, 0.3, -0.3)) == (
        "No difference larger than half a step was seen."
    )


def test_we_cannot_tell_is_a_result_with_its_range() -> None:
    seen = read(1.0, -1.0, 1.5, -0.5, 0.3, -0.9)
    assert headline(seen) == "We cannot tell."
    assert "colder and" in how_sure(seen)
    assert how_sure(seen).endswith("That leaves too much open.")


def test_too_few_pairs_say_how_many_it_takes() -> None:
    assert how_sure(read(1.0)) == "Only 1 pair of weeks could be compared. It takes 4."
    assert how_sure(read(None)) == "No pair of weeks could be compared. It takes 4."


def test_how_many_weeks_counted_is_always_said() -> None:
    assert counted(read(1, 1, 1, 1), 8) == "8 of 8 weeks could be counted."
    assert counted(read(1, None, 1, 1), 8).startswith("6 of 8 weeks could be counted. A week")


def test_the_copy_says_mondays_because_one_day_is_left_out() -> None:
    # templates/trials/_running.html and _worked_out.html.
    assert WASH_IN_DAYS == 1


def test_ranges_are_rounded_away_from_each_other_and_name_no_number() -> None:
    ends = [n / 10 for n in range(-40, 41)]
    for low, high in product(ends, ends):
        if low > high:
            continue
        likely = Interval(value=(low + high) / 2, low=low, high=high)
        verdict = Verdict.WARMER if low > 0 else Verdict.COLDER if high < 0 else Verdict.NO_LARGE
        for each in (verdict, Verdict.CANNOT_TELL):
            seen = Result(verdict=each, likely=likely, sure=None, pairs=(), left_out=0)
            said = headline(seen) + how_sure(seen)
            assert not re.search(r"\d", said.replace("1 of 10", ""))
