"""What every page knows of the app on the phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from turntoward.web.couples.models import Partner
from turntoward.web.shell.names import name_for, owner_of


def app(request: HttpRequest) -> dict[str, Any]:
    """The app's name and icon, and whose taps wait on this phone (empty: nobody is signed in)."""
    name = name_for(request)
    user = getattr(request, "user", None)
    here = user if isinstance(user, Partner) else None
    return {
        "app_name": name.name,
        "app_icon": name.icon,
        "outbox_owner": owner_of(here) if here else "",
        "outbox_name": here.name if here else "",
    }
