"""Parked topics: my own, and those that both were ready for."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.topics.models import ReadyToHear, State, Topic
from turntoward.web.topics.present import shown
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`topics` and `ready_to_hear`.

    Never when a topic is to open: before that morning nobody learns that the other is ready.
    """
    visible = Topic.objects.visible_to(partner).select_related("couple", "by")
    zone = partner.couple.zone
    hears = ReadyToHear.objects.filter(partner=partner, until__gt=now)
    return {
        "topics": [_topic(one, partner, key, now) for one in visible.order_by("put_down_at")],
        "ready_to_hear": [{"until": at(one.until, zone)} for one in hears],
    }


def _topic(topic: Topic, partner: Partner, key: bytes | None, now: datetime) -> Row:
    view = shown(topic, partner, key, now)
    opening = view.opening
    return {
        "by": topic.by.name,
        "put_down_at": at(topic.put_down_at, partner.couple.zone) if view.mine else None,
        "state": State(topic.state).value,
        "words": opening.words if opening else None,
        "locked": view.locked,
        "i_feel": opening.feel if opening else None,
        "about": opening.about if opening else None,
        "i_would_like": opening.like if opening else None,
        "to_take_along": topic.to_take_along if view.mine else None,
    }
