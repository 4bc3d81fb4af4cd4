"""A trial when one of the two goes, and another one joins the one who stayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from trial_steps import MONDAY, WEDNESDAY, Clock, Phone, agreed, at, clock_of, move, page, used
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner
from turntoward.web.trials import actions
from turntoward.web.trials.models import Trial
from turntoward.web.yours.actions import erase, leave

PASSPHRASE = "quiet green evening lamp"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the time that the views see; it stands on a Wednesday at first."""
    return clock_of(monkeypatch)


def joined(partner: Partner, clock: Clock) -> Partner:
    """Cleo, who pairs with the one who stayed, three weeks into the trial."""
    then = at(MONDAY + timedelta(weeks=3))
    clock(then)
    token = couples.invite(partner, then)
    cleo = couples.join(token, name="Cleo", handle="cleo", passphrase=PASSPHRASE, now=then)
    used(cleo)
    return cleo


@pytest.mark.parametrize("go", [leave, erase])
def test_who_stays_goes_on_alone_and_whoever_pairs_next_is_no_part_of_it(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, go: Callable[[Partner, datetime], None]
) -> None:
    trial = agreed(ana, ben, pairs=6)
    go(ana, WEDNESDAY)
    trial.refresh_from_db()
    assert (trial.begins, trial.alone_for, trial.closed_at) == (MONDAY, ben, None)
    cleo = joined(ben, clock)
    his, hers = phone(ben), phone(cleo)
    assert "Week 4 of 12" in page(his)
    assert move(hers, trial, "stop") == 404
    hers.post("/trials/", {"pairs": "6"})
    trial.refresh_from_db()
    assert (trial.begins, trial.closed_at) == (MONDAY, None)
    asked = Trial.objects.exclude(pk=trial.pk).get()
    assert (asked.by and asked.by.name, asked.begins) == ("Cleo", None)
    assert "Cleo would like to find out" in page(his)


def test_a_question_that_waits_was_put_to_the_one_who_goes(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ben)
    actions.propose(ben, 6, WEDNESDAY)
    leave(ana, WEDNESDAY)
    assert "would like to find out" not in page(phone(joined(ben, clock)))
    assert not Trial.objects.exists()


def test_a_question_of_the_one_who_goes_goes_with_them(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    used(ana, ben)
    actions.propose(ana, 6, WEDNESDAY)
    leave(ana, WEDNESDAY)
    assert not Trial.objects.exists()
    phone(ben).post("/trials/", {"pairs": "4"})
    assert Trial.objects.get().alone_for == ben


@pytest.mark.parametrize("when", [WEDNESDAY, at(MONDAY + timedelta(weeks=5))])
def test_a_page_that_was_left_open_begins_no_running_trial_anew(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, when: datetime
) -> None:
    used(ben)
    trial = agreed(ana, ben, pairs=6)
    clock(when)
    phone(ben).post("/trials/", {"pairs": "6"})
    phone(ana).post("/trials/", {"pairs": "6"})
    assert Trial.objects.get().begins == trial.begins == MONDAY


def test_a_trial_from_which_one_had_left_before_is_the_others_alone(
    ana: Partner, ben: Partner, clock: Clock
) -> None:
    trial = agreed(ana, ben)
    step = import_module("turntoward.web.trials.migrations.0002_of_the_one_who_stayed")
    step.give_to_who_stayed(apps, connection.schema_editor())
    trial.refresh_from_db()
    assert trial.alone_for is None
    ana.delete()
    step.give_to_who_stayed(apps, connection.schema_editor())
    trial.refresh_from_db()
    assert trial.alone_for == ben
