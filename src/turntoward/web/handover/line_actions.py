"""Writes on single lines: add, change, give, take back, keep, leave out, and undo.

Each looks at the line as it is now, and each ends the agreements to what is no more the same.
"""

from __future__ import annotations

from collections.abc import Callable
from secrets import randbelow

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.handover import lines
from turntoward.web.handover.models import Agreement, Brief, Choice, Kind, Line

#: Characters of a line. A brief has two pages, and a line is no letter.
LONGEST = 400
#: Lines of a brief that one person may see, whatever became of them.
MOST_LINES = 60
_ORDER = {kind.value: number for number, kind in enumerate(Kind)}


class TooMany(TurntowardError):
    """There are more lines than two pages could ever hold."""


class Closed(TurntowardError):
    """The brief cannot be written any more."""


class ChangedMeanwhile(TurntowardError):
    """The line has other words than those that were changed, or was given since."""


def add(brief: Brief, partner: Partner, words: str) -> Line:
    """A line of one's own: in the vault at first. Raises `TooMany` or `Closed`."""
    with transaction.atomic():
        if not locked(brief):
            raise Closed
        if brief.lines.filter(by=partner).count() >= MOST_LINES:
            raise TooMany(_("There is no room for more lines. Change one that is there."))
        line = new_line(brief, partner, Kind.OWN, "")
        lines.lock(line, words, partner)
        line.save(force_insert=True)
        if brief.owner_id is not None:
            _say(line, partner, kept=True)
        _settle(brief)
    return line


def change(line: Line, partner: Partner, words: str, key: bytes | None, version: int) -> None:
    """Put its words of `version` otherwise: whoever does keeps it so, the other is asked again.

    What was not given stays in its writer's vault. With their `key` a second tap is known as one.
    Raises `Closed`, or `ChangedMeanwhile` where it has other words by now, or some that are locked:
    nobody's words are written over unread.
    """

    def write(fresh: Line) -> None:
        if fresh.kind == Kind.CHART or _twice(fresh, words, key, version):
            return
        if fresh.shared_sealed is not None:
            lines.share(fresh, words)
        elif fresh.by_id == partner.pk:
            lines.lock(fresh, words, partner)
        else:
            return
        _reword(fresh, partner)

    if not _on(line, write):
        raise Closed


def give(line: Line, partner: Partner, words: str, version: int) -> None:
    """Its writer gives it to both, in these words, and keeps it. The other is asked.

    It comes last of its kind: when it was written is its writer's. Raises as `change`.
    """

    def write(fresh: Line) -> None:
        mine = fresh.by_id == partner.pk and fresh.brief.owner_id is None
        if mine and not _twice(fresh, words, None, version):
            fresh.place = _place(fresh.brief, None, fresh.kind)
            lines.share(fresh, words)
            _reword(fresh, partner)

    if not _on(line, write):
        raise Closed


def _twice(line: Line, words: str, key: bytes | None, version: int) -> bool:
    """Whether it was tapped twice; raises `ChangedMeanwhile` where there are other words."""
    if line.version == version:
        return False
    if lines.words_of(line, key) != words:
        raise ChangedMeanwhile
    return True


def take_back(line: Line, partner: Partner) -> None:
    """Its writer takes it back into the vault: the other sees it no more."""

    def write(fresh: Line) -> None:
        words = lines.words_of(fresh, None)
        mine = fresh.by_id == partner.pk and fresh.shared_sealed is not None
        if mine and words is not None:
            lines.lock(fresh, words, partner)
            Choice.objects.filter(line=fresh).delete()
            fresh.version = another()
            fresh.save(update_fields=["shared_sealed", "private_sealed", "version"])

    _on(line, write)


def delete(line: Line, partner: Partner) -> None:
    """Delete for good a line of one's own that nobody else sees.

    What was given is taken back first. What the app proposed stays left out: deleted, it would be
    proposed again.
    """

    def write(fresh: Line) -> None:
        if fresh.by_id == partner.pk and fresh.kind == Kind.OWN and fresh.shared_sealed is None:
            fresh.delete()

    _on(line, write)


def say(line: Line, partner: Partner, version: int, *, kept: bool) -> None:
    """Keep it, or leave it out. Said of another wording than it has now, it counts for nothing."""

    def write(fresh: Line) -> None:
        given = fresh.shared_sealed is not None or fresh.brief.owner_id is not None
        if fresh.version == version and (given or not kept):
            _say(fresh, partner, kept=kept)

    _on(line, write)


def undo(line: Line, partner: Partner) -> None:
    """As if nothing had been said of it yet."""
    _on(line, lambda fresh: Choice.objects.filter(line=fresh, partner=partner).delete())


def _on(line: Line, write: Callable[[Line], object]) -> bool:
    """Write on the line as it is now; says whether its brief can still be written."""
    with transaction.atomic():
        if not locked(line.brief):
            return False
        rows = Line.objects.select_related("brief__couple")
        fresh = rows.filter(pk=line.pk).first()
        if fresh is not None:
            write(fresh)
            _settle(fresh.brief)
    return True


def locked(brief: Brief) -> bool:
    """Wait for whoever writes beside; says whether it can still be written."""
    Couple.objects.select_for_update().get(pk=brief.couple_id)
    return Brief.objects.written().filter(pk=brief.pk).exists()


def _settle(brief: Brief) -> None:
    """An agreement to other lines than those that are in now is none."""
    stale = Agreement.objects.filter(brief=brief)
    if stale.exists():
        stale.exclude(digest=lines.digest(lines.lines_in(brief))).delete()


def new_line(brief: Brief, by: Partner | None, kind: Kind, source: str) -> Line:
    """A line without words, the last of its kind; it is not saved yet."""
    place = _place(brief, by, kind.value)
    return Line(brief=brief, by=by, kind=kind.value, source=source, place=place)


def _place(brief: Brief, by: Partner | None, kind: str) -> int:
    """The last of its kind among those that both see, or `by`: other lines leave no gap."""
    seen = Q(by=None) | Q(shared_sealed__isnull=False) | Q(by=by)
    last: int | None = brief.lines.filter(seen, kind=kind).aggregate(last=Max("place"))["last"]
    return _ORDER[kind] * 1000 if last is None else last + 1


def another() -> int:
    """The version of another wording.

    A number that was counted would tell how often it was written anew.
    """
    return randbelow(10**8 - 2) + 2


def _reword(line: Line, partner: Partner) -> None:
    line.version, line.worded_by = another(), partner
    line.save(update_fields=["shared_sealed", "private_sealed", "version", "worded_by", "place"])
    if line.shared_sealed is not None or line.brief.owner_id is not None:
        _say(line, partner, kept=True)
    else:
        Choice.objects.filter(line=line, partner=partner).delete()


def _say(line: Line, partner: Partner, *, kept: bool) -> None:
    given = {"version": line.version, "kept": kept}
    Choice.objects.update_or_create(line=line, partner=partner, defaults=given)
