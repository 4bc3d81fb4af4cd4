"""What allauth asks of its surroundings: how secrets are kept, and what things are called."""

from __future__ import annotations

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.couples.named import host_name
from turntoward.web.keyring import ring_key
from turntoward.web.keys import derive, seal, unseal
from turntoward.web.shell.names import name_for

_PURPOSE = "ways to enter"


def sealed_for(partner: Partner, text: str) -> str:
    """A secret, or a name, as it is stored; `Adapter.decrypt` opens it.

    Raises `KeyGone` where their key is not here.
    """
    owner = str(partner.id)
    sealed = seal(derive(ring_key(f"partner-{owner}"), _PURPOSE), text.encode(), owner)
    return f"{owner}:{sealed.hex()}"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets lie under a key that goes with their partner; a passkey belongs to a name."""

    def encrypt(self, text: str) -> str:
        """Sealed for whoever is signed in, with the partner's own key of the ring."""
        return sealed_for(partner_of(_request()), text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; raises `KeyGone`, or `InvalidTag` where it was changed."""
        owner, _, sealed = encrypted_text.partition(":")
        key = derive(ring_key(f"partner-{owner}"), _PURPOSE)
        return unseal(key, bytes.fromhex(sealed), owner).decode()

    def get_totp_issuer(self) -> str:
        """What the app is called on this partner's phone, so that a neutral name stays one."""
        return name_for(_request()).name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name in the address: never a number, which no passkey can belong to."""
        return {"id": host_name(_request()), "name": name_for(_request()).name}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """What the phone keeps of whose passkey it is."""
        named = {"name": user.get_username(), "display_name": user.get_username()}
        if isinstance(user, Partner):
            named["display_name"] = user.name
        return {"id": user.pk.hex.encode(), **named}


def _request() -> HttpRequest:
    request: HttpRequest = context.request
    return request
