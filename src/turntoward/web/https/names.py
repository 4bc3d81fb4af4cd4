"""Host names that a certificate at home can be for."""

from __future__ import annotations

import re
from ipaddress import ip_address

from turntoward.web.ports import CannotStart

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def host_name(given: str) -> str:
    """`given` as browsers write it in an address; raises `CannotStart` with what to do instead."""
    name = given.strip().rstrip(".").lower()
    if _is_address(name):
        raise CannotStart(
            f"{given} is an address, and passkeys and certificates for phones need a name. Give "
            "this computer a name in your router and use that, as in --https turntoward.home.arpa."
        )
    if name == "localhost" or name.endswith(".localhost"):
        raise CannotStart(
            "On this machine itself browsers need no HTTPS, and no phone reaches it as localhost. "
            "Use the name by which your phones reach this computer."
        )
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        name = ""
    labels = name.split(".")
    # A last label of digits alone would be read as an address.
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise CannotStart(
            f"{given} is no host name. Use letters, digits, dashes and dots, as in "
            "--https turntoward.local."
        )
    return name


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
