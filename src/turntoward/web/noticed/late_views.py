"""Picking up a bid that passed by, from the reading: late turning toward counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from turntoward.reading.reading import Reading
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.couples.taps import AlreadyHere, once, tapped_at
from turntoward.web.couples.typed import typed
from turntoward.web.noticed import actions
from turntoward.web.noticed.present import picked_up
from turntoward.web.noticed.views import NOT_TAKEN
from turntoward.web.readings.present import bids_page, passed_by
from turntoward.web.readings.summary import latest_reading


@require_POST
def answer_now(request: HttpRequest, quoted: int) -> HttpResponse:
    """A line to the other, with the bid that it answers: they see it at once."""
    partner, now = partner_of(request), timezone.now()
    reading, words = _reading_with(partner, quoted), typed(request)
    try:
        with once(request, now):
            found = passed_by(reading, partner)[quoted]
            actions.answer_late(partner, found, words, tapped_at(request, now))
    except actions.Unclear as problem:
        context = bids_page(reading, partner, picked_up(partner, reading.quotes))
        context |= {"problem": problem, "answering": quoted, "words": words}
        return render(request, "readings/bids.html", context, status=NOT_TAKEN)
    except AlreadyHere:
        pass
    return redirect("readings:bids")


@require_POST
def in_person(request: HttpRequest, quoted: int) -> HttpResponse:
    """Answered face to face, which only whoever says so sees; or not after all."""
    partner, now = partner_of(request), timezone.now()
    if request.POST.get("what") == "undo":
        actions.not_in_person(partner, quoted)
        return redirect("readings:bids")
    _reading_with(partner, quoted)
    try:
        with once(request, now):
            actions.answered_in_person(partner, quoted)
    except AlreadyHere:
        pass
    return redirect("readings:bids")


def _reading_with(partner: Partner, quoted: int) -> Reading:
    """The reading in which this partner passed this bid by; any other quote is not there."""
    reading = latest_reading(partner)
    if reading is None or quoted not in passed_by(reading, partner):
        raise Http404
    return reading
