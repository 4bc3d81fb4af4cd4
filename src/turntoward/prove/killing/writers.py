"""Both write, each in a program of their own, and are killed: at once, or one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random

from django.utils import timezone

from turntoward.prove.killing.couple import WRITTEN, Someone, sat_together
from turntoward.prove.killing.expected import Expected, faults
from turntoward.prove.killing.forked import Tell, fork, killed
from turntoward.prove.killing.writing import Writing
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Couple

#: Before the kill they have told so much at most, two lines for each deed; then it comes within
#: these seconds. One writes on for a while when the other was killed.
_LINES, _LONGEST_S, _ALONE_S = 16, 0.03, 0.05
#: After so many kills what was written is taken away, so that looking at it stays quick.
_ANEW_AFTER = 20


def kill_writers(
    two: tuple[Someone, Someone], times: int, say: Callable[[int], None]
) -> tuple[int, list[str]]:
    """Kill them `times` times; gives how much was acknowledged, and what was missing or broken."""
    expected, misses = Expected(), list[str]()
    begin_anew(two, timezone.now())
    for someone in two:
        someone.enter()
        Writing(someone, Random(0), lambda said: None).once_each()
    for n in range(times):
        if n % _ANEW_AFTER == 0:
            begin_anew(two, timezone.now())
            expected.forget()
        rng = Random(f"kill {n}")
        for someone in two:
            someone.enter()
        ana, ben = (fork(partial(_write, one, rng.getrandbits(64))) for one in two)
        rng.choice((ana, ben)).wait_for(rng.randint(0, _LINES))
        soon = rng.uniform(0, _LONGEST_S)
        if rng.random() < 0.5:
            both = killed(soon, ana, ben)
        else:
            both = killed(soon, ana) + killed(rng.uniform(0, _ALONE_S), ben)
        for told in both:
            expected.hear(told)
        misses += [f"kill {n + 1}: {miss}" for miss in (*faults(), *expected.misses())]
        say(n + 1)
    return expected.acknowledged, misses


def _write(someone: Someone, seed: int, tell: Tell) -> None:
    Writing(someone, Random(seed), tell).on_and_on()


def begin_anew(two: tuple[Someone, Someone], now: datetime) -> None:
    """Take away what was written, and let the two have sat together often enough."""
    ours = two[0].partner.couple
    for name, model in WRITTEN.items():
        if name != "Partner":
            model._default_manager.all().delete()
    Sitting.objects.all().delete()
    Couple.objects.exclude(pk=ours.pk).delete()
    sat_together(ours, 60 * _ANEW_AFTER // 4, now)
