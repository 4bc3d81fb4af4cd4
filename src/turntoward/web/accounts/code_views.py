"""The code of an authenticator app: on, and off."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from turntoward.web.accounts import actions
from turntoward.web.accounts.codes import code_of, is_code_of, propose, secret_in
from turntoward.web.accounts.forms import CodeForm
from turntoward.web.couples.access import partner_of
from turntoward.web.yours.fresh import fresh


@require_http_methods(["GET", "POST"])
@fresh("ways")
def code(request: HttpRequest) -> HttpResponse:
    """On where it is off, once the app has shown a code that fits; off where it is on."""
    if settings.DEMO:
        return redirect("accounts:ways")
    if code_of(partner_of(request)) is None:
        return _on(request)
    if request.method == "POST":
        # Never by a form that was to switch it on, and is sent twice.
        if request.POST.get("what") == "off":
            actions.switch_code_off(request, timezone.now())
        return redirect("accounts:ways")
    return render(request, "accounts/code_off.html")


def _on(request: HttpRequest) -> HttpResponse:
    partner, form = partner_of(request), CodeForm(request.POST or None)
    sealed = ""
    if request.method == "POST" and form.is_valid():
        sealed = form.cleaned_data["sealed"]
        secret = secret_in(partner, sealed)
        if secret is not None and is_code_of(secret, form.cleaned_data["code"]):
            actions.switch_code_on(request, secret, timezone.now())
            return redirect("accounts:ways")
        form.add_error("code", _("That code does not fit. Wait for the next one and type that."))
    proposed = propose(partner, sealed)
    return render(request, "accounts/code.html", {"form": form, "proposed": proposed})
