"""QR codes of links, for the second phone."""

from __future__ import annotations

from io import StringIO

import segno
from django.conf import settings
from django.http import HttpRequest

_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def address_for_phones(request: HttpRequest) -> str:
    """The address that a link for the second phone begins with, without a slash at its end.

    Whoever sits at the machine itself sees it as localhost, which no phone can reach.
    """
    host = request.get_host().rsplit(":", 1)[0]
    if host in _THIS_MACHINE and settings.PHONE_ADDRESS:
        return str(settings.PHONE_ADDRESS).rstrip("/")
    return f"{request.scheme}://{request.get_host()}"


def qr_svg(link: str) -> str:
    """An inline SVG without styles, so that it keeps to the page's colours and policy."""
    code = segno.make(link, error="m")
    return str(
        code.svg_inline(
            scale=6, border=2, omitsize=True, dark="#1f2f2d", light="#fbfcfa", svgclass="qr"
        )
    )


def qr_terminal(link: str) -> str:
    """The same for a terminal, in half blocks."""
    out = StringIO()
    segno.make(link, error="l").terminal(out=out, compact=True, border=1)
    return out.getvalue()
