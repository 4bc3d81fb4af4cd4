"""Words that somebody typed into a form."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError


class TooLong(TurntowardError):
    """Words are longer than what is kept of them: they are not cut, and the page shows them."""


def typed(request: HttpRequest, field: str = "words") -> str:
    """What was typed, with a line break as one character: browsers count it so, and send two."""
    return request.POST.get(field, "").replace("\r\n", "\n").strip()


def check_length(most: int, *words: str) -> None:
    """Raise `TooLong` where any of `words` has more than `most` characters."""
    if any(len(each) > most for each in words):
        raise TooLong(
            _(
                "That is longer than {most} characters. Shorten it a little; it is still here."
            ).format(most=most)
        )
