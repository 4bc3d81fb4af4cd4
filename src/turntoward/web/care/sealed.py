"""What is inside the sealed fields: answers in their vault, and whether a sign was there."""

from __future__ import annotations

from datetime import date

import msgspec

from turntoward.web.care.models import Filled, Looked
from turntoward.web.couples.models import Partner
from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import VaultShut, lock_words, place, unlock_words

_SEEN, _NOT_SEEN = "seen", "none"


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """A filled-in questionnaire: which one ("csi4" or "ios"), and the value of each item by key."""

    which: str
    given: dict[str, int]


def lock_answers(filled: Filled, answers: Answers) -> bytes:
    """Locked for the one who filled it in."""
    return lock_words(filled.partner, msgspec.json.encode(answers).decode(), _in_vault(filled))


def answers_of(filled: Filled, key: bytes | None) -> Answers | None:
    """What was answered; None where the vault is shut in this browser."""
    if key is None:
        return None
    try:
        plain = unlock_words(key, bytes(filled.sealed), _in_vault(filled))
    except VaultShut:
        return None
    return msgspec.json.decode(plain, type=Answers)


def seal_look(partner: Partner, day: date, *, seen: bool) -> bytes:
    """Both answers are of the same length, so that the sealed one does not tell."""
    return seal_shared(partner.couple, _SEEN if seen else _NOT_SEEN, _of_look(partner, day))


def was_seen(looked: Looked, partner: Partner) -> bool:
    """Whether a sign was there; what does not open here says nothing."""
    try:
        where = _of_look(partner, looked.day)
        return open_shared(partner.couple, bytes(looked.sealed), where) == _SEEN
    except Unreadable:
        return False


def _in_vault(filled: Filled) -> str:
    return place("filled", "answers", str(filled.pk), str(filled.partner_id))


def _of_look(partner: Partner, day: date) -> str:
    return place("looked", "seen", day.isoformat(), str(partner.pk))
