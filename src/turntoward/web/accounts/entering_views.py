"""A passkey instead of the passphrase: to come in, and where the passphrase is asked again."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from turntoward.web.couples.access import partner_of
from turntoward.web.couples.entering import let_in
from turntoward.web.couples.forms import DoorForm
from turntoward.web.couples.named import takes_passkeys
from turntoward.web.yours import devices, fresh

#: How long a challenge waits in the session of somebody who is not signed in, in seconds.
_WAITS_S = 300


@login_not_required
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Come in with a passkey. It is never slowed; private words stay locked here."""
    from turntoward.web.accounts.passkeys import options_to_ask, passkey_by

    if settings.DEMO or not takes_passkeys(request):
        return _refused(request)
    if "credential" not in request.POST:
        if not request.user.is_authenticated:
            request.session.set_expiry(_WAITS_S)
        return JsonResponse(options_to_ask())
    passkey = passkey_by(request.POST["credential"])
    if passkey is None:
        return _refused(request)
    answer = let_in(request, redirect("moments:today"), passkey.user, None)
    devices.entered_by(request, passkey.pk)
    fresh.remember_passkey(request, timezone.now())
    return answer


def _refused(request: HttpRequest) -> HttpResponse:
    context = {"form": DoorForm(), "passkeys": takes_passkeys(request), "refused": True}
    return render(request, "couples/enter.html", context)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Show with a passkey that it is oneself, for the pages for which that does."""
    from turntoward.web.accounts.passkeys import options_to_ask, passkey_by

    page = request.GET.get("to", "")
    if settings.DEMO or page not in fresh.BY_PASSKEY:
        raise Http404
    if not takes_passkeys(request):
        return redirect("yours:yours")
    if "credential" not in request.POST:
        return JsonResponse(options_to_ask())
    passkey = passkey_by(request.POST["credential"])
    if passkey is None or passkey.user != partner_of(request):
        return redirect(fresh.ask_first(page))
    fresh.remember_passkey(request, timezone.now())
    return redirect(fresh.page_of(page))
