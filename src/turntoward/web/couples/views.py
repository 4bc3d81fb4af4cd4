"""Beginning, entering, pairing, and the page of everything else."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples import actions
from turntoward.web.couples.access import open_invitation, partner_of
from turntoward.web.couples.entering import known, let_in, let_out
from turntoward.web.couples.forms import AccountForm, BeginForm, EnterForm, SeasonForm
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.opening import may_begin
from turntoward.web.couples.qr import address_for_phones, qr_svg

_HOME = "moments:today"


@login_not_required
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """The first page: what this is, and the way in."""
    if request.user.is_authenticated:
        return redirect(_HOME)
    begun = Couple.objects.exists()
    faces = list(Partner.objects.order_by("side")) if settings.DEMO else []
    context = {"begun": begun, "open": settings.OPEN_START, "faces": faces}
    return render(request, "couples/welcome.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str = "") -> HttpResponse:
    """Begin as a couple, or alone."""
    if not may_begin(token):
        return render(request, "couples/start_closed.html", status=410)
    form = BeginForm(request.POST or None, initial={"zone": "Europe/London"})
    if request.method == "POST" and form.is_valid():
        try:
            only = not settings.OPEN_START
            partner = actions.begin(**form.cleaned_data, now=timezone.now(), only=only)
        except actions.LinkClosed:
            return render(request, "couples/start_closed.html", status=410)
        except actions.NameTaken as taken:
            form.add_error("handle", str(taken))
        else:
            passphrase = form.cleaned_data["passphrase"]
            return let_in(request, redirect("couples:pair"), partner, passphrase)
    context = {"form": form, "zones": sorted(available_timezones())}
    return render(request, "couples/start.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter with a name and a passphrase."""
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        partner = known(request, words["handle"], words["passphrase"])
        if partner is not None:
            return let_in(request, redirect(_HOME), partner, words["passphrase"])
        form.add_error(
            None, "That name and passphrase do not belong together. Check both and try again."
        )
    return render(request, "couples/enter.html", {"form": form})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out on this browser."""
    return let_out(request, redirect("couples:welcome"))


@login_not_required
@require_POST
def look_around(request: HttpRequest, side: int) -> HttpResponse:
    """In the demo only: be Ana or Ben without a passphrase."""
    if not settings.DEMO:
        raise Http404
    partner = Partner.objects.filter(side=side).order_by("couple__begun_at").first()
    if partner is None:
        raise Http404
    return let_in(request, redirect(_HOME), partner, settings.DEMO_PASSPHRASE)


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """The pairing link and its QR code; a new one replaces the old one."""
    partner = partner_of(request)
    if partner.other() is not None:
        return redirect("couples:more")
    link = None
    if request.method == "POST":
        token = actions.invite(partner, timezone.now())
        link = address_for_phones(request) + reverse("couples:join", args=[token])
    context = {
        "link": link,
        "qr": qr_svg(link) if link else "",
        "waiting": open_invitation(partner.couple) is not None,
    }
    return render(request, "couples/pair.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The second phone: an own account for the other one."""
    try:
        couple = actions.invitation_for(token, timezone.now()).couple
        first = couple.partners.get(side=0)
        form = AccountForm(
            request.POST or None, initial={"name": couple.other_name}, taken_name=first.name
        )
        if request.method == "POST" and form.is_valid():
            partner = actions.join(token, **form.cleaned_data, now=timezone.now())
            return let_in(request, redirect(_HOME), partner, form.cleaned_data["passphrase"])
    except actions.LinkClosed as closed:
        return render(request, "couples/link_closed.html", {"why": str(closed)}, status=410)
    except actions.NameTaken as taken:
        form.add_error("handle", str(taken))
    return render(request, "couples/join.html", {"form": form, "first": first})


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Everything that is not for every day."""
    partner = partner_of(request)
    context = {"other": partner.other(), "seasons": partner.couple.seasons.all()}
    return render(request, "couples/more.html", context)


@require_http_methods(["GET", "POST"])
def seasons(request: HttpRequest) -> HttpResponse:
    """The couple's times of life: see and add."""
    partner = partner_of(request)
    form = SeasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_season(partner, **form.cleaned_data)
        return redirect("couples:seasons")
    context = {"form": form, "seasons": partner.couple.seasons.all()}
    return render(request, "couples/seasons.html", context)


@require_POST
def remove_season(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one mark off again."""
    actions.remove_season(partner_of(request), pk)
    return redirect("couples:seasons")
