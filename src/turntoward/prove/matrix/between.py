"""Mistakes that only the other one of the two could use, each of which the matrix is to find."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from turntoward.prove.matrix.planting import Leak, View, around, before
from turntoward.prove.people import People
from turntoward.web.couples.models import Partner
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather


def _of_the_other(model: type[Model], pk: Any, asks: Any, whose: str = "partner") -> Any:
    """The row of that key, where it is of the other one of the two."""
    other = asks.other() if isinstance(asks, Partner) else None
    return model._default_manager.filter(pk=pk, **{whose: other and other.pk})


def _hints(view: View, people: People) -> View:
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if _of_the_other(Topic, kwargs["pk"], request.user, "by").exists():
                return HttpResponse("not yet", status=404)
            raise

    return page


def _wipes_first(request: HttpRequest, pk: Any) -> None:
    _of_the_other(Weather, pk, request.user).update(words_sealed=None)


def _deletes_first(request: HttpRequest, pk: Any) -> None:
    _of_the_other(Kept, pk, request.user).delete()


def _takes_back_first(request: HttpRequest, pk: Any) -> None:
    _of_the_other(Given, pk, request.user, "giver").delete()


BETWEEN: tuple[Leak, ...] = (
    Leak("the other hears that a topic rests", ("topics:ready",), around("topics:ready", _hints)),
    Leak(
        "the other's private words wiped",
        ("weather:let-go",),
        before("weather:let-go", _wipes_first),
    ),
    Leak("what the other kept deleted", ("noticed:kept",), before("noticed:kept", _deletes_first)),
    Leak(
        "the other's gift taken back",
        ("noticed:take-back",),
        before("noticed:take-back", _takes_back_first),
    ),
)
