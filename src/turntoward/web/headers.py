"""Headers of every answer: no foreign or inline code, nothing kept in a cache, nothing embedded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port
from django.utils.decorators import sync_and_async_middleware

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
#: What an answer has unless it says otherwise itself, as static files do about how long they last.
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cache-Control": "no-store",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # The welcome page asks whether the demo, at another port of this host, is there yet.
    "Cross-Origin-Resource-Policy": "same-site" if settings.DEMO else "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_HSTS = "Strict-Transport-Security"


def has_a_name(host: str) -> bool:
    """True for a host name as in a `Host` header; false for localhost and for an IP address.

    A browser that is once told to reach localhost by HTTPS alone does so for all programs there.
    """
    name = split_domain_port(host)[0].removesuffix(".")
    if not name or name == "localhost" or name.endswith(".localhost"):
        return False
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return True
    return False


def _with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if _HSTS in response.headers and not has_a_name(request.headers.get("Host", "")):
        del response.headers[_HSTS]
    return response


@sync_and_async_middleware
def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]:
    """Set the headers; the outermost of all, so that refusals have them, too."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _with_headers(request, await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _with_headers(request, get_response(request))  # type: ignore[arg-type]

    return now
