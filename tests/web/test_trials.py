"""A trial is asked for, answered or not, and begins on a Monday."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from trial_steps import (
    DAY,
    MONDAY,
    WEDNESDAY,
    Clock,
    Phone,
    agreed,
    at,
    clock_of,
    move,
    page,
    tapped,
    used,
)
from turntoward.moments.trial import USUAL_PAIRS
from turntoward.web.couples.models import Partner
from turntoward.web.trials import actions
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.trials.weeks import week_of
from web_pages import without_tokens


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the time that the views see; it stands on a Wednesday at first."""
    return clock_of(monkeypatch)


def test_who_never_tapped_is_told_what_it_rests_on(
    ana: Partner, phone: Phone, clock: Clock
) -> None:
    assert "Two weeks after your first tap you can propose one." in page(phone(ana))


def test_before_two_weeks_the_page_says_from_when(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    tapped(ana, WEDNESDAY.date() - 13 * DAY)
    client = phone(ana)
    assert "You can propose one from 16 May 2024" in page(client)
    client.post("/trials/", {"pairs": "6"})
    assert not Trial.objects.exists()
    clock(WEDNESDAY + DAY)
    client.post("/trials/", {"pairs": "6"})
    assert Trial.objects.count() == 1


@pytest.mark.parametrize("length", ["3", "9", "", "six"])
def test_a_length_that_is_none_proposes_nothing(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, length: str
) -> None:
    used(ana)
    assert phone(ana).post("/trials/", {"pairs": length}).status_code == 200
    assert not Trial.objects.exists()


def test_twelve_weeks_are_chosen_unless_changed(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    chosen = re.search(r'value="(\d)"[^>]*checked', phone(ana).get("/trials/").content.decode())
    assert chosen
    assert int(chosen[1]) == USUAL_PAIRS == 6


def test_it_begins_on_the_next_monday_when_both_said_yes(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    phone_a, phone_b = phone(ana), phone(ben)
    phone_a.post("/trials/", {"pairs": "6"})
    assert "It begins when you both say yes." in page(phone_a)
    assert "Ana would like to find out whether small shifts help." in page(phone_b)
    trial = Trial.objects.get()
    assert trial.begins is None
    assert move(phone_b, trial, "yes") == 302
    trial.refresh_from_db()
    assert trial.begins == MONDAY
    for client in (phone_a, phone_b):
        assert "It begins on Monday, 20 May 2024." in page(client)


def test_on_a_monday_it_begins_at_once_and_that_is_the_couples_monday(
    ana: Partner, ben: Partner, clock: Clock
) -> None:
    used(ana)
    # 01:30 in Berlin still belongs to Sunday; 05:00 is Monday there.
    sunday, monday = at(MONDAY - DAY, 23) + timedelta(minutes=30), at(MONDAY, 3)
    actions.propose(ana, 4, sunday)
    actions.say_yes(Trial.objects.get(), ben, monday)
    assert Trial.objects.get().begins == MONDAY


@pytest.mark.parametrize(
    "says_yes", [datetime(2024, 3, 30, 12, tzinfo=UTC), datetime(2024, 10, 26, 12, tzinfo=UTC)]
)
def test_weeks_begin_on_mondays_across_the_change_of_clocks(
    ana: Partner, ben: Partner, says_yes: datetime
) -> None:
    tapped(ana, says_yes.date() - 20 * DAY)
    actions.propose(ana, 4, says_yes)
    actions.say_yes(Trial.objects.get(), ben, says_yes)
    trial = Trial.objects.get()
    assert trial.begins == says_yes.date() + 2 * DAY  # both are Saturdays before the change
    days = [trial.begins + timedelta(days=n) for n in range(-1, 57)]
    numbers = [week.number if (week := week_of(ana, day)) else 0 for day in days]
    assert numbers == [0, *(n for n in range(1, 9) for _ in range(7)), 0]


def test_only_the_one_who_was_asked_can_say_yes(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    client = phone(ana)
    client.post("/trials/", {"pairs": "4"})
    for what in ("yes", "not-now", "look-again", "stop", "undo"):
        assert move(client, Trial.objects.get(), what) == 302
    assert Trial.objects.get().begins is None
    assert Reply.objects.get().yes


def test_declining_is_invisible_to_the_one_who_asked(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    phone_a, phone_b = phone(ana), phone(ben)
    phone_a.post("/trials/", {"pairs": "6"})
    trial = Trial.objects.get()
    before = without_tokens(page(phone_a))
    move(phone_b, trial, "not-now")
    assert "Nobody is told" in page(phone_b)
    assert without_tokens(page(phone_a)) == before
    move(phone_b, trial, "look-again")
    assert "Yes, let us" in page(phone_b)
    assert without_tokens(page(phone_a)) == before
    move(phone_b, trial, "not-now")
    move(phone_b, trial, "yes")
    trial.refresh_from_db()
    assert trial.begins == MONDAY


def test_a_proposal_can_be_withdrawn_until_it_begins(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana)
    phone_a, phone_b = phone(ana), phone(ben)
    phone_a.post("/trials/", {"pairs": "6"})
    trial = Trial.objects.get()
    move(phone_b, trial, "withdraw")
    assert Trial.objects.count() == 1
    move(phone_a, trial, "withdraw")
    assert not Trial.objects.exists()
    assert "would like to find out" not in page(phone_b)
    assert move(phone_a, trial, "withdraw") == 404  # a double tap: it is gone, as if it never was
    begun = agreed(ana, ben)
    move(phone_a, begun, "withdraw")
    assert Trial.objects.filter(pk=begun.pk).exists()


def test_both_propose_the_same_at_once_and_both_have_said_yes(
    ana: Partner, ben: Partner, clock: Clock
) -> None:
    used(ana, ben)
    actions.propose(ana, 5, WEDNESDAY)
    actions.propose(ben, 5, WEDNESDAY)
    assert Trial.objects.get().begins == MONDAY


def test_another_length_is_no_yes(ana: Partner, ben: Partner, phone: Phone, clock: Clock) -> None:
    used(ana, ben)
    actions.propose(ana, 5, WEDNESDAY)
    actions.propose(ben, 8, WEDNESDAY)
    trial = Trial.objects.get()
    assert (trial.begins, trial.pairs) == (None, 5)
    assert "It takes 10 weeks" in page(phone(ben))


def test_a_double_tap_proposes_once(ana: Partner, ben: Partner, phone: Phone, clock: Clock) -> None:
    used(ana)
    client = phone(ana)
    client.post("/trials/", {"pairs": "6"})
    client.post("/trials/", {"pairs": "6"})
    assert Trial.objects.get().begins is None


@pytest.mark.django_db(transaction=True)
def test_both_tap_in_the_same_moment_and_there_is_one_trial(ana: Partner, ben: Partner) -> None:
    used(ana, ben)

    def tap(partner: Partner) -> None:
        actions.propose(partner, 6, WEDNESDAY)
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tap, [ana, ben]))
    assert Trial.objects.get().begins == MONDAY
    assert Reply.objects.filter(yes=True).count() == 2


def test_the_database_itself_holds_one_open_trial(ana: Partner, ben: Partner) -> None:
    trial = agreed(ana, ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trial.objects.create(
            couple=ana.couple, by=ben, proposed_at=WEDNESDAY, pairs=4, seed=0, wash_in=1
        )
    assert Trial.objects.get() == trial


def test_a_stranger_reaches_no_trial_of_the_two(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    client = phone(cleo)
    before = page(client)
    for what in ("yes", "not-now", "look-again", "withdraw", "stop", "undo", "other"):
        assert move(client, trial, what) == 404
    trial.refresh_from_db()
    assert trial.closed_at is None
    assert without_tokens(page(client)) == without_tokens(before)


def test_an_unknown_move_is_none(ana: Partner, ben: Partner, phone: Phone, clock: Clock) -> None:
    assert move(phone(ana), agreed(ana, ben), "peek") == 404
