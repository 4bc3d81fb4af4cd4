"""A life of one of the two in the companion, with words in it that can be looked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from practice_steps import a_frozen_brief, a_time, some_words
from turntoward.moments.catalogue import catalogue
from turntoward.reading.companion import day_of
from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.care import actions as care
from turntoward.web.care.sealed import Answers
from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.locking import VAULT_SESSION
from turntoward.web.couples.models import Partner, Season
from turntoward.web.couples.vault import from_session
from turntoward.web.handover import actions as briefs
from turntoward.web.handover import line_actions as brief_lines
from turntoward.web.handover.models import Brief
from turntoward.web.moments.models import Offer
from turntoward.web.noticed import actions as noticed
from turntoward.web.practice import actions as consults
from turntoward.web.practice.models import Consult, Practice
from turntoward.web.readings.models import Bringing, State
from turntoward.web.rituals import actions as rituals
from turntoward.web.rituals import reminder_actions as reminders
from turntoward.web.rituals.kinds import Kind, Plan
from turntoward.web.rituals.models import MailAddress, Ritual
from turntoward.web.rituals.sealed import seal_mail
from turntoward.web.topics import actions as topics
from turntoward.web.topics.models import State as TopicState
from turntoward.web.topics.models import Topic
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.weather import actions as weather
from turntoward.web.yours.models import Told

#: What only its writer sees, and what the other sees too; each stands before the writer's name.
PRIVATE = (
    "weather-words",
    "after-words",
    "kept-bid",
    "resting-topic",
    "ready-topic",
    "ready-feeling",
    "shift-reason",
    "mail-address",
    "name-in-chat",
    "request-words",
    "brief-line",
)
SHARED = ("gift-words", "weather-gift", "open-topic", "open-feeling")


def words(what: str, writer: Partner) -> str:
    """Words of `writer` that stand nowhere else."""
    return f"{what}-of-{writer.handle}"


def private_words(writer: Partner) -> list[str]:
    """Everything that only this writer sees."""
    return [words(what, writer) for what in PRIVATE]


def shared_words(writer: Partner) -> list[str]:
    """Everything that this writer gave the other."""
    return [words(what, writer) for what in SHARED]


def key_of(client: Client) -> bytes:
    """The data key that is open in this browser."""
    return from_session(client.cookies["turntoward_vault"].value, client.session[VAULT_SESSION])


def live(partner: Partner, client: Client, now: datetime | None = None) -> None:
    """Leave something of everything that one of the two can leave."""
    now = now or timezone.now()
    today = day_of(now, partner.couple.zone)
    _feel(partner, today, now)
    _reach_out(partner, now)
    _park(partner, now)
    _take_up(partner, today, now)
    _be_reminded(partner, now)
    _ask_a_practice(partner, now)
    _write_a_brief(partner, now)
    care.keep(partner, Answers(which="ios", given={"picture": 3}), now)
    care.not_now(partner, today)
    passkey = {"name": sealed_for(partner, words("name-of-passkey", partner)), "credential": {}}
    Authenticator.objects.create(user=partner, type="webauthn", data=passkey)
    Told.objects.create(partner=partner, kind=Told.Kind.PASSKEY_ADDED, day=today)
    Bringing.objects.create(
        couple=partner.couple,
        by=partner,
        at=now,
        suffix=".txt",
        size=7,
        state=State.ASKING,
        senders={words("name-in-chat", partner): 3},
        name_of_by=words("name-in-chat", partner),
    )


def live_together(partner: Partner) -> None:
    """What the two share: a season, a ritual with a name."""
    Season.objects.create(couple=partner.couple, name="season-of-both", start=date(2026, 1, 2))
    plan = Plan(on=True, days=frozenset({6}), at=PROPOSED_AT, name="ritual-of-both")
    ritual = rituals.change(partner, Kind.OWN, plan, timezone.now())
    rituals.mark(ritual, date(2026, 1, 4), timezone.now(), kept=True)


PROPOSED_AT = datetime(2026, 1, 1, 17).time()


def _feel(partner: Partner, today: date, now: datetime) -> None:
    tapped = weather.tap(partner, today, 4, now)
    weather.keep_words(tapped, words("weather-words", partner))
    weather.give_words(tapped, words("weather-gift", partner))
    sitting = Sitting.objects.create(
        couple=partner.couple, begun_at=now, begun_by=partner, first=0, ended_at=now
    )
    checkins.felt(sitting, partner, 2, words("after-words", partner), now)


def _reach_out(partner: Partner, now: datetime) -> None:
    noticed.notice(partner, "touch", words("gift-words", partner), now)
    noticed.keep_passed(partner, "mine", words("kept-bid", partner), now)


def _park(partner: Partner, now: datetime) -> None:
    topics.put_down(partner, words("resting-topic", partner), now)
    for name, state in (("ready", TopicState.READY), ("open", TopicState.OPEN)):
        topic = topics.put_down(partner, "before", now)
        opening = topics.Opening(
            words=words(f"{name}-topic", partner), feel=words(f"{name}-feeling", partner)
        )
        topics.be_ready(topic, opening, now)
        Topic.objects.filter(pk=topic.pk).update(state=state)
    topics.hear(partner, now)


def _take_up(partner: Partner, today: date, now: datetime) -> None:
    Offer.objects.create(
        partner=partner,
        day=today,
        key=catalogue()[0].key,
        reason=words("shift-reason", partner),
    )
    alone = Trial.objects.create(
        couple=partner.couple,
        by=partner,
        alone_for=partner,
        proposed_at=now,
        pairs=4,
        seed=1,
        wash_in=1,
        begins=today - timedelta(days=7 + today.weekday()),
    )
    Reply.objects.create(trial=alone, partner=partner, yes=True)


def _ask_a_practice(partner: Partner, now: datetime) -> None:
    """A request of one's own that has gone out, with a time to pick."""
    held = {"name": "By the river", "zone": "Europe/Berlin", "begun_at": now}
    there, _ = Practice.objects.get_or_create(defaults=held)
    before = now - timedelta(hours=2)
    brief = a_frozen_brief(partner, own=True, now=before)
    said = some_words(words("request-words", partner))
    asked = consults.ask(partner, there, brief, said, before)
    a_time(asked, now)
    assert Consult.objects.get(pk=asked.pk).is_sent(now)


def _write_a_brief(partner: Partner, now: datetime) -> None:
    """A brief of one's own that is being written, and one that was opened."""
    last = Brief.objects.visible_to(partner).get(owner=partner)
    briefs.note_opened(last, partner, now)
    brief = briefs.begin(partner, now, alone=True)
    brief_lines.add(brief, partner, words("brief-line", partner))


def _be_reminded(partner: Partner, now: datetime) -> None:
    ritual = rituals.switch(partner, Kind.HELLO, on=True, now=now)
    assert isinstance(ritual, Ritual)
    rituals.set_aside(partner, ritual, day_of(now, partner.couple.zone), now, aside=True)
    wish = reminders.Chosen(ritual=ritual.pk, own_at=None, says=False, language="")
    reminders.choose(partner, wish, now)
    reminders.make_calendar_link(partner)
    sealed = seal_mail(partner.pk, words("mail-address", partner))
    MailAddress.objects.create(partner=partner, sealed=sealed, confirmed=True, code_at=now)
