"""Requests as each side sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from turntoward.web.couples.models import Partner
from turntoward.web.handover.models import Brief, By, Opened
from turntoward.web.practice.actions import SENDS_AFTER
from turntoward.web.practice.models import (
    GOES_ON,
    Consult,
    ConsultYes,
    Practice,
    Proposed,
    Would,
)
from turntoward.web.practice.standing import Stands, has_document, open_times, stands
from turntoward.web.practice.words import Words, mark_of, reply_of, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A proposed time as one of the couple sees it: who would take it."""

    time: Proposed
    mine: bool
    theirs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request on the practice's list: `words` is None where nothing is left to read."""

    consult: Consult
    stands: Stands
    words: Words | None


def for_partner(partner: Partner) -> QuerySet[Consult]:
    """This partner's requests, with what their pages need."""
    rows = Consult.objects.visible_to(partner)
    related = rows.select_related("brief", "picked", "couple", "practice")
    return related.prefetch_related("times")


def of_brief(partner: Partner, brief: Brief) -> Consult | None:
    """The request with this brief that goes on; None where there is none."""
    return for_partner(partner).filter(brief=brief, state__in=GOES_ON).first()


def asking(partner: Partner, brief: Brief, consult: Consult | None) -> Mapping[str, Any]:
    """What the asking page shows.

    For a brief of both, nothing of it tells whether the other has said yes, or did and took it
    back: the page is the same.
    """
    words = words_of(consult) if consult else None
    yes = ConsultYes.objects.filter(consult=consult, partner=partner)
    own = brief.owner_id is not None
    return {
        "brief": brief,
        "consult": consult,
        "words": words,
        "mark": mark_of(consult) if consult and words else "",
        "said_yes": consult is not None and yes.exists(),
        "own": own,
        "sends_at": consult.sends_at if consult and own else None,
        "first_names": _first_names(partner, own=own),
        "sends_after": SENDS_AFTER,
    }


def _first_names(partner: Partner, *, own: bool) -> str:
    if own:
        return partner.name
    names = sorted([partner, *filter(None, [partner.other()])], key=lambda one: one.side)
    return _("{one} and {other}").format(one=names[0].name, other=names[-1].name)


def standing(partner: Partner, consult: Consult, now: datetime) -> Mapping[str, Any]:
    """What the request's page shows to one of the couple."""
    woulds = dict(Would.objects.filter(consult=consult).values_list("partner_id", "time_id"))
    mine = woulds.pop(partner.pk, None)
    times = [
        Time(time=time, mine=time.pk == mine, theirs=time.pk in woulds.values())
        for time in open_times(consult, now)
    ]
    return {
        "consult": consult,
        "practice": consult.practice,
        "stands": stands(consult, now).value,
        "words": words_of(consult),
        "times": times,
        "own": consult.owner_id is not None,
        "opened": Opened.objects.filter(brief=consult.brief_id, by=By.PRACTICE).first(),
        "reply": reply_of(consult),
        "waits_for_me": any(each.theirs and not each.mine for each in times),
    }


def requests_of(practice: Practice, now: datetime) -> list[Request]:
    """The practice's list: what goes on first, then what ended, the newest first in each."""
    rows = Consult.objects.sent_to(practice, now).order_by("-sends_at")
    related = rows.select_related("brief", "picked", "couple").prefetch_related("times")
    shown = [request_of(consult, now) for consult in related]
    return sorted(shown, key=lambda each: each.words is None)


def request_of(consult: Consult, now: datetime) -> Request:
    """One request as the practice sees it: its words only while its brief can be read."""
    words = words_of(consult) if has_document(consult, now) else None
    return Request(consult=consult, stands=stands(consult, now), words=words)


def news_for(partner: Partner, now: datetime) -> Consult | None:
    """A request of which Today says something: times were proposed, one is picked, or came free.

    Without a practice nothing is asked of the database.
    """
    if not settings.PRACTICE:
        return None
    for consult in for_partner(partner).filter(state__in=GOES_ON, sends_at__lte=now):
        now_stands = stands(consult, now)
        freed = now_stands is Stands.SENT and consult.freed_at is not None
        if freed or now_stands in (Stands.PROPOSED, Stands.PICKED):
            return consult
    return None
