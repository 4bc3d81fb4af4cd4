"""What a single week of a rhythm says, for whoever looks at one from near.

The words leave `{day}`, `{count}`, `{of}` and `{value}` open: charts.js has the numbers of every
week, and a page with a sentence for each of them would be heavy.
"""

from __future__ import annotations

from collections.abc import Callable

from turntoward.reading.saying import unit_of
from turntoward.rhythms.series import Series
from turntoward.words import gettext, ngettext

#: Rhythm -> the words for so many (`of` where something is a share of it, else `count`).
_SAID: dict[str, Callable[[int], str]] = {
    "messages": lambda n: ngettext(
        "In the week of {day}: {count} message. Days with messages: {of}.",
        "In the week of {day}: {count} messages. Days with messages: {of}.",
        n,
    ),
    "greetings": lambda n: ngettext(
        "In the week of {day}: a greeting from each of you on {count} of {of} day with messages.",
        "In the week of {day}: a greeting from each of you on {count} of {of} days with messages.",
        n,
    ),
    "checking_in": lambda n: ngettext(
        "In the week of {day}: {count} question after the other. Days with messages: {of}.",
        "In the week of {day}: {count} questions after the other. Days with messages: {of}.",
        n,
    ),
    "care_under_stress": lambda n: ngettext(
        "In the week of {day}: {count} of {of} hard moment told met with care.",
        "In the week of {day}: {count} of {of} hard moments told met with care.",
        n,
    ),
    "affection": lambda n: ngettext(
        "In the week of {day}: {count} message with affection. Days with messages: {of}.",
        "In the week of {day}: {count} messages with affection. Days with messages: {of}.",
        n,
    ),
    "logistics": lambda n: ngettext(
        "In the week of {day}: {count} of {of} message only logistics.",
        "In the week of {day}: {count} of {of} messages only logistics.",
        n,
    ),
    "bids_made": lambda n: ngettext(
        "In the week of {day}: {count} bid. Days with messages: {of}.",
        "In the week of {day}: {count} bids. Days with messages: {of}.",
        n,
    ),
    "bids_met": lambda n: ngettext(
        "In the week of {day}: {count} of {of} bid met.",
        "In the week of {day}: {count} of {of} bids met.",
        n,
    ),
    "pace": lambda n: ngettext(
        "In the week of {day}: typically {value} until the answer, over {of} answer.",
        "In the week of {day}: typically {value} until the answer, over {of} answers.",
        n,
    ),
    "reply_length": lambda n: ngettext(
        "In the week of {day}: typically {value} words in an answer, over {of} answer.",
        "In the week of {day}: typically {value} words in an answer, over {of} answers.",
        n,
    ),
    "everyday_warmth": lambda n: ngettext(
        "In the week of {day}: {count} of {of} message that is no bid was warm.",
        "In the week of {day}: {count} of {of} messages that are no bids were warm.",
        n,
    ),
    "curiosity_first": lambda n: ngettext(
        "In the week of {day}: {count} of {of} answer to something told began with curiosity.",
        "In the week of {day}: {count} of {of} answers to something told began with curiosity.",
        n,
    ),
    "validation_first": lambda n: ngettext(
        "In the week of {day}: “that makes sense” came first in {count} of {of} answer with an "
        "own view.",
        "In the week of {day}: “that makes sense” came first in {count} of {of} answers with an "
        "own view.",
        n,
    ),
    "softness": lambda n: ngettext(
        "In the week of {day}: {count} of {of} answered bid met without tension.",
        "In the week of {day}: {count} of {of} answered bids met without tension.",
        n,
    ),
    "sittings": lambda n: ngettext(
        "In the week of {day}: {count} check-in.",
        "In the week of {day}: {count} check-ins.",
        n,
    ),
    # Of how many planned days is not said: that would count those that were let pass.
    "rituals_kept": lambda n: ngettext(
        "In the week of {day}: a hello or a goodbye on {count} day.",
        "In the week of {day}: a hello or a goodbye on {count} days.",
        n,
    ),
    "bids_noticed": lambda n: ngettext(
        "In the week of {day}: {count} bid noticed.",
        "In the week of {day}: {count} bids noticed.",
        n,
    ),
}  # fmt: skip

#: Of these `of` decides between one and many; of the others it is `count`.
BY_OF = frozenset(
    {
        "greetings",
        "care_under_stress",
        "logistics",
        "bids_met",
        "pace",
        "reply_length",
        "everyday_warmth",
        "curiosity_first",
        "validation_first",
        "softness",
    }
)


def a_week(series: Series) -> dict[str, str]:
    """The words for `one` and for `other` numbers, for `none`, and which number decides (`by`)."""
    said = _SAID.get(series.name)
    plain = gettext("In the week of {day}: {value}, {unit}.").replace("{unit}", unit_of(series))
    return {
        "one": said(1) if said else plain,
        "other": said(2) if said else plain,
        "none": gettext("Of the week of {day} nothing is recorded here."),
        "by": "of" if series.name in BY_OF else "count",
    }
