"""Topics as one of the two sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from turntoward.climate import CheckIn, Climate, climate
from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.models import Partner
from turntoward.web.couples.shared import Unreadable, open_shared
from turntoward.web.couples.vault import VaultShut, unlock_words
from turntoward.web.topics.actions import FETCH_BACK, Opening, opening_place, words_place
from turntoward.web.topics.models import State, Topic
from turntoward.web.weather.models import Weather

#: More than the last weeks of taps says nothing of how it is now.
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A topic on the page: `opening` is None where it does not open for this partner now."""

    topic: Topic
    mine: bool
    opening: Opening | None

    #: Whether its writer let it rest or go a moment ago, and may fetch it back.
    undo: bool = False

    @property
    def private(self) -> bool:
        """Whether nobody but its writer sees it now."""
        return self.mine and self.topic.state not in (State.OPEN, State.TALKED)

    @property
    def locked(self) -> bool:
        """Whether its words are there, but do not open in this browser."""
        return self.opening is None


def shown(topic: Topic, partner: Partner, key: bytes | None, now: datetime) -> Shown:
    """A topic that is visible to `partner`, with its words where they open."""
    mine = topic.by_id == partner.pk
    rests = mine and topic.state in (State.RESTING, State.LET_GO)
    undo = rests and topic.left_at is not None and now - topic.left_at < FETCH_BACK
    opening = _opening(topic, key if mine else None)
    return Shown(topic=topic, mine=mine, opening=opening, undo=undo)


def _opening(topic: Topic, key: bytes | None) -> Opening | None:
    if topic.opening_sealed is not None:
        try:
            words = open_shared(topic.couple, bytes(topic.opening_sealed), opening_place(topic))
        except Unreadable:
            return None
        return msgspec.json.decode(words, type=Opening)
    try:
        private = bytes(topic.private_sealed)
        return Opening(words=unlock_words(key or b"\0" * 32, private, words_place(topic)))
    except VaultShut:
        return None


def page_of(partner: Partner, key: bytes | None, now: datetime) -> dict[str, Any]:
    """Everything that this partner sees, by where it stands; and whether some of it is locked."""
    visible = Topic.objects.visible_to(partner).select_related("couple", "by")
    views = [shown(topic, partner, key, now) for topic in visible]
    by_state: dict[str, Any] = {
        state.name.lower(): [v for v in views if v.topic.state == state] for state in State
    }
    # What was let go by the other is gone for this one at once.
    by_state["let_go"] = [v for v in by_state["let_go"] if v.mine]
    return by_state | {"locked": any(view.locked for view in views)}


def how_it_felt(partner: Partner, today: date) -> str:
    """The climate from where this partner stands, in a sentence, before a hard topic is opened."""
    own = Weather.objects.visible_to(partner).order_by("-day")[:_LOOK_BACK]
    after = Afterwards.objects.visible_to(partner)[:_LOOK_BACK]
    taps = [CheckIn(day=tap.day, warmth=tap.warmth) for tap in own]
    taps += [CheckIn(day=day_of(tap.at, partner.couple.zone), warmth=tap.warmth) for tap in after]
    match climate(taps, today):
        case Climate.TENSE:
            return _(
                "The last weeks felt stormy to you. This can rest a while longer: "
                "feeling closer often makes it easier to talk about hard things later."
            )
        case Climate.WARM:
            return _("The last weeks felt warm to you. That is good ground for something hard.")
        case Climate.MILD:
            return _("The last weeks felt mild to you. Choose an hour when you are both rested.")
        case _:
            return _("There are too few taps to say how it felt lately. You know best.")
