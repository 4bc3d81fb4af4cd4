"""One partner's own reminders: what for, when, by which way, and the calendar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from turntoward.reading.companion import day_of
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.couples.qr import address_for_phones
from turntoward.web.rituals import mail_actions, push_actions
from turntoward.web.rituals import reminder_actions as actions
from turntoward.web.rituals.calendars import calendar_of
from turntoward.web.rituals.forms import BrowserForm, MailForm, ReminderForm
from turntoward.web.rituals.models import Reminder
from turntoward.web.rituals.present import kept_by, reminders_page
from turntoward.web.rituals.sealed import Browser
from turntoward.web.rituals.views import TAB

_PAGE = "rituals:reminders"
_TODAY = "moments:today"


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """What this partner wants to be reminded of; the ways it takes are on the same page."""
    partner = partner_of(request)
    form = ReminderForm(kept_by(partner.couple), request.POST or None, initial=_as_set(partner))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = actions.Chosen(
            ritual=UUID(said["ritual"]),
            own_at=said["own_at"],
            says=bool(said["says"]),
            language=get_language() or "",
        )
        actions.choose(partner, chosen, timezone.now())
        return _saved()
    return _page(request, form=form)


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Pause, go on, start again, or leave them off."""
    partner, what, now = partner_of(request), request.POST.get("what", ""), timezone.now()
    if what in ("pause", "go-on"):
        actions.pause(partner, paused=what == "pause", now=now)
    elif what == "again":
        actions.start_again(partner, now)
    elif what == "off":
        actions.leave_off(partner, now)
    else:
        raise Http404
    return redirect(_TODAY if request.POST.get("from") == "today" else _PAGE)


@require_POST
def calendar_link(request: HttpRequest) -> HttpResponse:
    """Make the calendar's address, shown this once, or close it."""
    partner = partner_of(request)
    if request.POST.get("what") == "close":
        actions.close_calendar_link(partner)
        return redirect(_PAGE)
    path = reverse("rituals:feed", args=[actions.make_calendar_link(partner)])
    link = address_for_phones(request) + path
    return _page(request, link=link, webcal="webcal://" + link.split("://", 1)[1])


@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The calendar as a file, once."""
    response = _calendar(partner_of(request))
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever holds its address: its app cannot enter. Nothing is noted."""
    partner = actions.partner_of_calendar(token)
    if partner is None:
        raise Http404
    return _calendar(partner)


@require_POST
def push(request: HttpRequest) -> HttpResponse:
    """A browser that is to show notifications, or with `known` only whether it is one already."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    browser = Browser(**form.cleaned_data, origin=f"{request.scheme}://{request.get_host()}")
    partner = partner_of(request)
    here = push_actions.here_of(request, partner)
    if request.POST.get("known"):
        there = push_actions.is_known(partner, browser.endpoint, here)
        return HttpResponse(status=204 if there else 404)
    push_actions.subscribe(partner, browser, here, timezone.now())
    return HttpResponse(status=204)


@require_POST
def push_off(request: HttpRequest) -> HttpResponse:
    """No notifications in one browser, or in any."""
    push_actions.unsubscribe(partner_of(request), request.POST.get("endpoint", ""))
    return HttpResponse(status=204) if request.POST.get("endpoint") else redirect(_PAGE)


@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """An e-mail address, the code that was sent to it, or none any more."""
    partner, what, now = partner_of(request), request.POST.get("what"), timezone.now()
    form = MailForm(request.POST if what == "address" else None)
    try:
        if what == "off":
            mail_actions.forget_mail(partner, now)
        elif what == "code":
            mail_actions.confirm(partner, request.POST.get("code", ""), now)
        elif form.is_valid():
            mail_actions.ask_code(partner, form.cleaned_data["address"], now)
        else:
            return _page(request, mail_form=form)
    except mail_actions.NotNow as why:
        return _page(request, mail_form=form, problem=str(why))
    return redirect(_PAGE)


def _page(request: HttpRequest, form: ReminderForm | None = None, **more: Any) -> HttpResponse:
    partner = partner_of(request)
    form = form or ReminderForm(kept_by(partner.couple), initial=_as_set(partner))
    context = reminders_page(request, partner, timezone.now())
    context |= {"form": form, "mail_form": MailForm(), "saved": request.GET.get("saved", "")}
    return render(request, "rituals/reminders.html", context | TAB | more)


def _as_set(partner: Partner) -> dict[str, object]:
    found = Reminder.objects.filter(partner=partner).first()
    if found is None:
        return {"says": ""}
    says = "1" if found.says else ""
    return {"ritual": str(found.ritual_id or ""), "own_at": found.own_at, "says": says}


def _saved() -> HttpResponse:
    response = redirect(_PAGE)
    response["Location"] += "?saved=yes"
    return response


def _calendar(partner: Partner) -> HttpResponse:
    today = day_of(timezone.now(), partner.couple.zone)
    response = HttpResponse(
        calendar_of(partner, today), content_type="text/calendar; charset=utf-8"
    )
    patch_cache_control(response, private=True, max_age=0)
    return response
