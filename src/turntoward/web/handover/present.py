"""What the pages of the brief show to one of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from turntoward.care.brief_chart import Chart, drawn
from turntoward.web.couples.models import Partner
from turntoward.web.handover import mail
from turntoward.web.handover.actions import opened_by_practice
from turntoward.web.handover.frozen import document
from turntoward.web.handover.line_actions import LONGEST
from turntoward.web.handover.lines import Shown, Stands, digest, lines_in, shown, words_of
from turntoward.web.handover.models import Agreement, Brief, Kind, Stage
from turntoward.web.handover.telling import heading, told_of
from turntoward.web.handover.told import Told, decode
from turntoward.web.handover.typeset import caption, fits, foot, under

#: The box in which the page draws a chart.
_WIDTH, _HEIGHT = 570, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of one sort on the page."""

    kind: str
    heading: str
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as a page draws it, in a box of `width` by `height`."""

    chart: Chart
    caption: str
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    years: tuple[tuple[int, str], ...]
    marks: tuple[tuple[int, int, int, int], ...]
    highest: int
    width: int = _WIDTH
    height: int = _HEIGHT


def overview(partner: Partner, now: datetime) -> dict[str, Any]:
    """The briefs that there are, the newest of each sort first, and what can be begun."""
    briefs = [(brief, brief.state(now)) for brief in Brief.objects.visible_to(partner)]
    written = [brief for brief, stage in briefs if stage is Stage.WRITTEN]
    return {
        "written": written,
        "frozen": [brief for brief, stage in briefs if stage is Stage.FROZEN],
        "over": [each for each in briefs if each[1] in (Stage.EXPIRED, Stage.WITHDRAWN)],
        "can_join": partner.other() is not None and all(one.owner_id for one in written),
        "can_own": all(one.owner_id is None for one in written),
    }


def page_of(brief: Brief, partner: Partner, key: bytes | None, now: datetime) -> dict[str, Any]:
    """The lines while they can be written, by what they are about, and where each stands."""
    views = shown(brief, partner, key)
    here = [view for view in views if view.stands is not Stands.OUT]
    kept = lines_in(brief)
    alone = brief.owner_id is not None
    readable = all(view.words is not None for view in here if view.stands is Stands.IN)
    return {
        "brief": brief,
        "alone": alone,
        "sections": _sections(here, alone=alone),
        "out": [view for view in views if view.stands is Stands.OUT],
        "asked": sum(view.stands is Stands.ASKED and not view.empty for view in here),
        "kept": len(kept),
        "full": bool(kept) and readable and not fits(told_of(brief, kept, key, now)),
        "locked": any(view.words is None for view in views),
        "picture": next((picture_of(view.chart) for view in here if view.chart), None),
        "longest": LONGEST,
    }


def _sections(views: Sequence[Shown], *, alone: bool) -> list[Section]:
    return [
        Section(kind=kind, heading=heading(Kind(kind), alone=alone), lines=tuple(each))
        for kind, each in groupby(views, key=lambda view: view.line.kind)
    ]


def preview_of(brief: Brief, partner: Partner, key: bytes | None, now: datetime) -> dict[str, Any]:
    """What would be handed over, and who has agreed to exactly that."""
    kept = lines_in(brief)
    told, of = told_of(brief, kept, key, now), digest(kept)
    standing = Agreement.objects.filter(brief=brief, digest=of)
    return {
        "brief": brief,
        "alone": brief.owner_id is not None,
        "kept": len(kept),
        "locked": any(words_of(line, key) is None for line in kept),
        "digest": of,
        "full": bool(kept) and not fits(told),
        "agreed": standing.filter(partner=partner).exists(),
        "other_agreed": standing.exclude(partner=partner).exists(),
    } | page_that_prints(told)


def page_that_prints(told: Told) -> dict[str, Any]:
    """The same content as the PDF, as a page that prints."""
    picture = picture_of(told.chart) if told.chart else None
    return {"told": told, "picture": picture, "under": under(told), "foot": foot(told)}


def frozen_page(brief: Brief, now: datetime) -> dict[str, Any]:
    """The documents, who opened them, and where they can go."""
    _pdf, stored = document(brief, now)
    return {
        "brief": brief,
        "alone": brief.owner_id is not None,
        "log": list(brief.opened.all()),
        "opened_by_practice": opened_by_practice(brief),
        "mailto": mail.link(),
    } | page_that_prints(decode(stored))


def picture_of(chart: Chart) -> Picture:
    """A chart in points of the page's box."""
    lies = drawn(chart)
    return Picture(
        chart=chart,
        caption=caption(chart),
        lines=tuple(_points(line) for line in lies.lines),
        bands=tuple(_points(band) for band in lies.bands),
        years=tuple((round(x * _WIDTH), year) for x, year in lies.years),
        marks=tuple(
            (round(a * _WIDTH), round(b * _WIDTH), n, round(at * _WIDTH))
            for a, b, n, at in lies.marks
        ),
        highest=round(lies.highest * _HEIGHT),
    )


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x * _WIDTH:.1f},{y * _HEIGHT:.1f}" for x, y in line)
