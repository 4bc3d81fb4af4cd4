"""Which push services are spoken to: those that browsers use, and what a setting adds.

A browser names the address that its notifications go to. A companion that posted to any address
would let somebody make it knock at doors inside its own network.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

#: The push services of Chrome and most others, Firefox, Safari and Edge.
KNOWN = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)


def is_known(endpoint: str, also: Iterable[str] = ()) -> bool:
    """True for a plain HTTPS address at one of the known services, or at one of `also`."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    plain = parts.scheme == "https" and port in (None, 443) and parts.username is None
    return plain and any(host == name or host.endswith(f".{name}") for name in (*KNOWN, *also))
