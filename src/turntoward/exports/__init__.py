"""Chat exports of the messengers, each read into the canonical table of messages.

A new format is one file in this folder and one line in `FORMATS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from turntoward.exports.format import ExportFormat
    from turntoward.messages.source import Source

#: Every format that is read, in the order in which they are tried: the modules of this folder
#: that hold a `FORMAT`. They are loaded on first use, so that importing this package costs nothing.
FORMATS: tuple[str, ...] = ("whatsapp", "telegram")


def formats() -> tuple[ExportFormat, ...]:
    """The formats themselves, with their titles and what they carry."""
    modules = (import_module(f"turntoward.exports.{name}") for name in FORMATS)
    return tuple(cast("ExportFormat", module.FORMAT) for module in modules)


def open_export(
    path: Path,
    *,
    zone: str | None = None,
    dates: Literal["day-first", "month-first"] | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Source:
    """Read one export: a chat file, or a zip that holds one.

    `zone` is an IANA name for wall clocks that come without a zone. `on_progress` is called with
    the part that is done, 0 to 1. Raises `UnreadableExport`, `AmbiguousDates` or `UnknownZone`,
    each with one sentence that may be shown as it is.
    """
    from turntoward.exports.find import find_chat
    from turntoward.exports.format import ReadOptions
    from turntoward.exports.zones import check_zone

    progress = on_progress or (lambda _: None)
    if zone is not None:
        check_zone(zone)
    progress(0.0)
    chosen, file = find_chat(path, formats())
    progress(0.1)
    options = ReadOptions(zone=zone, dates=dates, progress=lambda p: progress(0.1 + 0.9 * p))
    source = chosen.read(file, options)
    progress(1.0)
    return source
