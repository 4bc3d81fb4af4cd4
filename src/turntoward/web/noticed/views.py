"""Bids noticed, kept, and answered late. Taps may come from a phone that was offline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.taps import AlreadyHere, once, tapped_at
from turntoward.web.couples.typed import typed
from turntoward.web.noticed import actions
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.noticed.present import bids_of

#: The status of a page that says why what was sent could not be kept.
NOT_TAKEN = 422


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """I noticed: choose what it was, with a line if you like. The other sees it at once."""
    partner, now = partner_of(request), timezone.now()
    if request.method == "GET":
        return _page(request, "noticed/noticed.html")
    sort, words = request.POST.get("sort", ""), typed(request)
    try:
        with once(request, now):
            at = tapped_at(request, now)
            actions.notice(partner, sort, words, at)
    except actions.Unclear as problem:
        return _page(request, "noticed/noticed.html", problem=problem, sort=sort, words=words)
    except AlreadyHere:
        pass
    return redirect("noticed:notice")


@require_http_methods(["GET", "POST"])
def passed(request: HttpRequest) -> HttpResponse:
    """It passed by: kept for whoever writes it, and for nobody else."""
    partner, now = partner_of(request), timezone.now()
    if request.method == "GET":
        return _page(request, "noticed/passed.html")
    whose, words = request.POST.get("whose", ""), typed(request)
    try:
        with once(request, now):
            at = tapped_at(request, now)
            actions.keep_passed(partner, whose, words, at)
    except actions.Unclear as problem:
        return _page(request, "noticed/passed.html", problem=problem, whose=whose, words=words)
    except AlreadyHere:
        pass
    return redirect("noticed:passed")


@require_POST
def kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of something that I kept: in person, let go, neither again, or deleted."""
    partner, what = partner_of(request), request.POST.get("what", "")
    mine = Kept.objects.visible_to(partner).filter(pk=pk).first()
    if mine is None:
        pass  # gone already, or never mine: both look the same
    elif what == "delete":
        actions.delete_kept(mine)
    elif what in ("in-person", "let-go", "undo"):
        actions.change_kept(mine, "" if what == "undo" else what)
    return redirect("noticed:passed")


@require_POST
def received(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the other gave me: that was nice, or put it off my Today."""
    partner, what, now = partner_of(request), request.POST.get("what", ""), timezone.now()
    given = Given.objects.visible_to(partner).exclude(giver=partner).filter(pk=pk).first()
    try:
        with once(request, now):
            if given is None:
                pass  # taken back a moment ago, or never for me: both look the same
            elif what in ("nice", "not-nice"):
                actions.was_nice(given, what == "nice")
            elif what in ("away", "all-away"):
                actions.put_away(partner, given, earlier=what == "all-away")
    except AlreadyHere:
        pass
    return redirect("noticed:notice" if "here" in request.POST else "moments:today")


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What I gave: gone on both phones. What is gone already, or never was mine, looks the same."""
    partner = partner_of(request)
    mine = Given.objects.visible_to(partner).filter(giver=partner, pk=pk).first()
    if mine is not None:
        actions.take_back(mine)
    return redirect("readings:bids" if "bids" in request.POST else "noticed:notice")


def _page(request: HttpRequest, template: str, **sent: Any) -> HttpResponse:
    """The page; with a problem, so that a phone that sends what waited knows it was not taken."""
    context = bids_of(partner_of(request), vault_key(request), timezone.now()) | sent
    status = NOT_TAKEN if "problem" in sent else 200
    return render(request, template, context | {"tab": "moments"}, status=status)
