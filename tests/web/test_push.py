"""Notifications: encrypted for one browser, sent to known services alone, forgotten when gone."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import http_ece
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from py_vapid import Vapid02

from planted_rituals import EVENING, keep, wants
from turntoward.web.couples.models import Partner
from turntoward.web.rituals import push_actions, sender
from turntoward.web.rituals.deliver import Outcome, push
from turntoward.web.rituals.models import PushSubscription, Sent
from turntoward.web.rituals.sealed import Browser, open_browser
from turntoward.web.rituals.services import is_known
from turntoward.web.rituals.text import Text
from turntoward.web.rituals.vapid import public_key

Phone = Callable[[Partner], Client]
ENDPOINT = "https://fcm.googleapis.com/fcm/send/fuchsia-secret"


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


def here(client: Client) -> push_actions.Here:
    return push_actions.Here(session_id=client.session.session_key)


def coded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class PushService:
    """A push service and the one browser that it knows; it answers with `status`."""

    status: int | Exception = 201
    endpoint: str = ENDPOINT
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"sixteen bytes ok"
    came: list[requests.PreparedRequest] = field(default_factory=list)

    def said(self) -> dict[str, str]:
        """What the browser's own script tells the companion."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": coded(point), "auth": coded(self.auth)}

    def send(self, request: requests.PreparedRequest, **more: object) -> requests.Response:
        """Take a request in the place of a network."""
        self.came.append(request)
        if isinstance(self.status, Exception):
            raise self.status
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = self.status, request, request.url or ""
        if self.status == 302:
            answer.headers["Location"] = "http://169.254.169.254/"
        return answer

    def read(self) -> dict[str, str]:
        """The last notification, as the browser opens it."""
        body = self.came[-1].body
        plain = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return dict(json.loads(plain))


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> PushService:
    """A push service that every request goes to."""
    made = PushService()
    monkeypatch.setattr(
        requests.adapters.HTTPAdapter, "send", lambda self, request, **more: made.send(request)
    )
    return made


def test_a_reminder_arrives_sealed_and_says_next_to_nothing(
    ana: Partner, ben: Partner, phone: Phone, service: PushService
) -> None:
    wants(ana, keep(ana))
    assert phone(ana).post("/push/", service.said()).status_code == 204
    assert sender.tick(EVENING) == 1
    assert service.read() == {"title": "Turntoward", "body": "Your time together"}
    request = service.came[0]
    assert request.url == ENDPOINT
    assert request.headers["content-encoding"] == "aes128gcm"
    assert (request.headers["ttl"], request.headers["topic"]) == ("3600", "reminder")
    assert b"Your time" not in request.body  # type: ignore[operator]
    assert Sent.objects.get().state == "sent"


def test_the_service_can_tell_who_sends(ana: Partner, phone: Phone, service: PushService) -> None:
    wants(ana, keep(ana))
    phone(ana).post("/push/", service.said())
    sender.tick(EVENING)
    token, key = service.came[0].headers["Authorization"].removeprefix("vapid t=").split(",k=")
    assert key == public_key(django_settings.APPLICATION_KEY)
    signed, signature = token.rsplit(".", 1)
    known = Vapid02.from_raw_public(key.encode())
    assert known.verify_token(signed.encode(), signature)
    claims = json.loads(decoded(token.split(".")[1]))
    assert claims["aud"] == "https://fcm.googleapis.com"
    assert claims["sub"].startswith("https://")


@pytest.mark.parametrize(
    ("says", "neutral", "language", "head", "line"),
    [
        (False, False, "en-gb", "Turntoward", "Your time together"),
        (True, False, "en-gb", "Turntoward", "Ten minutes"),
        (False, True, "", "Reminder", "Your time together"),
        (True, True, "", "Reminder", "Ten minutes"),
    ],
)
def test_it_says_what_this_partner_chose(
    ana: Partner,
    phone: Phone,
    service: PushService,
    says: bool,
    neutral: bool,
    language: str,
    head: str,
    line: str,
) -> None:
    Partner.objects.filter(pk=ana.pk).update(neutral=neutral)
    wants(ana, keep(ana), says=says, language=language)
    phone(ana).post("/push/", service.said())
    sender.tick(EVENING)
    assert service.read() == {"title": head, "body": line}


