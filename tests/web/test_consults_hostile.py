"""What is typed, tapped twice or sent by somebody else: requests keep their shape."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from practice_steps import (
    EVENING,
    MARK,
    SENT,
    a_frozen_brief,
    a_practice,
    a_request,
    a_time,
    desk,
    some_words,
)
from turntoward.web.couples.models import Partner
from turntoward.web.handover.frozen import NothingToHandOver
from turntoward.web.handover.models import Opened
from turntoward.web.practice import actions, replying_actions
from turntoward.web.practice.models import Consult, ConsultYes, Proposed, State, Therapist

Phone = Callable[[Partner], Client]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")


@pytest.fixture(autouse=True)
def hosted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRACTICE = True
    monkeypatch.setattr(timezone, "now", lambda: SENT)


@pytest.fixture
def iris(db: None) -> Therapist:
    return a_practice()


@pytest.fixture
def consult(ana: Partner, ben: Partner, iris: Therapist) -> Consult:
    return a_request(ana, ben, iris.practice, EVENING)


BAD_TIMES = [
    {"start": "", "minutes": "50"},
    {"start": "tomorrow", "minutes": "50"},
    {"start": "2026-03-01T10:00", "minutes": "50"},  # it is past
    {"start": "2031-03-01T10:00", "minutes": "50"},
    {"start": "9999-12-31T23:59", "minutes": "50"},
    {"start": "0001-01-01T00:00", "minutes": "50"},
    {"start": "2026-03-08T02:30", "minutes": "50"},  # the clock skips it in New York
    {"start": "2026-03-12T10:00+05:00", "minutes": "50"},
    {"start": "2026-03-12T10:00", "minutes": "0"},
    {"start": "2026-03-12T10:00", "minutes": "9" * 400},
    {"start": "2026-03-12T10:00", "minutes": "long"},
    {"start": "2026-03-12T10:00", "minutes": "50", "place": "x" * 121},
    {"start": "2026-03-12T10:00\x00", "minutes": "50"},
]


@pytest.mark.parametrize("said", BAD_TIMES)
def test_a_time_that_cannot_be_is_not_proposed(consult: Consult, said: dict[str, str]) -> None:
    answer = desk().post(f"/practice/requests/{consult.pk}/times/", said)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Proposed.objects.exists()


def test_at_most_five_times_stand_and_twice_is_once(consult: Consult) -> None:
    therapist = desk()
    path = f"/practice/requests/{consult.pk}/times/"
    for day in (12, 12, 13, 14, 15, 16, 17):
        therapist.post(path, {"start": f"2026-03-{day}T10:00", "minutes": "50"})
    assert Proposed.objects.count() == 5


@pytest.mark.parametrize(
    "said",
    [
        {"names": ""},
        {"names": "x" * 101},
        {"names": "Ana", "answer_0": "x" * 601},
        {"names": "Ana", "reach": "x" * 201},
        {"names": "Ana\x00"},
    ],
)
def test_a_form_that_does_not_fit_is_shown_again_with_what_was_typed(
    ana: Partner, ben: Partner, iris: Therapist, phone: Phone, said: dict[str, str]
) -> None:
    brief = a_frozen_brief(ana, now=SENT)
    answer = phone(ana).post(f"/consult/ask/{brief.pk}/", said)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert said.get("answer_0", "") in answer.content.decode()
    assert not Consult.objects.exists()


@pytest.mark.parametrize("what", ["withdrawn", "run out", "written", "cleo's"])
def test_a_brief_that_cannot_be_sent_is_404(
    ana: Partner, ben: Partner, cleo: Partner, iris: Therapist, phone: Phone, what: str
) -> None:
    brief = a_frozen_brief(cleo if what == "cleo's" else ana, now=EVENING)
    if what == "withdrawn":
        brief.withdrawn_at = EVENING
    elif what == "run out":
        brief.expires_at = SENT
    elif what == "written":
        brief.frozen_at = brief.expires_at = None
    brief.save()
    client = phone(ana)
    said = {"names": "Ana and Ben"}
    assert client.get(f"/consult/ask/{brief.pk}/").status_code == 404
    assert client.post(f"/consult/ask/{brief.pk}/", said).status_code == 404
    assert not Consult.objects.exists()


def test_a_time_of_another_request_is_not_taken(
    ana: Partner, ben: Partner, cleo: Partner, consult: Consult, phone: Phone
) -> None:
    brief = a_frozen_brief(cleo, own=True, now=EVENING)
    theirs = actions.ask(cleo, consult.practice, brief, some_words(), EVENING)
    time = a_time(theirs, SENT)
    client = phone(ana)
    path = f"/consult/{consult.pk}/move/"
    of_another, of_none = (
        client.post(path, {"what": "take", "time": str(pk)}) for pk in (time.pk, time.pk + 1)
    )
    assert of_another.status_code == 409
    assert of_another.content == of_none.content
    for given in ("", "x", "-1", "9" * 40, "²"):
        assert client.post(path, {"what": "take", "time": given}).status_code == 404, given
    assert client.post(f"/consult/{consult.pk}/move/", {"what": "shout"}).status_code == 404
    back = f"/practice/requests/{consult.pk}/times/{time.pk}/back/"
    assert desk().post(back).status_code == 404
    assert Proposed.objects.count() == 1


def test_a_time_that_has_passed_or_went_is_not_picked(
    ana: Partner, ben: Partner, consult: Consult, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = a_time(consult, SENT, 1)
    client = phone(ana)
    monkeypatch.setattr(timezone, "now", lambda: SENT + timedelta(days=2))
    said = {"what": "take", "time": str(time.pk)}
    assert client.post(f"/consult/{consult.pk}/move/", said).status_code == 409
    assert Consult.objects.get().state == State.ASKED


def test_a_request_ends_once(consult: Consult, ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his, therapist = phone(ana), phone(ben), desk()
    for client in (hers, his, hers):
        client.post(f"/consult/{consult.pk}/move/", {"what": "take-back"})
    therapist.post(f"/practice/requests/{consult.pk}/decline/", {"words": "No room."})
    therapist.post(
        f"/practice/requests/{consult.pk}/times/", {"start": "2026-03-12T10:00", "minutes": "50"}
    )
    assert Consult.objects.get().state == State.TAKEN_BACK
    assert Consult.objects.get().reply_sealed is None
    assert not Proposed.objects.exists()


@pytest.mark.parametrize("ends", [State.TAKEN_BACK, State.DECLINED])
def test_freeing_its_time_does_not_bring_an_ended_request_back(
    consult: Consult, ana: Partner, ben: Partner, ends: State
) -> None:
    time, therapist = a_time(consult, SENT), desk()
    for partner in (ana, ben):
        actions.would_take(consult, partner, time.pk, SENT)
    actions.end(consult, ends, SENT)
    base = f"/practice/requests/{consult.pk}"
    assert therapist.post(f"{base}/times/{time.pk}/back/").status_code == 302
    assert therapist.post(f"{base}/pdf/").status_code == 410
    assert Consult.objects.get().state == ends


def test_a_yes_taken_back_while_a_therapist_waits_shuts_the_brief(
    consult: Consult, ana: Partner, iris: Therapist
) -> None:
    time = a_time(consult, SENT)
    # It came a moment before its hour was over, and was written a moment after.
    actions.take_yes_back(consult, ana, EVENING + timedelta(minutes=59))
    with pytest.raises(NothingToHandOver):
        replying_actions.open_document(consult, iris, "pdf", SENT)
    with pytest.raises(replying_actions.NotPossible):
        replying_actions.propose(consult, SENT + timedelta(days=5), 50, "", SENT)
    replying_actions.take_time_back(time, SENT)
    assert Proposed.objects.get() == time
    assert not Opened.objects.exists()


def test_a_request_that_is_erased_while_a_therapist_looks_is_gone(
    consult: Consult, iris: Therapist
) -> None:
    time = a_time(consult, SENT)
    Consult.objects.all().delete()
    replying_actions.take_time_back(time, SENT)
    with pytest.raises(NothingToHandOver):
        replying_actions.open_document(consult, iris, "pdf", SENT)


def test_before_it_is_sent_it_cannot_be_taken_back_as_sent_nor_answered_after(
    ana: Partner, ben: Partner, iris: Therapist, phone: Phone
) -> None:
    late = a_request(ana, ben, iris.practice, SENT - timedelta(minutes=10))
    client = phone(ana)
    client.post(f"/consult/{late.pk}/move/", {"what": "take-back"})
    assert Consult.objects.get().state == State.ASKED
    sent = Consult.objects.get()
    sent.sends_at = SENT
    sent.save()
    assert client.post(f"/consult/{late.pk}/answer/", {"yes": "back"}).status_code == 409
    assert client.post(f"/consult/{late.pk}/answer/", {"yes": "yes"}).status_code == 409
    assert Consult.objects.get().is_sent(SENT)


def test_asking_twice_makes_one_request(
    ana: Partner, ben: Partner, iris: Therapist, phone: Phone
) -> None:
    brief = a_frozen_brief(ana, now=SENT)
    hers, his, said = phone(ana), phone(ben), {"names": "Ana and Ben", "answer_0": MARK}
    for client in (hers, hers, his):
        client.post(f"/consult/ask/{brief.pk}/", said)
    assert Consult.objects.count() == 1
    assert Consult.objects.get().sends_at == SENT + timedelta(hours=1)


def test_markup_is_shown_as_typed(
    ana: Partner, ben: Partner, iris: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = a_frozen_brief(ana, own=True, now=EVENING)
    consult = actions.ask(ana, iris.practice, brief, some_words("<script>x</script>"), EVENING)
    shown = desk().get(f"/practice/requests/{consult.pk}/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in shown


@pytest.mark.django_db(transaction=True)
def test_both_at_once_ask_once_say_yes_once_and_pick_once(
    ana: Partner, ben: Partner, iris: Therapist
) -> None:
    brief = a_frozen_brief(ana, now=EVENING)

    def at_once(do: Callable[[Partner], object]) -> None:
        def alone(partner: Partner) -> None:
            try:
                do(partner)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(alone, (ana, ben, ana, ben)))

    at_once(lambda who: actions.ask(who, iris.practice, brief, some_words(), EVENING))
    consult = Consult.objects.get()
    assert ConsultYes.objects.count() == 2
    assert consult.sends_at == EVENING + timedelta(hours=1)
    first, second = a_time(consult, SENT, 2), a_time(consult, SENT, 3)
    at_once(
        lambda who: actions.would_take(consult, who, (first if who == ana else second).pk, SENT)
    )
    assert Consult.objects.get().state == State.ASKED
    actions.would_take(consult, ana, second.pk, SENT)
    assert Consult.objects.get().picked == second
