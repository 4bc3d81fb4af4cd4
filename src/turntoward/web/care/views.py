"""When small shifts are not enough: the page, and "not now"."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from turntoward.reading.companion import day_of
from turntoward.web.care import actions
from turntoward.web.care.present import page_of
from turntoward.web.couples.access import partner_of


@require_GET
def enough(request: HttpRequest) -> HttpResponse:
    """What was seen, that it is common, and what there is."""
    context = page_of(partner_of(request), timezone.now())
    return render(request, "care/enough.html", context)


@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    """Not now, for a month; or after all."""
    partner, say = partner_of(request), request.POST.get("say", "")
    if say == "not-now":
        actions.not_now(partner, day_of(timezone.now(), partner.couple.zone))
    elif say == "after-all":
        actions.after_all(partner)
    else:
        raise Http404
    from_today = request.POST.get("from") == "today"
    return redirect("moments:today" if from_today else "care:enough")
