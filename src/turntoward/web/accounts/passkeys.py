"""Passkeys (WebAuthn): made and asked for in the browser, judged by `fido2` through allauth.

Loaded with the first page that needs it: `fido2` reads a long list of host names.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidTag

from turntoward.web.couples.models import Partner
from turntoward.web.keyring import KeyGone

_BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,20000}")
_MADE = ("clientDataJSON", "attestationObject")
_ANSWERED = ("clientDataJSON", "authenticatorData", "signature", "userHandle")
#: What readers of bytes raise that are not what they say they are.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it."""

    pk: int
    name: str
    made_on: date


def passkeys_of(partner: Partner) -> list[Passkey]:
    """This partner's, the newest first."""
    found = Authenticator.objects.filter(user=partner, type=Authenticator.Type.WEBAUTHN)
    return [
        Passkey(pk=one.pk, name=_named(one), made_on=one.created_at.date())
        for one in found.order_by("-pk")
    ]


def options_to_make(partner: Partner) -> dict[str, Any]:
    """What a browser needs to make one; the session remembers the challenge."""
    options: dict[str, Any] = auth.begin_registration(partner, passwordless=True)
    return options


def options_to_ask() -> dict[str, Any]:
    """What a browser needs to ask for one that it has from here; whose it is, it says itself.

    The phone has to know who holds it, by a finger, a face or a number.
    """
    options: dict[str, Any] = auth.begin_authentication(None)
    return options


def made_in(partner: Partner, posted: str) -> dict[str, Any] | None:
    """The credential that a browser made for this partner, or None where it is not one."""
    credential = _of_texts(posted, _MADE)
    if credential is None:
        return None
    form = AddWebAuthnForm({"credential": json.dumps(credential)}, user=partner)
    try:
        return credential if form.is_valid() else None
    except _BROKEN:
        return None


def passkey_by(posted: str) -> Authenticator | None:
    """The passkey that answered; None where none of a partner's fits."""
    credential = _of_texts(posted, _ANSWERED)
    if credential is None:
        return None
    form = LoginWebAuthnForm(data={"credential": json.dumps(credential)})
    try:
        found = form.cleaned_data["credential"] if form.is_valid() else None
    except _BROKEN:
        return None
    ours = isinstance(found, Authenticator) and isinstance(found.user, Partner)
    return found if ours else None


def _of_texts(posted: str, parts: tuple[str, ...]) -> dict[str, Any] | None:
    """What a browser sent, down to what is read of it: every part is bytes as base64url."""
    try:
        said = json.loads(posted)
        texts = {part: said["response"][part] for part in parts}
        id_text = said["rawId"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not all(
        isinstance(text, str) and _BASE64URL.fullmatch(text) for text in (id_text, *texts.values())
    ):
        return None
    return {"id": id_text, "rawId": id_text, "type": "public-key", "response": texts}


def _named(one: Authenticator) -> str:
    """Its name, which is sealed; empty where the key for that is gone."""
    try:
        return str(get_adapter().decrypt(one.data["name"]))
    except (KeyGone, InvalidTag, ValueError):
        return ""
