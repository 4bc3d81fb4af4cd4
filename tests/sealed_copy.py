"""What an older copy of the database and the uploads holds, and what a set of keys opens of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from cryptography.exceptions import InvalidTag
from django.conf import settings

from turntoward.web import keyring
from turntoward.web.couples.models import Couple
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.handover.models import Brief
from turntoward.web.keys import derive, unseal
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.store import sealed_path
from turntoward.web.readings.upload import DamagedUpload, read_chunks
from turntoward.web.rituals.models import MailAddress

_NUMBER, _LENGTHS = 8, 5


@dataclass(frozen=True)
class Sealed:
    """Something that was sealed, and the place it is bound to; `file` where chunks follow."""

    what: str
    where: str
    inside: bytes
    file: bytes = b""


def copied() -> list[Sealed]:
    """Everything that lies sealed for more than its writer, as it is now."""
    found = [
        Sealed(f"{field.model}.{field.name}", field.place(row), bytes(getattr(row, field.name)))
        for field in SHARED
        for row in field.rows()
    ]
    for stored in StoredReading.objects.all():
        where = f"reading:{stored.couple_id}:{stored.owner_id or 'both'}"
        found.append(Sealed("reading", where, bytes(stored.sealed)[_NUMBER:]))
        found.append(Sealed("reading", where, bytes(stored.sealed)))  # as it was kept before
    for brief in Brief.objects.exclude(pdf_sealed=None):
        for what, inside in (("pdf", brief.pdf_sealed), ("json", brief.json_sealed)):
            where = f"handover:{what}:{brief.pk}:{brief.couple_id}"
            found.append(Sealed("brief", where, bytes(inside or b"")))
    for mail in MailAddress.objects.all():
        found.append(Sealed("mail", f"mail:address::{mail.partner_id}", bytes(mail.sealed)))
    for bringing in Bringing.objects.all():
        if sealed_path(bringing.pk).exists():
            raw = sealed_path(bringing.pk).read_bytes()
            length = int.from_bytes(raw[:4])
            head, rest = raw[_LENGTHS : _LENGTHS + length], raw[_LENGTHS + length :]
            found.append(Sealed("upload", f"upload:{bringing.pk}", head, rest))
            found.append(Sealed("upload", f"upload:{bringing.pk}:0:1", head))  # as before
    return found


def keys_here() -> list[bytes]:
    """Every key of the ring as it is now, and what is derived from each."""
    ring = [keyring.ring_key(name) for name in keyring.names()]
    return [*ring, *(derive(key, "where reminders go") for key in ring)]


def derived_keys(couples: Iterable[Couple], briefs: Iterable[object]) -> list[bytes]:
    """The keys of before: they follow from the application key, for as long as that is there."""
    purposes = ["uploads", "readings", "where reminders go"]
    purposes += [f"shared words of {couple.pk}" for couple in couples]
    purposes += [f"brief {pk}" for pk in briefs]
    return [derive(settings.APPLICATION_KEY, purpose) for purpose in purposes]


def opened(copy: Iterable[Sealed], keys: Iterable[bytes]) -> dict[str, bytes]:
    """What opens with any of the keys: all plain bytes by what they are of."""
    found: dict[str, bytes] = {}
    tried = list(keys)
    for one in copy:
        for key in tried:
            try:
                plain = unseal(key, one.inside, one.where)
            except (InvalidTag, ValueError):
                continue
            if one.file:
                plain = _chunks(one, plain)
            found[one.what] = found.get(one.what, b"") + b"\n" + plain
    return found


def _chunks(one: Sealed, key: bytes) -> bytes:
    try:
        return b"".join(read_chunks(BytesIO(one.file), key, one.where.partition(":")[2]))
    except DamagedUpload:
        return b""
