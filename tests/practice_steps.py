"""A practice, a frozen brief and a request, made as tests need them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.test import Client

from turntoward.web.couples.models import Partner
from turntoward.web.handover.frozen import LASTS, put_in
from turntoward.web.handover.models import Brief
from turntoward.web.practice import actions, practice_actions, replying_actions
from turntoward.web.practice.models import Consult, Practice, Proposed, Therapist
from turntoward.web.practice.words import Answer, Words, mark_of

DESK_PASSPHRASE = "a quiet desk by the river"
EVENING = datetime(2026, 3, 3, 20, tzinfo=UTC)
SENT = EVENING + timedelta(hours=2)
PDF, TOLD = b"%PDF-a-brief-of-two", b'{"a brief": "of two"}'
MARK = "what-brings-us-now"


def a_practice(now: datetime = EVENING) -> Therapist:
    """The practice with its admin, Iris, in New York, so that its clock is another one."""
    return practice_actions.begin(
        practice="By the river",
        zone="America/New_York",
        name="Iris",
        handle="iris",
        passphrase=DESK_PASSPHRASE,
        now=now,
    )


def a_colleague(practice: Practice, now: datetime = EVENING) -> Therapist:
    """Somebody else who works there, no admin."""
    token = practice_actions.invite(practice, admin=False, now=now)
    return practice_actions.join(
        token, name="Noor", handle="noor", passphrase=DESK_PASSPHRASE, now=now
    )


def a_frozen_brief(partner: Partner, *, own: bool = False, now: datetime = EVENING) -> Brief:
    """A brief whose documents are there."""
    brief = Brief(id=uuid.uuid4(), couple=partner.couple, begun_at=now, language="en-gb")
    brief.owner, brief.frozen_at, brief.expires_at = partner if own else None, now, now + LASTS
    put_in(brief, PDF, TOLD)
    brief.save(force_insert=True)
    return brief


def some_words(said: str = MARK) -> Words:
    """The consult form, filled in."""
    answer = Answer(ask="What brings you now?", words=said)
    return Words(names="Ana and Ben", answers=(answer,))


def a_request(ana: Partner, ben: Partner, practice: Practice, now: datetime = EVENING) -> Consult:
    """A request of both; it goes out an hour after `now`."""
    consult = actions.ask(ana, practice, a_frozen_brief(ana, now=now), some_words(), now)
    actions.say_yes(consult, ben, mark_of(consult), now)
    consult.refresh_from_db()
    return consult


def a_time(consult: Consult, now: datetime, days: int = 3) -> Proposed:
    """A proposed time, some days from `now`."""
    start = now + timedelta(days=days)
    replying_actions.propose(consult, start, 50, "12 Quay Street", now)
    return Proposed.objects.get(consult=consult, start=start)


def desk(handle: str = "iris") -> Client:
    """A browser in which a therapist has entered."""
    client = Client()
    answer = client.post("/practice/enter/", {"handle": handle, "passphrase": DESK_PASSPHRASE})
    assert answer.status_code == 302, answer.content.decode()
    return client
