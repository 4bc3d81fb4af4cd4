"""What the vault needs around every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from turntoward.web.couples.locking import renew
from turntoward.web.couples.typed import typed
from turntoward.web.couples.vault import NotOpenedYet

#: Tells a phone that sends what waited that its words were not taken.
_NOT_TAKEN = 422


class Vault:
    """Its cookie lasts as long as its use, and words that cannot be sealed yet are shown again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As every middleware is made."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and renew the cookie where private words were looked at."""
        response = self.get_response(request)
        renew(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A vault of before, not opened since: it is to be opened once, and nothing is lost."""
        if not isinstance(error, NotOpenedYet):
            return None
        context = {"typed": typed(request)}
        return render(request, "couples/open_once.html", context, status=_NOT_TAKEN)
