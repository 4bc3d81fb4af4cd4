"""Writes of the weather: tap it, change it, undo it; keep words, give them, take them back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.reading.companion import day_of
from turntoward.web.couples.access import agreed_since
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.couples.shared import seal_shared
from turntoward.web.couples.taps import is_older
from turntoward.web.couples.typed import check_length
from turntoward.web.couples.vault import written_over
from turntoward.web.weather.models import PutAway, Weather
from turntoward.web.weather.words import mark_of, private_place, shared_place

_YESTERDAY = timedelta(days=1)
#: The longest that a few words are.
LONGEST = 1000


class OtherDay(TurntowardError):
    """A tap for a day that is neither the day on which it was tapped nor the one before."""


def day_to_tap(partner: Partner, given: str, at: datetime) -> date:
    """The day that a tap at `at` is for: its own, or the one before where `given` names that.

    `given` is an ISO date or empty. Raises `OtherDay`.
    """
    today = day_of(at, partner.couple.zone)
    if not given:
        return today
    try:
        day = date.fromisoformat(given)
    except ValueError:
        day = date.min
    if not today - _YESTERDAY <= day <= today:
        raise OtherDay(_("That day is over by now. Today and yesterday can be tapped."))
    return day


def tap(partner: Partner, day: date, warmth: int, at: datetime) -> Weather:
    """How the day feels to this partner; a later tap changes it.

    A tap that waited on a phone while another one was made does not overturn the later one.
    """
    with transaction.atomic():
        found, new = Weather.objects.select_for_update().get_or_create(
            partner=partner, day=day, defaults={"warmth": warmth, "at": at}
        )
        if new or is_older(at, found.at):
            return found
        if warmth != found.warmth:
            found.earlier, found.warmth = found.warmth, warmth
        agreed = agreed_since(partner.couple, Purpose.SHARE_WEATHER)
        if agreed is not None and found.at < agreed:
            found.earlier = None  # tapped for oneself alone: an undo is not to show it to the other
        found.at = max(at, found.at)
        found.save(update_fields=["earlier", "warmth", "at"])
    return found


def undo(weather: Weather, of: int) -> None:
    """Bring back what was tapped before `of`, or take the day off again.

    Where something else stands by now nothing changes: a double tap undoes once. A day with words
    stays until they are let go.
    """
    with transaction.atomic():
        found = Weather.objects.select_for_update().filter(pk=weather.pk, warmth=of).first()
        if found is None:
            return
        if found.earlier is not None:
            found.warmth, found.earlier = found.earlier, None
            found.save(update_fields=["warmth", "earlier"])
        elif found.words_sealed is None and found.shared_sealed is None:
            found.delete()


def keep_words(weather: Weather, words: str, shown: str = "", key: bytes | None = None) -> None:
    """Private words of this day, into the vault; empty ones change nothing.

    A form that has `shown` those that were there (`vault.mark_of`) replaces them; from any other,
    such as one that was typed without a network, they go below. Those that are there already, which
    the `key` of an open vault says, are not put there twice. Raises `TooLong`.
    """
    check_length(LONGEST, words)
    if not words:
        return
    with transaction.atomic():
        rows = Weather.objects.select_for_update(of=("self",)).select_related("partner")
        fresh = rows.get(pk=weather.pk)
        where = private_place(fresh)
        sealed = written_over(fresh.partner, fresh.words_sealed, words, where, shown, key)
        Weather.objects.filter(pk=fresh.pk).update(words_sealed=sealed)


def let_go(weather: Weather) -> None:
    """Take the private words of this day away for good."""
    Weather.objects.filter(pk=weather.pk).update(words_sealed=None)


def give_words(weather: Weather, words: str) -> None:
    """Give words to the other, who sees them at once; they replace what was given for this day.

    Raises `TooLong`.
    """
    check_length(LONGEST, words)
    if not words:
        return
    with transaction.atomic():
        sealed = seal_shared(weather.partner.couple, words, shared_place(weather))
        Weather.objects.filter(pk=weather.pk).update(shared_sealed=sealed)
        # Other words than those that were put away.
        PutAway.objects.filter(weather=weather.pk).delete()


def take_back(weather: Weather) -> None:
    """Words that were given are gone, for both."""
    with transaction.atomic():
        Weather.objects.filter(pk=weather.pk).update(shared_sealed=None)
        PutAway.objects.filter(weather=weather.pk).delete()


def put_away(partner: Partner, weather: UUID, mark: str) -> None:
    """Put words of the other away from this partner's own Today.

    `mark` is that of the words on the page (`words.mark_of`). Where others stand by now nothing
    changes: those were not read yet.
    """
    with transaction.atomic():
        found = Weather.objects.select_for_update().filter(pk=weather).first()
        if found is not None and mark and mark_of(found) == mark:
            PutAway.objects.get_or_create(partner=partner, weather=found)


def lay_out(partner: Partner, weather: UUID) -> None:
    """Lay words that were put away out again."""
    PutAway.objects.visible_to(partner).filter(weather=weather).delete()
