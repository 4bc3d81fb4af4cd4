"""What the two write through the pages, each in a program of its own, until that is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from turntoward.prove.killing.couple import Someone, begins, digest, key_of
from turntoward.prove.killing.forked import Tell
from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.noticed.words import SORTS
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather

#: Names the row that is about to be changed, if there is one, before it is; then gives the row as
#: it stands, or its key alone where it is gone.
Deed = Iterator[Model | None]
#: How often somebody begins meanwhile, who has nothing to do with the two.
_BEGINS = 0.04


class Writing:
    """Writes without an end. Before each deed it tells what it touches, after it what stands."""

    def __init__(self, who: Someone, rng: Random, tell: Tell) -> None:
        self._who, self._me, self._rng, self._tell = who, who.partner, rng, tell
        self._deeds: list[Callable[[], Deed]] = [
            self._feels,
            self._feels,
            self._looks_at_the_sky,
            self._gives_words,
            self._notices,
            self._takes_back,
            self._lets_pass,
            self._parks,
        ]

    def on_and_on(self) -> None:
        """Until it is killed."""
        while True:
            if self._rng.random() < _BEGINS:
                self._do(self._begins())
            self.one()

    def one(self) -> None:
        """One form, or none where that cannot be sent now. Raises `Refused`."""
        self._do(self._rng.choice(self._deeds)())

    def once_each(self) -> None:
        """Everything once, so that all that it takes is loaded."""
        for deed in (*self._deeds, self._begins):
            self._do(deed())

    def _do(self, deed: Deed) -> None:
        for touched in deed:
            self._tell({"will": [*key_of(touched)] if touched is not None else None})
            stands = next(deed)
            if stands is not None:
                self._tell({"did": [*key_of(stands), digest(stands)]})
            elif touched is not None:
                self._tell({"did": [*key_of(touched), None]})

    def _words(self) -> str:
        return " ".join(
            self._rng.choices(("rain", "sea", "bread", "home"), k=self._rng.randint(3, 60))
        )

    def _feels(self) -> Deed:
        felt = Afterwards.objects.filter(partner=self._me).values("sitting")
        sitting = Sitting.objects.visible_to(self._me).exclude(pk__in=felt).first()
        if sitting is not None:
            yield None
            path = f"/together/{sitting.pk}/afterwards/"
            self._who.post(path, warmth=self._rng.randint(1, 5), words=self._words())
            yield Afterwards.objects.get(sitting=sitting, partner=self._me)

    def _looks_at_the_sky(self) -> Deed:
        sky = self._sky()
        # After midnight it is another one that comes.
        is_of_today = sky is not None and sky.day == day_of(timezone.now(), self._me.couple.zone)
        yield sky if is_of_today else None
        self._who.post("/weather/", warmth=self._rng.randint(1, 5))
        yield self._sky()

    def _gives_words(self) -> Deed:
        sky = self._sky()
        if sky is not None:
            yield sky
            self._who.post(f"/weather/{sky.pk}/words/", words=self._words(), share=1)
            yield self._sky()

    def _sky(self) -> Weather | None:
        return (
            Weather.objects.visible_to(self._me).filter(partner=self._me).order_by("-day").first()
        )

    def _notices(self) -> Deed:
        yield None
        self._who.post("/noticed/", sort=self._rng.choice(list(SORTS)), words=self._words())
        yield Given.objects.filter(giver=self._me).latest("at")

    def _takes_back(self) -> Deed:
        given = Given.objects.filter(giver=self._me).order_by("at").first()
        if given is not None and self._rng.random() < 0.5:
            yield given
            self._who.post(f"/noticed/{given.pk}/take-back/")
            yield None

    def _lets_pass(self) -> Deed:
        yield None
        self._who.post("/noticed/passed/", whose="mine", words=self._words())
        yield Kept.objects.filter(partner=self._me).latest("at")

    def _parks(self) -> Deed:
        yield None
        self._who.post("/topics/", words=self._words())
        yield Topic.objects.filter(by=self._me).latest("put_down_at")

    def _begins(self) -> Deed:
        yield None
        yield begins(f"k{uuid4().hex[:12]}", timezone.now())
