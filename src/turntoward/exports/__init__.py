"""Chat exports of the messengers, each read into the canonical table of messages.

A new format is one file in this folder and one line in `FORMATS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from turntoward.exports.format import DateOrder, ExportFormat
    from turntoward.messages.source import Source

#: Every format that is read, those that most people use first: the modules of this folder that
#: hold a `FORMAT`. They are loaded on first use, so that importing this package costs nothing.
FORMATS: tuple[str, ...] = (
    "whatsapp",
    "imessage",
    "messenger",
    "messenger_e2ee",
    "instagram",
    "telegram",
    "signal",
    "sms_backup",
    "line",
    "kakaotalk",
    "discord",
    "google_chat",
    "google_voice",
    "viber",
    "skype",
    "matrix",
    "whatsapp_database",
    "table",
)
#: Those that know their files by how they begin are tried before the others: any chat may hold a
#: line that was pasted from another messenger.
TRIED_FIRST = ("line", "kakaotalk", "viber", "signal")


def format_called(name: str) -> ExportFormat:
    """The format of that name, loaded when it is asked for."""
    return cast("ExportFormat", import_module(f"turntoward.exports.{name}").FORMAT)


def formats() -> tuple[ExportFormat, ...]:
    """All formats, with their titles and what they carry, in the order of `FORMATS`."""
    return tuple(format_called(name) for name in FORMATS)


def in_turn() -> Iterator[ExportFormat]:
    """All formats in the order in which they are tried, each loaded only when its turn comes."""
    first = [name for name in TRIED_FIRST if name in FORMATS]
    yield from (format_called(name) for name in first)
    yield from (format_called(name) for name in FORMATS if name not in first)


def open_exports(
    path: Path,
    *,
    zone: str | None = None,
    dates: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> tuple[Source, ...]:
    """Read every export that a file, a folder or a zip holds, with every chat in it.

    `zone` is an IANA name for wall clocks that come without a zone; `columns` is as in
    `ReadOptions`. `on_progress` is called with the part that is done, 0 to 1. Raises
    `UnreadableExport`, `AmbiguousDates` or `UnknownZone`, each with one sentence that may be shown
    as it is. Where several exports lie in a folder and some cannot be read, the notes say so.
    """
    from turntoward.exports.find import find_exports
    from turntoward.exports.opening import read_all
    from turntoward.exports.zones import check_zone

    progress = on_progress or (lambda _: None)
    if zone is not None:
        check_zone(zone)
    progress(0.0)
    with find_exports(path, in_turn()) as found:
        progress(0.1)
        sources = read_all(
            found,
            zone=zone,
            dates=dates,
            columns=columns or {},
            progress=lambda part: progress(0.1 + 0.9 * part),
        )
    progress(1.0)
    return sources


def open_export(
    path: Path,
    *,
    zone: str | None = None,
    dates: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Source:
    """Read what holds exactly one export, with every chat in it; see `open_exports`."""
    from turntoward.errors import UnreadableExport

    sources = open_exports(path, zone=zone, dates=dates, columns=columns, on_progress=on_progress)
    if len(sources) > 1:
        titles = ", ".join(chat.title for source in sources[:5] for chat in source.chats[:1])
        raise UnreadableExport(
            f"{path.name} holds {len(sources)} exports: {titles}. Bring in one of them."
        )
    return sources[0]
