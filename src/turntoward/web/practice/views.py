"""The practice's page, and a couple's request: ask, say yes, pick a time, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.handover.models import Brief, Stage
from turntoward.web.practice import actions
from turntoward.web.practice.calendars import meeting
from turntoward.web.practice.entering import therapist_of
from turntoward.web.practice.forms import RequestForm, as_written
from turntoward.web.practice.models import Consult, Practice
from turntoward.web.practice.present import asking, for_partner, of_brief, standing
from turntoward.web.practice.standing import Stands, stands

#: Where a request that has not gone out is shown: as it is asked, or where its brief ended.
_SHOWN_ELSEWHERE = {Stands.UNSENT: "practice:ask", Stands.NOTHING: "handover:brief"}


@login_not_required
@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """The practice's page: how to reach it, its hours, and what it can see. Anybody may read it."""
    here = Practice.objects.first()
    if here is None:
        return render(request, "practice/not_begun.html", status=404)
    context = {"practice": here, "here": therapist_of(request)}
    return render(request, "practice/practice.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The consult form beside a frozen brief, and this partner's yes to sending both."""
    partner, now = partner_of(request), timezone.now()
    brief = get_object_or_404(Brief.objects.visible_to(partner), pk=pk)
    consult = of_brief(partner, brief)
    if consult is not None and consult.is_sent(now):
        return redirect("practice:consult", consult.pk)
    if brief.state(now) is not Stage.FROZEN:
        raise Http404
    here = Practice.objects.first()
    if here is None:
        return redirect("practice:practice")  # which says that it has not begun
    return _asking(request, here, partner, asking(partner, brief, consult))


def _asking(
    request: HttpRequest, here: Practice, partner: Partner, shown: Mapping[str, Any]
) -> HttpResponse:
    written, posted = shown["words"], request.method == "POST"
    initial = as_written(written, here.asks) if written else {"names": shown["first_names"]}
    form = RequestForm(request.POST or None, asks=here.asks, initial=initial)
    problem = ""
    if posted and form.is_valid():
        try:
            actions.ask(partner, here, shown["brief"], form.words(), timezone.now())
            return redirect("practice:ask", shown["brief"].pk)
        except actions.Gone as gone:
            problem = str(gone)
    changes = written is None or posted or "change" in request.GET
    context = {"practice": here, "form": form, "changes": changes, "problem": problem}
    return render(request, "practice/ask.html", {**shown, **context})


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Yes to what stands there, or not yet after all."""
    partner, now = partner_of(request), timezone.now()
    consult = _consult(partner, pk)
    if request.POST.get("yes") == "yes":
        return _or_told(
            request,
            consult,
            lambda: actions.say_yes(consult, partner, request.POST.get("mark", ""), now),
        )
    return _or_told(request, consult, lambda: actions.take_yes_back(consult, partner, now))


@require_GET
def consult(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A request that has gone out: where it stands, and the times to pick from."""
    partner, now = partner_of(request), timezone.now()
    found = _consult(partner, pk)
    if (there := _SHOWN_ELSEWHERE.get(stands(found, now))) is not None:
        return redirect(there, found.brief_id)
    return render(request, "practice/consult.html", standing(partner, found, now))


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This time would do; none of them after all; take the request back."""
    partner, what, now = partner_of(request), request.POST.get("what", ""), timezone.now()
    found = _consult(partner, pk)
    if what == "take":
        time = _number(request.POST.get("time", ""))
        return _or_told(request, found, lambda: actions.would_take(found, partner, time, now))
    if what == "take-none":
        actions.would_not(found, partner)
    elif what == "take-back":
        actions.take_back(found, now)
    else:
        raise Http404
    return redirect("practice:consult", found.pk)


@require_GET
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picked time for one's own calendar, under a name that says nothing of what it is."""
    partner = partner_of(request)
    found = _consult(partner, pk)
    if not found.goes_on() or found.picked is None:
        raise Http404
    return calendar_file(meeting(found, found.picked, _("Appointment"), partner.couple.zone))


def calendar_file(content: bytes) -> HttpResponse:
    """A calendar invitation to save or open."""
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def _consult(partner: Partner, pk: UUID) -> Consult:
    return get_object_or_404(for_partner(partner), pk=pk)


def _number(given: str) -> int:
    """The number of the time that was tapped; 404 for what is no number."""
    if not (given.isascii() and given.isdecimal() and len(given) < 16):
        raise Http404
    return int(given)


def _or_told(request: HttpRequest, consult: Consult, do: Callable[[], None]) -> HttpResponse:
    """Do it, and go on where the request stands; or say what has changed meanwhile."""
    try:
        do()
    except actions.Gone as gone:
        context = {"why": str(gone), "consult": consult}
        return render(request, "practice/changed.html", context, status=409)
    return redirect("practice:consult", consult.pk)
