"""Why it cannot be told whether something changed, in sentences for the person who reads them.

A finding keeps them in English; `KEPT` are those with something to fill in (`messages.kept`).
"""

from __future__ import annotations

from turntoward.messages.kept import Kept
from turntoward.words import gettext_noop, ngettext_noop

ONLY_NUMBERS = gettext_noop(
    "Only the number of your messages could be measured, and that alone says little."
)
TOO_FEW_AT_FIRST = gettext_noop(
    "Your rhythms were seen in too few weeks at the beginning of the record to know what is usual "
    "for the two of you."
)

_NO_WEEKS = Kept(
    gettext_noop(
        "There are no weeks of your rhythms so far. What is usual for the two of you shows after "
        "about {learn} weeks."
    )
)
_TOO_SHORT = Kept(
    *ngettext_noop(
        "There is only one week of your rhythms so far. What is usual for the two of you shows "
        "after about {learn} weeks.",
        "There are only {weeks} weeks of your rhythms so far. What is usual for the two of you "
        "shows after about {learn} weeks.",
    ),
    by="weeks",
)

KEPT = (_NO_WEEKS, _TOO_SHORT)


def too_short(weeks: int, learn: int) -> str:
    """The reason where a record of `weeks` weeks is shorter than the `learn` that are needed."""
    if weeks == 0:
        return _NO_WEEKS.filled(learn=learn)
    return _TOO_SHORT.filled(weeks=weeks, learn=learn)
