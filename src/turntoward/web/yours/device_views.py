"""Browsers in which somebody entered as this partner, and the passphrase."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.entering import let_in
from turntoward.web.couples.models import Partner
from turntoward.web.couples.tries import fitted, slowed, wait_words
from turntoward.web.couples.vault import VaultShut
from turntoward.web.couples.vaults import KeyMissing
from turntoward.web.yours import actions
from turntoward.web.yours import devices as browsers
from turntoward.web.yours import told as notices
from turntoward.web.yours.forms import PassphraseForm
from turntoward.web.yours.fresh import ask_first, fresh, is_fresh
from turntoward.web.yours.models import Device, Told
from turntoward.web.yours.opening import KEY_MISSING, refused


@require_GET
@fresh("devices")
def devices(request: HttpRequest) -> HttpResponse:
    """The own list: where this partner is signed in, and what entered since and is not known."""
    partner, here = partner_of(request), request.session.session_key or ""
    mine = Device.objects.visible_to(partner)
    context = {
        "devices": [one for one in mine if one.session_id is not None or not one.known],
        "here": here,
        "may_confirm": browsers.may_confirm(partner, here, timezone.now()),
    }
    return render(request, "yours/devices.html", context)


@require_POST
@fresh("devices")
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was oneself, or sign it out there.

    The first makes it one that is asked for no code and told of no more: a passkey does not do.
    """
    partner, here, now = partner_of(request), request.session.session_key or "", timezone.now()
    found = get_object_or_404(Device.objects.visible_to(partner), pk=pk)
    if request.POST.get("what") == "out" and found.session_id != here:
        browsers.sign_out(found, here)
    elif request.POST.get("what") == "me" and browsers.may_confirm(partner, here, now):
        if not is_fresh(request, now):
            return redirect(ask_first("mine"))
        browsers.confirm(request, found, now)
    return redirect("yours:devices")


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """What was told of is seen in this browser."""
    told = get_object_or_404(Told.objects.visible_to(partner_of(request)), pk=pk)
    notices.put_away(told, request.session.session_key or "")
    return redirect("yours:yours")


@require_POST
@fresh("devices")
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    browsers.sign_out_others(partner_of(request), request.session.session_key or "")
    return redirect("yours:devices")


@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Another passphrase; whoever is signed in elsewhere is so no more."""
    partner = partner_of(request)
    names = (partner.name, partner.handle, partner.other_name())
    form = PassphraseForm(request.POST or None, names=names)
    if request.method == "POST" and form.is_valid() and not settings.DEMO:
        new = form.cleaned_data["new"]
        changed = _changed(request, partner, form.cleaned_data["old"], new)
        if isinstance(changed, Partner):
            return let_in(request, redirect(f"{reverse('yours:yours')}?changed"), changed, new)
        form.add_error("old", changed)
    return render(request, "yours/passphrase.html", {"form": form})


def _changed(request: HttpRequest, partner: Partner, old: str, new: str) -> Partner | str:
    """The partner with another passphrase, or why it is the old one still."""
    now = timezone.now()
    wait = slowed(request, partner.handle, now)
    if wait:
        return wait_words(wait)
    try:
        changed = actions.change_passphrase(request, partner, old, new, now)
    except KeyMissing:
        return refused(request, partner, old, now) or str(KEY_MISSING)
    except VaultShut:
        return _("That is not your passphrase. Try it once more.")
    fitted(request, partner.handle)
    return changed
