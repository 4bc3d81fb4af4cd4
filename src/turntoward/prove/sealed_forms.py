"""Everything that is stored sealed, each with the way in which the companion opens it.

`open` takes bytes in the place of what is stored, and raises one of `REFUSALS` where they are not
exactly that. What a person wrote, what two share, readings, chats, frozen briefs, what lets
somebody in, what a browser holds, backups and the file of keys.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from turntoward.errors import DamagedReading
from turntoward.prove.people import PASSPHRASE, People
from turntoward.web.accounts.adapter import Adapter
from turntoward.web.backups import keyfile
from turntoward.web.backups.sealed import PIECE, Damaged, Opening, Sealing, of_folder
from turntoward.web.couples import season_steps
from turntoward.web.couples.models import Partner
from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.couples.vault import (
    VaultShut,
    Wrapped,
    for_session,
    from_session,
    open_vault,
    unlock_words,
)
from turntoward.web.couples.vaults import opened, ring_name, wrapped_for
from turntoward.web.handover.frozen import NothingToHandOver, document
from turntoward.web.handover.models import Brief
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.store import open_reading, sealed_path, upload_key
from turntoward.web.readings.upload import DamagedUpload, read_chunks, read_head
from turntoward.web.rituals.models import MailAddress, PushSubscription
from turntoward.web.rituals.sealed import Browser, open_browser, open_mail, seal_browser, seal_mail

#: How something says that it does not open. Anything else that is raised is a miss, too.
REFUSALS = (
    VaultShut, Unreadable, DamagedReading, DamagedUpload, NothingToHandOver, KeyGone, InvalidTag,
    Damaged, keyfile.KeysShut,
)  # fmt: skip
#: Private words: model, field, whose they are, and the place that they are bound to, with row `r`.
PRIVATE = (
    ("checkins.Afterwards", "words_sealed", "partner", "afterwards:words:{r.pk}:{r.partner_id}"),
    ("weather.Weather", "words_sealed", "partner", "weather:words:{r.pk}:{r.partner_id}"),
    ("topics.Topic", "private_sealed", "by", "topics:words:{r.pk}:{r.by_id}"),
    ("noticed.Kept", "sealed", "partner", "kept:own:{r.pk}:{r.partner_id}"),
    ("care.Filled", "sealed", "partner", "filled:answers:{r.pk}:{r.partner_id}"),
    ("handover.Line", "private_sealed", "by", "handover:own line:{r.pk}:{r.by_id}"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One sealed thing: of which `form`, at which `place`, its bytes, and how it is opened."""

    form: str
    place: str
    value: bytes
    open: Callable[[bytes], object]


def all_stored(people: People, folder: Path) -> list[Stored]:
    """One of everything that these people have; `folder` takes files that are made for it."""
    found = [
        *_private(),
        *_shared(people),
        *_of_the_two(people),
        *_ways_in(people),
        *_addresses(people),
        *_in_browsers(people),
        *_taken_away(folder),
    ]
    return found


def _private() -> Iterator[Stored]:
    keys: dict[object, bytes] = {}
    for label, field, whose, bound in PRIVATE:
        for row in apps.get_model(label)._base_manager.exclude(**{field: None}):
            owner = getattr(row, whose)
            if owner.pk not in keys:
                keys[owner.pk] = opened(owner, PASSPHRASE)
            place = bound.format(r=row)
            key, value = keys[owner.pk], bytes(getattr(row, field))
            yield Stored(f"{label}.{field}", place, value, _words(key, place))


def _words(key: bytes, place: str) -> Callable[[bytes], object]:
    return lambda given: unlock_words(key, given, place)


def _shared(people: People) -> Iterator[Stored]:
    """What is sealed for two; where nobody here has it, as it would be."""
    for field in SHARED:
        model = apps.get_model(field.model)
        for row in field.rows() or [model._base_manager.first() or _noted_today(model, people)]:
            couple = (getattr(row, field.via) if field.via else row).couple
            place, there = field.place(row), getattr(row, field.name)
            value = bytes(there) if there else seal_shared(couple, "as it would be", place)
            yield Stored(f"{field.model}.{field.name}", place, value, _given(couple, place))


def _noted_today(model: Any, people: People) -> Any:
    return model(partner=people["ana"].partner, day=people.now.date())


def _given(couple: Any, place: str) -> Callable[[bytes], object]:
    return lambda given: open_shared(couple, given, place)


def _of_the_two(people: People) -> Iterator[Stored]:
    """Readings, chats and frozen briefs."""
    for stored in StoredReading.objects.all():
        yield _in_row("readings.StoredReading", stored, "sealed", open_reading)
    for bringing in Bringing.objects.all():
        file = sealed_path(bringing.pk)
        if file.exists():
            yield Stored("uploads", str(bringing.pk), file.read_bytes(), _chat(bringing))
    for brief in Brief.objects.exclude(pdf_sealed=None):
        for field in ("pdf_sealed", "json_sealed"):
            yield _in_row("handover.Brief", brief, field, lambda row: document(row, people.now))


def _in_row(model: str, row: Any, field: str, opens: Callable[[Any], object]) -> Stored:
    was = bytes(getattr(row, field))

    def with_it(given: bytes) -> object:
        setattr(row, field, given)
        try:
            return opens(row)
        finally:
            setattr(row, field, was)

    return Stored(f"{model}.{field}", f"{field} of {row.pk}", was, with_it)


