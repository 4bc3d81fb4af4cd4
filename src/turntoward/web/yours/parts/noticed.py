"""Bids that the two noticed and gave each other, and those that I keep for myself."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.noticed.sealed import gift_of, own_of, quote_of
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`noticed`, by both, and `bids_kept_for_me`, one's own.

    That the other put something off their Today is theirs; that they said it was nice, is not.
    """
    given = Given.objects.visible_to(partner).select_related("couple", "giver").order_by("at")
    kept = Kept.objects.visible_to(partner).order_by("at")
    zone = partner.couple.zone
    return {
        "noticed": [_given(one, partner) for one in given],
        "bids_kept_for_me": [_kept(one, key, zone) for one in kept],
    }


def _given(given: Given, partner: Partner) -> Row:
    gift, quote = gift_of(given), quote_of(given) if given.late else None
    mine = given.giver_id == partner.pk
    return {
        "given_at": at(given.at, partner.couple.zone),
        "by": given.giver.name,
        "sort": gift.sort,
        "late_answer": given.late,
        "words": gift.words,
        "answers_what_was_said_at": quote.at.isoformat() if quote else None,
        "answers": quote.text if quote else None,
        "was_nice": given.nice,
        "put_away": None if mine else given.away,
    }


def _kept(kept: Kept, key: bytes | None, zone: str) -> Row:
    own = own_of(kept, key)
    return {
        "kept_at": at(kept.at, zone),
        "whose": own.whose if own else None,
        "sort": own.sort if own else None,
        "words": own.words if own else None,
        "locked": own is None,
        "since": own.since if own else None,
    }
