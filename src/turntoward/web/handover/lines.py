"""The lines of a brief as one of the two sees them, and those that are in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

from turntoward.care.brief_chart import Chart
from turntoward.web.couples.models import Partner
from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import VaultShut, lock_words, place, unlock_words
from turntoward.web.handover.models import Brief, Choice, Kind, Line


class Stands(StrEnum):
    """Where a line stands for whoever looks. That the other left it out looks like not yet."""

    MINE = "mine"  # not given yet: only its writer sees it
    ASKED = "asked"  # it waits for whoever looks
    WAITS = "waits"  # kept, and it waits for the other
    IN = "in"  # both keep it
    OUT = "out"  # left out by whoever looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line on the page. `words` is None where they are locked in this browser."""

    line: Line
    words: str | None
    stands: Stands
    mine: bool
    #: It was put in other words since whoever looks said something of it.
    again: bool
    chart: Chart | None = None

    @property
    def deletable(self) -> bool:
        """Whether it is a line of one's own that nobody else sees."""
        return self.mine and self.line.kind == Kind.OWN and self.line.shared_sealed is None

    @property
    def empty(self) -> bool:
        """Whether it is still to be written."""
        return self.words == ""


def words_of(line: Line, key: bytes | None) -> str | None:
    """What it says; None where that is locked with another key, or in this browser."""
    if line.shared_sealed is not None:
        try:
            return open_shared(line.brief.couple, bytes(line.shared_sealed), shared_place(line))
        except Unreadable:
            return None
    try:
        sealed = bytes(line.private_sealed or b"")
        return unlock_words(key or b"\0" * 32, sealed, private_place(line))
    except (VaultShut, ValueError):
        return None


def share(line: Line, words: str) -> None:
    """Seal its words for both; it is not saved yet."""
    line.shared_sealed = seal_shared(line.brief.couple, words, shared_place(line))
    line.private_sealed = None


def lock(line: Line, words: str, writer: Partner) -> None:
    """Lock its words for their writer; it is not saved yet."""
    line.private_sealed = lock_words(writer, words, private_place(line))
    line.shared_sealed = None


def shown(brief: Brief, partner: Partner, key: bytes | None) -> list[Shown]:
    """Every line that this partner sees, in order."""
    rows = Line.objects.visible_to(partner).filter(brief=brief)
    said = _said(rows.select_related("brief__couple"))
    return [_view(line, choices, partner, key) for line, choices in said]


def lines_in(brief: Brief) -> list[Line]:
    """The lines that everybody whose brief it is keeps as they are worded now, in order."""
    keepers = 1 if brief.owner_id else 2
    rows = Line.objects.filter(brief=brief).select_related("brief__couple", "by")
    if brief.owner_id is None:
        rows = rows.filter(shared_sealed__isnull=False)
    return [line for line, said in _said(rows) if _kept_by(line, said) >= keepers]


def digest(lines: Sequence[Line]) -> str:
    """What an agreement is of: exactly these lines, so worded, in this order."""
    told = json.dumps([[str(line.pk), line.version] for line in lines])
    return hashlib.sha256(told.encode()).hexdigest()


def _said(rows: Iterable[Line]) -> list[tuple[Line, dict[UUID, Choice]]]:
    lines = list(rows)
    by_line: dict[UUID, dict[UUID, Choice]] = {line.pk: {} for line in lines}
    for choice in Choice.objects.filter(line__in=lines):
        by_line[choice.line_id][choice.partner_id] = choice
    return [(line, by_line[line.pk]) for line in lines]


def _kept_by(line: Line, said: dict[UUID, Choice]) -> int:
    return sum(one.kept and one.version == line.version for one in said.values())


def _view(line: Line, said: dict[UUID, Choice], partner: Partner, key: bytes | None) -> Shown:
    words = words_of(line, key)
    mine, own = said.get(partner.pk), line.brief.owner_id is not None
    current = mine if mine is not None and mine.version == line.version else None
    chart = None
    if line.kind == Kind.CHART and words:
        chart = msgspec.json.decode(words, type=Chart)
    return Shown(
        line=line,
        words=words,
        stands=_stands(line, current, _kept_by(line, said), own=own),
        mine=line.by_id == partner.pk,
        again=mine is not None and current is None,
        chart=chart,
    )


def _stands(line: Line, mine: Choice | None, kept: int, *, own: bool) -> Stands:
    if mine is not None and not mine.kept:
        return Stands.OUT
    if line.shared_sealed is None and not own:
        return Stands.MINE
    if mine is None:
        return Stands.ASKED
    return Stands.IN if own or kept == 2 else Stands.WAITS


def shared_place(line: Line) -> str:
    """Where the words for both belong; sealed elsewhere they do not open."""
    return place("handover", "line", str(line.pk), str(line.brief.couple_id))


def private_place(line: Line) -> str:
    """Where its writer's own words belong."""
    return place("handover", "own line", str(line.pk), str(line.by_id))
