"""What environment variables name: read once, and refused with one sentence that says which."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

#: How the address of a PostgreSQL database begins.
_SERVERS = ("postgres", "postgresql", "pgsql")
_WEB = ("http", "https")


def flag(name: str, default: bool = False) -> bool:
    """A switch: 1 or 0, `default` where it is not set. Raises `SystemExit` for anything else."""
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise SystemExit(f"{name} is {value!r}. Set it to 1 or 0.")
    return default if value == "" else value == "1"


def names(name: str) -> list[str]:
    """Names with commas between them; none where it is not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def origins(name: str) -> list[str]:
    """Origins with commas between them, as `https://a.example` or `https://*.a.example`.

    A slash at the end goes: browsers name an origin without it. Raises `SystemExit` for one without
    http(s), or with more than a host and a port.
    """
    found = names(name)
    for one in found:
        if not _is_address(one):
            raise SystemExit(f"{name} has {one!r}. Write each like https://a.example.")
    return [one.rstrip("/").lower() for one in found]


def address(name: str) -> str:
    """Where this companion is reached, as `http://192.168.1.5:8700`; empty where it is not set.

    Raises `SystemExit` for anything that no link can begin with.
    """
    found = os.environ.get(name, "")
    if found and not _is_address(found):
        raise SystemExit(f"{name} is {found!r}. Write it like http://192.168.1.5:8700.")
    return found


def database(name: str) -> dict[str, Any] | None:
    """The PostgreSQL database that is named, as Django wants it; None where none is.

    Raises `SystemExit` for anything else: another SQLite file would be neither encrypted nor
    written through. What was typed is not said again, as it holds a password.
    """
    url = os.environ.get(name, "")
    if not url:
        return None
    try:
        scheme = urlsplit(url).scheme
        # A server has only so many connections: there none is kept.
        found = dict(dj_database_url.parse(url, conn_max_age=0)) if scheme in _SERVERS else {}
    except ValueError:
        found = {}
    if not found.get("NAME"):
        raise SystemExit(
            f"{name} cannot be understood. Write it like postgres://name:password@host/database, "
            "or leave it empty for the encrypted database in the data folder."
        )
    return found


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number of a port
    except ValueError:
        return False
    whole = parts.scheme in _WEB and bool(parts.hostname) and parts.username is None
    more = parts.query or parts.fragment or text.endswith(("?", "#"))
    return whole and parts.path in ("", "/") and not more
