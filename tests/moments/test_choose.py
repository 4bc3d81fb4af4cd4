"""Choosing one small shift: it fits, it varies, it rests, and it tends what faded."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from turntoward.climate import CheckIn, Climate, climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import Moment, catalogue, moment_called
from turntoward.moments.choose import Answer, Offered, Suggestion, for_today
from turntoward.moments.fits import Now
from turntoward.reading.fading import Fading

TODAY = date(2026, 3, 2)
UNKNOWN = CannotTell("too few")
FADED = Fading(name="greetings", title="Greetings", since=date(2025, 3, 3))
REST = {Answer.DONE: 10, Answer.NOT_TODAY: 4, Answer.OPEN: 3, Answer.NOT_FOR_US: 10**6}


def choose(day: int = 0, **changes: object) -> Suggestion | CannotTell:
    wishes: dict[str, object] = {
        "person": "ana", "today": TODAY + timedelta(days=day), "morning": False,
        "living": "together", "fading": [], "climate": UNKNOWN, "offered": [],
    }  # fmt: skip
    return for_today(**(wishes | changes))  # type: ignore[arg-type]


def chosen(day: int = 0, **changes: object) -> Suggestion:
    suggestion = choose(day, **changes)
    assert isinstance(suggestion, Suggestion)
    return suggestion


def of(key: str, day: int, answer: Answer = Answer.DONE) -> Offered:
    return Offered(key=key, day=TODAY + timedelta(days=day), answer=answer)


def family(key: str) -> str:
    moment = moment_called(key)
    assert moment is not None
    return moment.family


@dataclass(frozen=True)
class Seen:
    """What was offered on a day, and what had been offered before."""

    day: date
    moment: Moment
    before: list[Offered]


def weeks_of_use(seed: int, days: int, **always: object) -> list[Seen]:
    """What is offered to someone who answers at random."""
    lot = random.Random(seed)
    offered: list[Offered] = []
    seen = []
    for day in range(days):
        if lot.random() < 0.2:
            continue
        found = choose(day, person=f"p{seed}", offered=list(offered), **always)
        if isinstance(found, Suggestion):
            seen.append(Seen(TODAY + timedelta(days=day), found.moment, list(offered)))
            answer = lot.choices(list(Answer), [2, 6, 3, 1])[0]
            offered.append(of(found.moment.key, day, answer))
    return seen


def test_the_same_day_gives_the_same_and_other_people_get_others() -> None:
    assert chosen() == chosen()
    assert len({chosen(person=f"p{n}").moment.key for n in range(30)}) > 10
    assert len({chosen(day).moment.key for day in range(30)}) > 10


def test_another_machine_draws_the_same() -> None:
    code = (
        "from datetime import date\n"
        "from turntoward.messages.evidence import CannotTell\n"
        "from turntoward.moments.choose import for_today\n"
        "print(for_today(person='ana', today=date(2026, 3, 2), morning=False, living='together',"
        " fading=[], climate=CannotTell('too few'), offered=[]).moment.key)"
    )
    env = {"PYTHONHASHSEED": "7"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert ran.stdout.strip() == chosen().moment.key, ran.stderr


def test_pages_need_not_wait_for_numpy() -> None:
    code = (
        "import sys, turntoward.moments.choose\n"
        "assert not {'numpy', 'scipy', 'polars', 'django'} & set(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("living", ["together", "apart"])
@pytest.mark.parametrize("morning", [True, False])
def test_it_fits_the_home_and_the_hour(living: str, morning: bool) -> None:
    for day in range(60):
        moment = chosen(day, living=living, morning=morning).moment
        assert moment.fits in ("any", living)
        assert moment.when in ("any", "morning" if morning else "evening")


@pytest.mark.parametrize("hour", [22, 23, 0, 3])
def test_late_at_night_there_is_nothing_long(hour: int) -> None:
    moments = [chosen(day, hour=hour, morning=hour < 12).moment for day in range(60)]
    assert max(moment.minutes for moment in moments) <= 3
    if hour < 5:  # neither a good morning nor a good night
        assert {moment.when for moment in moments} == {"any"}


def test_a_tense_time_gets_only_what_asks_nothing_of_the_other() -> None:
    for day in range(60):
        assert chosen(day, climate=Climate.TENSE, fading=[FADED]).moment.gentle


def test_little_energy_gets_only_what_is_small_and_short() -> None:
    for day in range(60):
        moment = chosen(day, energy="low", fading=[FADED]).moment
        assert (moment.effort, moment.minutes <= 3) == (1, True)
    assert {chosen(day, energy="some").moment.effort for day in range(60)} > {1}


def test_a_hard_season_gets_one_each_day_that_is_small_and_gentle() -> None:
    seen = weeks_of_use(1, 60, hard_season=True)
    assert len(seen) > 40
    assert all(one.moment.gentle and one.moment.effort <= 2 for one in seen)
    assert sum(one.moment.effort == 1 for one in seen) > 0.8 * len(seen)


@pytest.mark.parametrize("seed", range(4))
def test_through_half_a_year_nothing_comes_before_it_has_rested_nor_twice_alike(seed: int) -> None:
    for seen in weeks_of_use(seed, 180, fading=[FADED]):
        for offer in seen.before:
            ago = (seen.day - offer.day).days
            assert offer.key != seen.moment.key or ago >= REST[offer.answer]
            assert ago > 1 or family(offer.key) != seen.moment.family


def test_all_families_have_their_turn() -> None:
    families = Counter(seen.moment.family for seen in weeks_of_use(3, 120))
    assert len(families) == 15
    assert max(families.values()) < 0.3 * families.total()


def test_what_was_done_ten_times_makes_room_for_long() -> None:
    ten = [of("look-up", -11 * n) for n in range(2, 12)]
    for days, back in ((60, False), (110, True)):
        others = [
            of(moment.key, -4000, Answer.NOT_FOR_US)
            for moment in catalogue()
            if moment.key != "look-up"
        ]
        assert isinstance(choose(days, offered=ten + others), Suggestion) is back
        assert isinstance(choose(days, offered=ten[1:] + others), Suggestion)


def test_what_faded_is_tended_more_often_and_rests_on_the_third_day() -> None:
    def tended(fading: list[Fading]) -> list[bool]:
        return ["greetings" in seen.moment.tends for seen in weeks_of_use(2, 100, fading=fading)]

    assert sum(tended([FADED])) > 2 * sum(tended([]))
    offered = [of("good-night", -2), of("hello-at-the-door", -1)]
    said = [chosen(person=f"p{n}", fading=[FADED], offered=offered).reason for n in range(20)]
    assert not any("March 2025" in reason for reason in said)
    said = [chosen(person=f"p{n}", fading=[FADED], offered=offered[1:]).reason for n in range(20)]
    assert sum("March 2025" in reason for reason in said) > 15


def test_a_rhythm_on_its_way_back_is_helped_along_less_than_one_that_fades() -> None:
    other = Fading(name="curiosity_first", title="Curiosity", since=date(2025, 3, 3))
    back = Fading(name="greetings", title="Greetings", since=date(2025, 3, 3), returning=True)
    moments = [chosen(person=f"p{n}", fading=[other, back]).moment for n in range(150)]
    helped = sum("greetings" in moment.tends for moment in moments)
    assert 3 * helped < sum("curiosity_first" in moment.tends for moment in moments)
    alone = [chosen(person=f"p{n}", fading=[back]).moment for n in range(150)]
    neither = [chosen(person=f"p{n}").moment for n in range(150)]
    assert sum("greetings" in m.tends for m in alone) > 1.5 * sum(
        "greetings" in m.tends for m in neither
    )


def test_what_was_kept_is_offered_more_than_what_was_skipped() -> None:
    touch = [moment.key for moment in catalogue() if moment.family == "touch"]
    play = [moment.key for moment in catalogue() if moment.family == "play"]
    days = range(-90, -45, 5)
    kept = [of(key, day) for key, day in zip(touch, days, strict=False)]
    kept += [of(key, day, Answer.NOT_TODAY) for key, day in zip(play, days, strict=False)]
    families = Counter(chosen(person=f"p{n}", offered=kept).moment.family for n in range(150))
    assert families["touch"] > 15 > 3 > families["play"]


def test_not_for_us_never_comes_back_and_in_the_end_says_so() -> None:
    offered = [
        Offered(key=m.key, day=date(2020, 1, 1), answer=Answer.NOT_FOR_US) for m in catalogue()
    ]
    nothing = choose(offered=offered)
    assert isinstance(nothing, CannotTell)
    assert "A rest is fine too." in nothing.why
    assert chosen(offered=offered[1:]).moment == catalogue()[0]


def test_where_all_that_fits_rests_it_says_that_a_rest_is_fine() -> None:
    offered = [of(moment.key, -1) for moment in catalogue()]
    offered[0] = of(catalogue()[0].key, -1, Answer.NOT_FOR_US)
    nothing = choose(offered=offered)
    assert isinstance(nothing, CannotTell)
    assert (
        nothing.why == "What fits right now is resting, and so may you. Tomorrow there is another."
    )


def test_what_suits_a_weary_or_a_hard_day_is_small_in_effort_and_in_minutes() -> None:
    calm = Now(hour=19, living="together", little_energy=False, tense=False, hard_season=False)
    weary, hard = replace(calm, little_energy=True), replace(calm, hard_season=True)
    plain = next(moment for moment in catalogue() if weary.suits(moment) and hard.suits(moment))
    for changes, when_calm, when_weary, when_hard in (
        ({"minutes": 4}, True, False, True),
        ({"effort": 2}, True, False, True),
        ({"effort": 3}, True, False, False),
        ({"gentle": False}, True, True, False),
    ):
        moment = replace(plain, **changes)
        suits = [now.suits(moment) for now in (calm, weary, hard)]
        assert suits == [when_calm, when_weary, when_hard], changes


def test_an_entry_that_has_left_the_catalogue_does_no_harm() -> None:
    assert chosen(offered=[of("long-gone", -1), of("long-gone", -30, Answer.NOT_FOR_US)])


def taps(*warmth: int, age: int = 1) -> list[CheckIn]:
    return [CheckIn(day=TODAY - timedelta(days=age), warmth=w) for w in warmth]


def test_the_climate_is_the_middle_of_the_last_weeks() -> None:
    assert climate(taps(1, 2, 5), TODAY) is Climate.TENSE
    assert climate(taps(3, 3, 5), TODAY) is Climate.MILD
    assert climate(taps(4, 5, 1), TODAY) is Climate.WARM


def test_few_or_old_taps_say_nothing() -> None:
    assert isinstance(climate(taps(1, 1), TODAY), CannotTell)
    assert isinstance(climate(taps(1, 1, 1, age=40), TODAY), CannotTell)
