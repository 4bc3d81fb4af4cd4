"""Wrong tries wait, nobody is locked out, and no one is slowed on their own phone by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.couples import tries
from turntoward.web.couples.models import Partner, Tries

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]
PASSPHRASE = "quiet green evening lamp"
WAITS = "That did not fit a few times. In"


def enter(client: Client, name: str, passphrase: str, **more: Any) -> Any:
    return client.post("/enter/", {"handle": name, "passphrase": passphrase}, **more)


def try_wrongly(client: Client, name: str, times: int) -> list[str]:
    return [enter(client, name, f"wrong {n}").content.decode() for n in range(times)]


def test_twenty_tries_of_one_slow_the_other_out_of_nothing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/leave/")
    his.post("/leave/")
    said = try_wrongly(his, "ana", 20)
    assert WAITS in said[-1]
    # He enters as himself at once, and she on her phone, though both have one address.
    assert enter(his, "ben", PASSPHRASE).status_code == 302
    assert enter(hers, "ana", PASSPHRASE).status_code == 302


def test_the_wait_grows_up_to_a_minute_and_says_its_seconds(ana: Partner, clock: Clock) -> None:
    now, stranger, waits = timezone.now(), Client(), []
    clock(now)
    for _ in range(5):
        assert "do not belong together" in enter(stranger, "ana", "wrong").content.decode()
    for _ in range(8):
        said = enter(stranger, "ana", PASSPHRASE).content.decode()
        waits.append(int(said.partition(WAITS)[2].split()[0]))
        # Waiting is no try: asking again changes nothing.
        assert f"{WAITS} {waits[-1]} " in enter(stranger, "ana", PASSPHRASE).content.decode()
        now += timedelta(seconds=waits[-1])
        clock(now)
        assert "do not belong together" in enter(stranger, "ana", "wrong").content.decode()
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    clock(now + timedelta(seconds=60))
    assert enter(stranger, "ana", PASSPHRASE).status_code == 302


def test_a_name_that_nobody_has_is_slowed_like_any_other(ana: Partner, clock: Clock) -> None:
    clock(timezone.now())
    hers, nobodys = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for _ in range(8):
        said = [
            without_names(enter(client, name, "wrong").content.decode())
            for client, name in ((hers, "ana"), (nobodys, "zoe"))
        ]
        assert said[0] == said[1]


def without_names(page: str) -> str:
    from web_pages import without_tokens

    return without_tokens(page).replace('value="ana"', "").replace('value="zoe"', "")


def test_one_address_is_slowed_over_many_names(ana: Partner) -> None:
    stranger = Client(REMOTE_ADDR="2001:db8::1")
    for n in range(20):
        assert WAITS not in enter(stranger, f"name{n}", "wrong").content.decode()
    neighbour = Client(REMOTE_ADDR="2001:db8::2")  # of the same 64 bits
    assert WAITS in enter(neighbour, "another", "wrong").content.decode()
    assert WAITS not in enter(Client(REMOTE_ADDR="2001:db8:1::1"), "x1", "w").content.decode()


def test_an_own_account_does_not_make_an_address_new(ana: Partner, cleo: Partner) -> None:
    for n in range(18):
        enter(Client(), f"name{n}", "wrong")
    for _ in range(3):
        assert enter(Client(), "cleo", PASSPHRASE).status_code == 302
    assert [WAITS in enter(Client(), f"more{n}", "wrong").content.decode() for n in range(3)] == [
        False, False, True,
    ]  # fmt: skip


def test_what_fitted_is_forgotten_and_so_is_all_after_an_hour(ana: Partner, clock: Clock) -> None:
    clock(timezone.now())
    try_wrongly(Client(), "ana", 4)
    assert enter(Client(), "ana", PASSPHRASE).status_code == 302
    assert WAITS not in "".join(try_wrongly(Client(), "ana", 5))
    assert WAITS in try_wrongly(Client(), "ana", 1)[0]
    clock(timezone.now() + timedelta(hours=1, seconds=1))
    assert WAITS not in try_wrongly(Client(), "ana", 1)[0]
    assert {row.count for row in Tries.objects.all()} == {1}


def test_on_her_own_phone_her_own_tries_wait(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    hers.post("/leave/")
    assert WAITS in try_wrongly(hers, "ana", 6)[-1]


def test_where_she_is_signed_in_others_do_not_slow_the_passphrase_asked_again(
    ana: Partner, phone: Phone
) -> None:
    phone(ana)
    new = phone(ana)  # signed in, and not called her own
    try_wrongly(Client(), "ana", 20)
    again = "/yours/again/?to=devices"
    assert new.post(again, {"passphrase": PASSPHRASE}).status_code == 302
    for _ in range(5):
        assert WAITS not in new.post(again, {"passphrase": "wrong"}).content.decode()
    assert WAITS in new.post(again, {"passphrase": PASSPHRASE}).content.decode()


def test_many_at_once_are_not_all_the_first(ana: Partner, rf: Any, clock: Clock) -> None:
    from django.contrib.auth.models import AnonymousUser

    clock(timezone.now())
    request = rf.post("/enter/")
    request.user = AnonymousUser()
    # Each counts before anything is looked at.
    waits = [tries.slowed(request, "ana", timezone.now()) for _ in range(8)]
    assert waits == [0, 0, 0, 0, 0, 2, 2, 2]


def test_neither_names_nor_addresses_are_kept(ana: Partner) -> None:
    enter(Client(REMOTE_ADDR="192.0.2.7"), "ana", "wrong")
    kept = repr(list(Tries.objects.values()))
    assert Tries.objects.count() == 2
    assert "ana" not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.parametrize("address", ["", "unix:", "::ffff:192.0.2.7", "192.0.2.7"])
def test_any_address_can_be_counted(ana: Partner, address: str) -> None:
    assert enter(Client(REMOTE_ADDR=address), "ana", PASSPHRASE).status_code == 302
