"""The practice: its beginning, its page, who works there; one browser for one sort of people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from practice_steps import DESK_PASSPHRASE, EVENING, a_colleague, a_practice, desk
from turntoward.web.couples.models import Partner
from turntoward.web.practice import opening, practice_actions
from turntoward.web.practice.models import ColleagueLink, Practice, Therapist
from turntoward.web.run import place

Phone = Callable[[Partner], Client]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")
ACCOUNT = {"name": "Noor", "handle": "noor", "passphrase": DESK_PASSPHRASE}


@pytest.fixture(autouse=True)
def hosted(settings: Any) -> None:
    settings.PRACTICE = True


@pytest.fixture
def iris(db: None) -> Therapist:
    return a_practice()


def test_it_begins_once_with_the_link_of_the_terminal(db: None) -> None:
    token = opening.start_token()
    assert token is not None
    said = {"practice": "By the river", "zone": "Europe/Berlin", **ACCOUNT}
    assert Client().get("/practice/").status_code == 404
    assert Client().post("/practice/start/wrong/", said).status_code == 410
    assert "No such time zone" in (
        Client().post(f"/practice/start/{token}/", said | {"zone": "Nowhere"}).content.decode()
    )
    client = Client()
    assert client.post(f"/practice/start/{token}/", said)["Location"] == "/practice/page/"
    assert client.get("/practice/page/").status_code == 200
    assert opening.start_token() is None
    assert Client().get(f"/practice/start/{token}/").status_code == 410
    with pytest.raises(practice_actions.Closed):
        a_practice()
    assert Practice.objects.count() == 1


def test_without_the_setting_there_is_no_link(db: None, settings: Any) -> None:
    settings.PRACTICE = False
    assert opening.start_token() is None
    assert not opening.may_begin("")


def test_both_mistakes_at_the_door_look_the_same(iris: Therapist) -> None:
    said = [
        {"handle": "iris", "passphrase": "not the right one"},
        {"handle": "nobody", "passphrase": DESK_PASSPHRASE},
    ]
    pages = [Client().post("/practice/enter/", each).content.decode() for each in said]
    told = [page.split('role="alert"')[1].split("</p>")[0] for page in pages]
    assert told[0] == told[1]


def test_an_unknown_name_costs_as_much_as_a_wrong_passphrase(
    iris: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(
        "turntoward.web.practice.entering.make_password", lambda words: tried.append(words) or ""
    )
    Client().post("/practice/enter/", {"handle": "nobody", "passphrase": "some words here"})
    assert tried == ["some words here"]


def test_one_browser_is_never_a_couples_and_the_practices_at_once(
    iris: Therapist, ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    said = {"handle": "iris", "passphrase": DESK_PASSPHRASE}
    assert client.post("/practice/enter/", said).status_code == 302
    assert client.get("/practice/requests/").status_code == 200
    assert client.get("/today/")["Location"].startswith("/enter/")
    vault = client.cookies["turntoward_vault"]
    assert vault.value == ""
    client.post("/enter/", {"handle": "ana", "passphrase": "quiet green evening lamp"})
    assert client.get("/today/").status_code == 200
    assert client.get("/practice/requests/")["Location"] == "/practice/enter/"
    lasts = Session.objects.latest("expire_date").expire_date - timezone.now()
    assert lasts > timedelta(days=13)  # a phone's, and no desk's any more
    client.post("/leave/")
    assert client.get("/practice/requests/")["Location"] == "/practice/enter/"


def test_a_therapist_leaves_and_is_gone_after_a_working_day(iris: Therapist) -> None:
    client = desk()
    assert timedelta(hours=9) < Session.objects.get().expire_date - timezone.now()
    assert Session.objects.get().expire_date - timezone.now() < timedelta(hours=11)
    client.post("/practice/leave/")
    assert client.get("/practice/requests/").status_code == 302
    assert not Session.objects.exists()


def test_the_page_says_what_an_admin_wrote(iris: Therapist) -> None:
    client = desk()
    said = {
        "name": "By the river", "zone": "Europe/Berlin", "hours": "Mondays\r\nThursdays",
        "mail": "hello@example.org", "web": "https://example.org/", "phone": "555 0100",
        "asks": "What brings you?\n\nWhen did it begin?", "about": "<b>Two rooms</b>",
    }  # fmt: skip
    assert client.post("/practice/page/", said).status_code == 302
    page = Client().get("/practice/").content.decode()
    for there in ("Thursdays", "mailto:hello@example.org", "&lt;b&gt;Two rooms", "tel:5550100"):
        assert there in page
    assert Practice.objects.get().asks == ["What brings you?", "When did it begin?"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"web": "javascript:alert(1)"},
        {"web": "https://["},
        {"mail": "nobody"},
        {"name": ""},
        {"name": "x" * 81},
        {"asks": "\n".join("abcdef")},
        {"asks": "x" * 161},
        {"zone": "../../etc"},
        {"hours": "x" * 401},
    ],
)
def test_what_does_not_fit_on_the_page_is_not_kept(iris: Therapist, wrong: dict[str, str]) -> None:
    said = {"name": "Other", "zone": "Europe/Berlin"} | wrong
    answer = desk().post("/practice/page/", said)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Practice.objects.get().name == "By the river"


def test_a_colleague_joins_once_with_a_link(iris: Therapist) -> None:
    page = desk().post("/practice/people/", {"admin": "yes"}).content.decode()
    token = page.split("/practice/join/")[1].split("/")[0]
    assert token not in str(ColleagueLink.objects.values_list("digest").get())
    client = Client()
    short = client.post(f"/practice/join/{token}/", ACCOUNT | {"passphrase": "short"})
    assert short.status_code == 200
    taken = client.post(f"/practice/join/{token}/", ACCOUNT | {"handle": "Iris"})
    assert "Choose another one" in taken.content.decode()
    assert client.post(f"/practice/join/{token}/", ACCOUNT).status_code == 302
    assert client.get("/practice/page/").status_code == 200
    assert Client().post(f"/practice/join/{token}/", ACCOUNT).status_code == 410
    assert Therapist.objects.count() == 2


def test_a_link_runs_out_and_can_be_closed(
    iris: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = practice_actions.invite(iris.practice, admin=False, now=timezone.now())
    closed = practice_actions.invite(iris.practice, admin=False, now=timezone.now())
    desk().post("/practice/people/", {"what": "close"})
    assert Client().get(f"/practice/join/{closed}/").status_code == 410
    token = practice_actions.invite(iris.practice, admin=False, now=EVENING)
    assert Client().get(f"/practice/join/{token}/").status_code == 410


def test_who_is_removed_is_out_at_once_and_the_last_admin_stays(iris: Therapist) -> None:
    noor = a_colleague(iris.practice, timezone.now())
    hers, his = desk("iris"), desk("noor")
    assert his.get("/practice/requests/").status_code == 200
    assert hers.post(f"/practice/people/{iris.pk}/remove/").status_code == 409
    assert hers.post(f"/practice/people/{noor.pk}/remove/").status_code == 302
    assert his.get("/practice/requests/").status_code == 302
    assert Therapist.objects.get() == iris


def test_an_admin_who_is_removed_leaves_no_link_to_come_back_with(iris: Therapist) -> None:
    now = timezone.now()
    token = practice_actions.invite(iris.practice, admin=True, now=now)
    noor = practice_actions.join(token, **ACCOUNT, now=now)
    page = desk("noor").post("/practice/people/", {"admin": "yes"}).content.decode()
    kept = page.split("/practice/join/")[1].split("/")[0]
    desk().post(f"/practice/people/{noor.pk}/remove/")
    assert Client().post(f"/practice/join/{kept}/", ACCOUNT).status_code == 410
    practice_actions.change_passphrase(noor, "another quiet desk")
    assert Therapist.objects.get() == iris


def test_another_passphrase_ends_the_other_sessions(iris: Therapist) -> None:
    here, elsewhere = desk(), desk()
    said = {"old": "wrong words here", "new": "another quiet desk"}
    assert "not your passphrase" in here.post("/practice/passphrase/", said).content.decode()
    assert here.post("/practice/passphrase/", said | {"new": "short"}).status_code == 200
    assert here.post("/practice/passphrase/", said | {"old": DESK_PASSPHRASE}).status_code == 302
    assert here.get("/practice/requests/").status_code == 200
    assert elsewhere.get("/practice/requests/").status_code == 302


def test_at_the_desk_wrong_tries_wait(iris: Therapist, clock: Callable[[datetime], None]) -> None:
    clock(timezone.now())
    said = {"handle": "iris", "passphrase": "not the right one"}
    told = [Client().post("/practice/enter/", said).content.decode() for _ in range(6)]
    assert ["do not belong together" in page for page in told] == [True] * 5 + [False]
    assert "That did not fit a few times. In" in told[-1]
    right = Client().post("/practice/enter/", said | {"passphrase": DESK_PASSPHRASE})
    assert right.status_code == 200


def test_guessing_in_an_open_browser_waits_and_keeps_nobody_from_the_desk(
    iris: Therapist, clock: Callable[[datetime], None]
) -> None:
    clock(timezone.now())
    here, said = desk(), {"old": "wrong words here", "new": "another quiet desk"}
    told = [here.post("/practice/passphrase/", said).content.decode() for _ in range(6)]
    assert ["not your passphrase" in page for page in told] == [True] * 5 + [False]
    assert "That did not fit a few times. In" in told[-1]
    right = here.post("/practice/passphrase/", said | {"old": DESK_PASSPHRASE})
    assert right.status_code == 200
    assert "That did not fit a few times. In" in right.content.decode()
    entered = Client().post("/practice/enter/", {"handle": "iris", "passphrase": DESK_PASSPHRASE})
    assert entered.status_code == 302


def test_serve_says_the_link_once(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turntoward.web.run.lan_address", lambda: None)
    said = place(8700).practice
    assert said == f"http://localhost:8700/practice/start/{opening.start_token()}/"
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example", "https://together.practice.example"]
    said = place(8700).practice
    assert said == f"https://together.practice.example/practice/start/{opening.start_token()}/"
    a_practice()
    assert place(8700).practice is None


def test_the_welcome_page_leads_to_the_practice(iris: Therapist) -> None:
    assert 'href="/practice/"' in Client().get("/").content.decode()
