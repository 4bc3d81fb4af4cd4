"""In the demo only: the invented couple once more, as on the first day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from turntoward.web.couples.entering import let_out
from turntoward.web.couples.models import Couple
from turntoward.web.readings.actions import remove
from turntoward.web.readings.models import Bringing


def start_over(today: date) -> None:
    """Let the invented couple and all that was done with them go, and move in anew."""
    from turntoward.web.demo_couple import settle_in

    if not settings.DEMO:
        raise PermissionError
    for bringing in Bringing.objects.all():
        remove(bringing)
    with transaction.atomic():
        Couple.objects.all().delete()
        Session.objects.all().delete()
    settle_in(today)


@require_POST
def over(request: HttpRequest) -> HttpResponse:
    """Start the demo over; everybody who looks around begins at its first page again."""
    if not settings.DEMO:
        raise Http404
    answer = let_out(request, redirect("couples:welcome"))
    start_over(date.today())  # noqa: DTZ011 # the demo ends on this machine's own day
    return answer


app_name = "demo"
urlpatterns = [path("start-over/", over, name="over")]
