"""Where somebody entered as me: told of once, on my own pages, and signed out from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.models import PushSubscription
from turntoward.web.yours import devices
from turntoward.web.yours.browsers import called, names_in
from turntoward.web.yours.models import Device
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
NEW = "a long walk by the river"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
TOLD = "Somebody entered as you in Firefox on Android"


def enter(partner: Partner, agent: str = FIREFOX, client: Client | None = None) -> Client:
    """Enter in a browser that calls itself so."""
    client = client or Client()
    client.defaults["HTTP_USER_AGENT"] = agent
    answer = client.post("/enter/", {"handle": partner.handle, "passphrase": PASSPHRASE})
    assert answer.status_code == 302
    return client


def page(client: Client, path: str = "/yours/devices/") -> str:
    return client.get(path).content.decode()


def device_of(client: Client) -> Device:
    return Device.objects.get(session_id=client.session.session_key)


def tap(client: Client, device: Device, what: str) -> int:
    return client.post(f"/yours/devices/{device.pk}/", {"what": what}).status_code


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Android"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like "
            "Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
            "Gecko) Version/18.0 Safari/605.1.15",
            "Safari on Mac",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/2010 Firefox/132.0", "Firefox on Linux"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
        ("x" * 100_000 + "Firefox/1", "A browser"),
    ],
)  # fmt: skip
def test_browsers_are_called_by_two_plain_words(agent: str, name: str) -> None:
    assert called(*names_in(agent)) == name


def test_the_first_one_is_no_news_and_a_new_one_is(ana: Partner) -> None:
    first = enter(ana, IPHONE)
    assert "Somebody entered" not in page(first, "/today/")
    second = enter(ana)
    for path in ("/today/", "/yours/"):
        assert TOLD in page(first, path), path
        assert "change your passphrase" in page(first, path)
        # Not in the browser itself: whoever just entered knows.
        assert "Somebody entered" not in page(second, path), path


def test_it_is_told_until_one_says_that_it_was_oneself(ana: Partner) -> None:
    first, second = enter(ana, IPHONE), enter(ana)
    assert TOLD in page(first, "/today/")
    assert TOLD in page(first, "/today/")
    assert "That was me" in page(first)
    tap(first, device_of(second), "me")
    assert "Somebody entered" not in page(first, "/today/")
    tap(first, device_of(second), "me")  # twice changes nothing
    assert device_of(second).known


def test_the_other_sees_nothing_of_it(ana: Partner, ben: Partner, phone: Phone) -> None:
    his = phone(ben)
    paths = ("/today/", "/yours/", "/yours/devices/", "/more/")
    before = [without_tokens(page(his, path)) for path in paths]
    enter(ana, IPHONE)
    device = device_of(enter(ana))
    assert [without_tokens(page(his, path)) for path in paths] == before
    for what in ("me", "out"):
        assert tap(his, device, what) == 404
    assert Device.objects.filter(pk=device.pk, session__isnull=False, known=False).exists()


def test_the_same_browser_is_no_news_the_next_time(ana: Partner) -> None:
    first = enter(ana, IPHONE)
    first.post("/leave/")
    assert Device.objects.get().session is None
    enter(ana, IPHONE, first)
    assert device_of(first).known
    assert Device.objects.count() == 1


def test_who_only_looked_in_is_still_told_of(ana: Partner) -> None:
    first, second = enter(ana, IPHONE), enter(ana)
    second.post("/leave/")
    assert TOLD in page(first, "/today/")
    # Nor does entering there once more make it known.
    enter(ana, FIREFOX, second)
    assert TOLD in page(first, "/today/")
    second.post("/leave/")
    assert "signed out" in page(first)


def test_two_that_nobody_knows_do_not_vouch_for_each_other(ana: Partner) -> None:
    first, second, third = enter(ana, IPHONE), enter(ana), enter(ana)
    assert "That was me" not in page(second)
    tap(second, device_of(third), "me")
    assert not device_of(third).known
    # Nor once none that is known is signed in any more.
    first.post("/leave/")
    assert "That was me" not in page(second)
    tap(second, device_of(third), "me")
    assert not device_of(third).known


def test_one_browser_of_two_people_is_known_to_each_apart(ana: Partner, ben: Partner) -> None:
    first = enter(ben, IPHONE)
    shared = enter(ana)
    shared.post("/leave/")
    enter(ben, FIREFOX, shared)
    assert TOLD in page(first, "/today/")
    assert len(set(Device.objects.values_list("mark", flat=True))) == 3


def test_who_enters_twice_in_one_browser_leaves_no_session_that_is_not_listed(
    ana: Partner, settings: Any
) -> None:
    enter(ana)
    thief = enter(ana)
    session = settings.SESSION_COOKIE_NAME
    first = thief.cookies[session].value
    del thief.cookies[session]
    enter(ana, client=thief)
    stolen = Client()
    stolen.cookies[session] = first
    assert stolen.get("/today/").status_code == 302
    assert thief.get("/today/").status_code == 200


def test_signing_one_out_ends_it_there_and_makes_it_news_again(ana: Partner) -> None:
    first, second = enter(ana, IPHONE), enter(ana)
    tap(first, device_of(second), "me")
    session = second.session.session_key
    tap(first, device_of(second), "out")
    assert second.get("/today/")["Location"].startswith("/enter/")
    assert not Session.objects.filter(pk=session).exists()
    assert first.get("/today/").status_code == 200
    enter(ana, FIREFOX, second)
    assert TOLD in page(first, "/today/")


def test_signing_one_out_ends_its_reminders(ana: Partner) -> None:
    first, second = enter(ana, IPHONE), enter(ana)
    PushSubscription.objects.create(
        partner=ana,
        digest="d",
        sealed=b"s",
        at=timezone.now(),
        session_id=second.session.session_key,
    )
    tap(first, device_of(second), "out")
    assert PushSubscription.objects.count() == 0


def test_this_one_is_not_signed_out_from_its_own_list(ana: Partner) -> None:
    first = enter(ana, IPHONE)
    assert "This one" in page(first)
    tap(first, device_of(first), "out")
    assert first.get("/today/").status_code == 200


def test_everywhere_but_here(ana: Partner, ben: Partner, phone: Phone) -> None:
    his, first, second = phone(ben), enter(ana, IPHONE), enter(ana)
    before_devices = Client()
    before_devices.force_login(ana)  # entered before there was a list
    assert "Sign out everywhere but here" in page(first)
    first.post("/yours/devices/others/")
    assert [client.get("/today/").status_code for client in (first, second, before_devices)] == [
        200,
        302,
        302,
    ]
    assert his.get("/today/").status_code == 200
    assert "Firefox on Android" not in page(first)


def test_a_session_that_began_since_they_were_looked_for_ends_too(ana: Partner) -> None:
    first = enter(ana, IPHONE)
    found = devices.sessions_of(ana)
    second = enter(ana)
    devices.end_sessions(ana, found)
    assert [client.get("/today/").status_code for client in (first, second)] == [302, 302]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/yours/passphrase/", "/yours/erase/"])
def test_no_others_sessions_are_opened_while_all_wait_to_write(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    here, elsewhere, his = enter(ana, IPHONE), enter(ana), enter(ben)
    opened, real = [], Session.get_decoded

    def opens(session: Session) -> Any:
        opened.append(connection.in_atomic_block)
        return real(session)

    monkeypatch.setattr(Session, "get_decoded", opens)
    here.post(path, {"old": PASSPHRASE, "new": NEW, "again": NEW})
    assert opened == [False, False, False]
    assert elsewhere.get("/today/").status_code == 302
    assert his.get("/today/").status_code == 200


def test_no_field_keeps_when_one_was_last_used() -> None:
    fields = {field.name for field in Device._meta.get_fields()}
    assert fields == {
        "id", "partner", "session", "mark", "browser", "system", "entered_on", "known", "told",
    }  # fmt: skip


def test_a_look_at_pages_changes_no_row(ana: Partner) -> None:
    first = enter(ana, IPHONE)
    enter(ana)
    before = list(Device.objects.values())
    for path in ("/today/", "/yours/", "/yours/devices/"):
        first.get(path)
    assert list(Device.objects.values()) == before


def test_in_the_demo_nothing_is_noted(ana: Partner, settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSPHRASE = True, PASSPHRASE
    client = Client()
    assert client.post("/look-around/0/").status_code == 302
    assert Device.objects.count() == 0
    assert "This is the demo" in page(client)
    assert client.post("/yours/take/")["Content-Type"] == "application/zip"
    answer = client.post("/yours/passphrase/", {"old": PASSPHRASE, "new": NEW, "again": NEW})
    assert "its passphrase stays" in answer.content.decode()
    assert Partner.objects.get().check_password(PASSPHRASE)


def test_asking_again_is_no_new_device(ana: Partner) -> None:
    client = enter(ana)
    before = list(Device.objects.values())
    client.post("/yours/again/?to=take", {"passphrase": PASSPHRASE})
    assert list(Device.objects.values()) == before


@pytest.mark.parametrize("way", ["all", "one by one"])
def test_a_new_browser_that_signs_the_others_out_stays_news_to_them(ana: Partner, way: str) -> None:
    first, second = enter(ana, IPHONE), enter(ana)
    if way == "all":
        second.post("/yours/devices/others/")
    else:
        tap(second, device_of(first), "out")
    assert first.get("/today/").status_code == 302
    assert "This is mine" not in page(second)
    tap(second, device_of(second), "me")
    enter(ana, IPHONE, first)
    assert device_of(first).known
    assert TOLD in page(first, "/today/")


def test_a_new_browser_forgets_others_that_are_new_as_well(ana: Partner) -> None:
    enter(ana, IPHONE)
    second, third = enter(ana), enter(ana)
    second.post("/yours/devices/others/")
    assert third.get("/today/").status_code == 302
    assert Device.objects.filter(known=False).get() == device_of(second)
