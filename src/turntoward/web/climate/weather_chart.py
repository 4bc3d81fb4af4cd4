"""The weather of the two as a chart, as a table, and in words: the same days in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from turntoward.reading.chart import marks, seconds, span_of
from turntoward.reading.reading import Season
from turntoward.reading.seasons import known_until, lasting
from turntoward.web.checkins.models import Warmth
from turntoward.web.climate.lately import SKIES, middle
from turntoward.web.weather.seen import Tapped

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
#: The chart shows a quarter of a year even where the weather began last week.
_LEAST = timedelta(weeks=13)
_NOON_S = 12 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Days as one of the two saw them: `side` is 0 or 1, `name` what this one is called here."""

    side: int
    name: str
    skies: tuple[Tapped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A week of the table: for each view its middle sky and its days, and the seasons by number."""

    monday: date
    views: tuple[tuple[str, tuple[Tapped, ...]], ...]
    seasons: tuple[int, ...]


def chart(views: Sequence[View], seasons: Sequence[Season], today: date) -> dict[str, Any]:
    """What weather.js draws; moments are seconds since 1970, UTC, at the middle of what they name.

    `days` of a view are its own, `weeks` and `months` the middle sky of each, for who looks from
    further away.
    """
    first, end = extent(views, today)
    return {
        "kind": "weather",
        "label": label(views),
        "skies": [str(sky) for sky in Warmth.labels],
        "skies_said": [str(SKIES[sky]) for sky in Warmth.values],
        "from": seconds(first),
        "to": seconds(end),
        "views": [_view(view, alone=len(views) == 1) for view in views],
        "seasons": marks(seasons),
        "told": [span_of(s.start, known_until(s) + _DAY) for s in seasons if s.start < end],
        "drifts": [],
        "levels": [],
        "holes": [],
        "a_week": {
            "head": _("The week of {day}."),
            "view": _("{name}: {days}."),
            "none": _("There is no weather in the week of {day}."),
        },
    }


def extent(views: Sequence[View], today: date) -> tuple[date, date]:
    """From the first Monday that is shown up to the Monday after today."""
    end = _monday(today) + _WEEK
    days = [tap.day for view in views for tap in view.skies]
    return min([_monday(day) for day in days] + [end - _LEAST]), end


def table(views: Sequence[View], seasons: Sequence[Season]) -> list[Row]:
    """The weeks that hold weather, the latest first."""
    mondays = {_monday(tap.day) for view in views for tap in view.skies}
    return [
        Row(
            monday=monday,
            views=tuple(_cell(view, monday) for view in views),
            seasons=lasting(monday, seasons),
        )
        for monday in sorted(mondays, reverse=True)
    ]


def label(views: Sequence[View]) -> str:
    """The chart in words, for who cannot see it."""
    days = sorted(tap.day for view in views for tap in view.skies)
    if not days:
        return _("There is no weather yet.")
    said = ngettext(
        "How it felt between you on {count} day, from {first} to {last}.",
        "How it felt between you on {count} days, from {first} to {last}.",
        len(set(days)),
    ).format(count=len(set(days)), first=date_format(days[0]), last=date_format(days[-1]))
    return " ".join([said, *(_between(view) for view in views if view.skies)])


def _between(view: View) -> str:
    low, high = min(t.warmth for t in view.skies), max(t.warmth for t in view.skies)
    said = _("{name}: {low} on every day.") if low == high else _("{name}: from {low} to {high}.")
    return said.format(name=view.name, low=Warmth(low).label, high=Warmth(high).label)


def _view(view: View, *, alone: bool) -> dict[str, Any]:
    weeks = _grouped((_monday(tap.day), tap.warmth) for tap in view.skies)
    months = _grouped((tap.day.replace(day=1), tap.warmth) for tap in view.skies)
    return {
        "side": view.side,
        "name": view.name,
        "alone": alone,
        "days": [[seconds(tap.day) + _NOON_S, tap.warmth] for tap in view.skies],
        "weeks": [[seconds(monday + 3 * _DAY) + _NOON_S, sky] for monday, sky in weeks],
        "months": [[seconds(first + 14 * _DAY) + _NOON_S, sky] for first, sky in months],
    }


def _grouped(taps: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    groups: dict[date, list[int]] = {}
    for start, warmth in taps:
        groups.setdefault(start, []).append(warmth)
    return [(start, middle(warmths)) for start, warmths in sorted(groups.items())]


def _cell(view: View, monday: date) -> tuple[str, tuple[Tapped, ...]]:
    days = tuple(tap for tap in view.skies if monday <= tap.day < monday + _WEEK)
    return str(Warmth(middle([tap.warmth for tap in days])).label) if days else "", days


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
