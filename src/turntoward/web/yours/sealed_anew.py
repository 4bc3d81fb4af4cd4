"""Once, at the first start after an update: what derived keys sealed gets keys that can go.

Until then all but the vaults was sealed under keys that are derived from the application key, which
no erasing takes back. Each line below seals one sort of thing anew. What does not open with the
derived key was sealed anew before, so that whoever is cut off begins again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps.registry import Apps
from django.conf import settings
from django.db import transaction

from turntoward.web.couples.gone import couple_key, partner_key
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.keyring import made_key
from turntoward.web.keys import KEY_BYTES, derive, on_the_disk, seal, unseal
from turntoward.web.readings.store import sealed_path, upload_key
from turntoward.web.readings.upload import (
    DamagedUpload,
    begins_with_its_key,
    read_chunks,
    write_chunk,
    write_head,
)
from turntoward.web.rituals.sealed import address_key
from turntoward.web.yours.scrub import cut_the_log_off

_NUMBER = 8


def seal_anew(among: Apps) -> None:
    """All of it, in the models of `among`: the rows in one transaction, then file by file."""
    with transaction.atomic():
        for couple in _rows(among, "couples.Couple"):
            _of_two(couple, among)
        for partner in _rows(among, "couples.Partner"):
            made_key(partner_key(partner.pk))
        for reading in _rows(among, "readings.StoredReading"):
            _reading(reading)
        for brief in _rows(among, "handover.Brief"):
            _brief(brief)
        for browser in _rows(among, "rituals.PushSubscription"):
            _address(browser, f"push:browser:{browser.pk}:{browser.partner_id}")
        for mail in _rows(among, "rituals.MailAddress"):
            _address(mail, f"mail:address::{mail.partner_id}")
    for bringing in _rows(among, "readings.Bringing"):
        _upload(str(bringing.pk))
    cut_the_log_off()


def _rows(among: Apps, label: str) -> list[Any]:
    return list(among.get_model(label)._base_manager.all())


def _of_two(couple: Any, among: Apps) -> None:
    """Words that the two gave each other (`couples.shared_fields`)."""
    old = derive(settings.APPLICATION_KEY, f"shared words of {couple.pk}")
    new = made_key(couple_key(couple.pk, couple.keys_before))
    for field in SHARED:
        for row in field.rows(couple.pk, among):
            _anew(row, field.name, field.place(row), old, lambda: new)


def _reading(row: Any) -> None:
    whose = f"{row.couple_id}:{row.owner_id or 'both'}"
    old, number = derive(settings.APPLICATION_KEY, "readings"), secrets.token_bytes(_NUMBER)
    name = f"reading-{whose.replace(':', '-')}.{number.hex()}"
    _anew(row, "sealed", f"reading:{whose}", old, lambda: made_key(name), begins=number)


def _brief(row: Any) -> None:
    old = derive(settings.APPLICATION_KEY, f"brief {row.pk}")
    for what in ("pdf", "json") if row.pdf_sealed is not None else ():
        where = f"handover:{what}:{row.pk}:{row.couple_id}"
        _anew(row, f"{what}_sealed", where, old, lambda: made_key(f"brief-{row.pk}"))


def _address(row: Any, where: str) -> None:
    old = derive(settings.APPLICATION_KEY, "where reminders go")
    _anew(row, "sealed", where, old, lambda: address_key(made_key(partner_key(row.partner_id))))


def _anew(
    row: Any, name: str, where: str, old: bytes, new: Callable[[], bytes], begins: bytes = b""
) -> None:
    try:
        plain = unseal(old, bytes(getattr(row, name)), where)
    except InvalidTag:
        return
    sealed = begins + seal(new(), plain, where)
    type(row)._base_manager.filter(pk=row.pk).update(**{name: sealed})


def _upload(upload: str) -> None:
    """A file that was brought in; one that is damaged could not be read before, and goes."""
    path = sealed_path(upload)
    if not path.exists():
        return
    with path.open("rb") as sealed:
        if begins_with_its_key(sealed):
            return
        chunks = read_chunks(sealed, derive(settings.APPLICATION_KEY, "uploads"), upload)
        try:
            _write_anew(path, upload, chunks)
        except DamagedUpload:
            path.unlink()


def _write_anew(path: Path, upload: str, chunks: Iterator[bytes]) -> None:
    part, key = path.with_suffix(".part"), secrets.token_bytes(KEY_BYTES)
    with part.open("wb") as out:
        write_head(out, made_key(upload_key(upload)), upload, key)
        held, n = next(chunks), 0
        for chunk in chunks:
            write_chunk(out, key, upload, n, held, last=False)
            held, n = chunk, n + 1
        write_chunk(out, key, upload, n, held, last=True)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    # Before it is noted that this was done: what is of before is not looked for a second time.
    on_the_disk(path.parent)
