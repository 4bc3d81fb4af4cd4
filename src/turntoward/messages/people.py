"""Who the two are: the names that exports write, and the two people they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from turntoward.errors import NotTwoPeople, UnknownName

#: A name, or several names of one person: the first is what the person is called.
Names = str | Sequence[str]

_SAY_WHO = (
    "Say who the two are with --me NAME and --partner NAME; repeat an option for another name of "
    "the same person."
)


def names_in(given: Names | None) -> tuple[str, ...]:
    """All names that were given of one person, none where nobody was named."""
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The two, whoever reads first where that is known; `me` is then 0.

    `called` maps every further name of a person to the first. `left_out` counts the records of
    other people, who are there only where both of the two were named.
    """

    partners: tuple[str, str]
    me: int | None
    called: dict[str, str]
    left_out: int


def two_people(
    counts: Counter[str], names: Collection[str], me: Names | None, partner: Names | None
) -> People:
    """Find the two among who wrote (`counts`: records each) and all `names` that appear.

    Raises `UnknownName` for a name that nobody has, and `NotTwoPeople` where more or fewer than
    two are left.
    """
    if not counts:
        raise NotTwoPeople(
            "Nobody wrote anything in this chat. Choose the chat with your partner.", {}
        )
    mine, theirs = (_resolved(given, names, counts) for given in (me, partner))
    if set(mine) & set(theirs):
        raise NotTwoPeople(
            f"{mine[0]} and {theirs[0]} were given as the two, and share a name. {_SAY_WHO}",
            dict(counts.most_common()),
        )
    called = {other: own[0] for own in (mine, theirs) for other in own[1:]}
    joined: Counter[str] = Counter()
    for name, count in counts.items():
        joined[called.get(name, name)] += count
    first, second = mine[:1], theirs[:1]
    for name in (*first, *second):
        if not joined[name]:
            raise UnknownName(f"{name} wrote nothing in this chat. It holds: {_listed(counts)}.")
    two = [*first, *second]
    if len(two) < 2:
        if len(joined) != 2:
            raise NotTwoPeople(_not_two(joined), dict(joined.most_common()))
        others = sorted(set(joined) - set(two))
        two = [*first, *others] if first or not second else [*others, *second]
    return People(
        partners=(two[0], two[1]),
        me=0 if first or second else None,
        called=called,
        left_out=joined.total() - joined[two[0]] - joined[two[1]],
    )


def _resolved(given: Names | None, names: Collection[str], counts: Counter[str]) -> list[str]:
    """The names as the chat writes them; capitals matter only where they tell two people apart."""
    found = []
    for name in names_in(given):
        alike = [known for known in names if known.casefold() == name.casefold()]
        if name not in names and len(alike) != 1:
            raise UnknownName(f"Nobody in this chat is called {name}. It holds: {_listed(counts)}.")
        found.append(name if name in names else alike[0])
    return list(dict.fromkeys(found))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(name for name, _ in _most_first(counts))


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _not_two(counts: Counter[str]) -> str:
    shown = _most_first(counts)[:6]
    listed = ", ".join(f"{name} ({count})" for name, count in shown)
    more = f" and {len(counts) - 6} more" if len(counts) > 6 else ""
    if len(counts) == 1:
        return f"Only one person wrote in this chat: {listed}. Choose the chat of the two of you."
    return (
        f"This chat holds {len(counts)} people: {listed}{more}. "
        f"Turntoward reads the chat of two. {_SAY_WHO}"
    )
