"""Starting with HTTPS: what the settings are to know first, the second port, and renewing."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from turntoward.web.https.doorway import Doorway
from turntoward.web.https.here import Here, made_for, renew, settle, taken_for
from turntoward.web.https.names import host_name
from turntoward.web.ports import CannotStart, free_port

_log = logging.getLogger(__name__)
_A_DAY_S = 24 * 3600
_AN_HOUR_S = 3600
#: How many ports after the one with HTTPS are tried for the one without.
_NEXT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for: HTTPS under `name`, with files from elsewhere or of our own."""

    name: str
    certificate: Path | None = None
    key: Path | None = None


def tell_settings(asked: Asked, port: int) -> None:
    """Set the environment that the settings read; to be called before they are."""
    name = host_name(asked.name)
    if os.environ.get("TURNTOWARD_BEHIND_PROXY") == "1":
        raise CannotStart(
            "A proxy that sees to HTTPS and --https do not go together. Start without --https, or "
            "without TURNTOWARD_BEHIND_PROXY."
        )
    if (asked.certificate is None) != (asked.key is None):
        raise CannotStart("A certificate and its key go together: give --certificate and --key.")
    os.environ["TURNTOWARD_HTTPS"] = "1"
    given = os.environ.get("TURNTOWARD_HOSTS", "")
    os.environ["TURNTOWARD_HOSTS"] = ",".join(filter(None, [given, name]))
    os.environ["TURNTOWARD_ADDRESS"] = f"https://{name}" + ("" if port == 443 else f":{port}")


def make_ready(asked: Asked, data: Path, port: int) -> Here:
    """The certificate and the second port; to be called once the settings are read."""
    plain_port = _port_beside(port)
    if asked.certificate and asked.key:
        at = taken_for(asked.name, asked.certificate, asked.key, port=port, plain_port=plain_port)
    else:
        at = made_for(asked.name, data, port=port, plain_port=plain_port)
    settle(at)
    return at


def _port_beside(port: int) -> int:
    """A free port for those who come without HTTPS: 80 beside 443, else the next one."""
    for one in [80] if port == 443 else range(port + 1, min(port + 1 + _NEXT, 65536)):
        try:
            return free_port(one)
        except CannotStart:
            continue
    raise CannotStart(
        f"No port after {port} is free for those who come without HTTPS. Choose another one with "
        "--port."
    )


@contextmanager
def doorway(at: Here | None, application: Any) -> Iterator[None]:
    """The port without HTTPS, in a thread of its own while the block runs."""
    if at is None:
        yield
        return
    import uvicorn

    config = uvicorn.Config(
        Doorway(application, at.address),
        host="0.0.0.0",
        port=at.plain_port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="doorway", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=5)


async def keep_renewed(at: Here, context: ssl.SSLContext) -> None:
    """Look once a day whether the certificate ends soon: a companion may run for years.

    One that cannot be read or made just now, as when its two files are being replaced or the disk
    is full, is looked at again in an hour; until then the one from before is served.
    """
    rest = _A_DAY_S
    while True:
        await asyncio.sleep(rest)
        rest = _A_DAY_S
        try:
            renew(at, context, datetime.now(UTC))
        except (OSError, ValueError) as error:  # an SSLError is an OSError
            _log.warning("The certificate was not renewed: %s", type(error).__name__)
            rest = _AN_HOUR_S
