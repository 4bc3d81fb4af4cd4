"""While a trial runs: weeks that rest, stopping, and what one began alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from trial_steps import (
    DAY,
    MONDAY,
    WEDNESDAY,
    Clock,
    Phone,
    agreed,
    at,
    clock_of,
    lived,
    move,
    page,
    used,
)
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner
from turntoward.web.part import Look
from turntoward.web.trials import actions
from turntoward.web.trials.models import Trial
from turntoward.web.trials.today import part
from turntoward.web.trials.weeks import resting
from web_pages import without_tokens


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the time that the views see; it stands on a Wednesday at first."""
    return clock_of(monkeypatch)


def test_alone_it_begins_at_once_and_stays_with_that_one(
    ana: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    client = phone(ana)
    client.post("/trials/", {"pairs": "4"})
    trial = Trial.objects.get()
    assert (trial.begins, trial.alone_for) == (MONDAY, ana)
    token = couples.invite(ana, WEDNESDAY)
    ben = couples.join(
        token, name="Ben", handle="ben", passphrase="quiet green evening lamp", now=WEDNESDAY
    )
    phone_b = phone(ben)
    before = without_tokens(page(phone_b))
    assert move(phone_b, trial, "stop") == 404
    off = next(d for n in range(14) if resting(ana, d := MONDAY + timedelta(days=n)))
    assert not resting(ben, off)
    move(client, trial, "stop")
    assert without_tokens(page(phone_b)) == before


def test_a_yes_to_the_other_ends_what_one_began_alone(
    ana: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    actions.propose(ana, 4, WEDNESDAY - 5 * DAY)
    alone = Trial.objects.get()
    token = couples.invite(ana, WEDNESDAY)
    ben = couples.join(
        token, name="Ben", handle="ben", passphrase="quiet green evening lamp", now=WEDNESDAY
    )
    used(ben)
    actions.propose(ben, 6, WEDNESDAY)
    asked = Trial.objects.get(alone_for=None)
    client = phone(ana)
    assert "What you began alone ends when you say yes." in page(client)
    move(client, asked, "yes")
    alone.refresh_from_db()
    asked.refresh_from_db()
    assert alone.stopped_on == WEDNESDAY.date()
    assert asked.begins == MONDAY


def test_a_week_without_rests_for_both_and_for_nobody_else(
    ana: Partner, ben: Partner, cleo: Partner
) -> None:
    agreed(ana, ben)
    days = [MONDAY + timedelta(days=n) for n in range(-3, 60)]
    expected = [
        MONDAY <= d < MONDAY + timedelta(weeks=8) and (d - MONDAY).days // 7 % 2 == 1 for d in days
    ]
    assert [resting(ana, day) for day in days] == expected
    assert [resting(ben, day) for day in days] == expected
    assert not any(resting(cleo, day) for day in days)


def test_nothing_rests_while_it_is_only_proposed_nor_from_the_day_it_was_stopped(
    ana: Partner, ben: Partner
) -> None:
    trial = agreed(ana, ben)
    off = MONDAY + timedelta(days=9)
    actions.stop(trial, ben, at(off))
    assert resting(ana, off - DAY)
    assert not resting(ana, off)
    Trial.objects.all().delete()
    actions.propose(ana, 4, WEDNESDAY)
    assert not any(resting(ana, MONDAY + timedelta(days=n)) for n in range(14))


def test_today_asks_the_other_quietly_until_that_one_answers(ana: Partner, ben: Partner) -> None:
    used(ana)
    actions.propose(ana, 6, WEDNESDAY)

    def look(partner: Partner) -> Look:
        return Look(partner=partner, now=WEDNESDAY, day=WEDNESDAY.date(), hour=14, key=None)

    asked = part(look(ben))
    assert asked is not None
    assert asked.settled
    assert part(look(ana)) is None
    actions.not_now(Trial.objects.get(), ben, WEDNESDAY)
    assert part(look(ben)) is None


def test_while_it_runs_only_the_week_is_told(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    clock(at(MONDAY + timedelta(weeks=2, days=2)))
    client = phone(ana)
    told = without_tokens(page(client))
    assert "Week 3 of 8: a week with small shifts." in told
    assert "What it shows is here from 15 Jul 2024." in told
    lived(trial, ana, 5, 1, weeks=2)
    assert without_tokens(page(client)) == told
    clock(at(MONDAY + timedelta(weeks=3)))
    assert "Week 4 of 8: a week without small shifts." in page(client)


def test_either_stops_it_alone_and_nothing_is_shown_that_day(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    lived(trial, ana, 4, 3)
    day = MONDAY + timedelta(weeks=5, days=1)
    clock(at(day))
    phone_a, phone_b = phone(ana), phone(ben)
    assert move(phone_b, trial, "stop") == 302
    assert "It was stopped today." in page(phone_a)
    assert "How this is worked out" not in page(phone_a)
    assert ">Undo<" in page(phone_b)
    assert ">Undo<" not in page(phone_a)
    move(phone_a, trial, "undo")
    trial.refresh_from_db()
    assert trial.closed_at is not None  # it takes both to run it
    clock(at(day + DAY))
    told = page(phone_a)
    assert "Stopped early: this is what it shows so far, with less certainty." in told
    assert "Only 2 pairs of weeks could be compared. It takes 4." in told
    move(phone_b, trial, "undo")
    trial.refresh_from_db()
    assert trial.closed_at is not None


def test_stopping_by_mistake_is_undone_the_same_day(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    clock(at(MONDAY + 8 * DAY))
    client = phone(ben)
    move(client, trial, "stop")
    move(client, trial, "stop")
    assert not resting(ana, MONDAY + 8 * DAY)
    move(client, trial, "undo")
    assert resting(ana, MONDAY + 8 * DAY)
    assert "Week 2 of 8" in page(phone(ana))


def test_undo_gives_way_to_what_was_proposed_since(ana: Partner, ben: Partner) -> None:
    trial = agreed(ana, ben)
    now = at(MONDAY + 8 * DAY)
    actions.stop(trial, ben, now)
    actions.propose(ana, 6, now)
    actions.undo(trial, ben, now)
    trial.refresh_from_db()
    assert trial.closed_at is not None
    assert Trial.objects.filter(closed_at=None).count() == 1


def test_stopped_before_its_first_monday_it_leaves_no_result(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    client = phone(ana)
    move(client, trial, "stop")
    assert "It was stopped before it began." in page(client)
    clock(WEDNESDAY + 3 * DAY)
    assert "Nothing yet. What a trial shows is kept here." in page(client)


def test_after_its_end_another_can_be_proposed(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    clock(at(MONDAY + timedelta(weeks=8) - DAY))
    client = phone(ana)
    client.post("/trials/", {"pairs": "6"})
    assert Trial.objects.count() == 1
    clock(at(MONDAY + timedelta(weeks=8)))
    client.post("/trials/", {"pairs": "6"})
    assert Trial.objects.count() == 2
    trial.refresh_from_db()
    assert trial.closed_at is not None
    assert trial.stopped_on is None
