"""Requests to a practice: those of the two, and one's own; never what the other said yes to."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.practice.models import Consult, ConsultYes, Would
from turntoward.web.practice.present import for_partner
from turntoward.web.practice.standing import open_times, stands
from turntoward.web.practice.words import reply_of, words_of
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`consults` and `consult_times`.

    When a request of both goes out, is in it only once it did: before, that would tell that the
    other said yes.
    """
    consults = list(for_partner(partner).order_by("asked_at"))
    return {
        "consults": [_consult(one, partner, now) for one in consults],
        "consult_times": [row for one in consults for row in _times(one, partner, now)],
    }


def _consult(consult: Consult, partner: Partner, now: datetime) -> Row:
    words, zone, picked = words_of(consult), partner.couple.zone, consult.picked
    return {
        "asked_at": at(consult.asked_at, zone),
        "practice": consult.practice.name,
        "mine_alone": consult.owner_id is not None,
        "state": stands(consult, now).value,
        "names": words.names if words else None,
        "reach": words.reach if words else None,
        "answers": "\n".join(f"{each.ask} {each.words}" for each in words.answers)
        if words
        else None,
        "i_said_yes": ConsultYes.objects.filter(consult=consult, partner=partner).exists(),
        "sent_at": at(consult.sends_at, zone) if consult.is_sent(now) else None,
        "picked": at(picked.start, zone) if picked else None,
        "reply": reply_of(consult) or None,
        "ended_at": at(consult.ended_at, zone),
    }


def _times(consult: Consult, partner: Partner, now: datetime) -> list[Row]:
    zone = partner.couple.zone
    mine = Would.objects.filter(consult=consult, partner=partner).first()
    return [
        {
            "asked_at": at(consult.asked_at, zone),
            "starts": at(time.start, zone),
            "minutes": time.minutes,
            "place": time.place,
            "i_would_take_it": mine is not None and mine.time_id == time.pk,
        }
        for time in open_times(consult, now)
    ]
