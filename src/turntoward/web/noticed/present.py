"""Bids as one of the two sees them: what was given, what is kept, and what was picked up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from turntoward.reading.companion import day_of
from turntoward.reading.reading import Quoted
from turntoward.web.couples.models import Partner
from turntoward.web.noticed.models import Given, InPerson, Kept
from turntoward.web.noticed.sealed import Own, gift_of, mark_of, own_of, quote_of
from turntoward.web.noticed.words import choices, own, told
from turntoward.web.readings.picked_up import PickedUp

#: A warm list, not an archive: the export has all of them.
_MOST = 20
#: How long what was just sent stands above the form, with its undo.
_JUST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenView:
    """What one gave to the other. `quote` is the bid that a late answer answers, where it is."""

    given: Given
    mine: bool
    name: str
    says: str
    words: str
    quote: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """What only its writer sees. `own` is None where the vault is shut in this browser."""

    kept: Kept
    own: Own | None
    says: str
    when: str


def given_view(given: Given, me: Partner, now: datetime) -> GivenView:
    """In words, from where this partner stands."""
    mine = given.giver_id == me.pk
    gift, quote = gift_of(given), quote_of(given) if given.late else None
    today = day_of(now, me.couple.zone)
    name = me.other_name()
    if given.late:
        says = _late(mine, name, _dated(quote.at.date(), today) if quote else "")
    else:
        says = own(gift.sort, name) if mine else told(gift.sort, name)
    return GivenView(
        given=given,
        mine=mine,
        name=name,
        says=says,
        words=gift.words,
        quote=quote.text if quote else "",
        when=_when(given.at, me.couple.zone, today),
    )


def own_view(kept: Kept, me: Partner, key: bytes | None, now: datetime) -> OwnView:
    """In words, for its writer."""
    inside = own_of(kept, key)
    return OwnView(
        kept=kept,
        own=inside,
        says=_kept(inside, me.other_name()) if inside else "",
        when=_when(kept.at, me.couple.zone, day_of(now, me.couple.zone)),
    )


def newest_for(me: Partner) -> tuple[Given | None, bool]:
    """What the other gave last that is still on this partner's Today, and whether there is more."""
    visible = Given.objects.visible_to(me).exclude(giver=me).filter(away=False)
    waiting = list(visible.select_related("couple")[:2])
    return (waiting[0] if waiting else None), len(waiting) > 1


def bids_of(me: Partner, key: bytes | None, now: datetime) -> dict[str, Any]:
    """Everything of the page: what both gave lately, and what this partner keeps."""
    visible = Given.objects.visible_to(me).select_related("couple", "giver")[:_MOST]
    given = [given_view(one, me, now) for one in visible]
    mine = [view for view in given if view.mine and now - view.given.at < _JUST]
    kept = [own_view(one, me, key, now) for one in Kept.objects.visible_to(me)[:_MOST]]
    return {
        "choices": choices(),
        "just": mine[0] if mine else None,
        "given": given,
        "kept": [view for view in kept if view.own],
        "locked": any(view.own is None for view in kept),
        "just_kept": bool(kept) and now - kept[0].kept.at < _JUST,
        "alone": me.other() is None,
    }


def picked_up(me: Partner, quotes: tuple[Quoted, ...]) -> dict[int, PickedUp]:
    """Which of these quotes this partner came back to, and how; theirs alone to know."""
    late = {one.mark: one for one in Given.objects.visible_to(me).filter(giver=me, late=True)}
    in_person = set(InPerson.objects.visible_to(me).values_list("mark", flat=True))
    found: dict[int, PickedUp] = {}
    if not late and not in_person:
        return found
    for quoted in quotes:
        mark = mark_of(me.couple, quoted.id)
        if mark in late:
            given = late[mark]
            found[quoted.id] = PickedUp(words=gift_of(given).words, given=given.pk)
        elif mark in in_person:
            found[quoted.id] = PickedUp()
    return found


def _late(mine: bool, name: str, day: str) -> str:
    if mine and day:
        return _("You came back to what {name} said on {day}.").format(name=name, day=day)
    if mine:
        return _("You came back to something that {name} said.").format(name=name)
    if day:
        return _("{name} came back to what you said on {day}.").format(name=name, day=day)
    return _("{name} came back to something that you said.").format(name=name)


def _kept(inside: Own, name: str) -> str:
    if inside.whose == "mine":
        return _("You reached out, and it passed by.")
    if inside.whose == "theirs":
        return _("{name} reached out, and it passed you by.").format(name=name)
    return own(inside.sort, name)


def _when(at: datetime, zone: str, today: date) -> str:
    day = day_of(at, zone)
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - timedelta(days=1) else _dated(day, today)


def _dated(day: date, today: date) -> str:
    same_year = day.year == today.year
    return date_format(day, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")
