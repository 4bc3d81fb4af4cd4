"""The rules that are set beside each other in benchmarks/moments.py.

All of them offer only what fits now and was never turned down for good. "Same rests" means: nothing
that rests, and not a family that was offered yesterday, exactly as in the rule of the companion.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from unittest.mock import patch

import numpy as np
from moments_worlds import Floats, Life, Look

from turntoward.moments import belief
from turntoward.moments.catalogue import Moment, catalogue
from turntoward.moments.choose import Answer, Suggestion, for_today
from turntoward.moments.fits import Now
from turntoward.moments.offered import resting

Rule = Callable[[Life, Look], Moment | None]


def ours(life: Life, look: Look) -> Moment | None:
    """The rule of the companion, called as the companion calls it."""
    found = for_today(
        person=str(life.seed),
        today=look.today,
        morning=look.now.hour < 12,
        living=look.now.living,
        fading=look.fading,
        climate=life.climate(),
        offered=look.offered,
        hour=look.now.hour,
        energy=look.energy,
        hard_season=look.now.hard_season,
    )
    return found.moment if isinstance(found, Suggestion) else None


def learning_nothing(life: Life, look: Look) -> Moment | None:
    """The same rule where no answer says anything: what fades, what echoes, and the draw."""
    with patch.dict(belief._NOISE, dict.fromkeys(Answer, 1e12)):
        return ours(life, look)


def at_random(life: Life, look: Look) -> Moment | None:
    """Any of them, with the same rests."""
    return _drawn(life, look, _open_to(life, look), lambda moment: 1.0)


def toward_what_fades(life: Life, look: Look) -> Moment | None:
    """At random, with the same rests, but seven times as often what tends a faded rhythm."""
    return _drawn(
        life, look, _open_to(life, look), lambda moment: 7.0 if _tends(moment, look) else 1.0
    )


def best_so_far(life: Life, look: Look) -> Moment | None:
    """The one with the largest share kept, with the same rests; ties at random."""
    return _most_kept(life, look, _open_to(life, look), lambda moment: 1.0)


def best_so_far_toward(life: Life, look: Look) -> Moment | None:
    """Likewise, with what tends a faded rhythm worth three times as much, as in the rule."""
    return _most_kept(
        life, look, _open_to(life, look), lambda moment: 3.0 if _tends(moment, look) else 1.0
    )


def best_without_rest(life: Life, look: Look) -> Moment | None:
    """The one with the largest share kept, every day again."""
    return _most_kept(life, look, fit(life, look), lambda moment: 1.0)


def knows_all(life: Life, look: Look) -> Moment | None:
    """The best possible choice of the day: largest true chance times true good, no rests.

    It knows the boredom of today and does not save anything up for tomorrow.
    """
    return _largest(life, fit(life, look), life.chances() * life.good())


def knows_likings(life: Life, look: Look) -> Moment | None:
    """The best choice for one who knows all but how strong each entry is, no rests."""
    return _largest(life, fit(life, look), knowable(life))


def knows_likings_and_rests(life: Life, look: Look) -> Moment | None:
    """The same among what the rests leave: the most that the rule could reach."""
    return _largest(life, _open_to(life, look), knowable(life))


def knowable(life: Life) -> Floats:
    """What each moment is worth today to one who knows all but how strong each entry is.

    No answer tells that strength: who keeps a thing says nothing about the good it does.
    """
    return life.chances() * life.usual_good()


RULES: Mapping[str, Rule] = {
    "the rule": ours,
    "the rule, learning nothing": learning_nothing,
    "random": at_random,
    "random, toward what fades": toward_what_fades,
    "best so far": best_so_far,
    "best so far, toward what fades": best_so_far_toward,
    "best so far, no rests": best_without_rest,
    "knows likings, same rests": knows_likings_and_rests,
    "knows likings": knows_likings,
    "knows all": knows_all,
}


def fit(life: Life, look: Look) -> list[Moment]:
    """What suits the hour, the home and the energy, and was never turned down for good."""
    return [moment for moment in _suiting(look.now) if moment.key not in life.refused]


@cache
def _suiting(now: Now) -> tuple[Moment, ...]:
    return tuple(moment for moment in catalogue() if now.suits(moment))


def _open_to(life: Life, look: Look) -> list[Moment]:
    rests, moments = resting(look.offered, look.today), life.shelf.moments
    yesterday = look.today - timedelta(days=1)
    families = {moments[life.shelf.place[o.key]].family for o in look.offered if o.day >= yesterday}
    return [m for m in fit(life, look) if m.key not in rests and m.family not in families]


def _tends(moment: Moment, look: Look) -> bool:
    return any(fade.name in moment.tends for fade in look.fading)


def _lot(life: Life, look: Look) -> random.Random:
    return random.Random(f"{life.seed}:{look.number}")


def _drawn(
    life: Life, look: Look, among: Sequence[Moment], weight: Callable[[Moment], float]
) -> Moment | None:
    if not among:
        return None
    return _lot(life, look).choices(among, [weight(moment) for moment in among])[0]


def _most_kept(
    life: Life, look: Look, among: Sequence[Moment], worth: Callable[[Moment], float]
) -> Moment | None:
    if not among:
        return None
    lot = _lot(life, look)
    # One kept and one not are taken as known beforehand, so that what is untried stands at a half.
    rated = [
        (worth(m) * (life.kept[m.key] + 1) / (life.times[m.key] + 2), lot.random(), i)
        for i, m in enumerate(among)
    ]
    return among[max(rated)[2]]


def _largest(life: Life, among: Sequence[Moment], value: Floats) -> Moment | None:
    if not among:
        return None
    places = [life.shelf.place[moment.key] for moment in among]
    return among[int(np.argmax(value[places]))]