def _chat(bringing: Bringing) -> Callable[[bytes], object]:
    def read(given: bytes) -> object:
        file, name = io.BytesIO(given), str(bringing.pk)
        key = read_head(file, ring_key(upload_key(bringing.pk)), name)
        return list(read_chunks(file, key, name))

    return read


def _ways_in(people: People) -> Iterator[Stored]:
    """The key of each vault under a passphrase and under a recovery code, and what lets in."""
    for person in people.persons.values():
        partner = Partner.objects.filter(pk=person.partner.pk).first()
        if partner is None:
            continue
        owner = str(partner.pk)
        code = wrapped_for(partner, opened(partner, PASSPHRASE), "a recovery code")
        word = Wrapped(bytes(partner.vault_salt), bytes(partner.vault_sealed))
        for form, wrapped, words in (
            ("couples.Partner.vault_sealed", word, PASSPHRASE),
            ("couples.Partner.recovery_sealed", code, "a recovery code"),
        ):
            yield Stored(form, f"{form} of {owner}", wrapped.sealed, _vault(wrapped, words, owner))
    adapter = Adapter()
    for secret in apps.get_model("mfa.Authenticator")._base_manager.filter(type="webauthn"):
        owner, _, sealed = secret.data["name"].partition(":")
        yield Stored("mfa.Authenticator", owner, bytes.fromhex(sealed), _secret(adapter, owner))


def _vault(wrapped: Wrapped, words: str, owner: str) -> Callable[[bytes], object]:
    ring = ring_key(ring_name(owner))
    return lambda given: open_vault(Wrapped(wrapped.salt, given), words, owner, ring)


def _secret(adapter: Adapter, owner: str) -> Callable[[bytes], object]:
    return lambda given: adapter.decrypt(f"{owner}:{given.hex()}")


def _addresses(people: People) -> Iterator[Stored]:
    """Where reminders go: rows as they would be, for none of these people has any."""
    for name in ("ana", "ben", "cleo"):
        partner = people[name].partner
        row = PushSubscription(partner=partner)
        there = Browser(endpoint="https://push", p256dh=name, auth="", origin="https://here")
        row.sealed = seal_browser(row, there)
        yield _in_row("rituals.PushSubscription", row, "sealed", _or_refused(open_browser))
        mail = MailAddress(partner=partner, sealed=seal_mail(partner.pk, f"{name}@home.example"))
        opens = _or_refused(open_mail)
        stored = _in_row("rituals.MailAddress", mail, "sealed", opens)
        yield Stored(stored.form, f"mail of {name}", stored.value, stored.open)


def _or_refused(opens: Callable[[Any], object]) -> Callable[[Any], object]:
    """For what says by an empty answer that it does not open."""

    def or_refused(given: Any) -> object:
        found = opens(given)
        if not found:
            raise Unreadable
        return found

    return or_refused


def _in_browsers(people: People) -> Iterator[Stored]:
    """The half of a vault's key that a session holds, and what can be undone."""
    for name in ("ana", "ben", "cleo"):
        cookie, session = for_session(secrets.token_bytes(32))
        yield Stored("session", f"session of {name}", bytes.fromhex(session), _half(cookie))
        partner = people[name].partner
        answer = season_steps.remember(HttpResponse(), partner, season_steps.Done(what="added"))
        sealed = bytes.fromhex(answer.cookies[season_steps.COOKIE].value)
        yield Stored("seasons cookie", f"step of {name}", sealed, _step(partner))


def _half(cookie: str) -> Callable[[bytes], object]:
    return lambda given: from_session(cookie, given.hex())


def _step(partner: Partner) -> Callable[[bytes], object]:
    def read(given: bytes) -> object:
        request = RequestFactory().get("/seasons/")
        request.COOKIES[season_steps.COOKIE] = given.hex()
        return season_steps.remembered(request, partner)

    return _or_refused(read)


def _taken_away(folder: Path) -> Iterator[Stored]:
    """Two backups, and the files of keys of two data folders."""
    for n in range(2):
        held = io.BytesIO()
        sealing = Sealing(held, f"{n:016x}", settings.APPLICATION_KEY)
        sealing.write(secrets.token_bytes(2 * PIECE + 17))
        sealing.finish()
        yield Stored("backups", f"backup {n}", held.getvalue(), _backup(f"{n:016x}"))
        file = folder / f"{n}.keys"
        keys = keyfile.Keys(folder=f"{n:016x}", application="00" * 32, ring={"a": "11" * 32})
        with patch.object(keyfile, "_MEMORY_KIB", 64):
            code = keyfile.write_keys(file, keys)
        yield Stored("keys", f"keys {n}", file.read_bytes(), _keys(file, code))


def _backup(folder: str) -> Callable[[bytes], object]:
    def read(given: bytes) -> object:
        if of_folder(io.BytesIO(given)) != folder:
            raise Damaged  # whose it is is said at its beginning, and another's keys are looked for
        Opening(io.BytesIO(given), settings.APPLICATION_KEY).to_the_end()
        return True

    return read


def _keys(file: Path, code: str) -> Callable[[bytes], object]:
    def read(given: bytes) -> object:
        file.write_bytes(given)
        with patch.object(keyfile, "_MEMORY_KIB", 64):
            return keyfile.read_keys(file, code)

    return read
