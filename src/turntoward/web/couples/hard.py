"""Hard seasons: times in which Today expects less, and says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Couple, Kind, Season

if TYPE_CHECKING:
    from turntoward.web.part import Look

#: Kinds of seasons that are hard, as they are called inside a sentence. "Life transitions, work
#: stress, parenting, grief, or burnout can all pull attention away from the relationship."
CALLED: dict[str, Promise] = {
    Kind.WORK: _("stress at work"),
    Kind.PARENTING: _("the children"),
    Kind.GRIEF: _("grief"),
    Kind.BURNOUT: _("burnout"),
    Kind.ILL: _("illness"),
    Kind.BUSY: _("a busy time"),
}


def hard_now(couple: Couple, day: date) -> Season | None:
    """The hard season that `day` lies in, the one that began last where there are several.

    A season without an end that does not go on still is a moment: it holds its one day.
    """
    lasts = Q(ongoing=True) | Q(end__gte=day) | Q(end=None, start=day)
    found = Season.objects.filter(lasts, couple=couple, kind__in=list(CALLED), start__lte=day)
    return found.order_by(F("start").desc(), "-pk").first()


def hard_for(look: Look) -> Season | None:
    """The hard season that the day lies in that is looked at."""
    return hard_now(look.partner.couple, look.day)
