"""What the vault needs around every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from turntoward.web.couples.locking import renew
from turntoward.web.couples.typed import typed
from turntoward.web.couples.vault import NotOpenedYet
from turntoward.web.keyring import KeyGone

#: Tells a phone that sends what waited that its words were not taken.
_NOT_TAKEN = 422
_PAGES = {NotOpenedYet: "couples/open_once.html", KeyGone: "couples/key_missing.html"}


class Vault:
    """Its cookie lasts as long as its use, and words that cannot be sealed are shown again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As every middleware is made."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and renew the cookie where private words were looked at."""
        response = self.get_response(request)
        renew(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What was typed is shown again where it cannot be sealed, and what to do.

        A vault of before is to be opened once; a key that is missing here is to be brought back.
        """
        page = next((page for kind, page in _PAGES.items() if isinstance(error, kind)), None)
        if page is None:
            return None
        return render(request, page, {"typed": typed(request)}, status=_NOT_TAKEN)
