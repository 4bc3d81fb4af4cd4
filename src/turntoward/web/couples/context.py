"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from turntoward.web.couples.models import Partner


def companion(request: HttpRequest) -> dict[str, Any]:
    """The one who looks, the other's name, and whether this is the demo."""
    partner = getattr(request, "user", None)
    here = partner if isinstance(partner, Partner) else None
    match = request.resolver_match
    return {
        "me": here,
        "other_name": here.other_name() if here else "",
        "demo": settings.DEMO,
        "tab": match.app_name if match else "",
    }
