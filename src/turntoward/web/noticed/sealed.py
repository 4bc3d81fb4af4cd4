"""What is inside the sealed fields, and how a quote is known without its words.

Shared things open with the couple's key, private ones with their writer's own (`couples.vault`).
"""

from __future__ import annotations

import hmac
from datetime import datetime

import msgspec
from django.conf import settings

from turntoward.web.couples.models import Couple
from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import VaultShut, lock_below, lock_words, place, unlock_each
from turntoward.web.keys import derive
from turntoward.web.noticed.models import Given, Kept


class Gift(msgspec.Struct, frozen=True, kw_only=True):
    """What one gives: a sort of bid (`words.SORTS`), empty for a late answer, and a line."""

    sort: str = ""
    words: str = ""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The bid that a late answer answers: what its writer wrote, at the wall clock of then."""

    text: str
    at: datetime


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What one keeps for oneself.

    `whose` is who reached out: "theirs-noticed" (kept while alone), "mine" or "theirs" (it passed
    by). `since` is what became of it: "", "in-person" or "let-go".
    """

    whose: str
    sort: str = ""
    words: str = ""
    since: str = ""


def seal_gift(given: Given, gift: Gift) -> bytes:
    """Sealed for the two."""
    return seal_shared(given.couple, msgspec.json.encode(gift).decode(), _at(given, "gift"))


def gift_of(given: Given) -> Gift:
    """What was given; without words where it does not open here."""
    return _opened(given) or Gift(sort="" if given.late else "reached")


def opens(given: Given) -> bool:
    """Whether what was given can be read here."""
    return _opened(given) is not None


def _opened(given: Given) -> Gift | None:
    try:
        plain = open_shared(given.couple, bytes(given.sealed), _at(given, "gift"))
    except Unreadable:
        return None
    return msgspec.json.decode(plain, type=Gift)


def seal_quote(given: Given, quote: Quote) -> bytes:
    """Sealed for the two: it is the other's own message, and the answer is for them."""
    return seal_shared(given.couple, msgspec.json.encode(quote).decode(), _at(given, "quote"))


def quote_of(given: Given) -> Quote | None:
    """The bid that was answered; None once its reading is deleted."""
    if given.quote_sealed is None:
        return None
    try:
        plain = open_shared(given.couple, bytes(given.quote_sealed), _at(given, "quote"))
    except Unreadable:
        return None
    return msgspec.json.decode(plain, type=Quote)


def lock_own(kept: Kept, own: Own) -> bytes:
    """Locked for its writer."""
    return lock_words(kept.partner, msgspec.json.encode(own).decode(), _in_vault(kept))


def lock_since(kept: Kept, since: str) -> bytes:
    """What is kept, unread, and what became of it: that takes no open vault."""
    return lock_below(kept.partner, bytes(kept.sealed), since, _in_vault(kept))


def own_of(kept: Kept, key: bytes | None) -> Own | None:
    """What its writer kept; None where the vault is shut in this browser."""
    if key is None:
        return None
    try:
        written, *since = unlock_each(key, bytes(kept.sealed), _in_vault(kept))
    except VaultShut:
        return None
    own = msgspec.json.decode(written, type=Own)
    return msgspec.structs.replace(own, since=since[-1]) if since else own


def mark_of(couple: Couple, quoted: int) -> str:
    """By what a quote is known here: its id is made of its words, so it is kept under a key."""
    key = derive(settings.APPLICATION_KEY, f"quotes of {couple.pk}")
    return hmac.digest(key, str(quoted).encode(), "sha256").hex()


def _at(given: Given, field: str) -> str:
    return place("given", field, str(given.pk), str(given.giver_id))


def _in_vault(kept: Kept) -> str:
    return place("kept", "own", str(kept.pk), str(kept.partner_id))
