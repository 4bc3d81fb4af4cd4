"""How it felt, once a sitting is over: one tap, and a few words that only their writer can read."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.checkins import actions
from turntoward.web.checkins.after import after, words_of
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.checkins.views import sitting_of
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.taps import AlreadyHere, once, tapped_at
from turntoward.web.couples.typed import TooLong, check_length, typed

_LONGEST = 4000


@require_http_methods(["GET", "POST"])
def afterwards(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How warm it felt; a few words that only their writer can read."""
    sitting = sitting_of(request, pk)
    if request.method == "GET":
        return _page(request, sitting)
    words = typed(request)
    try:
        _keep(request, sitting, words)
    except ValueError:
        problem = _("Tap how it felt first; your words are still here.")
    except (TooLong, actions.TooLate) as error:
        problem = str(error)
    else:
        return redirect("checkins:together")
    return _page(request, sitting, problem, words)


def _keep(request: HttpRequest, sitting: Sitting, words: str) -> None:
    """The words with the tap that is there already, or with the one that comes along.

    Raises `TooLong`, `ValueError` without any tap, and `TooLate` as the actions.
    """
    check_length(_LONGEST, words)
    partner, shown = partner_of(request), request.POST.get("shown", "")
    key = vault_key(request)
    felt = Afterwards.objects.visible_to(partner).filter(sitting=sitting).first()
    if felt is not None and "warmth" not in request.POST:
        actions.keep_words(felt, words, shown, key)
    else:
        warmth = Warmth(int(request.POST.get("warmth", "0")))
        actions.felt(sitting, partner, warmth, words, timezone.now(), shown=shown, key=key)


@require_POST
def felt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap. It may have waited on a phone without a network."""
    sitting, partner, moment = sitting_of(request, pk), partner_of(request), timezone.now()
    try:
        warmth = Warmth(int(request.POST.get("warmth", "")))
    except ValueError as error:
        raise Http404 from error
    try:
        with once(request, moment):
            tapped = tapped_at(request, moment)
            actions.felt(sitting, partner, warmth, "", moment, tapped=tapped)
    except AlreadyHere:
        pass
    except actions.TooLate as late:
        return _page(request, sitting, str(late))
    return redirect("checkins:afterwards", pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo the tap."""
    sitting = sitting_of(request, pk)
    try:
        actions.take_back(sitting, partner_of(request), timezone.now())
    except actions.TooLate as late:
        return _page(request, sitting, str(late))
    return redirect("checkins:afterwards", pk)


@require_GET
def own_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My own private words after one sitting."""
    partner, key = partner_of(request), vault_key(request)
    feeling = get_object_or_404(Afterwards.objects.visible_to(partner), pk=pk)
    context = {"feeling": feeling, "words": words_of(feeling, key)}
    return render(request, "checkins/own_words.html", context)


def _page(
    request: HttpRequest, sitting: Sitting, problem: str = "", words: str | None = None
) -> HttpResponse:
    partner, key = partner_of(request), vault_key(request)
    shown = None if words is None else request.POST.get("shown", "")
    view = after(sitting, partner, key, timezone.now(), words, shown)
    context = {"sitting": sitting, "view": view, "warmths": Warmth, "problem": problem}
    return render(request, "checkins/afterwards.html", context)