def test_it_goes_to_the_one_who_asked_for_it_alone(
    ana: Partner, ben: Partner, phone: Phone, service: PushService
) -> None:
    wants(ana, keep(ana))
    phone(ben).post("/push/", service.said())
    assert sender.tick(EVENING) == 0
    assert service.came == []


def test_a_browser_with_a_broken_key_holds_no_other_way_up(
    ana: Partner, phone: Phone, service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    client = phone(ana)
    wants(ana, keep(ana))
    client.post("/push/", service.said())
    no_point = coded(b"\x04" + b"\x01" * 64)  # of the right length, and not on the curve
    broken = service.said() | {"endpoint": f"{ENDPOINT}-2", "p256dh": no_point}
    browser = Browser(**broken, origin="https://us.example.org")
    push_actions.subscribe(ana, browser, here(client), EVENING)
    assert sender.tick(EVENING) == 1
    assert Sent.objects.get().state == "sent"
    assert "One way of a reminder is broken" in caplog.text
    assert "fuchsia" not in caplog.text


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    ana: Partner, phone: Phone, service: PushService, status: int
) -> None:
    wants(ana, keep(ana))
    phone(ana).post("/push/", service.said())
    service.status = status
    sender.tick(EVENING)
    assert PushSubscription.objects.count() == 0
    assert Sent.objects.get().state == "dropped"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, Outcome.REACHED),
        (429, Outcome.AGAIN),
        (503, Outcome.AGAIN),
        (403, Outcome.LOST),
        (requests.ConnectionError(ENDPOINT), Outcome.AGAIN),
        (requests.Timeout(ENDPOINT), Outcome.AGAIN),
        (302, Outcome.AGAIN),  # never followed to somewhere else
    ],
)
def test_what_the_service_answers_and_nothing_of_it_in_a_log(
    ana: Partner,
    phone: Phone,
    service: PushService,
    caplog: pytest.LogCaptureFixture,
    status: int | Exception,
    outcome: Outcome,
) -> None:
    caplog.set_level(logging.DEBUG, logger="turntoward")
    phone(ana).post("/push/", service.said())
    service.status = status
    row = PushSubscription.objects.get()
    assert push(row, Text(head="Turntoward", line="marigold")) is outcome
    assert len(service.came) == 1
    for secret in ("fuchsia", "marigold", "fcm"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://localhost/x",
        "https://169.254.169.254/latest",
        "https://fcm.googleapis.com.example.org/x",
        "https://evilfcm.googleapis.com.org/x",
        "https://fcm.googleapis.com:8443/x",
        "https://a@fcm.googleapis.com/x",
        "https://[::1/x",
        "https://10.0.0.7\\.push.apple.com/x",
        "https://10.0.0.7%5c.push.apple.com/x",
        "https://10.0.0.7\u3002push.apple.com/x",
        "https://10.0.0.7\t.push.apple.com/x",
        "ftp://fcm.googleapis.com/x",
        "",
    ],
)
def test_only_known_services_are_ever_spoken_to(
    ana: Partner, phone: Phone, service: PushService, endpoint: str
) -> None:
    client = phone(ana)
    assert client.post("/push/", service.said() | {"endpoint": endpoint}).status_code == 400
    assert PushSubscription.objects.count() == 0
    # Nor where a row holds it in spite of that.
    browser = Browser(**(service.said() | {"endpoint": endpoint}), origin="https://x")
    row = push_actions.subscribe(ana, browser, here(client), EVENING)
    assert push(row, Text(head="x", line="x")) is Outcome.LOST
    assert service.came == []


def test_the_browsers_services_and_those_of_a_setting_are_known() -> None:
    assert is_known("https://updates.push.services.mozilla.com/wpush/v2/x")
    assert is_known("https://web.push.apple.com:443/QK-_x")
    assert is_known("https://wns2-par02p.notify.windows.com/w/?token=x")
    assert not is_known("https://push.example.org/x")
    assert is_known("https://push.example.org/x", ["push.example.org"])


@pytest.mark.parametrize(
    "wrong", [{"p256dh": "AAAA"}, {"p256dh": "ä"}, {"auth": "AAAA"}, {"auth": ""}]
)
def test_a_browser_without_keys_is_refused(
    ana: Partner, phone: Phone, service: PushService, wrong: dict[str, str]
) -> None:
    assert phone(ana).post("/push/", service.said() | wrong).status_code == 400


