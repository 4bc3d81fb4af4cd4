"""Which column of a table holds what: as the person said, else by the usual names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from turntoward.errors import UnreadableExport

#: What a table must have, and what else is read of it.
NEEDED = ("time", "sender", "text")
OPTIONAL = ("id", "kind", "reply_to", "chat", "me", "direction", "reaction", "attachment")
#: The clock apart from the day, where `time` alone does not hold both.
DATE = "date"
_EXAMPLE = "`--column time=When --column sender=Who --column text=Said`"
_NUMBERED = "`--column time=1 --column sender=2 --column text=3`"
_MOST_NAMED = 12
_LONGEST_NAME = 30


@cache
def _data() -> dict[str, object]:
    text = files("turntoward.exports.table").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _known(role: str) -> tuple[str, ...]:
    names = _data()[role]
    return tuple(plain(name) for name in names) if isinstance(names, list) else ()


@cache
def kinds(part: str) -> Mapping[str, str]:
    """What a kind is called -> one of `Kind`; `part` is `kinds` or `wechat`."""
    found = _data()[part]
    groups = found.items() if isinstance(found, dict) else ()
    return {plain(name): str(kind) for kind, names in groups for name in names}


def plain(name: str) -> str:
    """A name of a column as it is compared."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def usual(names: Sequence[str]) -> dict[str, int]:
    """Role -> place of the column that is usually called so; the text may not be the sender."""
    places: dict[str, int] = {}
    by_name = {plain(name): n for n, name in reversed(list(enumerate(names)))}
    day, at = (_first("day", by_name, ()), _first("clock", by_name, ()))
    moment = _first("time", by_name, ())
    if day is not None and at is not None and day != at and moment in (day, at):
        places[DATE], places["time"] = day, at
    elif moment is not None:
        places["time"] = moment
    for role in ("sender", "text", *OPTIONAL):
        found = _first(role, by_name, tuple(places.values()))
        if found is not None:
            places[role] = found
    return places


def _first(role: str, by_name: Mapping[str, int], taken: Sequence[int]) -> int | None:
    found = (by_name[name] for name in _known(role) if name in by_name)
    return next((place for place in found if place not in taken), None)


def is_known(names: Sequence[str]) -> bool:
    """True where all that a table needs is found by its usual name."""
    return not _missing(usual(names))


def _missing(places: Mapping[str, int]) -> list[str]:
    """What a table needs and has not; who is `me` tells the senders of two people apart, too."""
    told = (*places, "sender") if "me" in places else tuple(places)
    return [role for role in NEEDED if role not in told]


def places_of(
    names: Sequence[str], asked: Mapping[str, str], *, headless: bool, title: str
) -> dict[str, int]:
    """Role -> place of its column. Raises `UnreadableExport` with what there is and what to do."""
    known = (*NEEDED, DATE, *OPTIONAL)
    for role in asked:
        if role not in known:
            raise UnreadableExport(
                f"A column cannot stand for {_short(role)}. It can be one of: {', '.join(known)}."
            )
    said = {role: _place(names, name, headless, title) for role, name in asked.items()}
    free = {} if headless else usual(names)
    taken = set(said.values())
    if "time" in said and DATE not in said:
        free.pop(DATE, None)
    places = {role: n for role, n in free.items() if n not in taken and role not in said} | said
    if DATE in places and "time" not in places:
        places["time"] = places.pop(DATE)
    missing = _missing(places)
    if missing and headless:
        raise UnreadableExport(
            f"{title} has no row with the names of its columns. Number its {len(names)} columns "
            f"from 1, for example with {_NUMBERED}."
        )
    if missing:
        raise UnreadableExport(
            f"{title} has no column that is known to hold {_listed(missing)}. Its columns are: "
            f"{_all(names)}. Say which is which, for example with {_EXAMPLE}."
        )
    return places


def _place(names: Sequence[str], asked: str, headless: bool, title: str) -> int:
    if asked in names:
        return names.index(asked)
    alike = [n for n, name in enumerate(names) if name.strip().casefold() == asked.casefold()]
    if len(alike) == 1:
        return alike[0]
    if headless:
        raise UnreadableExport(
            f"{title} has no row with the names of its columns. Number its {len(names)} columns "
            f"from 1, for example with {_NUMBERED}."
        )
    raise UnreadableExport(
        f"{title} has no column called {_short(asked)}. Its columns are: {_all(names)}."
    )


def _all(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(_short(name) for name in names[:_MOST_NAMED]) + more


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1] + "…"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
