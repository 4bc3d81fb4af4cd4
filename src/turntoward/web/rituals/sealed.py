"""Addresses that the companion sends to, sealed at rest: a copied database shows none of them.

They are sealed under the key of whoever is reached there, and go with it. It is sent to without
anybody's passphrase, so whoever runs this machine can read them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag

from turntoward.web.couples.gone import partner_key
from turntoward.web.couples.vault import place
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.keys import derive, seal, unseal
from turntoward.web.rituals.models import MailAddress, PushSubscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser as its push service knows it, and the address at which it knows this companion."""

    endpoint: str
    p256dh: str
    auth: str
    origin: str


def digest(secret: str) -> str:
    """What is stored of a secret that is only to be recognised."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seal_browser(row: PushSubscription, browser: Browser) -> bytes:
    """A browser as it is kept in this row; raises `KeyGone` where their key is not here."""
    key = address_key(ring_key(partner_key(row.partner_id)))
    return seal(key, msgspec.json.encode(browser), _browser_place(row))


def open_browser(row: PushSubscription) -> Browser | None:
    """The browser again; None where the row does not open here."""
    try:
        key = address_key(ring_key(partner_key(row.partner_id)))
        plain = unseal(key, bytes(row.sealed), _browser_place(row))
    except (InvalidTag, KeyGone):
        return None
    return msgspec.json.decode(plain, type=Browser)


def seal_mail(partner_id: UUID, address: str) -> bytes:
    """An address as it is kept for this partner; raises `KeyGone` where their key is not here."""
    key = address_key(ring_key(partner_key(partner_id)))
    return seal(key, address.encode(), _mail_place(partner_id))


def open_mail(row: MailAddress) -> str:
    """The address again; empty where the row does not open here."""
    try:
        key = address_key(ring_key(partner_key(row.partner_id)))
        return unseal(key, bytes(row.sealed), _mail_place(row.partner_id)).decode()
    except (InvalidTag, KeyGone):
        return ""


def address_key(partner: bytes) -> bytes:
    """The key of addresses, from that of their owner."""
    return derive(partner, "where reminders go")


def _browser_place(row: PushSubscription) -> str:
    return place("push", "browser", str(row.pk), str(row.partner_id))


def _mail_place(partner_id: UUID) -> str:
    return place("mail", "address", "", str(partner_id))
