"""Who wrote each record where LINE on a computer puts only spaces between time, name and words.

`21:25 Ana Lee see you` does not say where the name ends. It is found over the whole file: the words
that all records with the same first word begin with, and what the export is named after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from turntoward.exports.line.lines import Head

#: So many records must share their beginning before more than one word of it is a name.
_MANY = 5
#: A first word that begins fewer records than this is no name where others are.
_FEW = 3
#: Words of a name that are looked at.
_LONGEST = 6


def with_names(heads: Mapping[int, Head], title: str) -> dict[int, Head]:
    """The heads with their senders; one without a name is a notice.

    `title` is what the export is named after, which in a chat of two is the other's name. A line
    in no known name whose time runs backwards is no head but words of the record above.
    """
    names = _names([head.body for head in heads.values()], title)
    return dict(_named(heads, names))


def _named(heads: Mapping[int, Head], names: Sequence[str]) -> Iterator[tuple[int, Head]]:
    by_first: dict[str, list[str]] = {}
    for one in names:
        by_first.setdefault(one.partition(" ")[0], []).append(one)
    last = -1
    for n, head in heads.items():
        likely = by_first.get(head.body.partition(" ")[0], [])
        name = next((one for one in likely if _begins(head.body, one)), None)
        if name is not None:
            yield n, replace(head, sender=name, body=head.body[len(name) + 1 :])
        elif head.clock >= last:
            yield n, head
        else:
            continue
        last = head.clock


def _begins(body: str, name: str) -> bool:
    return body.startswith(name) and body[len(name) : len(name) + 1] == " "


def _names(bodies: Sequence[str], title: str) -> list[str]:
    """The names, longest first."""
    by_first: dict[str, list[list[str]]] = {}
    for body in bodies:
        words = body.split(" ", _LONGEST)
        if len(words) > 1:
            by_first.setdefault(words[0], []).append(words[:_LONGEST])
    counts = Counter({first: len(alike) for first, alike in by_first.items()})
    often = {first for first, n in counts.items() if n >= _FEW}
    names = {_shared(by_first[first]) for first in often or counts}
    if title and any(_begins(body, title) for body in bodies):
        names.add(title)
    return sorted(names, key=lambda name: (-len(name), name))


def _shared(alike: Sequence[Sequence[str]]) -> str:
    """The words that all of them begin with, at least one, leaving each some words of its own."""
    size = 1
    if len(alike) >= _MANY:
        longest = min(len(words) for words in alike) - 1
        while size < longest and len({words[size] for words in alike}) == 1:
            size += 1
    return " ".join(alike[0][:size])
