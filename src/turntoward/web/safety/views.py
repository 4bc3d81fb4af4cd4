"""The page for whoever is afraid. It asks, and is told nothing."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    """The questions, help lines, and what this is not for. Anybody may read it; nothing is noted.

    There is no address that an answer could be sent to: the browser judges it and forgets it.
    """
    return render(request, "safety/safety.html", {"home": not settings.OPEN_START})
