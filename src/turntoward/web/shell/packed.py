"""Pages go out packed, so that an old phone on a slow network has them soon. Live streams do not.

That packing lets somebody guess a secret from sizes (BREACH) takes a page that holds both the
secret and words of the attacker's: cookies here are never sent from another site, Django masks the
tokens of forms anew on each page, and the packer adds some bytes by chance.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware

_Answer = HttpResponseBase | Awaitable[HttpResponseBase]
_GZIP = GZipMiddleware(lambda request: HttpResponse())


def _packed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A stream stays as it is: packed, what it says would wait until there is enough of it."""
    if response.streaming or not isinstance(response, HttpResponse):
        return response
    return _GZIP.process_response(request, response)


@sync_and_async_middleware
def packed_pages(
    get_response: Callable[[HttpRequest], _Answer],
) -> Callable[[HttpRequest], _Answer]:
    """Pack what is a whole page."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _packed(request, await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _packed(request, get_response(request))  # type: ignore[arg-type]

    return now
