"""Ana and Ben, who are killed in the middle of what they write, and how they write it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model
from django.test import Client

from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather

_PASSPHRASE = "quiet green evening lamp"
#: A vault locks after two minutes: enter again before that.
_ENTERS_AFTER_S = 60.0
#: What the two write, by the name of its model.
WRITTEN: dict[str, type[Model]] = {
    model.__name__: model for model in (Afterwards, Weather, Given, Kept, Topic, Partner)
}
#: A row, by the name of its model and its key.
Key = tuple[str, str]


class Refused(Exception):
    """A form was not taken; with what was answered."""

    def __init__(self, status: int, page: str) -> None:
        super().__init__(str(status))
        self.status, self.page = status, page


@dataclass(slots=True)
class Someone:
    """One of the two, with a browser."""

    partner: Partner
    client: Client
    entered: float = 0.0

    def enter(self) -> None:
        """Enter, where that was a while ago."""
        now = time.monotonic()
        if not self.entered or now - self.entered > _ENTERS_AFTER_S:
            self.post("/enter/", handle=self.partner.handle, passphrase=_PASSPHRASE)
            self.entered = now

    def post(self, path: str, **form: object) -> None:
        """Send a form. Raises `Refused` where it was not taken."""
        answer = self.client.post(path, form)
        if answer.status_code != 302 or answer["Location"].startswith("/enter/"):
            raise Refused(answer.status_code, answer.content.decode())


def the_two(now: datetime) -> tuple[Someone, Someone]:
    """Ana and Ben, who are here since yesterday."""
    begun = now - timedelta(days=1)
    ana = begins("Ana", begun)
    token = couples.invite(ana, now)
    ben = couples.join(token, name="Ben", handle="ben", passphrase=_PASSPHRASE, now=now)
    return Someone(ana, Client()), Someone(ben, Client())


def begins(name: str, now: datetime) -> Partner:
    """Somebody who begins: a couple and its first partner, in one transaction."""
    return couples.begin(
        name=name,
        other_name="Ben",
        living="together",
        zone="Europe/Berlin",
        handle=name.lower(),
        passphrase=_PASSPHRASE,
        now=now,
    )


def sat_together(couple: Couple, times: int, now: datetime) -> Sequence[Sitting]:
    """So many sittings that are over, and wait for how they felt."""
    return Sitting.objects.bulk_create(
        Sitting(
            couple=couple,
            begun_at=now - timedelta(minutes=11),
            first=0,
            ended_at=now - timedelta(minutes=1),
        )
        for _ in range(times)
    )


def digest(row: Model) -> str:
    """Of everything in a row."""
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    said = [bytes(value) if isinstance(value, memoryview) else value for value in values]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def key_of(row: Model) -> Key:
    """Which row it is."""
    return type(row).__name__, str(row.pk)
