"""The practice's side of requests: the list, one request, its brief, times, a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from turntoward.web.handover.frozen import NothingToHandOver
from turntoward.web.practice import actions, replying_actions
from turntoward.web.practice.calendars import initials, meeting
from turntoward.web.practice.entering import for_therapists
from turntoward.web.practice.forms import ReplyForm, TimeForm
from turntoward.web.practice.models import Consult, State, Therapist
from turntoward.web.practice.present import request_of, requests_of
from turntoward.web.practice.standing import has_document, open_times
from turntoward.web.practice.views import calendar_file

_SORTS = {"pdf": "application/pdf", "json": "application/json"}


@require_GET
@for_therapists
def requests(request: HttpRequest, therapist: Therapist) -> HttpResponse:
    """Every request that went out to this practice."""
    now = timezone.now()
    actions.tidy(now)
    context = {"here": therapist, "requests": requests_of(therapist.practice, now)}
    return render(request, "practice/requests.html", context)


@require_GET
@for_therapists
def one(request: HttpRequest, therapist: Therapist, pk: UUID) -> HttpResponse:
    """One request: what was sent, and what to answer."""
    return _shown(request, therapist, _sent(therapist, pk), {})


@require_POST
@for_therapists
def propose(request: HttpRequest, therapist: Therapist, pk: UUID) -> HttpResponse:
    """Propose a time."""
    consult, now = _sent(therapist, pk), timezone.now()
    form = TimeForm(request.POST, zone=therapist.practice.zone)
    if not form.is_valid():
        return _shown(request, therapist, consult, {"time_form": form})
    said = form.cleaned_data
    try:
        replying_actions.propose(consult, said["start"], said["minutes"], said["place"], now)
    except replying_actions.NotPossible as why:
        return _shown(request, therapist, consult, {"time_form": form, "problem": str(why)})
    return redirect("practice:request", consult.pk)


@require_POST
@for_therapists
def take_time_back(request: HttpRequest, therapist: Therapist, pk: UUID, time: int) -> HttpResponse:
    """A time is not possible after all."""
    consult = _sent(therapist, pk)
    replying_actions.take_time_back(get_object_or_404(consult.times, pk=time), timezone.now())
    return redirect("practice:request", consult.pk)


@require_POST
@for_therapists
def decline(request: HttpRequest, therapist: Therapist, pk: UUID) -> HttpResponse:
    """The practice cannot take it: with a sentence."""
    consult, form = _sent(therapist, pk), ReplyForm(request.POST)
    if not form.is_valid():
        return _shown(request, therapist, consult, {"reply_form": form})
    replying_actions.decline(consult, form.cleaned_data["words"], timezone.now())
    return redirect("practice:request", consult.pk)


# A plain form, not a link: nothing that only looks ahead, as a browser may, is noted as opening.
@require_POST
@for_therapists
def document(request: HttpRequest, therapist: Therapist, pk: UUID, what: str) -> HttpResponse:
    """The brief. That it was opened, by whom and when, is shown to the couple."""
    if what not in _SORTS:
        raise Http404
    consult = _sent(therapist, pk)
    try:
        content = replying_actions.open_document(consult, therapist, what, timezone.now())
    except NothingToHandOver as why:
        context = {"here": therapist, "why": str(why), "consult": consult}
        return render(request, "practice/no_document.html", context, status=410)
    answer = HttpResponse(content, content_type=_SORTS[what])
    answer.headers["Content-Disposition"] = f'attachment; filename="brief.{what}"'
    return answer


@require_GET
@for_therapists
def ics(request: HttpRequest, therapist: Therapist, pk: UUID) -> HttpResponse:
    """The picked time for the practice's calendar, with initials."""
    consult = _sent(therapist, pk)
    if consult.state != State.PICKED or consult.picked is None:
        raise Http404
    words = request_of(consult, timezone.now()).words
    who = initials(words.names) if words else ""
    summary = _("Consult {who}").format(who=who).strip()
    return calendar_file(meeting(consult, consult.picked, summary, therapist.practice.zone))


def _sent(therapist: Therapist, pk: UUID) -> Consult:
    rows = Consult.objects.sent_to(therapist.practice, timezone.now())
    return get_object_or_404(rows.select_related("brief", "picked", "couple"), pk=pk)


def _shown(
    request: HttpRequest, therapist: Therapist, consult: Consult, more: Mapping[str, Any]
) -> HttpResponse:
    now = timezone.now()
    context = {
        "here": therapist,
        "asked": request_of(consult, now),
        "times": open_times(consult, now),
        "has_document": has_document(consult, now),
        "most": replying_actions.MOST_TIMES,
        "time_form": TimeForm(zone=therapist.practice.zone),
        "reply_form": ReplyForm(),
    }
    return render(request, "practice/request.html", context | dict(more))
