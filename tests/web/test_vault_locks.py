"""The vault in a browser: two minutes after its last use it is locked, and nobody else can tell."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.locking import BY_ITSELF, VAULT_COOKIE, VAULT_SESSION
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import (
    SALT_BYTES,
    VaultShut,
    Wrapped,
    _from_passphrase,
    lock_words,
    open_vault,
    public_of,
    unlock_words,
)
from turntoward.web.couples.vaults import opened, ring_name
from turntoward.web.keyring import destroy_key, names, ring_key
from turntoward.web.keys import seal
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]
PASSPHRASE = "quiet green evening lamp"
MARK = "xylophone-of-wednesday"
LOCKED = "Your private words are locked."
SECOND = timedelta(seconds=1)


@pytest.fixture
def now(clock: Clock) -> datetime:
    at = timezone.now()
    clock(at)
    return at


@pytest.fixture
def words(ana: Partner, now: datetime) -> str:
    """The page of Ana's words after a sitting."""
    sitting = checkins.begin(ana, now)
    checkins.stop(sitting, now)
    feeling = checkins.felt(sitting, ana, 4, MARK, now)
    return f"/together/words/{feeling.pk}/"


def page(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def unlock(client: Client, to: str, passphrase: str = PASSPHRASE) -> Any:
    return client.post(f"/yours/open/?to={to}", {"passphrase": passphrase})


def test_it_is_open_for_two_minutes_and_not_longer(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    for seconds, opens in [(119, True), (120, False)]:
        clock(now)
        client = phone(ana)
        clock(now + seconds * SECOND)
        assert (MARK in page(client, words)) is opens
        assert (LOCKED in page(client, words)) is not opens
    assert VAULT_SESSION not in client.session


def test_each_look_renews_it_and_its_cookie(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    client = phone(ana)
    assert client.cookies[VAULT_COOKIE]["max-age"] == 120
    for look in range(1, 4):
        clock(now + look * 100 * SECOND)
        client.cookies[VAULT_COOKIE]["max-age"] = 0
        assert MARK in page(client, words)
        assert client.cookies[VAULT_COOKIE]["max-age"] == 120


def test_what_a_page_asks_for_by_itself_does_not_hold_it_open(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    client = phone(ana)
    clock(now + 100 * SECOND)
    assert MARK in page(client, words, **{BY_ITSELF: "1"})
    client.post("/weather/", {"warmth": "4", "tap": "9d0e2c9e-4f7a-4f8d-9a39-0d5b6a0f6c11"})
    clock(now + 120 * SECOND)
    assert LOCKED in page(client, words)


def test_a_clock_that_was_set_back_opens_nothing(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    client = phone(ana)
    clock(now - SECOND)
    assert LOCKED in page(client, words)


def test_cookie_alone_and_session_alone_open_nothing(
    ana: Partner, words: str, phone: Phone
) -> None:
    client, other = phone(ana), phone(ana)
    cookie = client.cookies.pop(VAULT_COOKIE)
    assert LOCKED in page(client, words)
    other.cookies[VAULT_COOKIE] = cookie.value
    assert LOCKED in page(other, words)
    client.cookies[VAULT_COOKIE] = cookie.value
    assert MARK in page(client, words)


def test_the_passphrase_opens_it_and_goes_on_where_one_was(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    client = phone(ana)
    clock(now + timedelta(days=1))
    locked = page(client, words)
    assert f'href="/yours/open/?to={words}"' in locked
    assert "That is not your passphrase." in unlock(client, words, "not this one").content.decode()
    assert LOCKED in page(client, words)
    token = client.session["_auth_user_hash"], client.session.session_key
    answer = unlock(client, words)
    assert (answer.status_code, answer["Location"]) == (302, words)
    assert MARK in page(client, words)
    # What other tabs hold stays valid: it is the same session.
    assert (client.session["_auth_user_hash"], client.session.session_key) == token


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "today/",
        "/nowhere/",
        "",
    ],
)
def test_it_goes_on_nowhere_else(ana: Partner, phone: Phone, to: str) -> None:
    answer = phone(ana).post("/yours/open/", {"passphrase": PASSPHRASE}, QUERY_STRING=f"to={to}")
    assert answer["Location"] == "/today/"


def test_a_page_that_stays_hears_of_it_as_of_nothing_else(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    form = {"passphrase": PASSPHRASE, "stay": "1"}
    assert client.post("/yours/open/", form | {"passphrase": "not this one"}).status_code == 200
    assert client.post("/yours/open/", form).status_code == 204
    client.post("/leave/")
    assert client.post("/yours/open/", form).status_code == 302


def test_wrong_tries_wait(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    said = [unlock(client, "/today/", "not this one").content.decode() for _ in range(8)]
    assert "That is not your passphrase." in said[0]
    assert "you can try again." in said[-1]
    assert unlock(client, "/today/").status_code == 200  # not even the right one, for a moment


def test_who_came_in_without_a_passphrase_writes_and_reads_nothing(
    ana: Partner, words: str, rf: Any, phone: Phone
) -> None:
    from django.http import HttpResponse

    from turntoward.web.couples.entering import let_in

    client = phone(ana)
    request = rf.get("/")
    request.session, request.user = client.session, ana
    answer = let_in(request, HttpResponse(), ana, None)
    assert answer.cookies[VAULT_COOKIE].value == ""
    assert VAULT_SESSION not in request.session


def test_the_others_pages_are_the_same_whatever_is_written_and_whether_it_is_open(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, now: datetime
) -> None:
    his, hers = phone(ben), phone(ana)
    paths = ["/today/", "/together/", "/topics/", "/noticed/", "/yours/", "/yours/devices/"]

    def his_pages() -> list[str]:
        return [without_tokens(page(his, path)) for path in paths]

    before = his_pages()
    for n in range(50):
        hers.post("/topics/", {"words": f"{MARK} {n}"})
    assert his_pages() == before
    hers.cookies.pop(VAULT_COOKIE)
    hers.post("/noticed/passed/", {"whose": "mine", "words": MARK})
    assert LOCKED in page(hers, "/topics/")
    assert his_pages() == before
    unlock(hers, "/topics/")
    assert f"{MARK} 49" in page(hers, "/topics/")
    assert his_pages() == before


def test_a_vault_of_before_opens_and_is_wrapped_twice_then(
    ana: Partner, phone: Phone, now: datetime
) -> None:
    owner, key, salt = str(ana.pk), secrets.token_bytes(32), secrets.token_bytes(SALT_BYTES)
    once = seal(_from_passphrase(PASSPHRASE, salt), key, f"vault:{owner}")
    row = Partner.objects.filter(pk=ana.pk)
    row.update(vault_salt=salt, vault_sealed=once, vault_public=None)
    destroy_key(ring_name(owner))
    phone(ana)
    ana.refresh_from_db()
    wrapped = Wrapped(bytes(ana.vault_salt), bytes(ana.vault_sealed))
    assert not wrapped.once
    assert open_vault(wrapped, PASSPHRASE, owner, ring_key(ring_name(owner))) == key
    assert bytes(ana.vault_public or b"") == public_of(key)


def test_words_of_a_vault_that_was_never_opened_since_are_shown_again(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    client.cookies.pop(VAULT_COOKIE)
    Partner.objects.filter(pk=ana.pk).update(vault_public=None)
    tap = {"tap": "9d0e2c9e-4f7a-4f8d-9a39-0d5b6a0f6c11"}
    answer = client.post("/noticed/passed/", {"whose": "mine", "words": MARK} | tap)
    assert answer.status_code == 422
    assert MARK in answer.content.decode()
    unlock(client, "/noticed/")
    page(client, "/noticed/passed/")
    client.post("/noticed/passed/", {"whose": "mine", "words": MARK} | tap)
    assert MARK in page(client, "/noticed/passed/")


def test_with_its_key_of_the_ring_destroyed_the_right_passphrase_opens_nothing(
    ana: Partner, phone: Phone
) -> None:
    assert ring_name(str(ana.pk)) in names()
    key = opened(ana, PASSPHRASE)
    sealed = lock_words(ana, MARK, "somewhere")
    assert unlock_words(key, sealed, "somewhere") == MARK
    destroy_key(ring_name(str(ana.pk)))
    with pytest.raises(VaultShut):
        opened(ana, PASSPHRASE)


def test_where_that_key_is_missing_one_enters_and_is_told_so(
    ana: Partner, words: str, phone: Phone
) -> None:
    destroy_key(ring_name(str(ana.pk)))
    client = phone(ana)
    assert LOCKED in page(client, words)
    assert "is missing on this machine" in unlock(client, words).content.decode()
    assert client.post("/yours/again/?to=devices", {"passphrase": PASSPHRASE}).status_code == 302
    assert client.get("/yours/devices/").status_code == 200


def test_another_passphrase_wraps_the_key_anew_and_no_words(
    ana: Partner, words: str, phone: Phone
) -> None:
    client = phone(ana)
    before = bytes(Afterwards.objects.get().words_sealed or b"")
    new = "another quiet lamp"
    client.post("/yours/passphrase/", {"old": PASSPHRASE, "new": new, "again": new})
    assert MARK in page(client, words)
    assert bytes(Afterwards.objects.get().words_sealed or b"") == before
    assert unlock(client, words, PASSPHRASE).status_code == 200
    assert unlock(client, words, new).status_code == 302


def test_the_demo_does_not_lock(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime, settings: Any
) -> None:
    settings.DEMO = True
    client = phone(ana)
    clock(now + timedelta(days=3))
    assert MARK in page(client, words)
    assert "locked-words" not in page(client, words)


def test_a_session_ends_after_two_weeks_however_much_it_is_used(
    ana: Partner, words: str, phone: Phone, clock: Clock, now: datetime
) -> None:
    client = phone(ana)
    for days in range(1, 14):
        clock(now + timedelta(days=days))
        assert unlock(client, words).status_code == 302
        assert MARK in page(client, words)
    clock(now + timedelta(days=14))
    assert client.get("/today/")["Location"].startswith("/enter/")
