"""Today: one small shift, with its reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import moment_called
from turntoward.moments.choose import Answer
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions
from turntoward.web.moments.models import Offer
from turntoward.web.readings.summary import fading_rhythms, what_waits


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """One thing at a time: the shift of today."""
    partner = partner_of(request)
    offer = actions.offer_of_today(partner, fading_rhythms(partner), timezone.now())
    return render(request, "moments/today.html", _context(partner, offer))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, not today, not for us, or undo."""
    partner = partner_of(request)
    try:
        given = Answer(request.POST.get("answer", ""))
    except ValueError as error:
        raise Http404 from error
    whole = not request.headers.get("HX-Request")
    try:
        offer = actions.answer(partner, pk, given, timezone.now())
    except actions.TooLate as late:
        now = actions.offer_of_today(partner, fading_rhythms(partner), timezone.now())
        context = _context(partner, now) | {"late": str(late)}
        return render(request, "moments/today.html" if whole else "moments/_offer.html", context)
    if offer is None:
        raise Http404
    if whole:
        return redirect("moments:today")
    return render(request, "moments/_offer.html", _context(partner, offer))


@require_POST
def another(request: HttpRequest) -> HttpResponse:
    """After "not for us": the next one."""
    partner = partner_of(request)
    offer = actions.offer_of_today(partner, fading_rhythms(partner), timezone.now())
    if not request.headers.get("HX-Request"):
        return redirect("moments:today")
    return render(request, "moments/_offer.html", _context(partner, offer))


def _context(partner: Partner, offer: Offer | CannotTell) -> dict[str, object]:
    shown = offer if isinstance(offer, Offer) else None
    return {
        "offer": shown,
        "moment": moment_called(shown.key) if shown else None,
        "resting": offer.why if isinstance(offer, CannotTell) else "",
        "waits": what_waits(partner),
    }
