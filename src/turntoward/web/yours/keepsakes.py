"""What passed between the two, put into the box of the one who stays when the other goes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
from django.utils.translation import gettext as _

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import place
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.sealed import gift_of, opens
from turntoward.web.noticed.words import own, told
from turntoward.web.topics.models import State, Topic
from turntoward.web.topics.present import shown
from turntoward.web.weather.models import Weather
from turntoward.web.weather.words import given
from turntoward.web.yours.models import Keepsake


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside. `what` is "noticed", "late", "weather" or "topic"; `mine` where its keeper
    gave it; `other` is the name of the one who went, empty where that one erased it."""

    what: str
    mine: bool
    other: str
    sort: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A keepsake in words: `says` what it was; `kept` is None where it does not open."""

    keepsake: Keepsake
    says: str
    kept: Kept | None


def given_by(giver: Partner, keeper: Partner, other: str) -> Iterator[tuple[date, Kept]]:
    """What `giver` gave to the other, as it will lie in the box of `keeper`: what opens of it."""
    mine, zone = giver.pk == keeper.pk, giver.couple.zone
    for one in Given.objects.filter(giver=giver).select_related("couple"):
        if not opens(one):
            continue
        gift, what = gift_of(one), "late" if one.late else "noticed"
        words = (gift.words,) if gift.words else ()
        inside = Kept(what=what, mine=mine, other=other, sort=gift.sort, words=words)
        yield day_of(one.at, zone), inside
    with_words = Weather.objects.filter(partner=giver, shared_sealed__isnull=False)
    for weather in with_words.select_related("partner__couple"):
        if words_of_day := given(weather):
            inside = Kept(what="weather", mine=mine, other=other, words=(words_of_day,))
            yield weather.day, inside


def opened_by(giver: Partner, keeper: Partner, other: str) -> Iterator[tuple[date, Kept]]:
    """Topics of `giver` that came before both."""
    before_both = Topic.objects.filter(by=giver, state__in=[State.OPEN, State.TALKED])
    for topic in before_both.select_related("couple", "by"):
        opening = shown(topic, keeper, None, topic.put_down_at).opening
        if opening is not None:
            parts = (opening.words, opening.feel, opening.about, opening.like)
            inside = Kept(what="topic", mine=False, other=other, words=tuple(filter(None, parts)))
            yield day_of(topic.put_down_at, giver.couple.zone), inside


def keep(keeper: Partner, day: date, kept: Kept) -> Keepsake:
    """Put something into the box of one of the two."""
    keepsake = Keepsake(id=uuid.uuid4(), partner=keeper, day=day)
    inside = msgspec.json.encode(kept).decode()
    keepsake.sealed = seal_shared(keeper.couple, inside, _place(keepsake))
    keepsake.save(force_insert=True)
    return keepsake


def box_of(partner: Partner) -> list[Shown]:
    """Everything that this partner keeps, the newest first."""
    mine = Keepsake.objects.visible_to(partner).select_related("partner__couple")
    return [_shown(keepsake) for keepsake in mine]


def _shown(keepsake: Keepsake) -> Shown:
    try:
        plain = open_shared(keepsake.partner.couple, bytes(keepsake.sealed), _place(keepsake))
    except Unreadable:
        return Shown(keepsake=keepsake, says=_("It cannot be opened here any more."), kept=None)
    kept = msgspec.json.decode(plain, type=Kept)
    return Shown(keepsake=keepsake, says=_says(kept), kept=kept)


def _says(kept: Kept) -> str:
    name = kept.other or _("your partner")
    if kept.what == "noticed":
        said = own(kept.sort, name) if kept.mine else told(kept.sort, name)
        return said[:1].upper() + said[1:]
    sentences = {
        ("late", True): _("You came back to something."),
        ("late", False): _("{name} came back to something that you said."),
        ("weather", True): _("You gave words with the weather."),
        ("weather", False): _("{name} gave you words with the weather."),
        ("topic", False): _("A topic of {name}, open to both of you then."),
    }
    return sentences[kept.what, kept.mine].format(name=name)


def _place(keepsake: Keepsake) -> str:
    return place("keepsake", "inside", str(keepsake.pk), str(keepsake.partner_id))
