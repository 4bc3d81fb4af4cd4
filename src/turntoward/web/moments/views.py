"""Today: one thing at a time, and the answers to its small shift."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from turntoward.moments.choose import Answer
from turntoward.web.checkins.actions import are_sitting
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.choices import not_asked_yet
from turntoward.web.couples.hard import CALLED, hard_for
from turntoward.web.couples.taps import AlreadyHere, once
from turntoward.web.moments import actions
from turntoward.web.moments.looking import greeting, look_of, passed_by
from turntoward.web.moments.models import Offer
from turntoward.web.moments.parts import of_today
from turntoward.web.moments.today import in_a_resting_week
from turntoward.web.readings.summary import fading_rhythms, what_waits

_TODAY = "moments:today"


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is settled as lines, and the first thing that is not."""
    return _today(request)


def _today(request: HttpRequest, note: str = "") -> HttpResponse:
    look = look_of(request, timezone.now())
    season = look.once(hard_for)
    context = {
        "greeting": greeting(look),
        "hard": CALLED[season.kind] if season else "",
        "resting": look.once(in_a_resting_week),
        "alone": look.partner.other() is None,
        "not_asked_yet": not_asked_yet(request),
        "sits": are_sitting(look.partner, look.now),
        "laid": of_today(look, after=passed_by(request)),
        "waits": what_waits(look.partner),
        "note": note,
    }
    return render(request, "moments/today.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, not today, not for us, or undo. No time of it is kept, so none is asked for."""
    partner, now = partner_of(request), timezone.now()
    try:
        given = Answer(request.POST.get("answer", ""))
        with once(request, now):
            if actions.answer(partner, pk, given, now) is None:
                raise Http404
    except ValueError as error:
        raise Http404 from error
    except AlreadyHere:
        pass
    except actions.TooLate as late:
        return _today(request, note=str(late))
    return redirect(_TODAY)


@require_POST
def another(request: HttpRequest) -> HttpResponse:
    """After "not for us": the next one."""
    partner, now = partner_of(request), timezone.now()
    if not in_a_resting_week(look_of(request, now)):
        actions.another(partner, fading_rhythms(partner), now)
    return redirect(_TODAY)


@require_POST
def smaller(request: HttpRequest, pk: int) -> HttpResponse:
    """Something smaller than this one, or the first one again."""
    partner, now = partner_of(request), timezone.now()
    offer = get_object_or_404(Offer.objects.visible_to(partner), pk=pk)
    if in_a_resting_week(look_of(request, now)):
        return redirect(_TODAY)
    if request.POST.get("again"):
        actions.first_again(offer)
    elif not actions.smaller(offer, fading_rhythms(partner), now):
        return _today(request, note=_("Nothing smaller is left for today. Leaving it is fine too."))
    return redirect(_TODAY)
