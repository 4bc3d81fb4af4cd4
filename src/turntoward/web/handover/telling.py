"""A brief as values, from the lines that are in: what is looked at before, and then frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import override

from turntoward.care.brief_chart import Chart
from turntoward.reading.companion import day_of
from turntoward.web.handover.frozen import LASTS
from turntoward.web.handover.lines import words_of
from turntoward.web.handover.models import Brief, Kind, Line
from turntoward.web.handover.told import Entry, Group, Told, without_signs
from turntoward.words import spoken


def told_of(brief: Brief, lines: Sequence[Line], key: bytes | None, now: datetime) -> Told:
    """The brief as it would be frozen at `now`. `key` opens the lines of an own brief."""
    zone = brief.couple.zone
    said = [(line, words) for line in lines if (words := words_of(line, key))]
    seasons = [line.source for line, _words in said if line.kind == Kind.SEASON]
    numbers = {source: number for number, source in enumerate(seasons, start=1) if source}
    chart = next((_chart(words, numbers) for line, words in said if line.kind == Kind.CHART), None)
    marked = {mark.source: mark.number for mark in chart.marks} if chart else {}
    with override(brief.language), spoken(brief.language):
        return Told(
            language=brief.language,
            names=_names(brief),
            title=_("A brief for a first conversation"),
            frozen_on=day_of(now, zone),
            expires_on=day_of(now + LASTS, zone),
            groups=tuple(
                Group(
                    kind=kind,
                    heading=heading(Kind(kind), alone=brief.owner_id is not None),
                    entries=tuple(_entry(brief, line, words, marked) for line, words in each),
                )
                for kind, each in groupby(said, key=lambda one: one[0].kind)
            ),
            chart=chart,
        )


def heading(kind: Kind, *, alone: bool) -> str:
    """What stands over lines of a sort."""
    alone_said = {
        Kind.SEASON: _("Seasons of my life"),
        Kind.TRIED: _("What I tried"),
        Kind.HOPE: _("What I hope for"),
        Kind.TOPIC: _("What I would like to talk about"),
        Kind.OWN: _("In my own words"),
    }
    return alone_said.get(kind, str(kind.label)) if alone else str(kind.label)


def _names(brief: Brief) -> tuple[str, ...]:
    if brief.owner is not None:
        return (brief.owner.name,)
    return tuple(partner.name for partner in brief.couple.partners.order_by("side"))


def _chart(words: str, numbers: dict[str, int]) -> Chart:
    """The chart with the marks of those seasons that are in, numbered like their lines."""
    chart = msgspec.json.decode(words, type=Chart)
    marks = (
        msgspec.structs.replace(mark, number=numbers[mark.source])
        for mark in chart.marks
        if mark.source in numbers
    )
    return msgspec.structs.replace(chart, marks=tuple(marks))


def _entry(brief: Brief, line: Line, words: str, marked: dict[str, int]) -> Entry:
    if line.kind == Kind.CHART:  # it is drawn, and told in `Told.chart`
        return Entry(words="")
    by = line.by.name if line.by is not None and brief.owner_id is None else None
    return Entry(words=without_signs(words), by=by, number=marked.get(line.source, 0))
