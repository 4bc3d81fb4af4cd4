"""The mail server that a setting names; without one no mail is sent and none is offered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

#: The usual port of each kind of address.
_PORTS = {"smtp": 587, "smtps": 465}
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """How mail leaves this machine. `tls_first` speaks TLS from the start, `tls_then` turns to it
    before anything is said (STARTTLS)."""

    sender: str = "nobody@localhost"
    host: str = ""
    port: int = 25
    name: str = ""
    password: str = ""
    tls_first: bool = False
    tls_then: bool = False

    @property
    def backend(self) -> str:
        """Django's way of sending; without a server, one that sends nothing."""
        return f"django.core.mail.backends.{'smtp' if self.host else 'dummy'}.EmailBackend"


def mail_server(url: str, sender: str) -> MailServer:
    """The server of `smtp://name:password@host:port` or `smtps://`, sending as `sender`.

    `smtp` turns to TLS, unless the server is this machine. Raises `SystemExit` with one sentence
    where the two cannot be understood.
    """
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or not host:
        raise SystemExit(
            "TURNTOWARD_MAIL cannot be understood. Write it like smtps://name:password@host:465."
        )
    if "@" not in sender:
        raise SystemExit("Set TURNTOWARD_SENDER to the address that mail comes from.")
    return MailServer(
        sender=sender,
        host=host,
        port=port or _PORTS[parts.scheme],
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_first=parts.scheme == "smtps",
        tls_then=parts.scheme == "smtp" and host not in _THIS_MACHINE,
    )
