"""What a trial showed, in sentences: steps of weather in words, never a number."""

from __future__ import annotations

from math import ceil, floor

from turntoward.messages.evidence import Interval
from turntoward.moments.trial import FEWEST_PAIRS
from turntoward.moments.trial_result import Result, Verdict
from turntoward.words import gettext, ngettext

#: From here on a difference is more than a little. In steps of weather.
_PLAIN = 0.75
#: Ends of a range are said in quarters of a step, rounded away from each other.
_QUARTER = 0.25
_FAR = 9  # quarters: more than two steps


def headline(result: Result, *, both: bool = False) -> str:
    """The result in one sentence; `both` where it is of the two together."""
    if result.likely is None or result.verdict is Verdict.CANNOT_TELL:
        return gettext("We cannot tell.")
    if result.verdict is Verdict.NO_LARGE:
        most = gettext("No difference larger than {much} was seen.")
        return most.format(much=steps_of_weather(_quarters_of(result.likely)))
    plainly = abs(result.likely.value) >= _PLAIN
    if result.verdict is Verdict.COLDER:
        return _colder(plainly, both)
    return _warmer(plainly, both)


def _warmer(plainly: bool, both: bool) -> str:
    if both and plainly:
        return gettext("It seems to help: weeks with small shifts felt warmer to the two of you.")
    if both:
        return gettext(
            "It seems to help: weeks with small shifts felt a little warmer to the two of you."
        )
    if plainly:
        return gettext("It seems to help: weeks with small shifts felt warmer.")
    return gettext("It seems to help: weeks with small shifts felt a little warmer.")


def _colder(plainly: bool, both: bool) -> str:
    if both and plainly:
        return gettext("Not this way: weeks with small shifts felt colder to the two of you.")
    if both:
        return gettext(
            "Not this way: weeks with small shifts felt a little colder to the two of you."
        )
    if plainly:
        return gettext("Not this way: weeks with small shifts felt colder.")
    return gettext("Not this way: weeks with small shifts felt a little colder.")


def how_sure(result: Result) -> str:
    """Where the difference lies, and how surely, in a sentence or two."""
    if result.likely is None:
        return _too_few(len(result.pairs))
    where = _range(result.likely)
    if result.verdict is Verdict.CANNOT_TELL:
        return where + " " + gettext("That leaves too much open.")
    if result.verdict is Verdict.NO_LARGE:
        return where
    return where + " " + (_quite_sure() if result.surely else _likely())


def counted(result: Result, weeks: int) -> str:
    """How many of the `weeks` that were over could be counted."""
    n = 2 * len(result.pairs)
    said = ngettext(
        "{n} of {weeks} week could be counted.", "{n} of {weeks} weeks could be counted.", weeks
    ).format(n=n, weeks=weeks)
    if not result.left_out:
        return said
    why = gettext("A week counts when it and the other week of its pair have weather of two days.")
    return f"{said} {why}"


def _too_few(pairs: int) -> str:
    if pairs == 0:
        said = gettext("No pair of weeks could be compared. It takes {needed}.")
        return said.format(needed=FEWEST_PAIRS)
    return ngettext(
        "Only {n} pair of weeks could be compared. It takes {needed}.",
        "Only {n} pairs of weeks could be compared. It takes {needed}.",
        pairs,
    ).format(n=pairs, needed=FEWEST_PAIRS)


def _quite_sure() -> str:
    return gettext("That is quite sure: chance alone would show it in at most 1 of 40 trials.")


def _likely() -> str:
    return gettext("That is likely, not sure: chance alone would show it in up to 1 of 10 trials.")


def _range(likely: Interval) -> str:
    low, high = floor(likely.low / _QUARTER), ceil(likely.high / _QUARTER)
    if low == high:
        said = gettext("The truth likely lies close to {one}, on the scale from stormy to warm.")
        return said.format(one=_end(low))
    said = gettext(
        "The truth likely lies between {low} and {high}, on the scale from stormy to warm."
    )
    return said.format(low=_end(low), high=_end(high))


def _quarters_of(likely: Interval) -> int:
    return max(1, ceil(max(-likely.low, likely.high) / _QUARTER))


def _end(quarters: int) -> str:
    if quarters == 0:
        return gettext("no difference")
    if quarters > 0:
        return gettext("{much} warmer").format(much=steps_of_weather(quarters))
    return gettext("{much} colder").format(much=steps_of_weather(-quarters))


def steps_of_weather(quarters: int) -> str:
    """So many quarters of a step of weather in words, from 1 on: "one and a half steps"."""
    if quarters >= _FAR:
        return gettext("more than two steps")
    return {
        1: gettext("a quarter of a step"),
        2: gettext("half a step"),
        3: gettext("three quarters of a step"),
        4: gettext("one step"),
        5: gettext("one and a quarter steps"),
        6: gettext("one and a half steps"),
        7: gettext("one and three quarter steps"),
        8: gettext("two steps"),
    }[quarters]
