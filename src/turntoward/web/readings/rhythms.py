"""The rhythms as a part of a page: of a reading, of one that does not open, or of none yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from turntoward.errors import DamagedReading
from turntoward.reading.reading import Reading
from turntoward.reading.sections.zoom import look
from turntoward.web.couples.access import agreed, both_agreed
from turntoward.web.couples.models import Partner
from turntoward.web.readings import store
from turntoward.web.readings.asked import rests_on_now, seasons_of
from turntoward.web.readings.models import UNFINISHED, Bringing
from turntoward.web.readings.present import rhythm_page

#: What is shown around the weeks in which a change began.
_AROUND = timedelta(weeks=13)


def rhythms_of(partner: Partner) -> dict[str, Any]:
    """The reading that this partner sees, with the seasons as they are marked now.

    Without `reading` there is none: `why` says that it does not open, `bringing` is a chat that was
    brought in.
    """
    keys = {"my_key": agreed(partner), "both_keys": both_agreed(partner.couple)}
    brought = Bringing.objects.visible_to(partner)
    stored = store.stored_for(partner)
    if stored is None:
        return keys | {"bringing": brought.first()}
    try:
        reading = store.open_reading(stored)
    except DamagedReading as damaged:
        return keys | {"why": str(damaged)}
    context = keys | rhythm_page(reading, seasons_of(partner.couple.seasons.all()))
    context["headline"] = _with_weeks(context["headline"], reading)
    if not rests_on_now(reading, partner.couple):
        context |= {"before": True, "anew": brought.filter(state__in=UNFINISHED).first()}
    return context


def _with_weeks(sentences: tuple[str, ...], reading: Reading) -> list[tuple[str, SafeString]]:
    """Each sentence, and for a change the button that shows its weeks in the charts."""
    changes = [_weeks(drift.earliest, drift.latest) for drift in reading.finding.drifts]
    rest = [SafeString("")] * (len(sentences) - len(changes))
    return list(zip(sentences, changes + rest, strict=True))


def _weeks(earliest: date, latest: date) -> SafeString:
    first, last = earliest - _AROUND, latest + _AROUND
    # Made by `reading.markup`, in which every string is escaped.
    return SafeString(look(first.isoformat(), last.isoformat(), _("See these weeks")))
