"""Beginning, entering and pairing."""

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
from turntoward.web.couples.admitting import admit
from turntoward.web.couples.entering import let_in, let_out
from turntoward.web.couples.forms import AccountForm, BeginForm, DoorForm
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.named import takes_passkeys
from turntoward.web.couples.opening import may_begin
from turntoward.web.couples.passphrases import propose
from turntoward.web.couples.qr import address_for_phones, qr_svg
from turntoward.web.look_around import visits_offered

_HOME = "moments:today"
#: In the session of two who begin together: the pairing page makes its first link unasked.
_LINK_AT_ONCE = "link-at-once"


@login_not_required
@require_GET
def welcome(request: HttpRequest, token: str = "") -> HttpResponse:
    """The first page: what this is, and the way in. The link of the terminal leads here, too."""
    if request.user.is_authenticated:
        return redirect(_HOME)
    if token and not may_begin(token):
        return render(request, "couples/start_closed.html", status=410)
    context = {
        "begun": Couple.objects.exists(),
        "open": settings.OPEN_START,
        "token": token,
        "faces": list(Partner.objects.order_by("side")) if settings.DEMO else [],
        "visits": visits_offered(),
    }
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
            partner = actions.begin(**form.account(), now=timezone.now(), only=only)
        except actions.LinkClosed:
            return render(request, "couples/start_closed.html", status=410)
        except actions.NameTaken as taken:
            form.add_error("handle", str(taken))
        else:
            return _begun(request, form, partner)
    zones = sorted(available_timezones())
    context = {"form": form, "zones": zones, "proposed": propose()}
    return render(request, "couples/start.html", context)


def _begun(request: HttpRequest, form: BeginForm, partner: Partner) -> HttpResponse:
    """Two who are there both see their link next; one alone is on Today."""
    passphrase = form.cleaned_data["passphrase"]
    answer = let_in(request, redirect(form.leads_to()), partner, passphrase)
    if form.for_both():
        request.session[_LINK_AT_ONCE] = True
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter with a name and a passphrase, and with a code where this partner wants that."""
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        asked = admit(request, **words, now=timezone.now())
        if asked.partner is not None:
            return let_in(request, redirect(_HOME), asked.partner, words["passphrase"])
        form.say(asked.why, code=asked.code)
    context = {"form": form, "passkeys": takes_passkeys(request)}
    return render(request, "couples/enter.html", context)


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
    link = None
    wanted = request.session.pop(_LINK_AT_ONCE, False) or request.method == "POST"
    if wanted and partner.other() is None:
        link = _new_link(request, partner)
    context = {
        "here": partner.other(),
        "link": link,
        "qr": qr_svg(link) if link else "",
        "waiting": open_invitation(partner.couple) is not None,
    }
    return render(request, "couples/pair.html", context)


def _new_link(request: HttpRequest, partner: Partner) -> str | None:
    """None where the other joined a moment ago: the page says that they are here."""
    try:
        token = actions.invite(partner, timezone.now())
    except actions.LinkClosed:
        return None
    return address_for_phones(request) + reverse("couples:join", args=[token])


@require_GET
def paired(request: HttpRequest) -> HttpResponse:
    """What the pairing page asks every few seconds: nothing new, or that the other joined."""
    other = partner_of(request).other()
    if other is None:
        return HttpResponse(status=204)
    return render(request, "couples/_paired.html", {"here": other})


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The second phone: an own account for the other one."""
    try:
        first = actions.who_invites(token, timezone.now())
        if request.user == first:
            return render(request, "couples/link_mine.html", status=409)
        form = AccountForm(
            request.POST or None, initial={"name": first.couple.other_name}, taken_name=first.name
        )
        if request.method == "POST" and form.is_valid():
            partner = actions.join(token, **form.cleaned_data, now=timezone.now())
            passphrase = form.cleaned_data["passphrase"]
            return let_in(request, redirect("couples:consents"), partner, passphrase)
    except actions.LinkClosed as closed:
        return render(request, "couples/link_closed.html", {"why": str(closed)}, status=410)
    except actions.NameTaken as taken:
        form.add_error("handle", str(taken))
    context = {"form": form, "first": first, "proposed": propose()}
    return render(request, "couples/join.html", context)
