"""Who has none of their phones any more: after a week a new browser may say that it is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from test_devices import FIREFOX, IPHONE, PASSPHRASE, TOLD, device_of, enter, page, tap

from turntoward.web.couples.models import Partner
from turntoward.web.yours.models import Told

Clock = Callable[[datetime], None]
VOUCHED = "A new browser was called yours while none of yours was in use, on "


def test_who_has_none_of_their_phones_any_more_waits_a_week(ana: Partner, clock: Clock) -> None:
    now = timezone.now()
    first, second, third = enter(ana, IPHONE), enter(ana), enter(ana)
    first.post("/leave/")
    clock(now + timedelta(days=6))
    second.post("/yours/again/?to=devices", {"passphrase": PASSPHRASE})
    tap(second, device_of(second), "me")
    assert not device_of(second).known
    clock(now + timedelta(days=8))
    second.post("/yours/again/?to=devices", {"passphrase": PASSPHRASE})
    assert "Call this one mine" in page(second)
    tap(second, device_of(second), "me")
    assert device_of(second).known
    # From then on it is known; and every other browser is told of how it came to be.
    tap(second, device_of(third), "me")
    assert device_of(third).known
    assert VOUCHED not in page(second, "/today/")
    first = enter(ana, IPHONE, first)
    for client in (first, third):
        assert VOUCHED in page(client, "/today/")
    third.post(f"/yours/told/{Told.objects.get().pk}/")
    assert VOUCHED not in page(third, "/today/")
    assert VOUCHED in page(first, "/today/")


def test_entering_anew_begins_the_week_anew(ana: Partner, clock: Clock) -> None:
    now = timezone.now()
    first, second = enter(ana, IPHONE), enter(ana)
    first.post("/leave/")
    clock(now + timedelta(days=6))
    second.post("/leave/")
    enter(ana, FIREFOX, second)
    clock(now + timedelta(days=8))
    second.post("/yours/again/?to=devices", {"passphrase": PASSPHRASE})
    tap(second, device_of(second), "me")
    assert not device_of(second).known


def test_while_a_known_one_is_signed_in_no_week_is_long_enough(ana: Partner, clock: Clock) -> None:
    now = timezone.now()
    first, second = enter(ana, IPHONE), enter(ana)
    clock(now + timedelta(days=10))
    second.post("/yours/again/?to=devices", {"passphrase": PASSPHRASE})
    tap(second, device_of(second), "me")
    assert not device_of(second).known
    assert TOLD in page(first, "/today/")


def test_a_passkey_does_not_call_a_browser_ones_own(ana: Partner, clock: Clock) -> None:
    """Who knows the number of her phone is not to silence there what is told of their own."""
    hers, new = enter(ana, IPHONE), enter(ana)
    clock(timezone.now() + timedelta(minutes=20))
    session = hers.session
    session["passkey-at"] = int(timezone.now().timestamp())
    session.save()
    assert "That was me" in page(hers)
    again = hers.post(f"/yours/devices/{device_of(new).pk}/", {"what": "me"})["Location"]
    assert again == "/yours/again/?to=mine"
    assert "Show a passkey" not in hers.get(again, HTTP_HOST="localhost").content.decode()
    assert not device_of(new).known
    typed = hers.post(again, {"passphrase": PASSPHRASE})
    assert typed["Location"] == "/yours/devices/"
    tap(hers, device_of(new), "me")
    assert device_of(new).known
