"""Ways to enter: the list of passkeys, a new one, another name, and taking one away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from turntoward.web.accounts import actions
from turntoward.web.accounts.codes import code_of
from turntoward.web.accounts.forms import NameForm
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.named import takes_passkeys
from turntoward.web.yours.browsers import called, names_in
from turntoward.web.yours.fresh import fresh


@require_GET
@fresh("ways")
def ways(request: HttpRequest) -> HttpResponse:
    """What lets one in here besides the passphrase."""
    from turntoward.web.accounts.passkeys import passkeys_of

    partner = partner_of(request)
    mine = passkeys_of(partner)
    proposed = called(*names_in(request.headers.get("User-Agent", "")))
    context = {
        "passkeys": mine,
        "takes": takes_passkeys(request) and len(mine) < actions.MOST,
        "here": takes_passkeys(request),
        "form": NameForm(initial={"name": proposed}),
        "code": code_of(partner) is not None,
        "refused": "refused" in request.GET,
    }
    return render(request, "accounts/ways.html", context)


@require_POST
@fresh("ways")
def add(request: HttpRequest) -> HttpResponse:
    """First what the browser needs to make a passkey, then the passkey that it made."""
    from turntoward.web.accounts.passkeys import made_in, options_to_make

    if settings.DEMO or not takes_passkeys(request):
        return redirect("accounts:ways")
    partner, form = partner_of(request), NameForm(request.POST)
    if "credential" not in request.POST:
        return JsonResponse(options_to_make(partner))
    made = made_in(partner, request.POST["credential"])
    if made is None:
        return redirect(f"{reverse('accounts:ways')}?refused")
    # The phone has it already: it is not sent back for want of a name.
    name = form.cleaned_data["name"] if form.is_valid() else called("", "")
    actions.add_passkey(request, name, made, timezone.now())
    return redirect("accounts:ways")


@require_POST
@fresh("ways")
def passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else, or take it away."""
    partner, form = partner_of(request), NameForm(request.POST)
    mine = Authenticator.objects.filter(user=partner, type=Authenticator.Type.WEBAUTHN)
    found = get_object_or_404(mine, pk=pk)
    if request.POST.get("what") == "remove":
        actions.remove_passkey(request, found, timezone.now())
    elif form.is_valid():
        actions.rename_passkey(partner, found, form.cleaned_data["name"])
    return redirect("accounts:ways")
