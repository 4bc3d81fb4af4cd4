"""What each says yes to, apart and alone; the language; and the page for who is afraid."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.couples import actions
from turntoward.web.couples.access import agreed, both_agreed
from turntoward.web.couples.models import Consent, Partner, Purpose
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
WEATHER = Purpose.SHARE_WEATHER


def seen(client: Client, path: str = "/yes/") -> str:
    return without_tokens(client.get(path).content.decode())


def test_each_yes_is_given_apart(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert client.post("/yes/", {"weather": "yes"})["Location"] == "/yes/"
    assert agreed(ana, WEATHER)
    assert not agreed(ana, Purpose.READ_CHAT)
    assert not agreed(ben, WEATHER)
    assert "Your yes is given." in seen(client)


def test_it_works_only_while_both_say_yes(ana: Partner, ben: Partner, phone: Phone) -> None:
    one, two = phone(ana), phone(ben)
    one.post("/yes/", {"weather": "yes"})
    assert not both_agreed(ana.couple, WEATHER)
    two.post("/yes/", {"weather": "yes"})
    assert both_agreed(ana.couple, WEATHER)
    assert "You both said yes." in seen(one)
    two.post("/yes/", {"weather": "back"})
    assert not both_agreed(ana.couple, WEATHER)
    assert "You both said yes." not in seen(one)
    assert "Your yes is given." in seen(one)


def test_a_yes_tapped_twice_is_one(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    for _ in range(2):
        client.post("/yes/", {"weather": "yes"})
    assert Consent.objects.filter(partner=ana).count() == 1
    for _ in range(2):
        assert client.post("/yes/", {"weather": "back"}).status_code == 302
    assert not Consent.objects.filter(partner=ana).exists()


def test_not_now_changes_nothing_and_is_kept_nowhere(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client, other = phone(ben), phone(ana)
    before, mine = seen(other), seen(client)
    answer = client.post("/yes/", {"weather": "not-now"})
    assert answer.status_code == 200
    assert "It waits here" in answer.content.decode()
    assert Consent.objects.count() == 0
    assert seen(other) == before
    assert seen(client) == mine


@pytest.mark.parametrize("path", ["/yes/", "/more/", "/today/", "/pair/"])
def test_before_one_says_yes_the_other_s_yes_is_not_seen(
    ana: Partner, ben: Partner, phone: Phone, path: str
) -> None:
    client = phone(ben)
    before = seen(client, path)
    for purpose in (WEATHER, Purpose.READ_CHAT):
        actions.say_yes(ana, timezone.now(), purpose)
        assert seen(client, path) == before


def test_alone_nothing_is_asked_and_nothing_can_be_given(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert "They are asked when Ben is here." in client.get("/yes/").content.decode()
    answer = client.post("/yes/", {"weather": "yes"})
    assert answer.status_code == 200
    assert Consent.objects.count() == 0


def test_reading_is_agreed_to_on_its_own_page_alone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    page = client.get("/yes/").content.decode()
    assert 'href="/agree/"' in page
    for said in ({"reading": "yes"}, {"key": "yes"}, {"weather": Purpose.READ_CHAT}, {}):
        client.post("/yes/", said)
    assert Consent.objects.count() == 0


def test_a_stranger_s_yes_counts_for_nobody_else(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    actions.say_yes(ana, timezone.now(), WEATHER)
    phone(cleo).post("/yes/", {"weather": "yes"})
    assert not both_agreed(ana.couple, WEATHER)


def test_the_language_is_each_one_s_own(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert client.post("/language/", {"language": "de"}).status_code == 302
    assert client.get("/more/")["Content-Language"] == "de"
    assert phone(ben).get("/more/")["Content-Language"] == "en-gb"
    client.post("/language/", {"language": ""})
    asked = client.get("/more/", HTTP_ACCEPT_LANGUAGE="es")
    assert asked["Content-Language"] == "es"


def test_a_language_that_is_not_there_is_said(ana: Partner, phone: Phone) -> None:
    answer = phone(ana).post("/language/", {"language": "tlh"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    ana.refresh_from_db()
    assert ana.language == ""


def test_who_is_afraid_finds_the_page_without_an_account(ana: Partner, phone: Phone) -> None:
    for path in ("/", "/enter/", "/safety/"):
        assert Client().get(path).status_code == 200
    assert 'href="/safety/"' in Client().get("/").content.decode()
    token = actions.invite(ana, timezone.now())
    assert 'href="/safety/"' in Client().get(f"/join/{token}/").content.decode()
    assert 'href="/safety/"' in phone(ana).get("/more/").content.decode()


def test_the_page_for_who_is_afraid_says_nothing_of_who_reads_it(
    ana: Partner, phone: Phone
) -> None:
    def shown(client: Client) -> str:
        page = client.get("/safety/").content.decode()
        return page.split("<h1>")[1].split("Back to Turntoward")[0]

    assert shown(phone(ana)) == shown(Client())
    page = phone(ana).get("/safety/").content.decode()
    # The outbox keeps it for the page without a network; nothing of it is shown.
    assert "Ana" not in page.replace('data-name="Ana"', "")
    assert "Set-Cookie" not in Client().get("/safety/").headers


def test_more_leads_to_all_that_is_there(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    page = client.get("/more/").content.decode()
    places = re.findall(r'<li(?: data-joint)?><a href="([^"]+)"', page)
    assert {"/yes/", "/language/", "/safety/", "/agree/", "/bring-in/", "/seasons/"} <= set(places)
    for place in places:
        assert client.get(place).status_code == 200, place


def test_who_went_on_before_the_other_came_is_led_there_from_today_until_they_looked(
    ana: Partner, phone: Phone, request: pytest.FixtureRequest
) -> None:
    client = phone(ana)
    assert "not-asked-yet" not in seen(client, "/today/")
    request.getfixturevalue("ben")
    assert 'id="not-asked-yet"' in seen(client, "/today/")
    seen(client)
    assert "not-asked-yet" not in seen(client, "/today/")


def test_whoever_said_yes_to_something_is_not_led_there_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    actions.say_yes(ana, timezone.now(), WEATHER)
    assert "not-asked-yet" not in seen(phone(ana), "/today/")
    assert "not-asked-yet" in seen(phone(ben), "/today/")
