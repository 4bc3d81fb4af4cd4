"""Bids as they were read: each correctable, with undo."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from turntoward.errors import DamagedReading, UnknownQuote
from turntoward.reading.reading import Correction, Reading
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import StoredReading
from turntoward.web.readings.picked_up import picked_up
from turntoward.web.readings.present import (
    bids_page,
    correctable,
    kinds,
    passed_by,
    quote_view,
    stances,
)
from turntoward.web.readings.summary import latest_reading


@require_GET
def bids(request: HttpRequest) -> HttpResponse:
    """Bids and how they were met: first those that I passed by, to pick up again."""
    partner = partner_of(request)
    reading = latest_reading(partner)
    if reading is None:
        return redirect("readings:rhythm")  # which says that there is none, or that it is damaged
    context = bids_page(reading, partner, picked_up(partner, reading.quotes))
    return render(request, "readings/bids.html", context)


@require_POST
def correct(request: HttpRequest, quoted: int) -> HttpResponse:
    """One of the two says what an exchange was."""
    partner = partner_of(request)
    stored = _correctable_or_404(partner, quoted)
    kind, stance = request.POST.get("kind", ""), request.POST.get("stance", "")
    if kind not in dict(kinds()) or stance not in dict(stances()):
        raise Http404
    correction = Correction(quoted=quoted, kind=kind, stance=stance)
    return _change(request, quoted, lambda: actions.correct_quote(stored, correction))


@require_POST
def undo(request: HttpRequest, quoted: int) -> HttpResponse:
    """Take a correction back."""
    partner = partner_of(request)
    stored = _correctable_or_404(partner, quoted)
    return _change(request, quoted, lambda: actions.undo_correction(stored, quoted))


def _change(request: HttpRequest, quoted: int, change: Callable[[], Reading]) -> HttpResponse:
    """The corrected exchange: as a fragment, or the whole page where there is no JavaScript."""
    try:
        reading = change()
    except (StoredReading.DoesNotExist, UnknownQuote) as gone:
        # A key was taken back, or the chat was read again, since the page was shown.
        raise Http404 from gone
    if not request.headers.get("HX-Request"):
        return redirect("readings:bids")
    partner = partner_of(request)
    found = next(q for q in reading.quotes if q.id == quoted)
    context = {
        "view": quote_view(reading, found, partner),
        "kinds": kinds(),
        "stances": stances(),
        "answerable": quoted in passed_by(reading, partner),
    }
    return render(request, "readings/_quote.html", context)


def _correctable_or_404(partner: Partner, quoted: int) -> StoredReading:
    """The reading that holds this exchange; what is not for this partner to see is not there."""
    stored = store.stored_for(partner)
    try:
        if stored is None or quoted not in correctable(store.open_reading(stored), partner):
            raise Http404
    except DamagedReading as damaged:
        raise Http404 from damaged
    return stored
