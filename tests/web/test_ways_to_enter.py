"""A code beside the passphrase, the pages of ways to enter, and that each change is told of."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.accounts.codes import code_of, secret_in
from turntoward.web.couples.models import Partner
from turntoward.web.keyring import destroy_key
from turntoward.web.yours.models import Told
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
SECURE = {"HTTP_HOST": "localhost"}
CODE_PAGE = "/yours/ways/code/"


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def now_code(secret: str, steps: int = 0) -> str:
    """What the app shows, `steps` half minutes from now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def switch_on(client: Client, partner: Partner) -> str:
    """Switch codes on as one does; gives the secret."""
    page = client.get(CODE_PAGE).content.decode()
    sealed = page.partition('name="sealed" value="')[2].partition('"')[0]
    secret = secret_in(partner, sealed)
    assert secret is not None
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    answer = client.post(CODE_PAGE, {"sealed": sealed, "code": now_code(secret)})
    assert answer.status_code == 302
    return secret


def enter(client: Client, code: str = "", passphrase: str = PASSPHRASE) -> Any:
    return client.post("/enter/", {"handle": "ana", "passphrase": passphrase, "code": code})


def test_a_code_is_asked_in_a_new_browser_and_not_in_her_own(ana: Partner, phone: Phone) -> None:
    hers, new = phone(ana), Client()
    secret = switch_on(hers, ana)
    hers.post("/leave/")
    assert enter(hers).status_code == 302
    asked = enter(new).content.decode()
    assert "The code of your authenticator app" in asked
    assert "That code does not fit" not in asked
    wrong = enter(new, "000000" if now_code(secret) != "000000" else "000001")
    assert "That code does not fit" in wrong.content.decode()
    assert new.get("/today/").status_code == 302
    code = now_code(secret)
    assert enter(new, code).status_code == 302
    assert new.get("/today/").status_code == 200
    # Each code counts once.
    assert "That code does not fit" in enter(Client(), code).content.decode()


def test_a_wrong_passphrase_asks_for_no_code(ana: Partner, phone: Phone) -> None:
    secret = switch_on(phone(ana), ana)
    said = enter(Client(), now_code(secret), "wrong").content.decode()
    assert "do not belong together" in said
    assert "authenticator app" not in said


def test_codes_are_not_guessed_by_typing_the_passphrase_between(ana: Partner, phone: Phone) -> None:
    secret = switch_on(phone(ana), ana)
    new = Client()
    for n in range(3):
        enter(new)
        enter(new, f"{(int(now_code(secret)) + 50_000 + n) % 10**6:06}")
    said = enter(new, now_code(secret)).content.decode()
    assert "That did not fit a few times" in said
    assert new.get("/today/").status_code == 302


