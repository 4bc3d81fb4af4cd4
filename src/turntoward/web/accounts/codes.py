"""Codes of an authenticator app (TOTP, RFC 6238), asked for beside the passphrase.

Only in a browser that its partner has not called their own: a phone that one had in hand before is
the second thing already, and being asked there each day is why people switch such codes off.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.couples.models import Partner
from turntoward.web.couples.qr import qr_svg
from turntoward.web.couples.tries import browser_known
from turntoward.web.keyring import KeyGone


@dataclass(frozen=True, slots=True)
class Proposed:
    """A secret that counts for nothing yet: as a picture, to be typed, and sealed for the form."""

    qr: str
    typed: str
    sealed: str


def code_of(partner: Partner) -> Authenticator | None:
    """The partner's authenticator, where codes are on."""
    found: Authenticator | None = Authenticator.objects.filter(
        user=partner, type=Authenticator.Type.TOTP
    ).first()
    return found


def wanted(sender: object, request: HttpRequest, partner: Partner, code: str, **_: object) -> bool:
    """True unless codes are off, this browser is the partner's own, or `code` is right."""
    mine = code_of(partner)
    if mine is None or browser_known(request, partner.handle):
        return False
    return not (code and _fits(mine, code))


def propose(partner: Partner, sealed: str = "") -> Proposed:
    """A new secret for the signed-in partner, or the one that was `sealed` for them before.

    It is kept nowhere until a code of it was typed.
    """
    secret = secret_in(partner, sealed) or auth.generate_totp_secret()
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    address = get_adapter().build_totp_url(partner, secret)
    return Proposed(qr=qr_svg(address), typed=" ".join(groups), sealed=sealed_for(partner, secret))


def secret_in(partner: Partner, sealed: str) -> str | None:
    """The secret that was sealed for this partner, or None."""
    if not sealed.startswith(f"{partner.id}:"):
        return None
    try:
        return str(get_adapter().decrypt(sealed))
    except (KeyGone, InvalidTag, ValueError):
        return None


def is_code_of(secret: str, code: str) -> bool:
    """True where `code` is the one that `secret` shows now, or half a minute off."""
    return bool(auth.validate_totp_code(secret, code))


def _fits(mine: Authenticator, code: str) -> bool:
    try:
        return bool(mine.wrap().validate_code(code))  # each code counts once
    except (KeyGone, InvalidTag):
        return False
