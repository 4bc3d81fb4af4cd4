"""Bringing in a chat, agreeing to read it, and the reading itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.reading import refusals
from turntoward.reading.guides import guides
from turntoward.web.couples.access import agreed, agreed_to_taps, both_agreed, partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions
from turntoward.web.readings.forms import HoursForm, as_set
from turntoward.web.readings.models import UNFINISHED, Bringing, Question, State
from turntoward.web.readings.names import MOST_SHOWN, likely_names, of_what, who_is_who
from turntoward.web.readings.upload import SealedUpload


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was brought in before stands below."""
    partner = partner_of(request)
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("chat")
        if isinstance(upload, SealedUpload) and upload.size:
            try:
                bringing = actions.bring_in(partner, upload, timezone.now())
                return redirect("readings:bringing", bringing.pk)
            except actions.UploadTooLarge as too_large:
                problem = str(too_large)
        else:
            problem = _("That file is empty, or none was chosen. Choose the exported chat.")
    return _bring_in_page(request, HoursForm(initial=as_set(partner.couple)), problem)


@require_POST
def settings(request: HttpRequest) -> HttpResponse:
    """How the couple's chats are read: gap, window, night."""
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _bring_in_page(request, form)
    actions.set_hours(partner_of(request), form.hours())
    return redirect("readings:bring-in")


def _bring_in_page(request: HttpRequest, form: HoursForm, problem: str = "") -> HttpResponse:
    partner = partner_of(request)
    brought = Bringing.objects.visible_to(partner).select_related("by")
    context = {
        "bringings": [(one, of_what(one)) for one in brought],
        "partner": partner,
        "problem": problem,
        "form": form,
        "guides": guides(),
    }
    return render(request, "readings/bring_in.html", context | _keys(partner))


@require_GET
def bringing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How one chat is getting on."""
    return _bringing_page(request, pk, "readings/bringing.html")


@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a fragment, asked for while something happens."""
    return _bringing_page(request, pk, "readings/_progress.html")


def _bringing_page(
    request: HttpRequest,
    pk: UUID,
    template: str,
    problem: str = "",
    ticked: dict[str, list[str]] | None = None,
) -> HttpResponse:
    partner = partner_of(request)
    found = get_object_or_404(Bringing.objects.visible_to(partner), pk=pk)
    context = {
        "bringing": found,
        "mine": found.by_id == partner.pk,
        # Until it is known to be the chat of the two, what is in it concerns nobody else.
        "ours": found.by_id == partner.pk or bool(found.name_of_by),
        "busy": found.state in UNFINISHED,
        "percent": round(found.share * 100),
        "problem": problem,
        "why": refusals.said(found.problem),
        "State": State,
        "Question": Question,
    }
    context |= _choices(found) | {"ticked": ticked or likely_names(found)}
    return render(request, template, context | _keys(partner))


def _choices(found: Bringing) -> dict[str, object]:
    """The chats and names that a question offers, the first of them at once."""
    chats = [(number, title, count) for number, (title, count) in enumerate(found.chats)]
    named = sorted(found.senders.items(), key=lambda sender: -sender[1])
    shown = who_is_who(found)
    return {
        "chats_first": chats[:MOST_SHOWN],
        "chats_more": chats[MOST_SHOWN:],
        "names": named,
        "names_first": named[:MOST_SHOWN],
        "names_more": named[MOST_SHOWN:],
        "who_is_who": shown,
        "of_what": of_what(found),
        "others": len(named) - len(shown),
    }


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer what only the one who brought it in can know: dates, which chat, or who is who."""
    found = _mine(request, pk)
    if request.method == "GET":  # a reload, or a tab that comes back, after an answer that was none
        return redirect("readings:bringing", pk)
    dates, chat = request.POST.get("dates", ""), request.POST.get("chat", "")
    by, other = request.POST.getlist("by"), request.POST.getlist("other")
    if "anew" in request.POST and found.chat:
        actions.choose_anew(found)
    elif found.question == Question.DATES and dates in ("day-first", "month-first"):
        actions.answer_dates(found, dates)
    elif found.question == Question.CHAT and chat in map(str, range(len(found.chats))):
        actions.answer_chat(found, found.chats[int(chat)][0])
    elif found.question == Question.WHO:
        known = {*by, *other} <= set(found.senders)
        if not (by and other and known) or set(by) & set(other):
            problem = _("Each of you needs at least one name, and no name can be both of you.")
            ticked = {"by": by, "other": other}
            return _bringing_page(request, pk, "readings/bringing.html", problem, ticked)
        actions.answer_who(found, by, other)
    return redirect("readings:bringing", pk)


@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a stopped one once more."""
    found = _mine(request, pk)
    if found.state == State.STOPPED:
        actions.read_again(found)
    return redirect("readings:bringing", pk)


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a chat away with everything made of it: one's own, or either's once both agreed."""
    partner = partner_of(request)
    found = Bringing.objects.visible_to(partner)
    if not both_agreed(partner.couple):
        found = found.filter(by=partner)
    actions.remove(get_object_or_404(found, pk=pk))
    return redirect("readings:bring-in")


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """My key of two: give it, or take it back."""
    partner = partner_of(request)
    if request.method == "POST":
        if request.POST.get("key") == "yes":
            actions.agree(partner, timezone.now())
        else:
            actions.disagree(partner)
        return redirect("readings:agree")
    waiting = Bringing.objects.visible_to(partner).exists()
    context = {"waiting": waiting, "my_taps": agreed_to_taps(partner)}
    return render(request, "readings/agree.html", context | _keys(partner))


@require_GET
def rhythm(request: HttpRequest) -> HttpResponse:
    """When the rhythms changed: it stands in the climate, where the seasons and the weather are."""
    return redirect(f"{reverse('climate:climate')}#rhythms")


def _mine(request: HttpRequest, pk: UUID) -> Bringing:
    partner = partner_of(request)
    return get_object_or_404(Bringing.objects.visible_to(partner), pk=pk, by=partner)


def _keys(partner: Partner) -> dict[str, bool]:
    """Whether my key is given, and whether both are. Never whether the other's alone is."""
    return {"my_key": agreed(partner), "both_keys": both_agreed(partner.couple)}
