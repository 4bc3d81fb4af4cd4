"""Which push services are spoken to: those that browsers use, and what a setting adds.

A browser names the address that its notifications go to. A companion that posted to any address
would let somebody make it knock at doors inside its own network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The push services of Chrome and most others, Firefox, Safari and Edge.
KNOWN = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)

#: A plain HTTPS address. Readers of addresses differ over any other letter: what one takes for the
#: host `10.0.0.7\.push.apple.com`, the next connects to as 10.0.0.7.
_PLAIN = re.compile(r"https://([a-z0-9.-]+)(?::443)?/[!-\[\]-~]*", re.ASCII | re.IGNORECASE)


def is_known(endpoint: str, also: Iterable[str] = ()) -> bool:
    """True for a plain HTTPS address at one of the known services, or at one of `also`."""
    plain = _PLAIN.fullmatch(endpoint)
    if plain is None:
        return False
    host = plain[1].lower()
    return any(host == name or host.endswith(f".{name}") for name in (*KNOWN, *also))
