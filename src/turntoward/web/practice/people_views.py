"""Who works at the practice: begin, enter, leave, the page, colleagues, one's passphrase."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.web.couples.forms import AccountForm, EnterForm
from turntoward.web.couples.qr import address_for_phones
from turntoward.web.couples.tries import fitted, slowed, wait_words
from turntoward.web.practice import practice_actions as actions
from turntoward.web.practice.demo import HANDLE
from turntoward.web.practice.entering import (
    for_admins,
    for_therapists,
    known,
    let_therapist_in,
    let_therapist_out,
    practice_here,
    therapist_of,
)
from turntoward.web.practice.forms import BeginForm, PageForm, PassphraseForm
from turntoward.web.practice.models import ColleagueLink, Therapist
from turntoward.web.practice.opening import may_begin

_HOME = "practice:requests"


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the practice with the link that the terminal printed."""
    if not may_begin(token):
        return render(request, "practice/link_closed.html", status=410)
    form = BeginForm(request.POST or None, initial={"zone": "Europe/London"})
    if request.method == "POST" and form.is_valid():
        try:
            therapist = actions.begin(**form.cleaned_data, now=timezone.now())
        except actions.Closed:
            return render(request, "practice/link_closed.html", status=410)
        return let_therapist_in(request, redirect("practice:page"), therapist)
    context = {"form": form, "zones": sorted(available_timezones())}
    return render(request, "practice/start.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter as somebody who works here."""
    practice_here()
    if therapist_of(request) is not None:
        return redirect(_HOME)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        handle = form.cleaned_data["handle"]
        # Their names are no partners' names.
        admitted = _tried(request, f"desk {handle}", handle, form.cleaned_data["passphrase"])
        if isinstance(admitted, Therapist):
            return let_therapist_in(request, redirect(_HOME), admitted)
        unknown = _("That name and passphrase do not belong together. Check both and try again.")
        form.add_error(None, admitted or unknown)
    return render(request, "practice/enter.html", {"form": form})


def _tried(
    request: HttpRequest, counted: str, handle: str, passphrase: str
) -> Therapist | str | None:
    """Whoever works here and enters so; None for nobody, and words for whoever has to wait first.

    Tries are counted under the name `counted`.
    """
    wait = slowed(request, counted, timezone.now())
    if wait:
        return wait_words(wait)
    therapist = known(handle, passphrase)
    if therapist is not None:
        fitted(request, counted)
    return therapist


@require_POST
@for_therapists
def leave(request: HttpRequest, therapist: Therapist) -> HttpResponse:
    """Sign out on this browser."""
    return let_therapist_out(request, redirect("practice:practice"))


@login_not_required
@require_POST
def look_around(request: HttpRequest) -> HttpResponse:
    """In the demo only: be the invented therapist without a passphrase."""
    # By the passphrase that is no secret: an account of somebody real does not open with it.
    therapist = known(HANDLE, settings.DEMO_PASSPHRASE) if settings.DEMO else None
    if therapist is None:
        raise Http404
    return let_therapist_in(request, redirect(_HOME), therapist)


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague begins with a link that an admin made."""
    form = AccountForm(request.POST or None)
    try:
        link = actions.link_for(token, timezone.now())
        if request.method == "POST" and form.is_valid():
            therapist = actions.join(token, **form.cleaned_data, now=timezone.now())
            return let_therapist_in(request, redirect(_HOME), therapist)
    except actions.Closed as closed:
        context = {"why": str(closed)}
        return render(request, "practice/link_closed.html", context, status=410)
    except actions.NameTaken as taken:
        form.add_error("handle", str(taken))
    return render(request, "practice/join.html", {"form": form, "practice": link.practice})


@require_http_methods(["GET", "POST"])
@for_therapists
def passphrase(request: HttpRequest, therapist: Therapist) -> HttpResponse:
    """Another passphrase for one's own account. In the demo it stays as it is."""
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and not settings.DEMO and form.is_valid():
        # Counted apart from the desk: a few guesses in an open browser slow nobody who enters.
        old, counted = form.cleaned_data["old"], f"seat {therapist.handle}"
        tried = _tried(request, counted, therapist.handle, old)
        if isinstance(tried, Therapist):
            changed = actions.change_passphrase(tried, form.cleaned_data["new"])
            return let_therapist_in(request, redirect("practice:people"), changed)
        form.add_error("old", tried or _("That is not your passphrase now."))
    return render(request, "practice/passphrase.html", {"here": therapist, "form": form})


@require_http_methods(["GET", "POST"])
@for_admins
def page(request: HttpRequest, therapist: Therapist) -> HttpResponse:
    """What the practice's page says, and what its consult form asks."""
    form = PageForm(request.POST) if request.method == "POST" else PageForm.of(therapist.practice)
    if request.method == "POST" and form.is_valid():
        actions.change_page(therapist.practice, form.cleaned_data)
        return redirect(reverse("practice:page") + "?kept")
    context = {"here": therapist, "form": form, "kept": "kept" in request.GET}
    return render(request, "practice/page.html", context)


@require_http_methods(["GET", "POST"])
@for_therapists
def people(request: HttpRequest, therapist: Therapist) -> HttpResponse:
    """Who works here; an admin makes a link for a colleague, or closes those that were made."""
    link = ""
    if request.method == "POST":
        if not therapist.admin:
            raise Http404
        if request.POST.get("what") == "close":
            actions.close_links(therapist.practice)
            return redirect("practice:people")
        admin = request.POST.get("admin") == "yes"
        token = actions.invite(therapist.practice, admin=admin, now=timezone.now())
        link = address_for_phones(request) + reverse("practice:join", args=[token])
    return _people(request, therapist, link=link)


@require_POST
@for_admins
def remove(request: HttpRequest, therapist: Therapist, pk: UUID) -> HttpResponse:
    """Somebody does not work here any more; or oneself."""
    who = get_object_or_404(Therapist, practice=therapist.practice, pk=pk)
    try:
        actions.remove(who)
    except actions.LastAdmin as why:
        return _people(request, therapist, problem=str(why), status=409)
    return redirect("practice:people")


def _people(
    request: HttpRequest,
    therapist: Therapist,
    *,
    link: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": therapist,
        "people": Therapist.objects.filter(practice=therapist.practice),
        "links": ColleagueLink.objects.filter(practice=therapist.practice).exists(),
        "link": link,
        "problem": problem,
    }
    return render(request, "practice/people.html", context, status=status)
