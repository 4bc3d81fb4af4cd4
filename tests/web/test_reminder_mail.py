"""Reminders by e-mail: an address that its owner confirmed, a server that a setting names."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from planted_rituals import EVENING, keep, remind, wants
from taken_along import tables
from turntoward.web.couples.models import Partner
from turntoward.web.mail import mail_server
from turntoward.web.rituals import deliver, mail_actions, sender
from turntoward.web.rituals.models import MailAddress, Sent

Phone = Callable[[Partner], Client]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


@pytest.fixture
def with_mail(settings: Any) -> None:
    """The server has e-mail set up."""
    settings.MAIL_SET_UP = True


def code_in(message: Any) -> str:
    return str(message.body).split()[-1]


def test_an_address_is_used_once_its_code_was_typed(
    ana: Partner, phone: Phone, with_mail: None
) -> None:
    client = phone(ana)
    wants(ana, keep(ana))
    client.post("/reminders/mail/", {"what": "address", "address": "ana@example.org"})
    assert sender.tick(EVENING) == 0
    code = code_in(mail.outbox[0])
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    said = {"what": "code", "code": wrong}
    assert "That is not the code." in client.post("/reminders/mail/", said).content.decode()
    client.post("/reminders/mail/", {"what": "code", "code": f" {code[:3]} {code[3:]}"})
    page = client.get("/reminders/").content.decode()
    assert "It goes to ana@example.org." in page
    assert sender.tick(EVENING) == 1
    sent = mail.outbox[1]
    assert (sent.to, sent.subject) == (["ana@example.org"], "Your time together")
    assert all(word not in sent.body for word in ("Ana", "Ben", "Ten minutes", "Turntoward"))
    assert "ana@example.org" not in str(bytes(MailAddress.objects.get().sealed))
    client.post("/reminders/mail/", {"what": "off"})
    assert bytes(MailAddress.objects.get().sealed) == b""
    assert sender.tick(EVENING + 5 * MINUTE) == 0
    assert MailAddress.objects.count() == 0


def test_codes_run_out_and_do_not_fill_a_box(ana: Partner, with_mail: None) -> None:
    mail_actions.ask_code(ana, "ana@example.org", EVENING)
    with pytest.raises(mail_actions.NotNow, match="Wait two minutes"):
        mail_actions.ask_code(ana, "ana@example.org", EVENING + MINUTE)
    code = code_in(mail.outbox[0])
    with pytest.raises(mail_actions.NotNow, match="over"):
        mail_actions.confirm(ana, code, EVENING + 61 * MINUTE)
    for _ in range(5):
        with pytest.raises(mail_actions.NotNow):
            mail_actions.confirm(ana, "x", EVENING)
    with pytest.raises(mail_actions.NotNow, match="over"):
        mail_actions.confirm(ana, code, EVENING)
    assert not MailAddress.objects.get().confirmed
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("path", ["/reminders/mail/", "/reminders/move/"])
def test_letting_an_address_go_and_asking_again_fills_no_box(
    ana: Partner, phone: Phone, with_mail: None, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client, ritual = phone(ana), keep(ana)
    wants(ana, ritual)
    asked = {"what": "address", "address": "ana@example.org"}
    client.post("/reminders/mail/", asked)
    client.post(path, {"what": "off"})
    wants(ana, ritual)
    assert "Send a code to it" in client.get("/reminders/").content.decode()
    assert tables(client)["reminder_addresses"] == []
    assert "Wait two minutes" in client.post("/reminders/mail/", asked).content.decode()
    client.post("/reminders/mail/", {"what": "code", "code": code_in(mail.outbox[0])})
    assert len(mail.outbox) == 1
    monkeypatch.setattr(timezone, "now", lambda: EVENING + 2 * MINUTE)
    client.post("/reminders/mail/", asked)
    assert len(mail.outbox) == 2
    # With nothing under way it is gone at once.
    monkeypatch.setattr(timezone, "now", lambda: EVENING + 4 * MINUTE)
    client.post(path, {"what": "off"})
    assert MailAddress.objects.count() == 0


def test_an_address_that_no_mail_reaches_takes_the_place_of_none(
    ana: Partner, phone: Phone, with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    remind(ana, keep(ana))
    new = {"what": "address", "address": "new@example.org"}
    with monkeypatch.context() as away:
        away.setattr(mail_actions, "send_mail", lambda *args: deliver.Outcome.AGAIN)
        page = client.post("/reminders/mail/", new).content.decode()
    assert "The mail did not go out." in page
    assert "It goes to ana@example.org." in page
    assert sender.tick(EVENING) == 1
    client.post("/reminders/mail/", new)
    page = client.get("/reminders/").content.decode()
    assert "Until then no reminder goes out by e-mail." in page


def test_without_a_mail_server_it_is_not_offered(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    wants(ana, keep(ana))
    assert "By e-mail" not in client.get("/reminders/").content.decode()


def test_a_mail_server_that_is_away_is_tried_again_and_named_nowhere(
    ana: Partner,
    with_mail: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    remind(ana, keep(ana))

    def away(*args: object, **kwargs: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no")})

    monkeypatch.setattr(deliver.EmailMessage, "send", away)
    sender.tick(EVENING)
    assert Sent.objects.get().state == "again"
    assert "SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text


@pytest.mark.parametrize(
    ("url", "host", "port", "first", "then"),
    [
        ("smtps://a%40b:p%2Fq@mail.example.org", "mail.example.org", 465, True, False),
        ("smtp://mail.example.org:2525", "mail.example.org", 2525, False, True),
        ("smtp://localhost", "localhost", 587, False, False),
    ],
)
def test_the_address_of_a_mail_server(
    url: str, host: str, port: int, first: bool, then: bool
) -> None:
    server = mail_server(url, "us@example.org")
    assert (server.host, server.port) == (host, port)
    assert (server.tls_first, server.tls_then) == (first, then)
    assert "smtp" in server.backend
    if "%40" in url:
        assert (server.name, server.password) == ("a@b", "p/q")


def test_no_mail_server_sends_nothing() -> None:
    assert "dummy" in mail_server("", "").backend


@pytest.mark.parametrize(
    ("url", "sender_address"),
    [("mail.example.org", "a@b"), ("http://x", "a@b"), ("smtp://x:y", "a@b"), ("smtp://x", "")],
)
def test_a_mail_server_that_cannot_be_understood_stops_the_start(
    url: str, sender_address: str
) -> None:
    with pytest.raises(SystemExit, match="TURNTOWARD_"):
        mail_server(url, sender_address)
