"""Pages of the brief: what it is, its lines, what it would hand over, and the documents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.errors import TurntowardError
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.handover import actions, present, proposing_actions
from turntoward.web.handover.actions import Agreed
from turntoward.web.handover.frozen import NothingToHandOver
from turntoward.web.handover.models import Brief, Stage


@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """What a brief is and is not, and those that there are."""
    partner, now = partner_of(request), timezone.now()
    actions.tidy(now)
    return render(request, "handover/handover.html", present.overview(partner, now))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin one together, or one's own."""
    alone = request.POST.get("whose") != "both"
    try:
        brief = actions.begin(partner_of(request), timezone.now(), alone=alone)
    except TurntowardError:
        return redirect("handover:handover")
    return redirect("handover:brief", pk=brief.pk)


@require_GET
def brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its lines while they can be written; then its documents; then only who opened it."""
    partner, key, now = partner_of(request), vault_key(request), timezone.now()
    actions.tidy(now)
    found = brief_of(request, pk)
    if found.state(now) is Stage.WRITTEN:
        proposing_actions.propose(found, partner, key, now)
        context = present.page_of(found, partner, key, now)
        return render(request, "handover/lines.html", context)
    return documents(request, found, "")


def documents(request: HttpRequest, found: Brief, problem: str, typed: str = "") -> HttpResponse:
    """The page of a brief that is frozen, or was; with what was `typed` for it too late."""
    now = timezone.now()
    try:
        context = present.frozen_page(found, now)
    except NothingToHandOver as gone:
        context = {"brief": found, "log": list(found.opened.all()), "gone": str(gone)}
        context |= {"alone": found.owner_id is not None, "stage": found.state(now).value}
    return render(
        request, "handover/documents.html", context | {"problem": problem, "typed": typed}
    )


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would be handed over, as it prints; agree to it, or not yet."""
    partner, key, now = partner_of(request), vault_key(request), timezone.now()
    found, problem = brief_of(request, pk), ""
    if found.state(now) is not Stage.WRITTEN:
        return redirect("handover:brief", pk=pk)
    if request.method == "POST":
        if request.POST.get("agree") != "yes":
            actions.not_yet(found, partner)
            return redirect("handover:read", pk=pk)
        came = actions.agree(found, partner, request.POST.get("digest", ""), key, now)
        if came is Agreed.FROZEN:
            return redirect("handover:brief", pk=pk)
        problem = _said(came)
    context = present.preview_of(found, partner, key, now) | {"problem": problem}
    return render(request, "handover/read.html", context)


def _said(came: Agreed) -> str:
    return {
        Agreed.CHANGED: _("What is in it changed while you read. Here it is as it is now."),
        Agreed.EMPTY: _("Nothing is in it yet. A line goes in when it is kept."),
        Agreed.FULL: _("It is longer than two pages. Leave a line out, or make one shorter."),
        Agreed.LOCKED: _("Your private words are locked. Open them first."),
    }.get(came, "")


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back, while no practice has opened it."""
    found = brief_of(request, pk)
    try:
        actions.withdraw(found, partner_of(request), timezone.now())
    except actions.AlreadyOpened as opened:
        return documents(request, found, str(opened))
    return redirect("handover:brief", pk=pk)


def brief_of(request: HttpRequest, pk: UUID) -> Brief:
    """A brief that whoever asks may see; 404 for every other."""
    rows = Brief.objects.visible_to(partner_of(request)).select_related("couple", "owner")
    return get_object_or_404(rows, pk=pk)
