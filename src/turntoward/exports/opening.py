"""Read the exports that were found, each whole; and leave of them the chats that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from turntoward.errors import AmbiguousDates, UnreadableExport
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
    """Each export read; one that cannot be is named in what the first that can leaves aside.

    Where there are several, `dates` answers only for those that do not decide it themselves. Raises
    the first problem where none can be read; dates that nothing decides are always asked about.
    """
    sources: list[Source] = []
    problems: list[UnreadableExport] = []
    aside: list[str] = []
    for n, one in enumerate(found):

        def of_all(part: float, n: int = n) -> None:
            progress((n + part) / len(found))

        options = ReadOptions(zone=zone, dates=dates, columns=columns, progress=of_all)
        aside += one.aside
        try:
            sources.append(_read(one, options) if len(found) > 1 else _plainly(one, options))
        except UnreadableExport as problem:
            problems.append(problem)
    if not sources:
        raise problems[0]
    sources[0] = _leaving(sources[0], [*aside, *(f"Not read: {problem}" for problem in problems)])
    return tuple(sources)


def _plainly(one: Found, options: ReadOptions) -> Source:
    return one.format.read(one.files, options)


def _read(one: Found, options: ReadOptions) -> Source:
    """Read as the file itself decides its dates, and only else as the person says."""
    if options.dates is None:
        return _plainly(one, options)
    try:
        return _plainly(one, replace(options, dates=None))
    except AmbiguousDates:
        return _plainly(one, options)


def _leaving(source: Source, aside: Sequence[str]) -> Source:
    account = replace(source.account, aside=(*source.account.aside, *aside))
    return replace(source, account=account)
