"""What the invented people do: everything that can be written here is written once by each.

Through the pages where words go into a vault, so that they are kept there as everybody's are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.test import Client

from turntoward.prove.people import Marks, Person
from turntoward.reading.companion import day_of
from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.care.models import Filled
from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.couples.seasons import add_season
from turntoward.web.moments import actions as moments
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.models import Kept as KeptBid
from turntoward.web.readings import actions as readings
from turntoward.web.readings import store, work
from turntoward.web.readings.models import Bringing, Question, State
from turntoward.web.readings.present import passed_by
from turntoward.web.readings.upload import sealed_from_bytes
from turntoward.web.rituals import actions as rituals
from turntoward.web.rituals.kinds import PROPOSED, Kind
from turntoward.web.topics import actions as topics
from turntoward.web.topics.models import Topic
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.weather.models import Weather
from turntoward.web.yours.keepsakes import Kept, keep
from turntoward.web.yours.models import Device, Told

_DAY = timedelta(days=1)
_CHAT_DAYS = 28


def post(client: Client, path: str, **form: object) -> str:
    """Send a form as a person would; says where it led."""
    answer = client.post(path, form)
    assert answer.status_code in (200, 204, 302), (path, answer.status_code)
    return answer.get("Location", "")


def live_together(first: Person, second: Person, marks: Marks, now: datetime) -> dict[str, Person]:
    """What two have in common: a chat that was read, sittings, a season, rituals, a trial."""
    both = (first.name, second.name)
    partner = first.partner
    for one in (first, second):
        readings.agree(one.partner, now)
        couples.say_yes(one.partner, now - 20 * _DAY, Purpose.SHARE_WEATHER)
    earlier = checkins.begin(partner, now - 2 * _DAY)
    checkins.stop(earlier, now - 2 * _DAY + timedelta(minutes=10))
    season = add_season(
        partner, name=marks.word(first.name, "season", both), start=date(2020, 1, 1), end=None
    )
    named = replace(PROPOSED[Kind.OWN], on=True, name=marks.word(first.name, "ritual", both))
    ritual = rituals.change(partner, Kind.OWN, named, now)
    question = _trial(partner, None, now)
    Reply.objects.create(trial=question, partner=partner, yes=True)
    ours = {
        "sitting": str(earlier.pk),
        "season": str(season.pk),
        "ritual": str(ritual.pk),
        "question": str(question.pk),
    } | _chat_of(first, second, marks, now)
    ours["sitting-now"] = str(checkins.begin(partner, now).pk)
    hers = {"quoted": ours.pop("quoted")}
    return {
        first.name: replace(first, has={**ours, **hers}),
        second.name: replace(second, has=ours),
    }


def live(person: Person, marks: Marks, now: datetime) -> Person:
    """What one writes and taps, for themselves and for the other."""
    partner, other = person.partner, person.partner.other()
    both = {person.name} | ({other.handle} if other else set())
    post(person.client, "/weather/", warmth=4)
    mine = dict(person.has)
    if other is not None:
        mine |= _for_the_other(person, other, both, marks, now)
    mine |= _for_oneself(person, marks, now)
    today = day_of(now, partner.couple.zone)
    words = (marks.word(person.name, "keepsake"),)
    keepsake = keep(partner, today, Kept(what="weather", mine=True, other="", words=words))
    offer = moments.offer_of_today(partner, [], now)
    assert isinstance(offer, Offer)
    asking = Bringing.objects.create(
        couple=partner.couple,
        by=partner,
        at=now - _DAY,
        suffix=".json",
        size=1,
        state=State.ASKING,
        question=Question.CHAT,
        chats=[[marks.word(person.name, "chattitle"), 12]],
    )
    mine |= {
        "keepsake": str(keepsake.pk),
        "offer": str(offer.pk),
        "asking": str(asking.pk),
        "trial": str(_trial(partner, partner, now).pk),
        "device": str(Device.objects.get(partner=partner).pk),
        "passkey": str(_passkey(partner, marks.word(person.name, "passkey")).pk),
        "told": str(Told.objects.create(partner=partner, kind=Told.Kind.CODE_OFF, day=today).pk),
    }
    return replace(person, has=mine)


def _passkey(partner: Partner, name: str) -> Authenticator:
    data = {"name": sealed_for(partner, name), "credential": {}}
    return Authenticator.objects.create(user=partner, type="webauthn", data=data)


def _for_oneself(person: Person, marks: Marks, now: datetime) -> dict[str, str]:
    """Private words of every sort."""
    client, partner = person.client, person.partner

    def word(what: str) -> str:
        return marks.word(person.name, what)

    mine: dict[str, str] = {}
    sitting = Sitting.objects.visible_to(partner).filter(ended_at__isnull=False).first()
    if sitting is None:
        sitting = checkins.begin(partner, now - 2 * _DAY)
        checkins.stop(sitting, now - 2 * _DAY + timedelta(minutes=10))
        mine["sitting"] = str(sitting.pk)
    post(client, f"/together/{sitting.pk}/afterwards/", warmth=4, words=word("feeling"))
    weather = Weather.objects.get(partner=partner)
    post(client, f"/weather/{weather.pk}/words/", words=word("weather"))
    post(client, "/noticed/passed/", whose="mine", words=word("passed"))
    resting, ready = (_put_down(person, word(what)) for what in ("topic", "topicready"))
    topics.be_ready(ready, topics.Opening(words=word("opening"), feel=word("openingfeel")), now)
    post(client, "/enough/questions/keep/", which="ios", picture=4)
    return mine | {
        "feeling": str(Afterwards.objects.get(partner=partner).pk),
        "weather": str(weather.pk),
        "kept": str(KeptBid.objects.get(partner=partner).pk),
        "topic": str(resting.pk),
        "topic-ready": str(ready.pk),
        "filled": str(Filled.objects.get(partner=partner).pk),
    }


def _for_the_other(
    person: Person, other: Partner, both: set[str], marks: Marks, now: datetime
) -> dict[str, str]:
    """What is given at once, and a topic that came before both."""
    client, partner = person.client, person.partner
    weather = Weather.objects.get(partner=partner)
    words = marks.word(person.name, "weathergiven", both)
    post(client, f"/weather/{weather.pk}/words/", words=words, share=1)
    before = set(Given.objects.values_list("pk", flat=True))
    post(client, "/noticed/", sort="shared", words=marks.word(person.name, "noticed", both))
    given = Given.objects.exclude(pk__in=before).get()
    opened = _put_down(person, marks.word(person.name, "topicopened"))
    opening = topics.Opening(words=marks.word(person.name, "openingopened", both))
    topics.be_ready(opened, opening, now - 4 * _DAY)
    topics.hear(other, now - 3 * _DAY)
    topics.settle(partner.couple, now)
    opened.refresh_from_db()
    assert opened.state == "open", opened.state
    return {"given": str(given.pk), "topic-open": str(opened.pk)}


def _put_down(person: Person, words: str) -> Topic:
    before = set(Topic.objects.values_list("pk", flat=True))
    post(person.client, "/topics/", words=words)
    return Topic.objects.exclude(pk__in=before).get()


def _chat_of(first: Person, second: Person, marks: Marks, now: datetime) -> dict[str, str]:
    """Their chat, read together: in it the second reaches out, and the first lets that pass.

    What was not met is shown to whoever let it pass, and to nobody else; one of it is answered
    now, and from then on stands before both.
    """
    one, other = first.partner, second.partner
    passed = marks.word(first.name, "quotepassed")
    late = marks.word(first.name, "quotelate", {second.name})
    met = marks.word(first.name, "quotemet", {second.name})
    lines = []
    for day in range(1, _CHAT_DAYS - 1):
        at = f"{day:02}/01/2024"
        lines += [
            f"{at}, 08:00 - {one.name}: good morning my love",
            f"{at}, 08:02 - {other.name}: good morning you",
            f"{at}, 18:10 - {other.name}: look at this sky, number {day:02} of {met}",
            f"{at}, 18:12 - {one.name}: oh wow that is beautiful",
        ]
    for day, word in ((_CHAT_DAYS - 1, passed), (_CHAT_DAYS, late)):
        said = f"look at this sky, number {day:02} of {word}"
        lines.append(f"{day:02}/01/2024, 18:10 - {other.name}: {said}")
    content = "\n".join(lines).encode()
    bringing = readings.bring_in(one, sealed_from_bytes(content, ".txt"), now)
    work.work_on(bringing.pk)
    stored = store.stored_for(one)
    assert stored is not None
    reading = store.open_reading(stored)
    quotes = {word: q.id for q in reading.quotes for word in (met, passed, late) if word in q.text}
    assert {quotes[late], quotes[passed]} <= set(passed_by(reading, one))
    words = marks.word(first.name, "answerlate", {second.name})
    post(first.client, f"/noticed/late/{quotes[late]}/", words=words)
    ids = {"bringing": str(bringing.pk)}
    return ids | {"quote": str(quotes[met]), "quoted": str(quotes[passed])}


def _trial(partner: Partner, alone_for: Partner | None, now: datetime) -> Trial:
    return Trial.objects.create(
        couple=partner.couple,
        by=partner,
        alone_for=alone_for,
        proposed_at=now,
        pairs=6,
        seed=1,
        wash_in=1,
        begins=date(2024, 1, 1) if alone_for else None,
    )
