"""The recovery code: shown once, used once, and no way in for anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vaults import ring_name
from turntoward.web.keyring import destroy_key
from turntoward.web.yours import recovery_actions
from turntoward.web.yours.models import Told
from turntoward.web.yours.recovery import new_code, plain

Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
NEW = "another quiet lamp"
MARK = "xylophone-of-thursday"


def make(client: Client) -> str:
    answer = client.post("/yours/recovery/", {"passphrase": PASSPHRASE}).content.decode()
    [code] = re.findall(r'translate="no">([a-z ]+)</p>', answer)
    return code


def forgotten(code: str, handle: str = "ana", new: str = NEW, again: str = NEW) -> str:
    form = {"handle": handle, "code": code, "new": new, "again": again}
    return Client().post("/forgotten/", form).content.decode()


def enter(passphrase: str) -> int:
    return Client().post("/enter/", {"handle": "ana", "passphrase": passphrase}).status_code


def test_a_code_is_ten_groups_of_letters_that_are_told_apart() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert re.fullmatch(r"([a-z]{4} ){9}[a-z]{4}", code)
        assert not set(code) & set("ilou")
        assert plain(code.upper().replace(" ", "-")) == plain(code) == code.replace(" ", "")


def test_it_is_shown_once_and_stands_nowhere(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    code = make(client)
    assert code not in client.get("/yours/recovery/").content.decode()
    ana.refresh_from_db()
    for field in Partner._meta.concrete_fields:
        value = getattr(ana, field.attname)
        raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        assert code.encode() not in raw
        assert plain(code).encode() not in raw


def test_it_gives_another_passphrase_and_the_words_open(ana: Partner, phone: Phone) -> None:
    sitting = checkins.begin(ana, timezone.now())
    checkins.stop(sitting, timezone.now())
    feeling = checkins.felt(sitting, ana, 4, MARK, timezone.now())
    code = make(phone(ana))
    assert "counts from now on" in forgotten(code.upper().replace(" ", ""))
    assert enter(PASSPHRASE) == 200
    client = Client()
    client.post("/enter/", {"handle": "ana", "passphrase": NEW})
    assert MARK in client.get(f"/together/words/{feeling.pk}/").content.decode()


def test_it_works_once(ana: Partner, phone: Phone) -> None:
    code = make(phone(ana))
    assert "counts from now on" in forgotten(code)
    assert "do not belong together" in forgotten(
        code, new="a third quiet lamp", again="a third quiet lamp"
    )
    assert enter(NEW) == 302


def test_a_new_code_ends_the_one_before_and_none_ends_both(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    first, second = make(client), make(client)
    assert "do not belong together" in forgotten(first)
    client.post("/yours/recovery/", {"passphrase": PASSPHRASE, "what": "away"})
    assert "do not belong together" in forgotten(second)
    assert enter(PASSPHRASE) == 302


def test_one_that_is_thrown_away_is_told_of_elsewhere(ana: Partner, phone: Phone) -> None:
    """Who knows her passphrase takes from her, unheard, what she would need without it."""
    hers, other = phone(ana), phone(ana)
    make(hers)
    for _ in range(2):  # the second time there is none
        other.post("/yours/recovery/", {"passphrase": PASSPHRASE, "what": "away"})
    assert Told.objects.filter(kind=Told.Kind.RECOVERY_AWAY).count() == 1
    assert "Your recovery code was thrown away" in hers.get("/today/").content.decode()
    assert "thrown away" not in other.get("/today/").content.decode()


def test_everywhere_else_is_signed_out_and_its_owner_alone_is_told(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    code = make(hers)
    assert "counts from now on" in forgotten(code)
    assert hers.get("/today/").status_code == 302
    assert his.get("/today/").status_code == 200
    told = {one.kind for one in Told.objects.visible_to(ana)}
    assert told == {Told.Kind.RECOVERY_MADE, Told.Kind.RECOVERY_USED}
    hers.post("/enter/", {"handle": "ana", "passphrase": NEW})
    assert "Your recovery code was used" in hers.get("/yours/").content.decode()
    assert not Told.objects.visible_to(ben).exists()
    assert "recovery code was used" not in his.get("/yours/").content.decode()


def test_making_one_takes_the_passphrase(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.post("/yours/recovery/", {"passphrase": "not this one"})
    client.post("/yours/recovery/", {"passphrase": ""})
    ana.refresh_from_db()
    assert ana.recovery_sealed is None
    make(client)
    client.post("/yours/recovery/", {"passphrase": "not this one", "what": "away"})
    ana.refresh_from_db()
    assert ana.recovery_sealed is not None


def test_who_is_not_here_and_who_has_no_code_are_answered_alike(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(phone(ana))
    derived: list[str] = []
    real = recovery_actions.tried_in_vain.__globals__["open_vault"]

    def counted(wrapped: Any, words: str, owner: str, ring: bytes) -> bytes:
        derived.append(words)
        return bytes(real(wrapped, words, owner, ring))

    monkeypatch.setattr("turntoward.web.couples.vaults.open_vault", counted)
    code = new_code()
    pages = [
        re.sub(r'value="[^"]*"', "", forgotten(code, handle)) for handle in ("ana", "ben", "nobody")
    ]
    assert "do not belong together" in pages[0]
    assert len(set(pages)) == 1
    assert derived == [plain(code)] * 3  # each takes one derivation


def test_wrong_codes_wait(ana: Partner, phone: Phone) -> None:
    code = make(phone(ana))
    said = [forgotten(new_code()) for _ in range(8)]
    assert "you can try again." in said[-1]
    assert "you can try again." in forgotten(code)


@pytest.mark.parametrize("new", ["short", "password123"])
def test_a_poor_passphrase_does_not_use_it_up(ana: Partner, phone: Phone, new: str) -> None:
    code = make(phone(ana))
    forgotten(code, new=new, again=new)
    forgotten(code, again="something else here")
    assert "counts from now on" in forgotten(code)


def test_with_the_key_of_the_ring_destroyed_no_code_opens(ana: Partner, phone: Phone) -> None:
    code = make(phone(ana))
    destroy_key(ring_name(str(ana.pk)))
    assert "do not belong together" in forgotten(code)


def test_of_two_codes_at_once_the_one_that_does_not_count_is_not_shown(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other, real = phone(ana), phone(ana), recovery_actions.wrapped_for
    shown: list[str] = []

    def slowly(partner: Partner, key: bytes, code: str) -> Any:
        if not shown:
            shown.append("")
            shown[0] = make(other)  # the second tap is quicker
        return real(partner, key, code)

    monkeypatch.setattr(recovery_actions, "wrapped_for", slowly)
    page = client.post("/yours/recovery/", {"passphrase": PASSPHRASE}).content.decode()
    assert "Another code was made just now" in page
    assert not re.findall(r'translate="no">([a-z ]+)</p>', page)
    assert "counts from now on" in forgotten(shown[0])
