"""Choosing one small shift: it fits, it varies, it says why, and it tends what faded."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from turntoward.climate import CheckIn, Climate, climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import catalogue, moment_called
from turntoward.moments.choose import Answer, Offered, Suggestion, for_today
from turntoward.reading.fading import Fading

TODAY = date(2026, 3, 2)
UNKNOWN = CannotTell("too few")
FADED = Fading(name="greetings", title="Greetings", since=date(2025, 3, 3))


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


def test_the_same_day_gives_the_same_and_other_people_get_others() -> None:
    assert chosen() == chosen()
    assert len({chosen(person=f"p{n}").moment.key for n in range(30)}) > 5


@pytest.mark.parametrize("living", ["together", "apart"])
@pytest.mark.parametrize("morning", [True, False])
def test_it_fits_the_home_and_the_hour(living: str, morning: bool) -> None:
    for day in range(120):
        moment = chosen(day, living=living, morning=morning).moment
        assert moment.fits in ("any", living)
        assert moment.when in ("any", "morning" if morning else "evening")


def test_a_tense_time_gets_only_what_asks_nothing_of_the_other() -> None:
    for day in range(120):
        assert chosen(day, climate=Climate.TENSE).moment.gentle


def test_what_faded_is_tended_more_often_and_said_with_its_month() -> None:
    def tends(fading: list[Fading]) -> int:
        return sum("greetings" in chosen(day, fading=fading).moment.tends for day in range(300))

    assert tends([FADED]) > 2 * tends([])
    reasons = {chosen(day, fading=[FADED]).reason for day in range(60)}
    assert any("March 2025" in reason and "Greetings" in reason for reason in reasons)


def test_what_is_on_its_way_back_is_said_so() -> None:
    returning = Fading(name="greetings", title="Greetings", since=date(2025, 3, 3), returning=True)
    reasons = {chosen(day, fading=[returning]).reason for day in range(60)}
    assert any("on its way back" in reason for reason in reasons)


def test_nothing_comes_back_before_it_has_rested() -> None:
    offered: list[Offered] = []
    for day in range(60):
        key = chosen(day, offered=offered).moment.key
        today = TODAY + timedelta(days=day)
        earlier = [o.day for o in offered if o.key == key]
        assert all(today - d >= timedelta(days=10) for d in earlier)
        offered.append(Offered(key=key, day=today, answer=Answer.DONE))
    assert len(Counter(o.key for o in offered)) >= 12


def test_not_for_us_never_comes_back_and_in_the_end_says_so() -> None:
    offered = [
        Offered(key=m.key, day=date(2020, 1, 1), answer=Answer.NOT_FOR_US) for m in catalogue()
    ]
    assert isinstance(choose(offered=offered), CannotTell)
    assert chosen(offered=offered[1:]).moment == catalogue()[0]


def test_every_entry_rests_on_a_sentence_of_the_article(shared: Path) -> None:
    def plain(text: str) -> str:
        return " ".join(text.replace("’", "'").split())

    article = plain((shared / "article.txt").read_text("utf-8"))
    for moment in catalogue():
        assert plain(moment.source).rstrip(".") in article, moment.key


def test_every_entry_is_short_warm_and_known() -> None:
    from turntoward.rhythms import RHYTHMS

    banned = re.compile(r"\b(should|must|scores?|streaks?|failed|toxic)\b|!")
    for moment in catalogue():
        assert set(moment.tends) <= set(RHYTHMS), moment.key
        assert moment.minutes <= 2
        assert len(moment.words) < 220
        text = f"{moment.title} {moment.words} {moment.look_for}".lower()
        assert not banned.search(text), moment.key
    assert moment_called("no such") is None


def taps(*warmth: int, age: int = 1) -> list[CheckIn]:
    return [CheckIn(day=TODAY - timedelta(days=age), warmth=w) for w in warmth]


def test_the_climate_is_the_middle_of_the_last_weeks() -> None:
    assert climate(taps(1, 2, 5), TODAY) is Climate.TENSE
    assert climate(taps(3, 3, 5), TODAY) is Climate.MILD
    assert climate(taps(4, 5, 1), TODAY) is Climate.WARM


def test_few_or_old_taps_say_nothing() -> None:
    assert isinstance(climate(taps(1, 1), TODAY), CannotTell)
    assert isinstance(climate(taps(1, 1, 1, age=40), TODAY), CannotTell)
