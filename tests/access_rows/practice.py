"""Rows of the practice: its addresses exist only where a practice hosts the companion.

So they are none of `OPEN`, `OWN` and the like, which are for every companion; the test of the
hosted one (`test_practice_access`) adds them.
"""

from __future__ import annotations

from turntoward.web.practice.models import Consult, Practice

#: Read by anybody.
ANYBODY = {"practice", "enter", "start", "join"}
#: There in the demo only.
HOSTED_DEMO = {"look-around"}
#: Of a couple, each an object.
COUPLE = {"ask", "consult", "answer", "move", "ics"}
#: Of whoever works at the practice; of its admins alone; and requests, each an object.
STAFF = {"leave", "people", "passphrase", "requests"}
ADMIN = {"page"}
ADMIN_OBJECTS = {"remove"}
REQUESTS = {
    "request", "propose", "take-time-back", "decline", "document", "request-ics",
}  # fmt: skip


def couple_objects(consult: Consult) -> dict[str, str]:
    """Addresses of a couple's request."""
    return {
        "ask": f"/consult/ask/{consult.brief_id}/",
        "consult": f"/consult/{consult.pk}/",
        "answer": f"/consult/{consult.pk}/answer/",
        "move": f"/consult/{consult.pk}/move/",
        "ics": f"/consult/{consult.pk}/consult.ics",
    }


def request_objects(consult: Consult, time: int) -> dict[str, str]:
    """The same request as the practice has it."""
    base = f"/practice/requests/{consult.pk}"
    return {
        "request": f"{base}/",
        "propose": f"{base}/times/",
        "take-time-back": f"{base}/times/{time}/back/",
        "decline": f"{base}/decline/",
        "document": f"{base}/pdf/",
        "request-ics": f"{base}/consult.ics",
    }


def staff_objects(practice: Practice) -> dict[str, str]:
    """Somebody who works there."""
    who = practice.therapists.filter(admin=False).get()
    return {"remove": f"/practice/people/{who.pk}/remove/"}
