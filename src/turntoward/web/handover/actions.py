"""Writes on briefs: begin one, agree and freeze, note who opened it, take it back, let it end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.vault import holds_nothing
from turntoward.web.handover import lines, typeset
from turntoward.web.handover.frozen import LASTS, let_documents_go, put_in
from turntoward.web.handover.models import Agreement, Brief, By, Choice, Kind, Line, Opened, Stage
from turntoward.web.handover.proposing_actions import propose_to_both
from turntoward.web.handover.telling import told_of
from turntoward.web.handover.told import encode
from turntoward.words import language, spoken

#: Bytes of empty words that are sealed for both.
_SEALED_NOTHING = 28


class AlreadyOpened(TurntowardError):
    """The practice has opened it: what was read cannot be taken back."""


class Agreed(StrEnum):
    """What came of an agreement."""

    WAITS = "waits"  # it stands, and waits for the other
    FROZEN = "frozen"
    CHANGED = "changed"  # what is in is not what was read
    EMPTY = "empty"
    FULL = "full"  # more than two pages
    LOCKED = "locked"  # an own brief whose words do not open in this browser


def begin(partner: Partner, now: datetime, *, alone: bool) -> Brief:
    """A brief of both, or with `alone` one's own; the one that is being written, where there is.

    The lines of the last one move into it, so that what was written is not written twice; of what
    the app proposed both are asked again, as it is by now. The documents of that one stay as they
    are. Raises `TurntowardError` where there is no other yet.
    """
    if not alone and partner.other() is None:
        raise TurntowardError(_("It takes two to begin one together."))
    owner = partner if alone else None
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        mine = Brief.objects.visible_to(partner).filter(owner=owner)
        written = mine.written().first()
        if written is not None:
            return written
        last = mine.first()
        brief = Brief.objects.create(
            couple=partner.couple,
            owner=owner,
            begun_at=now,
            begun_by=partner,
            language=language(),
        )
        if last is not None:
            Line.objects.filter(brief=last).update(brief=brief)
            of_app = Choice.objects.filter(line__brief=brief, line__by=None, line__worded_by=None)
            of_app.filter(kept=True).delete()
    if not alone:
        propose_to_both(brief, partner, now)
    return brief


def agree(brief: Brief, partner: Partner, digest: str, key: bytes | None, now: datetime) -> Agreed:
    """One says "this is what we hand over" of what they read. Once everybody does, it freezes."""
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=brief.couple_id)
        rows = Brief.objects.visible_to(partner).select_related("couple", "owner")
        fresh = rows.filter(pk=brief.pk).first()
        if fresh is None or fresh.state(now) is not Stage.WRITTEN:
            return Agreed.FROZEN
        kept = lines.lines_in(fresh)
        problem = _problem(fresh, kept, digest, key, now)
        if problem is not None:
            return problem
        given = {"digest": digest, "at": now}
        Agreement.objects.update_or_create(brief=fresh, partner=partner, defaults=given)
        standing = Agreement.objects.filter(brief=fresh, digest=digest).count()
        if standing < (1 if fresh.owner_id else 2):
            return Agreed.WAITS
        _freeze(fresh, kept, key, now)
    return Agreed.FROZEN


def _problem(
    brief: Brief, kept: list[Line], digest: str, key: bytes | None, now: datetime
) -> Agreed | None:
    if lines.digest(kept) != digest:
        return Agreed.CHANGED
    if not kept:
        return Agreed.EMPTY
    if any(lines.words_of(line, key) is None for line in kept):
        return Agreed.LOCKED
    return None if typeset.fits(told_of(brief, kept, key, now)) else Agreed.FULL


def _freeze(brief: Brief, kept: list[Line], key: bytes | None, now: datetime) -> None:
    told = told_of(brief, kept, key, now)
    put_in(brief, typeset.pdf_of(told), encode(told))
    brief.frozen_at, brief.expires_at = now, now + LASTS
    brief.save(update_fields=["pdf_sealed", "json_sealed", "frozen_at", "expires_at"])


def not_yet(brief: Brief, partner: Partner) -> None:
    """Take an agreement back, while the other has not agreed."""
    with transaction.atomic():
        # Or the other, who agrees beside, would freeze what is being taken back.
        Couple.objects.select_for_update().get(pk=brief.couple_id)
        Agreement.objects.filter(brief=brief, partner=partner, brief__frozen_at=None).delete()


def note_opened(brief: Brief, who: Partner | str, now: datetime, what: str = "pdf") -> None:
    """Note in the access log that `who` opened it: one of the two, or a practice by its name.

    `what` is "pdf", "json" or "mail": what was opened.
    """
    if isinstance(who, Partner):
        by, name = By(str(who.side)), who.name
    else:
        by, name = By.PRACTICE, who[:120]
    Opened.objects.create(brief=brief, at=now, by=by, name=name, what=what)


def withdraw(brief: Brief, partner: Partner, now: datetime) -> None:
    """Take a frozen brief back: its documents are deleted at once. Either of the two may.

    Raises `AlreadyOpened` once the practice has opened it. Twice is the same as once. Of a brief
    of one's own only its owner takes it back (`Brief.objects.visible_to`).
    """
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=brief.couple_id)
        # Locked itself, too: the practice opens it under this lock, and the couple's is not its.
        rows = Brief.objects.visible_to(partner).select_for_update()
        fresh = rows.filter(pk=brief.pk).first()
        if fresh is None or fresh.state(now) is not Stage.FROZEN:
            return
        if opened_by_practice(fresh):
            raise AlreadyOpened(_("The practice has opened it. It cannot be taken back any more."))
        fresh.withdrawn_at = now
        fresh.save(update_fields=["withdrawn_at"])
        let_documents_go([fresh])


def opened_by_practice(brief: Brief) -> bool:
    """Whether a practice has opened it."""
    return Opened.objects.filter(brief=brief, by=By.PRACTICE).exists()


def tidy(now: datetime) -> None:
    """Delete the documents of every brief that has run out. Its lines and its log stay."""
    over = Brief.objects.filter(expires_at__lte=now, pdf_sealed__isnull=False)
    if over.exists():
        with transaction.atomic():
            let_documents_go(over)


def part(other: Partner, now: datetime) -> None:
    """One of the two goes: briefs of both go. What `other` wrote for them stays theirs alone.

    Words that the one who goes put into a line go with them, unless `other` keeps them.
    """
    joint = Brief.objects.filter(couple=other.couple_id, owner=None)
    written = [line.pk for line in Line.objects.filter(brief__in=joint) if _wrote(line, other)]
    if written:
        with spoken(other.language or language()):
            own = begin(other, now, alone=True)
        Line.objects.filter(pk__in=written).update(brief=own, by=other)
    joint.delete()


def _wrote(line: Line, other: Partner) -> bool:
    if line.by_id is None:
        return line.worded_by_id == other.pk
    if line.by_id != other.pk or _is_empty(line):
        return False
    if line.worded_by_id is None:
        return line.kind != Kind.SIGN  # a sign rests on both
    kept = line.choices.filter(partner=other, version=line.version, kept=True)
    return line.worded_by_id == other.pk or kept.exists()


def _is_empty(line: Line) -> bool:
    """Whether it was never written: a sealed nothing is as long as what seals it."""
    if line.shared_sealed is not None:
        return len(line.shared_sealed) <= _SEALED_NOTHING
    return line.private_sealed is None or holds_nothing(bytes(line.private_sealed))
