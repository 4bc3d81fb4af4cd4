"""How this companion is reached over HTTPS, for the pages that say so and for whoever starts it."""

from __future__ import annotations

import secrets
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from turntoward.web.https.certificates import Certificate, certificate_for, fingerprint
from turntoward.web.https.names import host_name
from turntoward.web.keys import once
from turntoward.web.places import key_folder
from turntoward.web.ports import CannotStart

#: With forward secrecy and authentication; those of TLS 1.3 are so without being named.
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """HTTPS on `port` under `name`; `plain_port` leads there and explains (`doorway`)."""

    name: str
    port: int
    plain_port: int
    certificate: Certificate

    @property
    def address(self) -> str:
        """What an address in a browser begins with."""
        return f"https://{self.name}" if self.port == 443 else f"https://{self.name}:{self.port}"

    @property
    def fingerprint(self) -> str:
        """Of what a phone is to trust; empty where it trusts that already."""
        authority = self.certificate.authority
        return fingerprint(authority) if authority else ""


_here: Here | None = None


def here() -> Here | None:
    """How it is reached over HTTPS, where this process serves it so itself."""
    return _here


def settle(at: Here | None) -> None:
    """To be called once, before it is served."""
    global _here  # one process serves one companion
    _here = at


def made_for(given: str, data: Path, *, port: int, plain_port: int) -> Here:
    """With a certificate of our own for the name `given`; raises `CannotStart`."""
    name = host_name(given)
    folder = _folder(data, name)
    try:
        certificate = certificate_for(name, folder, datetime.now(UTC))
    except (OSError, ValueError) as error:
        raise CannotStart(
            f"The certificate in {folder} cannot be made or read. Remove that folder and start "
            "again; each phone then asks for your trust anew."
        ) from error
    return Here(name=name, port=port, plain_port=plain_port, certificate=certificate)


def taken_for(given: str, certificate: Path, key: Path, *, port: int, plain_port: int) -> Here:
    """With a certificate from elsewhere; raises `CannotStart` where it is not one, or its key."""
    at = Here(
        name=host_name(given),
        port=port,
        plain_port=plain_port,
        certificate=Certificate(certificate, key),
    )
    try:
        context_for(at)
    except (OSError, ssl.SSLError) as error:
        raise CannotStart(
            f"{certificate} and {key} are no certificate and its key. Give both as PEM files, the "
            "key without a passphrase."
        ) from error
    return at


def context_for(at: Here) -> ssl.SSLContext:
    """What the server speaks TLS with: 1.2 at least."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.load_cert_chain(at.certificate.chain, at.certificate.key, lambda: "")
    return context


def renew(at: Here, context: ssl.SSLContext, now: datetime) -> None:
    """Make the certificate anew where it ends soon, while it is served. One taken is read anew.

    Raises `OSError`; then the one from before is served still.
    """
    if at.certificate.authority is not None:
        certificate_for(at.name, at.certificate.chain.parent, now)
    # Two files that do not fit would leave the context with one of them.
    for one in (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), context):
        one.load_cert_chain(at.certificate.chain, at.certificate.key, lambda: "")


def _folder(data: Path, name: str) -> Path:
    """Beside the key of this data folder, one for each name: an authority is for one name alone."""
    known_by = once(data / "id", lambda: secrets.token_hex(8)).decode().strip()
    return key_folder() / f"{known_by}.https" / name
