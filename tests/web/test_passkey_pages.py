"""The list of passkeys, where the button for them is, and what a browser may send for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone

from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.couples.models import Partner
from turntoward.web.couples.named import host_name, takes_passkeys
from turntoward.web.yours.models import Told
from turntoward.web.yours.parts import tables_of

Phone = Callable[[Partner], Client]
#: What counts as a secure name where there is no certificate.
SECURE = {"HTTP_HOST": "localhost"}


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def test_passkeys_are_named_renamed_and_taken_away(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    data = {"name": sealed_for(ana, "my <phone>"), "credential": {}}
    mine = Authenticator.objects.create(user=ana, type="webauthn", data=data)
    page = hers.get("/yours/ways/").content.decode()
    assert "my &lt;phone&gt;" in page
    path = f"/yours/ways/passkeys/{mine.pk}/"
    for form in ({"name": "his"}, {"what": "remove"}):
        assert his.post(path, form).status_code == 404
    hers.post(path, {"name": "the tablet"})
    hers.post(path, {"name": ""})
    assert "the tablet" in hers.get("/yours/ways/").content.decode()
    assert "tablet" not in json.dumps(Authenticator.objects.get().data)
    rows = tables_of(ana, None, timezone.now())["ways_to_enter"]
    assert [row["name"] for row in rows] == ["the tablet"]
    hers.post(path, {"what": "remove"})
    assert Authenticator.objects.count() == 0
    assert Told.objects.get().kind == Told.Kind.PASSKEY_REMOVED


@pytest.mark.parametrize(
    ("host", "secure", "name", "takes"),
    [
        ("localhost:8000", False, "localhost", True),
        ("home.example", True, "home.example", True),
        ("Home.Example:8443", True, "home.example", True),
        ("home.example", False, "home.example", False),
        ("192.168.1.20:8000", True, "", False),
        ("127.0.0.1:8000", False, "", False),
        ("[::1]:8000", True, "", False),
        ("[fe80::1]", True, "", False),
    ],
)
def test_passkeys_belong_to_a_name(
    rf: Any, host: str, secure: bool, name: str, takes: bool
) -> None:
    request = rf.get("/enter/", HTTP_HOST=host, secure=secure)
    assert (host_name(request), takes_passkeys(request)) == (name, takes)


def test_the_button_is_where_it_works_and_else_it_is_said_why(ana: Partner, phone: Phone) -> None:
    with_name = Client(**SECURE).get("/enter/").content.decode()
    assert "Use a passkey instead" in with_name
    by_number = Client(HTTP_HOST="192.168.1.20").get("/enter/").content.decode()
    assert "Use a passkey instead" not in by_number
    assert "begins with https and has a name" in by_number
    here = phone(ana).get("/yours/ways/", HTTP_HOST="192.168.1.20").content.decode()
    assert "Make a passkey" not in here
    assert "Passkeys need an address" in here


@pytest.mark.parametrize(
    "credential",
    [
        "", "null", "[]", "1", '"x"', "{", "{}", '{"rawId": "AA"}', "[" * 5000,
        '{"rawId": "AA", "response": []}',
        '{"rawId": "AA", "response": {"clientDataJSON": 1}}',
        *(
            json.dumps({"rawId": raw, "response": dict.fromkeys(
                ("clientDataJSON", "attestationObject", "authenticatorData", "signature",
                 "userHandle"), part)})
            for raw in ("AA", "A", "!", "")
            for part in ("AA", "A", "e30", "bnVsbA", "oA", "v_8", "gYGBgYGB", "/", "=", "x" * 9999)
        ),
    ],
)  # fmt: skip
def test_what_is_no_passkey_opens_nothing_and_breaks_nothing(
    ana: Partner, phone: Phone, credential: str
) -> None:
    stranger, hers = Client(**SECURE), phone(ana)
    asked = stranger.post("/enter/passkey/").json()["publicKey"]
    assert asked["userVerification"] == "required"
    assert asked["rpId"] == "localhost"
    answer = stranger.post("/enter/passkey/", {"credential": credential})
    assert "opens nothing here" in answer.content.decode()
    assert stranger.get("/today/").status_code == 302
    assert hers.post("/yours/ways/passkeys/", **SECURE).json()["publicKey"]["user"]["name"] == "ana"
    hers.post("/yours/ways/passkeys/", {"name": "x", "credential": credential}, **SECURE)
    hers.post("/yours/again/passkey/?to=take", **SECURE)
    again = hers.post("/yours/again/passkey/?to=take", {"credential": credential}, **SECURE)
    assert again["Location"] == "/yours/again/?to=take"
    assert Authenticator.objects.count() == 0


def test_who_lets_go_of_the_passkey_and_types_stays_as_long_as_others(ana: Partner) -> None:
    client = Client(**SECURE)
    assert "publicKey" in client.post("/enter/passkey/").json()
    assert client.session.get_expiry_age() <= 300
    client.post("/enter/", {"handle": "ana", "passphrase": "quiet green evening lamp"})
    # It counts down from the moment of entering.
    assert client.session.get_expiry_age() == pytest.approx(settings.SESSION_COOKIE_AGE, abs=60)
