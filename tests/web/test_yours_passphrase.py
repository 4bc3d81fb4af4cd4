"""The passphrase once more before what a borrowed phone is not to do, and another passphrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from planted_lives import key_of, live, words
from taken_along import tables
from turntoward.web.couples.models import Partner
from turntoward.web.yours import actions
from turntoward.web.yours.fresh import LASTS
from turntoward.web.yours.models import Device

Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
NEW = "a long walk by the river"


BEHIND = [
    ("get", "/yours/devices/", "devices"),
    ("post", "/yours/devices/others/", "devices"),
    ("post", "/yours/devices/1/", "devices"),
    ("get", "/yours/take/", "take"),
    ("post", "/yours/take/", "take"),
    ("get", "/yours/erase/", "erase"),
    ("get", "/yours/leave/", "leave"),
]


@pytest.mark.parametrize(("method", "path", "to"), BEHIND)
def test_a_quarter_of_an_hour_later_the_passphrase_is_asked_again(
    ana: Partner,
    ben: Partner,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    to: str,
) -> None:
    now = datetime(2026, 3, 4, 20, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client = phone(ana)
    ask = getattr(client, method)
    asked = f"/yours/again/?to={to}"
    monkeypatch.setattr(timezone, "now", lambda: now + LASTS)
    assert ask(path).headers.get("Location") != asked
    monkeypatch.setattr(timezone, "now", lambda: now + LASTS + timedelta(seconds=1))
    assert ask(path)["Location"] == asked
    wrong = client.post(asked, {"passphrase": "not this one"})
    assert "That is not your passphrase" in wrong.content.decode()
    assert ask(path)["Location"] == asked
    right = client.post(asked, {"passphrase": PASSPHRASE})
    assert right["Location"] == f"/yours/{to}/"
    assert client.get(right["Location"]).status_code == 200


def test_a_clock_that_was_set_back_makes_nothing_fresh(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now = phone(ana), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(hours=1))
    assert client.post("/yours/take/")["Location"].startswith("/yours/again/")


def test_the_others_passphrase_does_not_do(ana: Partner, ben: Partner) -> None:
    ben.set_password(NEW)
    ben.save()
    client = Client()
    client.force_login(ana)
    answer = client.post("/yours/again/?to=take", {"passphrase": NEW})
    assert answer.status_code == 200


@pytest.mark.parametrize("to", ["", "https://example.org/", "//example.org", "yours", "again"])
def test_it_leads_to_known_pages_alone(ana: Partner, phone: Phone, to: str) -> None:
    client = phone(ana)
    assert client.post("/yours/again/", {"passphrase": PASSPHRASE}).status_code == 404
    assert client.get("/yours/again/", {"to": to}).status_code == 404


def change(client: Client, **form: str) -> Any:
    return client.post("/yours/passphrase/", {"old": PASSPHRASE, "new": NEW, "again": NEW} | form)


def test_another_passphrase_opens_the_same_words_and_shuts_the_rest_out(
    ana: Partner, phone: Phone
) -> None:
    first, second = phone(ana), phone(ana)
    live(ana, first)
    key = key_of(first)
    answer = change(first)
    assert answer["Location"] == "/yours/?changed"
    assert "Your new passphrase counts" in first.get("/yours/?changed").content.decode()
    assert key_of(first) == key
    assert [row["words"] for row in tables(first)["weather"]] == [words("weather-words", ana)]
    assert second.get("/today/")["Location"].startswith("/enter/")
    assert Device.objects.get(session_id=first.session.session_key).known
    old = Client().post("/enter/", {"handle": "ana", "passphrase": PASSPHRASE})
    assert old.status_code == 200  # asked again
    new = Client()
    assert new.post("/enter/", {"handle": "ana", "passphrase": NEW}).status_code == 302
    assert key_of(new) == key


def test_another_passphrase_is_told_of_where_one_comes_in_without_it(
    ana: Partner, phone: Phone
) -> None:
    """With a passkey, say: else words that do not open any more would be all that she notices."""
    first, second = phone(ana), phone(ana)
    change(first)
    assert "Your passphrase was changed" not in first.get("/today/").content.decode()
    second.post("/enter/", {"handle": "ana", "passphrase": NEW})
    assert "Your passphrase was changed" in second.get("/today/").content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"old": "another one entirely"}, "That is not your passphrase"),
        ({"again": "a long walk by the lake"}, "The two are not the same"),
        ({"new": "short", "again": "short"}, "too short"),
        ({"new": "password1234", "again": "password1234"}, "too common"),
        ({"new": "ana turntoward", "again": "ana turntoward"}, "little more than a name"),
        ({"old": ""}, "required"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(
    ana: Partner, phone: Phone, form: dict[str, str], said: str
) -> None:
    client = phone(ana)
    before = Partner.objects.values().get()
    answer = change(client, **form)
    found = answer.content.decode()
    assert said in found
    for name in ("new", "again"):
        assert f'value="{({"new": NEW, "again": NEW} | form)[name]}"' in found
    assert Partner.objects.values().get() == before
    assert client.get("/today/").status_code == 200


def test_of_two_changes_at_once_the_second_is_told_that_the_first_came_before(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, real = phone(ana), actions.wrapped_anew

    def meanwhile(partner: Partner, old: str, new: str) -> Any:
        wrapped = real(partner, old, new)
        Partner.objects.filter(pk=partner.pk).update(vault_salt=b"another one meanwhile")
        return wrapped

    monkeypatch.setattr(actions, "wrapped_anew", meanwhile)
    assert "That is not your passphrase" in change(client).content.decode()
    assert Partner.objects.get().check_password(PASSPHRASE)
