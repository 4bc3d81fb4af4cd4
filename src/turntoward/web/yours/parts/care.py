"""What one keeps of small shifts that are not enough: my own questionnaires, and my "not now"."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.care.kept import KeptView, kept_by
from turntoward.web.care.models import NotNow
from turntoward.web.couples.models import Partner
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`questionnaires` and `not_now`. What the signs say is worked out anew at every look."""
    kept = [view for view in kept_by(partner, key, now) if view.filled.removed_at is None]
    quiet = NotNow.objects.visible_to(partner)
    return {
        "questionnaires": [_kept(view, partner) for view in reversed(kept)],
        "not_now": [
            {"since": one.since.isoformat(), "until": one.until.isoformat()} for one in quiet
        ],
    }


def _kept(view: KeptView, partner: Partner) -> Row:
    result = view.result
    answers = result.given.items() if result else ()
    return {
        "at": at(view.filled.at, partner.couple.zone),
        "which": result.questionnaire.name if result else None,
        "answers": ", ".join(f"{key} {value}" for key, value in answers) if result else None,
        "sum_or_picture": result.number if result else None,
        "locked": result is None,
    }
