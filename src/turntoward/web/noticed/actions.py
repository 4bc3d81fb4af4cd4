"""Writes of bids: notice, keep, answer late or in person, and undo each of them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.reading.reading import Quoted
from turntoward.web.checkins import live
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.noticed.models import Given, InPerson, Kept
from turntoward.web.noticed.sealed import (
    Gift,
    Own,
    Quote,
    lock_own,
    lock_since,
    mark_of,
    seal_gift,
    seal_quote,
)
from turntoward.web.noticed.words import SORTS
from turntoward.web.readings.models import StoredReading

#: Characters of a line: a few words, not a letter.
LONGEST = 500
WHOSE = ("mine", "theirs")


class Unclear(TurntowardError):
    """What was sent cannot be kept as it is; the message says what to change."""


def notice(partner: Partner, sort: str, words: str, at: datetime) -> Given | Kept:
    """This partner noticed a bid of the other's. Alone, it is kept for them in their vault."""
    if sort not in SORTS:
        raise Unclear(_("Choose first what it was. Your words are still here."))
    _fits(words)
    if partner.other() is None:
        return _keep(partner, Own(whose="theirs-noticed", sort=sort, words=words), at)
    return _give(partner, Gift(sort=sort, words=words), at)


def keep_passed(partner: Partner, whose: str, words: str, at: datetime) -> Kept:
    """A bid that passed by, `whose` it was: "mine" or "theirs". Only its writer sees it, ever."""
    if whose not in WHOSE:
        raise Unclear(_("Choose first who reached out. Your words are still here."))
    _fits(words)
    return _keep(partner, Own(whose=whose, words=words), at)


def change_kept(kept: Kept, since: str) -> None:
    """What became of it: answered in person, let go, or neither again (undo).

    What was deleted in the meantime stays gone.
    """
    with transaction.atomic():
        rows = Kept.objects.select_for_update(of=("self",)).select_related("partner")
        fresh = rows.filter(pk=kept.pk).first()
        if fresh is None:
            return
        fresh.sealed = lock_since(fresh, since)
        fresh.save(update_fields=["sealed"])


def delete_kept(kept: Kept) -> None:
    """Gone for good; no key is needed for that."""
    kept.delete()


def answer_late(partner: Partner, quoted: Quoted, words: str, at: datetime) -> Given:
    """Come back to a bid that passed: the other sees it at once. Only the first answer counts."""
    if not words:
        raise Unclear(_("Write a few words first. One line is enough."))
    _fits(words)
    with transaction.atomic():
        # Two taps at once: the later one waits, and finds the first one's answer.
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        mark = mark_of(partner.couple, quoted.id)
        InPerson.objects.filter(partner=partner, mark=mark).delete()
        before = Given.objects.visible_to(partner).filter(giver=partner, mark=mark).first()
        if before is not None:
            return before
        quote = Quote(text=quoted.text, at=quoted.at)
        return _give(partner, Gift(words=words), at, mark=mark, quote=quote)


def answered_in_person(partner: Partner, quoted: int) -> None:
    """It was answered face to face: the quote leaves this partner's list."""
    InPerson.objects.get_or_create(partner=partner, mark=mark_of(partner.couple, quoted))


def not_in_person(partner: Partner, quoted: int) -> None:
    """Undo it; what was not said is no error."""
    mine = InPerson.objects.visible_to(partner)
    mine.filter(mark=mark_of(partner.couple, quoted)).delete()


def take_back(given: Given) -> None:
    """The giver takes it back: it is gone on both phones."""
    couple = given.couple_id
    given.delete()
    transaction.on_commit(lambda: live.tell(couple))


def was_nice(given: Given, nice: bool) -> None:
    """The other says that it was nice, which puts it off their Today; or takes that back."""
    fields = {"nice": True, "away": True} if nice else {"nice": False}
    Given.objects.filter(pk=given.pk).update(**fields)
    transaction.on_commit(lambda: live.tell(given.couple_id))


def put_away(partner: Partner, given: Given, *, earlier: bool) -> None:
    """Off this partner's Today, with what came before it if they like. The giver hears nothing."""
    to_me = Given.objects.visible_to(partner).exclude(giver=partner)
    gone = to_me.filter(at__lte=given.at) if earlier else to_me.filter(pk=given.pk)
    gone.update(away=True)


def forget_quotes(instance: StoredReading, **kwargs: object) -> None:
    """A reading of both was deleted: the bids quoted from it go; the answers' own lines stay."""
    if instance.owner_id is not None:
        return  # nothing is quoted to anybody from one's own side
    late = Given.objects.filter(couple=instance.couple_id, late=True)
    late.update(mark=None, quote_sealed=None)
    InPerson.objects.filter(partner__couple=instance.couple_id).delete()


def _give(
    partner: Partner, gift: Gift, at: datetime, mark: str | None = None, quote: Quote | None = None
) -> Given:
    given = Given(id=uuid.uuid4(), couple=partner.couple, giver=partner, at=at, mark=mark)
    given.late = quote is not None
    with transaction.atomic():
        given.sealed = seal_gift(given, gift)
        given.quote_sealed = seal_quote(given, quote) if quote else None
        given.save(force_insert=True)
        transaction.on_commit(lambda: live.tell(partner.couple_id))
    return given


def _keep(partner: Partner, own: Own, at: datetime) -> Kept:
    kept = Kept(id=uuid.uuid4(), partner=partner, at=at)
    kept.sealed = lock_own(kept, own)
    kept.save(force_insert=True)
    return kept


def _fits(words: str) -> None:
    if len(words) > LONGEST:
        raise Unclear(
            _(
                "That is longer than {most} characters. Shorten it a little; it is still here."
            ).format(most=LONGEST)
        )
