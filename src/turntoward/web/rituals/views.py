"""The rituals of the two: keep one, change it, let it rest, undo, and that it was kept today."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.couples.taps import AlreadyHere, once, tapped_at
from turntoward.web.rituals import actions
from turntoward.web.rituals.forms import RitualForm
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Ritual
from turntoward.web.rituals.present import Row, rituals_page, row_of

_TODAY = "moments:today"
_PAGE = "rituals:rituals"
#: The place in the tabs that these pages lie under.
TAB = {"tab": "couples"}


@require_GET
def rituals(request: HttpRequest) -> HttpResponse:
    """What the two keep, and what they could."""
    partner = partner_of(request)
    context = rituals_page(partner, timezone.now())
    context["done"] = _done(partner, request.GET.get("changed", ""))
    context["undone"] = request.GET.get("undone", "")
    return render(request, "rituals/rituals.html", context | TAB)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep one as it stands here, or let it rest."""
    kind, on = _kind(request.POST.get("ritual", "")), request.POST.get("on") == "1"
    actions.switch(partner_of(request), kind, on=on, now=timezone.now())
    return _changed(kind)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """The days and the hour of one."""
    partner, given = partner_of(request), request.POST or request.GET
    kind = _kind(given.get("ritual", ""))
    form = RitualForm(kind, request.POST or None, initial=_as_it_is(row_of(partner, kind)))
    if request.method == "POST" and form.is_valid():
        actions.change(partner, kind, form.plan(), timezone.now())
        return _changed(kind)
    context = {"form": form, "row": row_of(partner, kind), "zone": partner.couple.zone}
    context["alone"] = partner.other() is None
    return render(request, "rituals/change.html", context | TAB)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Put one back to what it was before its last change."""
    kind, turn = _kind(request.POST.get("ritual", "")), request.POST.get("turn", "")
    try:
        actions.undo(partner_of(request), kind, int(turn), timezone.now())
    except (actions.ChangedSince, ValueError):
        return _to_page("undone=no")
    return _to_page("undone=yes")


@require_POST
def kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The two kept it, as either taps; or take that back."""
    partner, now = partner_of(request), timezone.now()
    ritual, at = _own(partner, pk), tapped_at(request, now)
    day = actions.day_to_mark(partner, request.POST.get("day", ""), at)
    if day is None:
        return redirect(_TODAY)
    try:
        with once(request, now):
            actions.mark(ritual, day, at, kept=not request.POST.get("undo"))
    except AlreadyHere:
        pass
    return redirect(_TODAY)


@require_POST
def aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not today, on this partner's own page; or take it up again."""
    partner, now = partner_of(request), timezone.now()
    ritual, at = _own(partner, pk), tapped_at(request, now)
    day = actions.day_to_mark(partner, request.POST.get("day", ""), at)
    if day is None:
        return redirect(_TODAY)
    try:
        with once(request, now):
            actions.set_aside(partner, ritual, day, at, aside=not request.POST.get("undo"))
    except AlreadyHere:
        pass
    return redirect(_TODAY)


def _own(partner: Partner, pk: UUID) -> Ritual:
    return get_object_or_404(Ritual.objects.visible_to(partner).select_related("couple"), pk=pk)


def _kind(given: str) -> Kind:
    try:
        return Kind(given)
    except ValueError as error:
        raise Http404 from error


def _as_it_is(row: Row) -> dict[str, object]:
    return {"name": row.plan.name, "days": sorted(row.plan.days), "at": row.plan.at}


def _changed(kind: Kind) -> HttpResponse:
    return _to_page(f"changed={kind.value}")


def _to_page(said: str) -> HttpResponse:
    response = redirect(_PAGE)
    response["Location"] += f"?{said}"
    return response


def _done(partner: Partner, kind: str) -> Row | None:
    """The one that was just changed here, where that can be undone."""
    if kind not in Kind:
        return None
    row = row_of(partner, Kind(kind))
    return row if row.turn is not None else None
