"""The picked time as a calendar has it: the same meeting for both, and for the practice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from turntoward.web.keys import derive
from turntoward.web.practice.models import Consult, Proposed


def meeting(consult: Consult, time: Proposed, summary: str, zone: str) -> bytes:
    """The `.ics` of the picked `time`, called `summary`, by the clock of `zone`.

    The start and the id are the same whoever asks; the id is none that stands in an address here.
    Another time is another meeting: calendars pass over one of the same id that seems older.
    """
    # Slow to load, and needed here alone.
    from django.conf import settings

    from turntoward.web.handover.invitation import invitation

    key = derive(settings.APPLICATION_KEY, f"meeting of {consult.pk} {time.pk}")
    return invitation(
        uid=key.hex()[:32],
        summary=summary,
        start=time.start,
        minutes=time.minutes,
        # In autumn a clock shows an hour twice, and a calendar takes the first: no clock, then.
        zone="UTC" if time.start.astimezone(ZoneInfo(zone)).fold else zone,
        place=time.place,
    )


def initials(names: str) -> str:
    """Names as short as a calendar needs them: "Ana and Ben" is "A. B."."""
    return " ".join(f"{word[0]}." for word in names.split() if word[0].isupper())
