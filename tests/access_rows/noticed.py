"""Rows of bids: noticed, kept, and answered late."""

import secrets

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.noticed import actions
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.sealed import Gift

OWN = {"notice", "passed"}
OBJECTS = {"kept", "received", "take-back", "answer-now", "in-person"}
ONLY_MINE = {"answer-now", "in-person"}
#: What is gone may be tapped from a page of before: the answer is the same for what is not theirs.
HARMLESS = {"kept", "received", "take-back"}


def objects(ana: Partner) -> dict[str, str]:
    """Something that Ana gave, something that she keeps, and a quote of no reading."""
    key = secrets.token_bytes(32)
    kept = actions.keep_passed(ana, "mine", "", key, timezone.now())
    given = Given(couple=ana.couple, giver=ana, at=timezone.now())
    given.sealed = actions.seal_gift(given, Gift(sort="shared"))
    given.save()
    return {
        "kept": f"/noticed/passed/{kept.pk}/",
        "received": f"/noticed/{given.pk}/received/",
        "take-back": f"/noticed/{given.pk}/take-back/",
        "answer-now": "/noticed/late/1/",
        "in-person": "/noticed/late/1/in-person/",
    }
