"""The language of an answer, and the clock that it tells the time by.

The language is the partner's own choice, else the browser's, else English; the clock is that of the
couple, and UTC for whoever has not entered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.decorators import sync_and_async_middleware

from turntoward.web.couples.models import Partner
from turntoward.words import spoken

_Answer = HttpResponseBase | Awaitable[HttpResponseBase]


def _chosen(request: HttpRequest) -> tuple[str, str | None]:
    partner = request.user
    asked = translation.get_language_from_request(request)
    if isinstance(partner, Partner):
        return partner.language or asked, partner.couple.zone
    return asked, None


def _told(response: HttpResponseBase, language: str) -> HttpResponseBase:
    response.headers.setdefault("Content-Language", language)
    return response


@sync_and_async_middleware
def speak(
    get_response: Callable[[HttpRequest], _Answer],
) -> Callable[[HttpRequest], _Answer]:
    """Answer in the language of whoever asks, in templates and in the core, and by their clock."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            language, zone = await sync_to_async(_chosen)(request)
            with translation.override(language), spoken(language), timezone.override(zone):
                return _told(await get_response(request), language)

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        language, zone = _chosen(request)
        with translation.override(language), spoken(language), timezone.override(zone):
            return _told(get_response(request), language)  # type: ignore[arg-type]

    return now
