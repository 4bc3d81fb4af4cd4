"""Ana and Ben move in: the demo goes through the same actions and worker as real people."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from turntoward.demo import DemoCheckIn, checkins, weather, write
from turntoward.reading.companion import day_of
from turntoward.web.checkins.clock import TEN_MINUTES
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Living, Partner
from turntoward.web.couples.seasons import add_season
from turntoward.web.demo_days import live_on
from turntoward.web.practice.demo import open_its_doors
from turntoward.web.readings import actions as readings
from turntoward.web.readings.upload import sealed_from_bytes


def settle_in(today: date) -> None:
    """Make the couple, their seasons, past check-ins and their chat, once per data folder.

    Where a practice hosts the demo, there is an invented one, and in the last weeks the efforts
    have begun on one side.
    """
    if settings.PRACTICE:
        open_its_doors(timezone.now())
    if Partner.objects.exists():
        return
    with tempfile.TemporaryDirectory(prefix="turntoward-demo-") as folder:
        made = write(Path(folder), until=today)
        chat = made.export.read_bytes()
    with transaction.atomic():
        ana, ben = _partners(made.names, made.zone)
        for season in made.seasons:
            add_season(ana, name=season.name, start=season.start, end=season.end, kind=season.kind)
        for past in checkins(made):
            _sat(past, (ana, ben), opener=0 if settings.PRACTICE else past.opener)
        now = day_of(timezone.now(), made.zone)
        live_on([each for each in weather(made) if each.day != now], (ana, ben), settings.PRACTICE)
        for partner in (ana, ben):
            readings.agree(partner, timezone.now())
        readings.bring_in(ana, sealed_from_bytes(chat, ".txt"), timezone.now())


def _partners(names: tuple[str, str], zone: str) -> tuple[Partner, Partner]:
    now, passphrase = timezone.now(), settings.DEMO_PASSPHRASE
    ana = couples.begin(
        name=names[0],
        other_name=names[1],
        living=Living.TOGETHER,
        zone=zone,
        handle=names[0],
        passphrase=passphrase,
        now=now,
    )
    token = couples.invite(ana, now)
    ben = couples.join(token, name=names[1], handle=names[1], passphrase=passphrase, now=now)
    return ana, ben


def _sat(past: DemoCheckIn, partners: tuple[Partner, Partner], *, opener: int) -> None:
    """One evening that the two sat together, as the pages would have left it."""
    over = past.at + timedelta(seconds=TEN_MINUTES)
    sitting = Sitting.objects.create(
        couple=partners[0].couple,
        begun_at=past.at,
        begun_by=partners[opener],
        first=past.opener,
        banked_s=TEN_MINUTES,
        ended_at=over,
    )
    for partner, warmth in zip(partners, past.warmth, strict=True):
        if warmth is not None:
            Afterwards.objects.create(sitting=sitting, partner=partner, warmth=warmth, at=over)
