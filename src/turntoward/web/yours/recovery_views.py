"""The recovery code: making one, and a new passphrase with it for whoever forgot theirs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.tries import fitted, slowed, wait_words
from turntoward.web.couples.vault import VaultShut
from turntoward.web.yours import recovery_actions as actions
from turntoward.web.yours.forms import AgainForm, ForgottenForm
from turntoward.web.yours.opening import KEY_MISSING, refused


@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """A code, shown once; or the one that there is thrown away. Both ask for the passphrase."""
    partner, now, code = partner_of(request), timezone.now(), ""
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not settings.DEMO:
        passphrase = form.cleaned_data["passphrase"]
        why = refused(request, partner, passphrase, now)
        if why:
            form.add_error("passphrase", why)
        elif request.POST.get("what") == "away":
            actions.throw_away(request, partner, now)
            return redirect("yours:recovery")
        else:
            try:
                code = actions.make_code(request, partner, passphrase, now)
            except VaultShut:
                form.add_error("passphrase", KEY_MISSING)
            except actions.MadeMeanwhile:
                form.add_error("passphrase", _("Another code was made just now. Make one again."))
    context = {"form": form, "code": code, "there": partner.recovery_sealed is not None}
    return render(request, "yours/recovery.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """A new passphrase with the code. Who has no account here is answered like a wrong code."""
    form, done = ForgottenForm(request.POST or None), False
    if request.method == "POST" and form.is_valid() and not settings.DEMO:
        why = _recovered(request, form)
        done = not why
        if why:
            form.add_error(None, why)
    return render(request, "yours/forgotten.html", {"form": form, "done": done})


def _recovered(request: HttpRequest, form: ForgottenForm) -> str:
    """Why there is no new passphrase; empty where it counts from now on."""
    typed, now = form.cleaned_data, timezone.now()
    handle = typed["handle"]
    wait = slowed(request, handle, now)
    if wait:
        return wait_words(wait)
    try:
        actions.recover(request, handle, typed["code"], typed["new"], now)
    except VaultShut:
        return _("That name and code do not belong together. Check both and try again.")
    fitted(request, handle)
    return ""
