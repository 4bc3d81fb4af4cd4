"""What answers say: it moves the right way, by as much as an answer tells, and is shared."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from statistics import NormalDist, mean, pstdev

import pytest

from turntoward.moments.belief import Belief, believe
from turntoward.moments.catalogue import Moment, catalogue, families
from turntoward.moments.offered import Answer, Offered

TODAY = date(2026, 3, 2)
KNOWN = {moment.key: moment for moment in catalogue()}
TOUCH, PLAY = families()["touch"], families()["play"]


def told(*offers: tuple[Moment, int, Answer]) -> Belief:
    """The belief after these offers, each so many days ago."""
    return believe(
        [Offered(key=m.key, day=TODAY - timedelta(days=ago), answer=a) for m, ago, a in offers],
        KNOWN,
        TODAY,
    )


def chance(belief: Belief, moment: Moment, in_days: int = 400) -> float:
    """Long after, so that no echo speaks."""
    return belief.chance(moment, TODAY + timedelta(days=in_days))


BEFORE = Belief()


@pytest.mark.parametrize("answer", list(Answer))
def test_only_what_was_kept_makes_keeping_likelier(answer: Answer) -> None:
    after = told((TOUCH[0], 5, answer))
    likelier = chance(after, TOUCH[0]) > chance(BEFORE, TOUCH[0])
    assert likelier is (answer is Answer.DONE)


def test_an_answer_says_most_of_the_entry_then_of_its_family_then_of_others() -> None:
    after = told((TOUCH[0], 5, Answer.DONE))
    same_effort = [m for m in TOUCH[1:] if m.effort == TOUCH[0].effort]
    of_others = [m for m in PLAY if m.effort != TOUCH[0].effort]
    moved = [chance(after, m) - chance(BEFORE, m) for m in (TOUCH[0], same_effort[0], of_others[0])]
    assert moved[0] > moved[1] > moved[2] > 0


def test_not_today_and_no_answer_say_little() -> None:
    def fell(answer: Answer) -> float:
        return chance(BEFORE, TOUCH[0]) - chance(told((TOUCH[0], 5, answer)), TOUCH[0])

    rose = chance(told((TOUCH[0], 5, Answer.DONE)), TOUCH[0]) - chance(BEFORE, TOUCH[0])
    assert 0 < fell(Answer.OPEN) < fell(Answer.NOT_TODAY) < rose


def test_what_is_not_for_us_counts_softly_against_its_family() -> None:
    after = told((TOUCH[0], 5, Answer.NOT_FOR_US))
    assert 0 < chance(BEFORE, TOUCH[1]) - chance(after, TOUCH[1]) < 0.2


def test_an_offer_that_may_still_be_answered_says_nothing() -> None:
    assert chance(told((TOUCH[0], 1, Answer.OPEN)), TOUCH[0]) == chance(BEFORE, TOUCH[0])
    assert chance(told((TOUCH[0], 2, Answer.OPEN)), TOUCH[0]) < chance(BEFORE, TOUCH[0])


def test_old_answers_say_less() -> None:
    new, old = told((TOUCH[0], 10, Answer.DONE)), told((TOUCH[0], 500, Answer.DONE))
    assert chance(new, TOUCH[0]) > chance(old, TOUCH[0]) > chance(BEFORE, TOUCH[0])


def test_what_was_just_offered_is_less_likely_kept_and_recovers() -> None:
    after = told((TOUCH[0], 1, Answer.DONE))
    soon, later, long_after = (chance(after, TOUCH[0], days) for days in (2, 30, 400))
    assert soon < later < long_after
    assert chance(after, TOUCH[1], 2) < chance(after, TOUCH[1], 30)


def test_who_never_tires_is_believed_not_to() -> None:
    again = [(TOUCH[0], ago, Answer.DONE) for ago in range(200, 0, -10)]
    for left_out in (0, 10):
        assert chance(told(*again[: len(again) - left_out]), TOUCH[0], 1) > 0.5


def test_with_many_answers_it_finds_the_rates_they_were_drawn_from() -> None:
    lot = random.Random(4)
    rates = {"touch": 0.8, "play": 0.25}
    offers = []
    for ago in range(150, 0, -1):
        moment = lot.choice((TOUCH, PLAY)[ago % 2])
        kept = lot.random() < rates[moment.family]
        offers.append((moment, ago * 60, Answer.DONE if kept else Answer.NOT_FOR_US))
    # Months between them, so that echoes are still. What is left between is pooling.
    belief = Belief()
    for moment, ago, answer in offers:
        day = TODAY - timedelta(days=ago)
        belief.learn(moment, Offered(key=moment.key, day=day, answer=answer), 1.0)
    assert mean(chance(belief, m) for m in TOUCH) == pytest.approx(0.8, abs=0.15)
    assert mean(chance(belief, m) for m in PLAY) == pytest.approx(0.25, abs=0.15)


def test_one_step_is_the_exact_posterior_of_a_probit() -> None:
    """Against the integral, for the one weight that all marks of a moment sum up to."""
    moment = TOUCH[0]
    belief = Belief()
    day = TODAY
    before = [belief.weights.get(mark, None) for mark, _ in belief._marks(moment, day)]
    assert before == [None] * len(before)
    mean_before, variance_before = belief._sum(belief._marks(moment, day))
    spread = math.sqrt(variance_before)
    step, cut = spread / 400, NormalDist()
    grid = [mean_before + step * i for i in range(-3200, 3201)]
    prior = NormalDist(mean_before, spread)
    weight = [prior.pdf(x) * cut.cdf(x) for x in grid]
    exact = sum(x * w for x, w in zip(grid, weight, strict=True)) / sum(weight)
    belief.learn(moment, Offered(key=moment.key, day=day, answer=Answer.DONE), 1.0)
    marks = [(mark, much) for mark, much in belief._marks(moment, day) if mark in belief.weights]
    assert belief._sum(marks)[0] == pytest.approx(exact, abs=1e-4)


def test_draws_vary_most_where_least_is_known() -> None:
    many = [(TOUCH[n % 4], 400 - n, Answer.DONE if n % 2 else Answer.NOT_TODAY) for n in range(60)]
    belief = told(*many)
    day = TODAY + timedelta(days=400)

    def varies(by: Belief) -> float:
        return pstdev(by.drawn([TOUCH[0]], day, random.Random(n))[0] for n in range(300))

    assert varies(belief) < 0.7 * varies(Belief())
    assert belief.drawn([TOUCH[0]], day, random.Random(1)) == belief.drawn(
        [TOUCH[0]], day, random.Random(1)
    )


def test_an_entry_that_has_left_the_catalogue_says_nothing() -> None:
    gone = Offered(key="long-gone", day=TODAY - timedelta(days=9), answer=Answer.DONE)
    assert believe([gone], KNOWN, TODAY).weights == {}