def test_a_form_from_elsewhere_adds_no_browser(ana: Partner, service: PushService) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post("/push/", service.said()).status_code == 403


def test_one_browser_reminds_one_of_the_two_and_knows_who_is_here(
    ana: Partner, ben: Partner, phone: Phone, service: PushService
) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/push/", service.said())
    asked = service.said() | {"known": "1"}
    assert hers.post("/push/", asked).status_code == 204
    assert his.post("/push/", asked).status_code == 404
    assert PushSubscription.objects.get().partner == ana
    his.post("/push/", service.said())
    assert PushSubscription.objects.get().partner == ben
    hers.post("/push/off/", {"endpoint": ENDPOINT})
    assert PushSubscription.objects.count() == 1  # it is his by now
    his.post("/push/off/", {"endpoint": ENDPOINT})
    assert PushSubscription.objects.count() == 0


def test_whoever_leaves_on_a_phone_is_not_reminded_on_it(
    ana: Partner, phone: Phone, service: PushService
) -> None:
    here, there = phone(ana), phone(ana)
    here.post("/push/", service.said())
    there.post("/push/", service.said() | {"endpoint": f"{ENDPOINT}-2"})
    here.post("/leave/")
    assert PushSubscription.objects.count() == 1
    # After entering again the browser is known again, and leaves again.
    again = phone(ana)
    again.post("/push/", service.said() | {"endpoint": f"{ENDPOINT}-2", "known": "1"})
    again.post("/leave/")
    assert PushSubscription.objects.count() == 0


def test_many_browsers_make_room(ana: Partner, phone: Phone, service: PushService) -> None:
    client = phone(ana)
    for n in range(push_actions.MOST + 3):
        client.post("/push/", service.said() | {"endpoint": f"{ENDPOINT}-{n}"})
    assert PushSubscription.objects.filter(partner=ana).count() == push_actions.MOST


def test_where_a_browser_is_reached_lies_nowhere_in_the_clear(
    ana: Partner, ben: Partner, phone: Phone, service: PushService
) -> None:
    phone(ana).post("/push/", service.said())
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, sealed FROM rituals_pushsubscription")
        found = cursor.fetchone()
    assert "fuchsia" not in found[0]
    assert b"fuchsia" not in bytes(found[1])
    row = PushSubscription.objects.get()
    assert open_browser(row) is not None
    row.partner = ben  # moved to another it does not open
    assert open_browser(row) is None


def test_the_key_is_the_same_at_every_start_and_another_in_every_data_folder() -> None:
    assert public_key(b"a" * 32) == public_key(b"a" * 32) != public_key(b"b" * 32)
    assert len(decoded(public_key(b"a" * 32))) == 65


def test_without_https_the_page_says_so_and_offers_the_calendar(
    ana: Partner, phone: Phone, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    wants(ana, keep(ana))
    client = phone(ana)

    def page(**more: Any) -> str:
        return client.get("/reminders/", **more).content.decode()

    assert "data-push=" in page(HTTP_HOST="localhost:8700")
    assert "data-push=" in page(secure=True, HTTP_HOST="us.example.org")
    plain = page(HTTP_HOST="192.168.1.20:8700")
    assert "notifications need an address that begins with https" in plain
    assert "data-push=" not in plain
    assert "Make an address" in plain


def test_the_worker_that_shows_it_needs_no_words_of_its_own() -> None:
    folder = Path(sender.__file__).parents[1] / "static" / "turntoward"
    script = (folder / "sw_push.js").read_text("utf-8")
    assert 'addEventListener("push"' in script
    assert "showNotification" in script
    assert "Turntoward" not in script


def test_nothing_slow_is_loaded_before_it_is_needed() -> None:
    import subprocess
    import sys

    code = (
        "import django; django.setup(); import turntoward.web.urls, turntoward.web.rituals.sender;"
        "import sys; slow = {'pywebpush', 'icalendar', 'aiohttp', 'requests'} & set(sys.modules);"
        "assert not slow, slow"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_form_sends_is_what_the_script_sends(service: PushService) -> None:
    assert set(service.said()) == {"endpoint", "p256dh", "auth"}
    assert "endpoint" in urlencode(service.said())
