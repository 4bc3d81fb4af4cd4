"""Whose export it is: where a format knows no name of the owner it writes "Me", on both phones.

Once it is known who the two are, the owner of an export is the one whose name is not in it. Who
they are is known where both were named; else where two names wrote, and these are two people: one
export holds both, or what "Me" wrote beside the one is what the other wrote beside "Me". Two names
that only ever stand beside "Me" may also be one person who was renamed, and then this is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from turntoward.errors import NotTwoPeople
from turntoward.messages.message import wrote
from turntoward.messages.people import Names, names_in
from turntoward.messages.ranking import network_of
from turntoward.messages.repeats import knows_utc
from turntoward.messages.source import Source, renamed

#: What formats call the owner of an export that does not say the owner's name.
OWNER = "Me"

_Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Sources with their owners by name where that is known, and the names to read them with."""

    sources: tuple[Source, ...]
    me: tuple[str, ...]
    partner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """Who is in a source: `owned` where `OWNER` is whose export it is, `names` are the others."""

    source: Source
    owned: bool
    names: frozenset[str]
    wrote: frozenset[str]


def with_owners(sources: Sequence[Source], me: Names | None, partner: Names | None) -> Named:
    """Give each owner who is only called `OWNER` the name of the one of the two that it is.

    A name in `me` or `partner` that nobody has may be the owner's, where nobody else is left for
    it. Where only `OWNER` is known of a person, that stays the name. Raises `NotTwoPeople` where
    `OWNER` may be either of the two.
    """
    given = (names_in(me), names_in(partner))
    held = [_held(source) for source in sources]
    known = frozenset[str]().union(*(one.wrote for one in held))
    said = tuple(tuple(_as_written(name, known) for name in names) for names in given)
    mine, theirs = (tuple(n for n in names if n != OWNER or n in known) for names in said)
    unnamed = (len(mine) < len(said[0]), len(theirs) < len(said[1]))
    sides = _the_two(held, known, (mine, theirs), unnamed) if any(h.owned for h in held) else None
    if sides is None:
        return Named(sources=tuple(sources), me=given[0], partner=given[1])
    whose = [_whose(one, sides, any(unnamed)) for one in held]
    if not mine and not theirs and any(unnamed):
        sides, whose = _by_owner(held, sides, whose, 0 if unnamed[0] else 1)
    left = any(one.owned and place is None for one, place in zip(held, whose, strict=True))
    names = [
        (side or (OWNER,)) + ((OWNER,) if side and left and is_owner else ()) if there else ()
        for side, is_owner, there in zip(sides, unnamed, given, strict=True)
    ]
    called = [(side or (OWNER,))[0] for side in sides]
    return Named(
        sources=tuple(
            one.source if place is None else renamed(one.source, {OWNER: called[place]})
            for one, place in zip(held, whose, strict=True)
        ),
        me=names[0],
        partner=names[1],
    )


def _held(source: Source) -> _Held:
    table = source.messages
    rows = table.select("sender_id", "is_me", wrote=wrote()).unique().drop_nulls("sender_id")
    names = {*rows["sender_id"], *source.reactions["actor"].drop_nulls().unique()}
    by_owner = pl.col("sender_id") == OWNER
    as_told = (pl.col("is_me").fill_null(False) == by_owner).all()
    owned = OWNER in names and bool(rows.select(as_told).item())
    others = {OWNER} if owned else set()
    who = frozenset(rows.filter("wrote")["sender_id"])
    return _Held(source, owned, frozenset(names - others), who - others)


def _as_written(name: str, known: Collection[str]) -> str:
    """The name with the capitals that the exports use, where these tell nobody apart."""
    names = {*known, OWNER}
    alike = [one for one in names if one.casefold() == name.casefold()]
    return alike[0] if name not in names and len(alike) == 1 else name


def _the_two(
    held: Sequence[_Held], known: frozenset[str], sides: _Sides, unnamed: tuple[bool, bool]
) -> _Sides | None:
    """All names of the two, empty for one who is only `OWNER`; nothing where that is not known.

    `known` are all who wrote, `sides` the names that were given, and `unnamed` says for which of
    the two `OWNER` was given.
    """
    mine, theirs = sides
    rest = tuple(sorted(known.difference(mine, theirs)))
    if mine and theirs:
        strange = known.isdisjoint(mine) or known.isdisjoint(theirs)
        return None if strange and rest else sides
    if not mine and not theirs:
        if len(rest) != 2 or _beside_owner(held, rest[:1], rest[1:]):
            return None
        return _apart(held, rest[:1], rest[1:])
    named = mine or theirs
    if known.isdisjoint(named):
        # Only who reads may give a name that is nowhere: a partner's may as well be mistyped.
        return (mine, rest) if mine and len(rest) == 1 and not unnamed[1] else None
    other: tuple[str, ...] = ()
    if len(rest) == 1 and not _beside_owner(held, named, rest):
        _apart(held, named, rest)
        other = rest
    elif rest and not any(unnamed):
        return None
    return (mine, other) if mine else (other, theirs)


