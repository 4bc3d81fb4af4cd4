"""What can be noticed, and how each is said: to choose it, to the one who did it, and to oneself.

Whole sentences, so that a language can order them as it does. The names are those of the article:
"sharing a thought, pointing something out, or asking a question", "a gentle touch in passing",
"brief eye contact".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of bid: the choice, what the one who reached out reads, and what the giver reads."""

    choice: str
    told: str
    own: str


#: Value -> how it is said. Values lie in what is stored; they stay as they are.
SORTS: dict[str, Sort] = {
    "shared": Sort(
        choice=gettext_noop("Shared something"),
        told=gettext_noop("{name} noticed what you shared."),
        own=gettext_noop("You noticed what {name} shared."),
    ),
    "asked": Sort(
        choice=gettext_noop("Asked something"),
        told=gettext_noop("{name} noticed that you asked."),
        own=gettext_noop("You noticed that {name} asked."),
    ),
    "affection": Sort(
        choice=gettext_noop("Was affectionate"),
        told=gettext_noop("{name} noticed how affectionate you were."),
        own=gettext_noop("You noticed how affectionate {name} was."),
    ),
    "worry": Sort(
        choice=gettext_noop("Let a worry show"),
        told=gettext_noop("{name} noticed that you let a worry show."),
        own=gettext_noop("You noticed that {name} let a worry show."),
    ),
    "joke": Sort(
        choice=gettext_noop("Joked with me"),
        told=gettext_noop("{name} noticed your joke."),
        own=gettext_noop("You noticed that {name} joked with you."),
    ),
    "invited": Sort(
        choice=gettext_noop("Invited me"),
        told=gettext_noop("{name} noticed your invitation."),
        own=gettext_noop("You noticed that {name} invited you."),
    ),
    "made-up": Sort(
        choice=gettext_noop("Made up with me"),
        told=gettext_noop("{name} noticed that you reached out after a hard moment."),
        own=gettext_noop("You noticed that {name} reached out after a hard moment."),
    ),
    "touch": Sort(
        choice=gettext_noop("A gentle touch"),
        told=gettext_noop("{name} noticed your touch in passing."),
        own=gettext_noop("You noticed a touch in passing from {name}."),
    ),
    "looked-up": Sort(
        choice=gettext_noop("Looked up"),
        told=gettext_noop("{name} noticed that you looked up."),
        own=gettext_noop("You noticed that {name} looked up."),
    ),
    "reached": Sort(
        choice=gettext_noop("Something else"),
        told=gettext_noop("{name} noticed that you reached out."),
        own=gettext_noop("You noticed that {name} reached out."),
    ),
}


def choices() -> list[tuple[str, str]]:
    """What can be chosen, in the language that is spoken now."""
    return [(value, gettext(sort.choice)) for value, sort in SORTS.items()]


def told(sort: str, name: str) -> str:
    """What the one who reached out reads; `name` noticed it."""
    return gettext(SORTS.get(sort, SORTS["reached"]).told).format(name=name)


def own(sort: str, name: str) -> str:
    """What the one who noticed reads; `name` reached out."""
    return gettext(SORTS.get(sort, SORTS["reached"]).own).format(name=name)
