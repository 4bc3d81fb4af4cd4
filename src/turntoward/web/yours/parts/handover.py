"""Briefs: those of both and my own, with the lines that I may see, and who opened them."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.handover.frozen import NothingToHandOver, document
from turntoward.web.handover.lines import Shown, shown
from turntoward.web.handover.models import Agreement, Brief, Kind
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`briefs`, `brief_lines` and `brief_opened`. What the other said of a line is theirs."""
    rows = Brief.objects.visible_to(partner).select_related("couple", "owner", "begun_by")
    briefs, zone = list(rows.order_by("begun_at")), partner.couple.zone
    return {
        "briefs": [_brief(one, partner, now) for one in briefs],
        "brief_lines": [_line(v, one) for one in briefs for v in shown(one, partner, key)],
        "brief_opened": [
            {"brief": str(one.pk), "at": at(log.at, zone), "by": log.name, "what": log.what}
            for one in briefs
            for log in one.opened.all()
        ],
    }


def _brief(brief: Brief, partner: Partner, now: datetime) -> Row:
    zone = partner.couple.zone
    try:
        told = document(brief, now)[1].decode()
    except NothingToHandOver:
        told = None
    mine = Agreement.objects.filter(brief=brief, partner=partner).first()
    return {
        "brief": str(brief.pk),
        "mine_alone": brief.owner_id is not None,
        "begun_at": at(brief.begun_at, zone),
        "begun_by": brief.begun_by.name if brief.begun_by else None,
        "state": brief.state(now).value,
        "i_agreed_at": at(mine.at, zone) if mine else None,
        "frozen_at": at(brief.frozen_at, zone),
        "expires_at": at(brief.expires_at, zone),
        "taken_back_at": at(brief.withdrawn_at, zone),
        "document": told,
    }


def _line(view: Shown, brief: Brief) -> Row:
    return {
        "brief": str(brief.pk),
        "kind": Kind(view.line.kind).value,
        "mine": view.mine,
        "words": view.chart.alternative if view.chart else view.words,
        "locked": view.words is None,
        "stands": view.stands.value,
    }
