"""The language of an answer: the partner's own choice, else the browser's, else English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware

from turntoward.web.couples.models import Partner
from turntoward.words import spoken

_Answer = HttpResponseBase | Awaitable[HttpResponseBase]


def _chosen(request: HttpRequest) -> str:
    partner = request.user
    if isinstance(partner, Partner) and partner.language:
        return partner.language
    return translation.get_language_from_request(request)


def _told(response: HttpResponseBase, language: str) -> HttpResponseBase:
    response.headers.setdefault("Content-Language", language)
    return response


@sync_and_async_middleware
def speak(
    get_response: Callable[[HttpRequest], _Answer],
) -> Callable[[HttpRequest], _Answer]:
    """Answer in the language of whoever asks, in templates and in the core alike."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            language = await sync_to_async(_chosen)(request)
            with translation.override(language), spoken(language):
                return _told(await get_response(request), language)

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        language = _chosen(request)
        with translation.override(language), spoken(language):
            return _told(get_response(request), language)  # type: ignore[arg-type]

    return now
