"""The weather: one tap, undo, words for oneself or for the other, and the last days."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Warmth
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.taps import AlreadyHere, once, tapped_at
from turntoward.web.couples.typed import TooLong, typed
from turntoward.web.weather import actions
from turntoward.web.weather.lately import lately as days_of
from turntoward.web.weather.models import Weather
from turntoward.web.weather.seen import gift_to
from turntoward.web.weather.today import about
from turntoward.web.weather.words import given, written

_TODAY = "moments:today"
_LATELY = "weather:lately"
#: Tells a phone that sends what waited that its words were not taken.
_NOT_TAKEN = 422


@require_POST
def tap(request: HttpRequest) -> HttpResponse:
    """How today feels, or yesterday. Without a network a few words may have come along."""
    partner, now = partner_of(request), timezone.now()
    warmth, at = _warmth(request), tapped_at(request, now)
    day_given, said = request.POST.get("day", ""), typed(request)
    try:
        day = actions.day_to_tap(partner, day_given, at)
        with once(request, now):
            weather = actions.tap(partner, day, warmth, at)
            actions.keep_words(weather, said, key=vault_key(request))
    except actions.OtherDay as over:
        return _lately(request, problem=str(over))
    except TooLong as error:
        # The sky counts all the same; the tap's id stays free for its words.
        weather = actions.tap(partner, day, warmth, at)
        return _words(request, weather, said=said, problem=error, status=_NOT_TAKEN)
    except AlreadyHere:
        pass
    return redirect(_LATELY if day_given else _TODAY)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last tap of a day back."""
    weather = _own(request, pk)
    actions.undo(weather, _warmth(request))
    return redirect(_place_of(weather))


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A few words for a day: private, or given where that is ticked."""
    weather = _own(request, pk)
    said = typed(request)
    if request.method != "POST":
        return _words(request, weather)
    try:
        if request.POST.get("share") and weather.partner.other():
            actions.give_words(weather, said)
        else:
            shown = request.POST.get("shown", "")
            actions.keep_words(weather, said, shown, vault_key(request))
    except TooLong as error:
        return _words(request, weather, said=said, problem=error)
    return redirect(_place_of(weather))


@require_POST
def let_go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Private words of a day, away for good; the page holds them once more, to keep them again."""
    weather = _own(request, pk)
    were = written(weather, vault_key(request))
    if were.locked:
        return _words(request, weather)  # they could not be fetched back
    actions.let_go(weather)
    weather.refresh_from_db()
    return _words(request, weather, said=were.private, note=_("They are let go."))


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Words that were given, gone for both; the page holds them once more for their writer."""
    weather = _own(request, pk)
    were = given(weather)
    actions.take_back(weather)
    weather.refresh_from_db()
    note = _("They are taken back. {name} does not see them any more.")
    note = note.format(name=weather.partner.other_name())
    return _words(request, weather, said=were, note=note)


@require_POST
def put_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Words of the other, off this partner's own Today, or back on it."""
    partner = partner_of(request)
    gift = gift_to(partner, pk)
    if request.POST.get("again"):
        actions.lay_out(partner, gift)
    else:
        actions.put_away(partner, gift, request.POST.get("mark", ""))
    return redirect(_TODAY)


@require_GET
def lately(request: HttpRequest) -> HttpResponse:
    """Yesterday, which may still be tapped, and the last two weeks."""
    return _lately(request)


def _lately(request: HttpRequest, problem: str = "") -> HttpResponse:
    partner = partner_of(request)
    today = day_of(timezone.now(), partner.couple.zone)
    yesterday = today - timedelta(days=1)
    weather = Weather.objects.visible_to(partner).filter(day=yesterday).first()
    context = about(partner, weather, vault_key(request))
    context |= {"yesterday": yesterday, "today": today, "days": days_of(partner, today)}
    return render(request, "weather/lately.html", context | {"problem": problem, "tab": "moments"})


def _words(
    request: HttpRequest,
    weather: Weather,
    *,
    said: str = "",
    problem: object = "",
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    context = about(weather.partner, weather, vault_key(request))
    # What was typed was typed over what its form had shown.
    context |= {"typed": said, "shown": request.POST.get("shown", "")}
    context |= {"problem": problem, "note": note, "back": _place_of(weather)}
    return render(request, "weather/words.html", context | {"tab": "moments"}, status=status)


def _own(request: HttpRequest, pk: UUID) -> Weather:
    mine = Weather.objects.visible_to(partner_of(request)).select_related("partner__couple")
    return get_object_or_404(mine, pk=pk)


def _warmth(request: HttpRequest) -> int:
    try:
        return Warmth(int(request.POST.get("warmth", "")))
    except ValueError as error:
        raise Http404 from error


def _place_of(weather: Weather) -> str:
    """Where a day is shown: today's on Today, earlier ones with the last days."""
    return _TODAY if weather.day == day_of(timezone.now(), weather.partner.couple.zone) else _LATELY
