"""Where a browser lets a page ask for a passkey."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest


def host_name(request: HttpRequest) -> str:
    """The name in the address that this browser asked for; empty where it is only a number."""
    name = request.get_host().lower()
    name = name if name.endswith("]") else name.rpartition(":")[0] or name
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name.rstrip(".")
    return ""


def takes_passkeys(request: HttpRequest) -> bool:
    """A passkey belongs to a name, and is given to nobody who might only claim to have it."""
    name = host_name(request)
    return bool(name) and (request.is_secure() or name == "localhost")