def test_on_only_once_a_code_fitted(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    page = hers.get(CODE_PAGE).content.decode()
    sealed = page.partition('name="sealed" value="')[2].partition('"')[0]
    again = hers.post(CODE_PAGE, {"sealed": sealed, "code": "12"}).content.decode()
    assert "That code does not fit" in again
    secret = secret_in(ana, sealed)
    assert secret is not None
    assert secret[:4] in again  # the same one, so that it need not be typed anew
    assert code_of(ana) is None
    # What was sealed for another, or by nobody, is no secret of hers.
    for other in (sealed_for(ben, secret), f"{ana.pk}:00", f"{ana.pk}:xyz", "x"):
        hers.post(CODE_PAGE, {"sealed": other, "code": now_code(secret)})
        assert code_of(ana) is None


def test_the_secret_is_sealed_and_opens_nothing_without_its_key(ana: Partner, phone: Phone) -> None:
    secret = switch_on(phone(ana), ana)
    mine = code_of(ana)
    assert mine is not None
    assert secret not in json.dumps(mine.data)
    # Only the day is kept, and never when it was used.
    assert enter(Client(), now_code(secret, 1)).status_code == 302
    mine.refresh_from_db()
    assert mine.last_used_at is None
    assert (mine.created_at.hour, mine.created_at.minute) == (0, 0)
    destroy_key(f"partner-{ana.pk}")
    assert "That code does not fit" in enter(Client(), now_code(secret)).content.decode()


def test_off_again_the_passphrase_does(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    switch_on(hers, ana)
    hers.post(CODE_PAGE, {"sealed": "x", "code": "1"})  # a form that was sent twice
    assert code_of(ana) is not None
    hers.post(CODE_PAGE, {"what": "off"})
    assert code_of(ana) is None
    assert enter(Client()).status_code == 302


def test_each_change_is_told_of_in_her_other_browsers_alone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his, first, second = phone(ben), phone(ana), phone(ana)
    before = [without_tokens(his.get(path).content.decode()) for path in ("/today/", "/yours/")]
    switch_on(first, ana)
    words = "The code of an authenticator app is asked from now on, on"
    assert words in second.get("/today/").content.decode()
    assert words in second.get("/yours/").content.decode()
    assert words not in first.get("/today/").content.decode()
    after = [without_tokens(his.get(path).content.decode()) for path in ("/today/", "/yours/")]
    assert after == before
    told = Told.objects.get()
    assert his.post(f"/yours/told/{told.pk}/").status_code == 404
    assert second.post(f"/yours/told/{told.pk}/").status_code == 302
    assert words not in second.get("/today/").content.decode()


def test_what_was_told_of_goes_after_three_months(ana: Partner, phone: Phone) -> None:
    first, second = phone(ana), phone(ana)
    switch_on(first, ana)
    Told.objects.update(day=timezone.now().date() - timedelta(days=92))
    assert "authenticator app" not in second.get("/today/").content.decode()
    first.post(CODE_PAGE, {"what": "off"})
    assert [told.kind for told in Told.objects.all()] == [Told.Kind.CODE_OFF]


def test_no_page_of_allauth_is_here() -> None:
    names = ("account_signup", "account_login", "account_reset_password", "account_email",
             "mfa_index", "mfa_reauthenticate", "socialaccount_connections")  # fmt: skip
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(name)
    patterns = str(get_resolver().url_patterns)
    assert "allauth" not in patterns


def test_ways_to_enter_ask_for_the_passphrase_first(ana: Partner) -> None:
    stale = Client()
    stale.force_login(ana)
    for path in ("/yours/ways/", CODE_PAGE):
        assert stale.get(path)["Location"] == "/yours/again/?to=ways"
    answer = stale.post("/yours/again/?to=ways", {"passphrase": PASSPHRASE})
    assert answer["Location"] == "/yours/ways/"


def test_in_the_demo_there_is_nothing_to_switch(ana: Partner, phone: Phone, settings: Any) -> None:
    hers = phone(ana)
    settings.DEMO = True
    assert "This is the demo" in hers.get("/yours/ways/").content.decode()
    assert hers.get(CODE_PAGE).status_code == 302
    assert hers.post("/yours/ways/passkeys/", **SECURE).status_code == 302
    assert Client(**SECURE).post("/enter/passkey/")["Content-Type"].startswith("text/html")


def test_erasing_takes_passkeys_and_codes_along(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    switch_on(hers, ana)
    hers.post("/yours/erase/")
    assert not Partner.objects.filter(pk=ana.pk).exists()
    assert Authenticator.objects.count() == Told.objects.count() == 0


def test_reading_passkeys_costs_nothing_before_one_is_used() -> None:
    import subprocess
    import sys

    code = (
        "import django; django.setup(); import turntoward.web.urls, sys;"
        "assert not {'fido2', 'qrcode'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_with_the_recovery_code_a_lost_app_is_asked_for_no_more(ana: Partner, phone: Phone) -> None:
    hers, other = phone(ana), phone(ana)
    switch_on(hers, ana)
    page = hers.post("/yours/recovery/", {"passphrase": PASSPHRASE})
    assert "A recovery code was made" in other.get("/today/").content.decode()
    new = "a long walk by the river"
    form = {"handle": "ana", "code": page.context["code"], "new": new, "again": new}
    Client().post("/forgotten/", form)
    assert code_of(ana) is None
    stranger = Client()
    assert enter(stranger, passphrase=new).status_code == 302
    assert "Your recovery code was used" in stranger.get("/today/").content.decode()
