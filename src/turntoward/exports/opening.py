"""Read the exports that were found, each whole; and leave of them the chats that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from turntoward.errors import UnreadableExport
from turntoward.exports.find import Found
from turntoward.exports.format import DateOrder, ReadOptions
from turntoward.messages.source import Source


def read_all(
    found: Sequence[Found],
    *,
    zone: str | None,
    dates: DateOrder | None,
    columns: Mapping[str, str],
    progress: Callable[[float], None],
) -> tuple[Source, ...]:
    """Each export read; one that cannot be is named in the notes of the first that can.

    Raises the first problem where none can be read. Dates that nothing decides are always asked.
    """
    sources: list[Source] = []
    problems: list[UnreadableExport] = []
    for n, one in enumerate(found):

        def of_all(part: float, n: int = n) -> None:
            progress((n + part) / len(found))

        options = ReadOptions(zone=zone, dates=dates, columns=columns, progress=of_all)
        try:
            source = one.format.read(one.files, options)
        except UnreadableExport as problem:
            problems.append(problem)
        else:
            sources.append(_with_notes(source, one.notes))
    if not sources:
        raise problems[0]
    sources[0] = _with_notes(sources[0], [f"Not read: {problem}" for problem in problems])
    return tuple(sources)


def _with_notes(source: Source, notes: Sequence[str]) -> Source:
    if not notes:
        return source
    account = replace(source.account, notes=(*source.account.notes, *notes))
    return replace(source, account=account)
