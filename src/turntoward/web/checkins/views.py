"""The ten minutes and the quiet coffee, on two phones or on one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from turntoward.web.checkins import actions
from turntoward.web.checkins.choice import chosen, offered
from turntoward.web.checkins.clock import Stage
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.checkins.present import faces, scene, side_of_turn
from turntoward.web.checkins.wished import wish
from turntoward.web.couples.access import partner_of

#: How many of the own last ones are shown.
_PAST = 6


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """Sit down, or be in it."""
    return render(request, "checkins/together.html", _now(request))


@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """The same as a fragment, fetched when something changed."""
    context, was = _now(request), request.GET.get("was", "")
    if context["sitting"] is None and was:
        # The sitting this phone was in is over: on to how it felt.
        try:
            sitting = sitting_of(request, UUID(was))
        except ValueError as error:
            raise Http404 from error
        return _on_to(reverse("checkins:afterwards", args=[sitting.pk]))
    return render(request, "checkins/_now.html", context)


def _now(request: HttpRequest) -> dict[str, Any]:
    partner, moment = partner_of(request), timezone.now()
    sitting = actions.open_sitting(partner, moment)
    shared: dict[str, Any] = {"sitting": sitting, "names": faces(partner), "warmths": Warmth}
    if sitting is not None:
        return shared | {"scene": scene(sitting, partner, moment, request.session)}
    past = Afterwards.objects.visible_to(partner).select_related("sitting")
    return shared | {
        "choice": offered(partner, request.GET.get("what", "")),
        "alone": partner.other() is None,
        "past": past.order_by("-sitting__begun_at")[:_PAST],
    }


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Sit down, or come into what the other began a second ago."""
    partner = partner_of(request)
    actions.begin(partner, timezone.now(), chosen(partner, request.POST.dict()))
    return _shown(request)


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on, rest, resume, let one phone be enough, or stop."""
    sitting = sitting_of(request, pk)
    what, moment = request.POST.get("what"), timezone.now()
    if what == "go-on":
        actions.go_on(sitting, _stage(request), moment)
    elif what == "rest":
        actions.rest(sitting, moment)
    elif what == "resume":
        actions.resume(sitting, moment)
    elif what == "one-phone":
        actions.lay_between(sitting)
    elif what == "stop":
        actions.stop(sitting, moment)
    sitting.refresh_from_db()
    if sitting.ended_at is None:
        return _shown(request)
    url = reverse("checkins:afterwards", args=[pk])
    return _on_to(url) if request.headers.get("HX-Request") else redirect(url)


@require_POST
def prompt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another prompt, none, or one again. Only this phone knows."""
    sitting, partner = sitting_of(request, pk), partner_of(request)
    what = request.POST.get("what", "")
    side = side_of_turn(_stage(request), sitting.first)
    if side is None or what not in ("another", "none", "one"):
        raise Http404
    if sitting.shared_phone or side == partner.side:
        wish(request.session, sitting, side, what)
    return _shown(request)


def sitting_of(request: HttpRequest, pk: UUID) -> Sitting:
    """The couple's sitting; 404 where it is another's or nobody's."""
    return get_object_or_404(Sitting.objects.visible_to(partner_of(request)), pk=pk)


def _stage(request: HttpRequest) -> Stage:
    try:
        return Stage(request.POST.get("stage", ""))
    except ValueError as error:
        raise Http404 from error


def _shown(request: HttpRequest) -> HttpResponse:
    """The present state after a tap: as a fragment for htmx, as a page without."""
    if request.headers.get("HX-Request"):
        return render(request, "checkins/_now.html", _now(request))
    return redirect("checkins:together")


def _on_to(url: str) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": url})
