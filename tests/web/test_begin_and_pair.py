"""Beginning, pairing and entering."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.couples import actions
from turntoward.web.couples.models import INVITATION_LASTS, Couple, Invitation, Partner
from turntoward.web.couples.opening import start_token
from turntoward.web.couples.passphrases import common_words

Phone = Callable[[Partner], Client]
FORM = {
    "tonight": "both",
    "name": "Dora",
    "other_name": "Emil",
    "living": "apart",
    "zone": "Europe/Vienna",
    "handle": "dora",
    "passphrase": "a long walk by the river",
}


def test_only_the_start_link_begins_a_couple(db: None, client: Client) -> None:
    assert client.post("/start/", FORM).status_code == 410
    for wrong in ("wrong", "ä"):
        assert client.post(f"/start/{wrong}/", FORM).status_code == 410
        assert client.get(f"/welcome/{wrong}/").status_code == 410
    assert Couple.objects.count() == 0
    answer = client.post(f"/start/{start_token()}/", FORM)
    assert answer.status_code == 302
    assert answer["Location"] == "/pair/"
    assert Partner.objects.get().name == "Dora"


def test_the_start_link_works_once(db: None, client: Client) -> None:
    link = f"/start/{start_token()}/"
    client.post(link, FORM)
    assert Client().post(link, FORM | {"handle": "other"}).status_code == 410
    assert Couple.objects.count() == 1


def test_the_link_of_the_terminal_says_what_this_is_before_it_asks(
    db: None, client: Client
) -> None:
    page = client.get(f"/welcome/{start_token()}/").content.decode()
    assert "small moments of turning toward each other" in page
    assert f'href="/start/{start_token()}/"' in page
    assert client.get("/welcome/wrong/").status_code == 410
    client.post(f"/start/{start_token()}/", FORM)
    assert Client().get("/welcome/wrong/").status_code == 410


def test_two_who_begin_together_have_their_link_at_once(db: None, client: Client) -> None:
    client.post(f"/start/{start_token()}/", FORM)
    assert Invitation.objects.count() == 0
    assert "/join/" in client.get("/pair/").content.decode()
    made = Invitation.objects.get().digest
    # Once: a look at the page later makes none, and closes none.
    assert "/join/" not in client.get("/pair/").content.decode()
    assert Invitation.objects.get().digest == made


def test_one_who_begins_alone_is_on_today_at_once(db: None, client: Client) -> None:
    answer = client.post(f"/start/{start_token()}/", FORM | {"tonight": "alone"})
    assert answer["Location"] == "/today/"
    assert Partner.objects.get().other() is None
    assert "/join/" not in client.get("/pair/").content.decode()


def test_who_is_there_tonight_is_kept_nowhere(db: None, client: Client) -> None:
    link = f"/start/{start_token()}/"
    client.post(link, FORM | {"tonight": "alone"})
    fields = {field.name for field in Couple._meta.get_fields()}
    assert "tonight" not in fields | {field.name for field in Partner._meta.get_fields()}
    assert "link-at-once" not in client.session


def test_a_page_proposes_four_words_that_would_do(db: None, client: Client) -> None:
    link = f"/start/{start_token()}/"

    def proposed() -> str:
        page = client.get(link).content.decode()
        return page.split('id="proposed">')[1].split("<")[0]

    first, second = proposed(), proposed()
    assert first != second
    assert len(first.split()) == 4
    assert client.post(link, FORM | {"passphrase": first}).status_code == 302


def test_the_common_words_are_many_short_and_each_there_once() -> None:
    words = common_words()
    assert len(words) == len(set(words)) == 1024
    assert all(3 <= len(word) <= 8 and word.isalpha() and word.islower() for word in words)


def test_hosted_use_lets_many_begin(db: None, settings: Any) -> None:
    settings.OPEN_START = True
    for handle in ("dora", "fay"):
        assert Client().post("/start/", FORM | {"handle": handle}).status_code == 302
    assert Couple.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("zone", "Mars/Olympus", "No such time zone"),
        ("passphrase", "short", "too short"),
        ("passphrase", "password1234", "too common"),
        ("passphrase", "Turntoward2026", "little more than a name"),
        ("passphrase", "dora&emil-2019", "little more than a name"),
        ("handle", "a b", "without spaces"),
        ("other_name", "dora", "told apart"),
        ("name", "", "required"),
        ("tonight", "", "required"),
    ],
)
def test_a_wrong_answer_is_said_and_the_rest_is_kept(
    db: None, client: Client, field: str, value: str, said: str
) -> None:
    answer = client.post(f"/start/{start_token()}/", FORM | {field: value})
    page = answer.content.decode()
    assert said in page
    assert 'value="Emil"' in page or field == "other_name"
    assert f'value="{FORM["passphrase"]}"' in page or field == "passphrase"
    # Four other words would only confuse whoever has chosen a passphrase already.
    assert ('id="proposed"' in page) is (field == "passphrase" and value == "")
    assert Couple.objects.count() == 0


def test_the_pairing_link_brings_the_other_in(ana: Partner, phone: Phone) -> None:
    page = phone(ana).post("/pair/").content.decode()
    link = page.split('href="http://testserver')[1].split('"')[0]
    assert "<svg" in page
    answer = Client().post(
        link, {"name": "Ben", "handle": "ben", "passphrase": "tea and toast at noon"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/yes/"
    assert ana.other() is not None
    assert ana.couple.partners.count() == 2


def test_a_link_made_on_the_machine_itself_names_its_address_in_the_network(
    ana: Partner, phone: Phone, settings: Any
) -> None:
    settings.PHONE_ADDRESS = "http://192.168.7.7:8700"
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "love.example"]
    page = phone(ana).post("/pair/", HTTP_HOST="localhost:8700").content.decode()
    assert 'href="http://192.168.7.7:8700/join/' in page
    page = phone(ana).post("/pair/", HTTP_HOST="love.example").content.decode()
    assert 'href="http://love.example/join/' in page


def test_the_pairing_page_learns_that_the_other_joined(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert client.get("/pair/here/").status_code == 204
    token = actions.invite(ana, timezone.now())
    assert client.get("/pair/here/").status_code == 204
    actions.join(
        token, name="Ben", handle="ben", passphrase="tea and toast at noon", now=timezone.now()
    )
    for path in ("/pair/here/", "/pair/"):
        page = client.get(path).content.decode()
        assert "Ben is here." in page
        assert 'href="/yes/"' in page
    # Nobody else can be brought in.
    assert "Make a pairing link" not in client.post("/pair/").content.decode()
    assert Invitation.objects.count() == 0


def test_the_own_link_opened_on_the_own_phone_says_whose_it_is(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    token = actions.invite(ana, timezone.now())
    form = {"name": "Ben", "handle": "ben", "passphrase": "tea and toast at noon"}
    for answer in (client.get(f"/join/{token}/"), client.post(f"/join/{token}/", form)):
        assert answer.status_code == 409
        assert "This link is for Ben." in answer.content.decode()
    assert ana.other() is None
    assert Client().post(f"/join/{token}/", form).status_code == 302


def test_a_link_asked_for_while_the_other_joins_shows_that_they_are_here(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, make = phone(ana), actions.invite
    form = {"name": "Ben", "handle": "ben", "passphrase": "tea and toast at noon"}

    def meanwhile(partner: Partner, now: datetime) -> str:
        actions.join(make(partner, now), **form, now=now)
        return make(partner, now)

    monkeypatch.setattr(actions, "invite", meanwhile)
    answer = client.post("/pair/")
    assert answer.status_code == 200
    assert "Ben is here." in answer.content.decode()


def test_a_link_opened_while_another_joins_with_it_is_closed(
    ana: Partner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, look = actions.invite(ana, timezone.now()), actions.invitation_for
    form = {"name": "Ben", "handle": "ben", "passphrase": "tea and toast at noon"}

    def meanwhile(token: str, now: datetime) -> Invitation:
        found = look(token, now)
        monkeypatch.setattr(actions, "invitation_for", look)
        actions.join(token, **form, now=now)
        return found

    monkeypatch.setattr(actions, "invitation_for", meanwhile)
    answer = client.get(f"/join/{token}/")
    assert answer.status_code == 410
    assert "used a moment ago" in answer.content.decode()


def test_the_link_itself_is_not_stored(ana: Partner) -> None:
    token = actions.invite(ana, timezone.now())
    assert token not in str(Invitation.objects.values_list().get())


def test_a_link_works_once(ana: Partner) -> None:
    token = actions.invite(ana, timezone.now())
    actions.join(
        token, name="Ben", handle="ben", passphrase="tea and toast at noon", now=timezone.now()
    )
    with pytest.raises(actions.LinkClosed, match="no longer open"):
        actions.join(
            token, name="X", handle="x1", passphrase="tea and toast at noon", now=timezone.now()
        )


def test_an_expired_link_says_what_to_do(ana: Partner, client: Client) -> None:
    token = actions.invite(ana, timezone.now() - INVITATION_LASTS - timedelta(seconds=1))
    answer = client.get(f"/join/{token}/")
    assert answer.status_code == 410
    assert "Ask for a new one" in answer.content.decode()


def test_a_new_link_closes_the_old_one(ana: Partner) -> None:
    old = actions.invite(ana, timezone.now())
    actions.invite(ana, timezone.now())
    with pytest.raises(actions.LinkClosed):
        actions.invitation_for(old, timezone.now())


def test_nobody_can_invite_a_third(ana: Partner, ben: Partner) -> None:
    with pytest.raises(actions.LinkClosed, match="both here"):
        actions.invite(ana, timezone.now())


def test_a_taken_name_is_said(ana: Partner, client: Client) -> None:
    token = actions.invite(ana, timezone.now())
    form = {"name": "Ben", "handle": "ANA", "passphrase": "tea and toast at noon"}
    answer = client.post(f"/join/{token}/", form)
    assert "enters with that name" in answer.content.decode()
    assert ana.other() is None
    # The link is not used up by the mistake.
    assert client.post(f"/join/{token}/", form | {"handle": "ben"}).status_code == 302


def test_a_wrong_passphrase_and_a_wrong_name_look_the_same(ana: Partner, client: Client) -> None:
    wrong = client.post("/enter/", {"handle": "ana", "passphrase": "not this one at all"})
    nobody = client.post("/enter/", {"handle": "nobody", "passphrase": "not this one at all"})
    for answer in (wrong, nobody):
        assert answer.status_code == 200
        assert "do not belong together" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_name_to_enter_with_ignores_case(ana: Partner, client: Client) -> None:
    answer = client.post("/enter/", {"handle": " Ana ", "passphrase": "quiet green evening lamp"})
    assert answer.status_code == 302


def test_leaving_shuts_the_vault_in_this_browser(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert client.cookies["turntoward_vault"].value
    client.post("/leave/")
    assert client.cookies["turntoward_vault"].value == ""
    assert client.get("/today/").status_code == 302


def test_when_somebody_was_last_here_is_not_kept(ana: Partner, phone: Phone) -> None:
    phone(ana)
    assert "last_login" not in {field.name for field in Partner._meta.get_fields()}


def test_seasons_belong_to_both_and_to_nobody_else(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    form = {"name": "Jonas was born", "start": "2021-09-03", "end": ""}
    phone(ana).post("/seasons/", form)
    assert "Jonas was born" in phone(ben).get("/seasons/").content.decode()
    assert "Jonas was born" not in phone(cleo).get("/seasons/").content.decode()
    season = ana.couple.seasons.get()
    phone(cleo).post(f"/seasons/{season.pk}/remove/")
    assert ana.couple.seasons.count() == 1
    phone(ben).post(f"/seasons/{season.pk}/remove/")
    assert ana.couple.seasons.count() == 0


def test_a_season_that_ends_before_it_begins_is_said(ana: Partner, phone: Phone) -> None:
    form = {"name": "Odd", "start": "2021-09-03", "end": "2020-01-01"}
    assert "ends before it begins" in phone(ana).post("/seasons/", form).content.decode()
    assert ana.couple.seasons.count() == 0
