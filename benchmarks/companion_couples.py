"""Couples for `benchmarks/companion.py`: invented, and with some weeks behind them.

    python benchmarks/companion_couples.py make FOLDER --couples 500
    python benchmarks/companion_couples.py begin FOLDER

`make` fills a new data folder, `begin` has every couple sit down anew, on a day on which nobody has
tapped yet. Both print one line of JSON with what the phones need. All couples are called Ana and
Ben; every second one holds the reading of the demo. Everybody is signed in by a session that is
written straight into the database: a thousand passphrases would take minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from turntoward.web.couples.models import Partner

ZONE = "Europe/Berlin"
DAYS = 42  # what each couple has behind it
EVERY = 2  # one couple of so many has a reading
#: Seconds of a sitting that are left, at the least, once everybody sits.
_LEFT_S = 330.0


def main() -> None:
    """Make the couples, or let them begin."""
    asked = argparse.ArgumentParser(description="Couples for the benchmark of the companion.")
    asked.add_argument("what", choices=["make", "begin"])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--couples", type=int, default=500)
    given = asked.parse_args()
    os.environ["TURNTOWARD_KEYS"] = str(given.folder / "keys")
    from turntoward.web import run

    run.prepare(data=given.folder / "data", demo=False, port=1)
    made = make(given.couples) if given.what == "make" else begin()
    sys.stdout.write(f"{json.dumps(made)}\n")


def make(couples: int) -> dict[str, Any]:
    """Everything that does not change between two runs; the cookies of every phone."""
    from django.db import transaction
    from django.utils import timezone

    from turntoward.reading.companion import day_of

    now = timezone.now()
    today, dice = day_of(now, ZONE), random.Random(6)
    with transaction.atomic():
        pairs = _people(couples, now)
        phones = [_phones(pair, today) for pair in pairs]
        for pair in pairs:
            _agreed(pair, now)
        _days(pairs, today, dice)
        _evenings(pairs, today, dice)
        _rituals(pairs, today)
        _reading(pairs, now, today)
    return {"phones": phones}


def begin() -> dict[str, Any]:
    """Every couple sits, each somewhere else in its ten minutes; half have looked at Today."""
    from django.db import transaction
    from django.utils import timezone

    from turntoward.moments.catalogue import catalogue
    from turntoward.reading.companion import day_of
    from turntoward.web.checkins.clock import TEN_MINUTES
    from turntoward.web.checkins.models import Sitting
    from turntoward.web.couples.models import Couple, Partner
    from turntoward.web.moments.models import Offer
    from turntoward.web.readings.models import StoredReading
    from turntoward.web.weather.models import Weather

    now, dice = timezone.now(), random.Random(7)
    today = day_of(now, ZONE)
    with transaction.atomic():
        Sitting.objects.filter(ended_at__isnull=True).delete()
        Weather.objects.filter(day=today).delete()
        Offer.objects.filter(day=today).delete()
        keys = [moment.key for moment in catalogue()]
        looked = [
            Offer(partner=partner, day=today, key=dice.choice(keys), reason="", informed=True)
            for partner in Partner.objects.filter(side=0)
        ]
        Offer.objects.bulk_create(looked)
        sittings = [
            Sitting(
                couple=couple,
                begun_at=now,
                first=0,
                banked_s=dice.uniform(0.0, TEN_MINUTES - _LEFT_S),
                running_since=now,
            )
            for couple in Couple.objects.all()
        ]
        Sitting.objects.bulk_create(sittings)
    return {
        "offers": {str(offer.partner_id): offer.pk for offer in looked},
        "readers": [str(pk) for pk in StoredReading.objects.values_list("couple", flat=True)],
        "sittings": {str(each.couple_id): str(each.pk) for each in sittings},
    }


def _people(couples: int, now: datetime) -> list[tuple[Partner, Partner]]:
    from django.contrib.auth.hashers import make_password

    from turntoward.web.couples.models import Couple, Living, Partner

    password = make_password("the invented couple")
    pairs = []
    for number in range(couples):
        couple = Couple(begun_at=now, living=Living.TOGETHER, zone=ZONE, other_name="Ben")
        both = [
            Partner(
                couple=couple,
                name=name,
                side=side,
                handle=f"{name.casefold()}{number}",
                password=password,
                vault_salt=secrets.token_bytes(16),
                vault_sealed=secrets.token_bytes(60),
            )
            for side, name in enumerate(("Ana", "Ben"))
        ]
        pairs.append((both[0], both[1]))
    Couple.objects.bulk_create([ana.couple for ana, _ in pairs])
    Partner.objects.bulk_create([partner for pair in pairs for partner in pair])
    return pairs


def _phones(pair: tuple[Partner, Partner], today: date) -> list[dict[str, str]]:
    """A session of each of the two, with the vault open in it, and the cookies that hold it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from turntoward.web.couples.access import VAULT_SESSION
    from turntoward.web.couples.vault import KEY_BYTES, for_session
    from turntoward.web.yours.models import Device

    phones = []
    for partner in pair:
        cookie, kept = for_session(secrets.token_bytes(KEY_BYTES))
        session = SessionStore()
        session[SESSION_KEY] = str(partner.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = partner.get_session_auth_hash()
        session[VAULT_SESSION] = kept
        session.create()
        Device.objects.create(
            partner=partner,
            session_id=session.session_key,
            mark=secrets.token_hex(32),
            browser="firefox",
            system="android",
            entered_on=today,
            known=True,
        )
        key = str(session.session_key)
        phones.append({"partner": str(partner.pk), "session": key, "vault": cookie})
    return [each | {"couple": str(pair[0].couple_id)} for each in phones]


def _agreed(pair: tuple[Partner, Partner], now: datetime) -> None:
    from turntoward.web.couples.models import Consent, Purpose

    Consent.objects.bulk_create(
        Consent(partner=partner, purpose=purpose, given_at=now - timedelta(days=DAYS), taps=True)
        for partner in pair
        for purpose in Purpose
    )


def _days(pairs: list[tuple[Partner, Partner]], today: date, dice: random.Random) -> None:
    """The weather and the small shift of most days."""
    from turntoward.moments.catalogue import catalogue
    from turntoward.moments.choose import Answer
    from turntoward.web.moments.models import Offer
    from turntoward.web.weather.models import Weather

    keys = [moment.key for moment in catalogue()]
    answers = [Answer.DONE, Answer.DONE, Answer.NOT_TODAY, Answer.OPEN]
    weather, offers = [], []
    for partner in (partner for pair in pairs for partner in pair):
        for ago in range(1, DAYS):
            day = today - timedelta(days=ago)
            if dice.random() < 0.7:
                sky = dice.randint(1, 5)
                weather.append(Weather(partner=partner, day=day, warmth=sky, at=_at(day, 20)))
            if dice.random() < 0.7:
                given = dice.choice(answers).value
                offers.append(Offer(partner=partner, day=day, key=dice.choice(keys), answer=given))
    Weather.objects.bulk_create(weather, batch_size=2000)
    Offer.objects.bulk_create(offers, batch_size=2000)


def _evenings(pairs: list[tuple[Partner, Partner]], today: date, dice: random.Random) -> None:
    """Past sittings, how they felt, and what was noticed."""
    from turntoward.web.checkins.clock import TEN_MINUTES
    from turntoward.web.checkins.models import Afterwards, Sitting
    from turntoward.web.noticed.models import Given
    from turntoward.web.noticed.sealed import Gift, seal_gift

    sittings, felt, given = [], [], []
    for pair in pairs:
        for ago in range(3, DAYS, 4):
            at = _at(today - timedelta(days=ago), 20)
            over = at + timedelta(seconds=TEN_MINUTES)
            sat = Sitting(
                couple=pair[0].couple, begun_at=at, begun_by=pair[0], first=0,
                banked_s=TEN_MINUTES, ended_at=over,
            )  # fmt: skip
            sittings.append(sat)
            felt += [
                Afterwards(sitting=sat, partner=partner, warmth=dice.randint(1, 5), at=over)
                for partner in pair
            ]
        for ago in (2, 5, 9, 20):
            at = _at(today - timedelta(days=ago), 19)
            one = Given(couple=pair[0].couple, giver=pair[ago % 2], at=at, away=True)
            one.sealed = seal_gift(one, Gift(sort="touch", words="You came and stood beside me."))
            given.append(one)
    Sitting.objects.bulk_create(sittings, batch_size=2000)
    Afterwards.objects.bulk_create(felt, batch_size=2000)
    Given.objects.bulk_create(given, batch_size=2000)


def _rituals(pairs: list[tuple[Partner, Partner]], today: date) -> None:
    """A hello and the ten minutes, kept every other day."""
    from turntoward.web.rituals.models import Kept, Planned, Ritual

    kinds = {"hello": time(7, 15), "ten": time(20, 40)}
    began = today - timedelta(days=DAYS)
    rituals = [
        Ritual(couple=ana.couple, kind=kind, on=True, days="0123456", at=at, since=began)
        for ana, _ in pairs
        for kind, at in kinds.items()
    ]
    kept = [
        Kept(ritual=ritual, day=day, at=_at(day, 21))
        for ritual in rituals
        for ago in range(2, DAYS, 2)
        if (day := today - timedelta(days=ago))
    ]
    Ritual.objects.bulk_create(rituals)
    Planned.objects.bulk_create(Planned(ritual=r, since=began, days=r.days) for r in rituals)
    Kept.objects.bulk_create(kept, batch_size=2000)


def _reading(pairs: list[tuple[Partner, Partner]], now: datetime, today: date) -> None:
    """The demo's chat, read once; every second couple has it as its own."""
    from turntoward.demo import write
    from turntoward.reading.pipeline import read_files
    from turntoward.web.couples.models import Season
    from turntoward.web.readings.models import StoredReading
    from turntoward.web.readings.store import seal_reading

    with tempfile.TemporaryDirectory(prefix="turntoward-benchmark-") as folder:
        made = write(Path(folder), until=today)
        reading = read_files(made.export, zone=made.zone)
    Season.objects.bulk_create(
        Season(couple=ana.couple, name=s.name, start=s.start, end=s.end, kind=s.kind)
        for ana, _ in pairs
        for s in made.seasons
    )
    for ana, _ in pairs[::EVERY]:
        sealed = seal_reading(reading, ana.couple, None)
        StoredReading.objects.create(couple=ana.couple, owner=None, made_at=now, sealed=sealed)


def _at(day: date, hour: int) -> datetime:
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(ZONE))


if __name__ == "__main__":
    main()
