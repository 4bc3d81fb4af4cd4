"""Going for good: with everything, or so that what was given stays with the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from turntoward.web.couples.access import agreed, both_agreed, partner_of
from turntoward.web.couples.entering import let_out
from turntoward.web.couples.models import Partner
from turntoward.web.couples.opening import start_token
from turntoward.web.yours import actions
from turntoward.web.yours.fresh import fresh


@require_http_methods(["GET", "POST"])
@fresh("erase")
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, and the button that erases everything of this partner's."""
    return _going(request, actions.erase, "yours/erase.html")


@require_http_methods(["GET", "POST"])
@fresh("leave")
def leave(request: HttpRequest) -> HttpResponse:
    """The same for leaving, with what was given staying where it was given to."""
    if partner_of(request).other() is None:
        return redirect("yours:erase")  # there is nobody for it to stay with
    return _going(request, actions.leave, "yours/leave.html")


def _going(
    request: HttpRequest, go: Callable[[Partner, datetime], None], page: str
) -> HttpResponse:
    partner = partner_of(request)
    if request.method == "GET" or settings.DEMO:
        mine = agreed(partner)
        keys = {"my_key": mine, "both_keys": mine and both_agreed(partner.couple)}
        return render(request, page, keys | {"other": partner.other()})
    go(partner, timezone.now())
    token = start_token()  # there is one again where the last couple has gone
    to = redirect("couples:welcome-first", token) if token else redirect("yours:gone")
    answer = let_out(request, to)
    answer.delete_cookie(settings.BROWSER_COOKIE_NAME, samesite="Strict")
    # What waits unsent on this phone goes, too, where a browser knows this header; but where the
    # other's waits here as well, only what the page itself has emptied.
    if request.POST.get("others_wait") != "1":
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@login_not_required
@require_GET
def gone(request: HttpRequest) -> HttpResponse:
    """It is done. The page is the same for whoever opens it."""
    return render(request, "yours/gone.html")
