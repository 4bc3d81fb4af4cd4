"""Ports and addresses of this machine."""

from __future__ import annotations

import socket

DEFAULT_PORT = 8700


class CannotStart(Exception):
    """The companion cannot start; the text says why and what to do."""


def free_port(wanted: int | None) -> int:
    """The port to listen on: the one wanted, or the first free one from the default on."""
    for port in [wanted] if wanted else range(DEFAULT_PORT, DEFAULT_PORT + 20):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                continue
            return port
    if wanted:
        raise CannotStart(f"Port {wanted} is taken. Choose another one with --port.")
    raise CannotStart("No free port was found. Choose one with --port.")


def lan_address() -> str | None:
    """This machine's address on the local network; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            address = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith(("127.", "0.")) else address
