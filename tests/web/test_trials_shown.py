"""What a trial showed: to each from where they stand, and of the two together."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from trial_steps import (
    BEFORE,
    DAY,
    MONDAY,
    Clock,
    Phone,
    agreed,
    at,
    clock_of,
    lived,
    page,
)
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner, Purpose
from web_pages import without_tokens


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the time that the views see; it stands on a Wednesday at first."""
    return clock_of(monkeypatch)


def test_each_sees_what_their_own_taps_show(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 4, 3)
    lived(trial, ben, 2, 4)
    clock(at(MONDAY + timedelta(weeks=8)))
    of_ana, of_ben = page(phone(ana)), page(phone(ben))
    assert "It seems to help: weeks with small shifts felt warmer." in of_ana
    assert "8 of 8 weeks could be counted." in of_ana
    assert "Not this way: weeks with small shifts felt colder." in of_ben
    for told in (of_ana, of_ben):
        assert "together" not in told.split("<main")[1].split("</main>")[0]


def test_what_the_other_tapped_changes_nothing_for_me(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 4, 3)
    clock(at(MONDAY + timedelta(weeks=8)))
    client = phone(ana)
    before = without_tokens(page(client))
    lived(trial, ben, 2, 4)
    couples.say_yes(ben, BEFORE, Purpose.SHARE_WEATHER)
    assert without_tokens(page(client)) == before


def test_the_two_together_only_where_both_showed_each_other_all_of_it(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 5, 3)
    lived(trial, ben, 4, 4)
    for partner in (ana, ben):
        couples.say_yes(partner, BEFORE, Purpose.SHARE_WEATHER)
    clock(at(MONDAY + timedelta(weeks=8)))
    for partner in (ana, ben):
        told = page(phone(partner))
        assert "The two of you together" in told
        assert "weeks with small shifts felt warmer to the two of you." in told
    couples.take_back(ben, Purpose.SHARE_WEATHER)
    couples.say_yes(ben, BEFORE + 9 * DAY, Purpose.SHARE_WEATHER)
    assert "The two of you together" not in page(phone(ana))


def test_a_yes_to_showing_that_came_on_the_way_shows_no_result_of_both(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 5, 3)
    lived(trial, ben, 4, 4)
    couples.say_yes(ana, BEFORE, Purpose.SHARE_WEATHER)
    couples.say_yes(ben, at(MONDAY + 2 * DAY), Purpose.SHARE_WEATHER)
    clock(at(MONDAY + timedelta(weeks=8)))
    assert "The two of you together" not in page(phone(ana))


def test_deleted_weather_changes_the_result_and_its_count(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben, pairs=5)
    lived(trial, ana, 4, 3, weeks=10)
    clock(at(MONDAY + timedelta(weeks=10)))
    client = phone(ana)
    assert "10 of 10 weeks could be counted." in page(client)
    ana.weather.filter(day__gte=MONDAY, day__lt=MONDAY + timedelta(weeks=1)).delete()
    told = page(client)
    assert "8 of 10 weeks could be counted." in told
    assert "It seems to help" in told
    assert "too few days to compare" in told
    ana.weather.filter(day__lt=MONDAY + timedelta(weeks=3)).delete()
    assert "We cannot tell." in page(client)


def test_the_numbers_are_only_under_how_this_is_worked_out(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 4, 3)
    clock(at(MONDAY + timedelta(weeks=8)))
    told = page(phone(ana)).split("</main>")[0]
    details = re.findall(r"<details>.*?</details>", told)
    assert len(details) == 1
    assert "+1.00" in details[0]
    assert "all 16 ways" in details[0]
    assert not re.search(r"\d\.\d", re.sub(r"<details>.*?</details>", "", told.split("<main")[1]))