def _beside_owner(held: Sequence[_Held], one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the owner of a group is somebody else than both."""
    return any(
        h.owned and not h.wrote.isdisjoint(one) and not h.wrote.isdisjoint(other) for h in held
    )


def _apart(held: Sequence[_Held], one: tuple[str, ...], other: tuple[str, ...]) -> _Sides:
    """The two as they came, if they surely are two people; else raises `NotTwoPeople`."""
    if any(not h.wrote.isdisjoint(one) and not h.wrote.isdisjoint(other) for h in held):
        return one, other
    if _mirrored(*([h.source for h in held if h.owned and h.wrote & {*s}] for s in (one, other))):
        return one, other
    a, b = sorted((one[0], other[0]))
    raise NotTwoPeople(
        f'Each export calls its owner "{OWNER}", and {a} and {b} write in none together, so they '
        f"may be two people or two names of one. Say --me '{a}' --partner '{b}' (or the other way "
        f"round) for two people, --me {OWNER} --partner '{a}' --partner '{b}' for one.",
        _counted(held),
    )


def _counted(held: Sequence[_Held]) -> dict[str, int]:
    told = pl.concat([h.source.messages.filter(wrote()).select("sender_id") for h in held])
    counts = told["sender_id"].value_counts().sort(["count", "sender_id"], descending=[True, False])
    return dict(counts.iter_rows())


def _mirrored(ones: Sequence[Source], others: Sequence[Source]) -> bool:
    """Whether the two hold common messages, each of which the other's owner wrote."""
    in_utc = all(knows_utc(source.messages) for source in (*ones, *others))
    same = ["network", "minute", "text"]

    def told(sources: Sequence[Source]) -> pl.DataFrame:
        at = pl.col("ts_utc").dt.replace_time_zone(None) if in_utc else pl.col("ts_local")
        tables = [
            source.messages.filter(wrote() & pl.col("text").is_not_null()).select(
                pl.lit(network_of(source)).alias("network"),
                at.dt.truncate("1m").alias("minute"),
                "text",
                (pl.col("sender_id") == OWNER).alias("owner"),
            )
            for source in sources
        ]
        rows = pl.concat(tables).drop_nulls().unique()
        return rows.filter(pl.len().over(same) == 1)  # what both said in a minute tells nothing

    if not ones or not others:
        return False
    common = told(ones).join(told(others), on=same)
    return not common.is_empty() and bool((common["owner"] != common["owner_right"]).all())


def _whose(held: _Held, sides: _Sides, given: bool) -> int | None:
    """Which of the two the owner is; nothing for an owner by name, and for a third person's."""
    if not held.owned:
        return None
    first, second = (not held.names.isdisjoint(side) for side in sides)
    if first != second:
        return int(first)
    silent = not bool(
        held.source.messages.select((wrote() & (pl.col("sender_id") == OWNER)).any()).item()
    )
    if first or silent or (given and not held.names):
        return None
    file = held.source.account.file or "one of these exports"
    beside = ", ".join(sorted(held.names)[:6])
    told = f"beside {beside}, who is known as neither of you" if beside else "alone"
    raise NotTwoPeople(
        f'In {file} its owner "{OWNER}" writes {told}, so it may be either of you. Say who it is: '
        f"--me or --partner with {beside or OWNER} as one more name.",
        _counted([held]),
    )


def _by_owner(
    held: Sequence[_Held], sides: _Sides, whose: Sequence[int | None], side: int
) -> tuple[_Sides, list[int | None]]:
    """The two, placed so that who owns the exports stands at `side`; else `NotTwoPeople`."""
    owners = set(whose) - {None}
    if len(owners) != 1:
        one, other = sides[0][0], sides[1][0]
        raise NotTwoPeople(
            f'These exports do not tell which of the two "{OWNER}" is. Say who reads: '
            f"--me '{one}' or --me '{other}'.",
            _counted(held),
        )
    if owners == {side}:
        return sides, list(whose)
    return (sides[1], sides[0]), [None if place is None else 1 - place for place in whose]
