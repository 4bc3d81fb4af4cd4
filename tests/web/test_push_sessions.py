"""A browser shows reminders while the one who asked for them is signed in there, and no longer."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from planted_rituals import EVENING, ONE_DAY, keep, wants
from turntoward.web.couples.models import Partner
from turntoward.web.rituals import deliver, sender
from turntoward.web.rituals.models import PushSubscription, Reminder

PASSPHRASE = "quiet green evening lamp"
Phone = Callable[[Partner], Client]


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


@pytest.fixture
def reminded(ana: Partner, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Whether a browser shows Ana's reminder on the next evening."""
    wants(ana, keep(ana))
    came: list[PushSubscription] = []

    def push(row: PushSubscription, text: object) -> deliver.Outcome:
        came.append(row)
        return deliver.Outcome.REACHED

    monkeypatch.setattr(deliver, "push", push)

    def look() -> bool:
        came.clear()
        sender.tick(timezone.now())
        later = timezone.now() + ONE_DAY
        monkeypatch.setattr(timezone, "now", lambda: later)
        return bool(came)

    return look


def said() -> dict[str, str]:
    """What the script of a browser tells the companion."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": urlsafe_b64encode(raw).decode(), "auth": "c2l4dGVlbiBieXRlcyBvaw"}
    return {"endpoint": "https://fcm.googleapis.com/fcm/send/x", **keys}


def enter(client: Client, partner: Partner) -> None:
    answer = client.post("/enter/", {"handle": partner.handle, "passphrase": PASSPHRASE})
    assert answer.status_code == 302


def another_passphrase(client: Client) -> None:
    new = "warm orange morning cup"
    answer = client.post("/yours/passphrase/", {"old": PASSPHRASE, "new": new, "again": new})
    assert answer.status_code == 302


def test_another_passphrase_changes_nothing_here_and_leaving_ends_it(
    ana: Partner, phone: Phone, reminded: Callable[[], bool]
) -> None:
    client = phone(ana)
    client.post("/push/", said())
    assert reminded()
    another_passphrase(client)
    assert client.get("/today/").status_code == 200
    assert reminded()
    client.post("/leave/")
    assert PushSubscription.objects.count() == 0
    assert not reminded()


def test_another_passphrase_elsewhere_ends_it_here(
    ana: Partner, phone: Phone, reminded: Callable[[], bool]
) -> None:
    here, elsewhere = phone(ana), phone(ana)
    here.post("/push/", said())
    another_passphrase(elsewhere)
    assert not reminded()


@pytest.mark.parametrize("swept", [False, True])
def test_after_a_session_is_over_nothing_is_shown_until_one_enters_again(
    ana: Partner, phone: Phone, reminded: Callable[[], bool], swept: bool
) -> None:
    client = phone(ana)
    client.post("/push/", said())
    Session.objects.update(expire_date=EVENING - timedelta(minutes=1))
    if swept:
        Session.objects.filter(expire_date__lt=EVENING).delete()  # as `clearsessions` does
    assert not reminded()
    enter(client, ana)
    assert reminded()


def test_whoever_enters_over_it_ends_it(
    ana: Partner, ben: Partner, phone: Phone, reminded: Callable[[], bool]
) -> None:
    client = phone(ana)
    client.post("/push/", said())
    wants(ben, keep(ana))
    enter(client, ben)
    assert not reminded()
    assert client.post("/push/", said() | {"known": "1"}).status_code == 404
    client.post("/leave/")
    enter(client, ana)
    assert reminded()


def test_entering_in_another_browser_reminds_nobody_there(
    ana: Partner, phone: Phone, reminded: Callable[[], bool]
) -> None:
    client = phone(ana)
    client.post("/push/", said())
    Session.objects.all().delete()
    phone(ana)
    assert not reminded()


def test_what_was_chosen_before_there_were_sessions_goes_on(
    ana: Partner, phone: Phone, reminded: Callable[[], bool]
) -> None:
    client = phone(ana)
    client.post("/push/", said())
    row = PushSubscription.objects.get()
    session = client.session
    session["push"] = str(row.pk)
    session.save()
    PushSubscription.objects.update(session=None)
    Reminder.objects.update(ritual_at=None)
    step = import_module("turntoward.web.rituals.migrations.0004_reminders_from_before")
    step.carry_over(apps, connection.schema_editor())
    row.refresh_from_db()
    assert row.session_id == session.session_key
    reminder = Reminder.objects.get()
    assert reminder.ritual is not None
    assert reminder.ritual_at == reminder.ritual.at
