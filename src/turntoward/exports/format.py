"""What every export format provides, and what it is given to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from turntoward.messages.account import Carries
from turntoward.messages.source import Source

#: How a date such as 04/05/2024 is meant, where nothing in the file decides it.
DateOrder = Literal["day-first", "month-first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One chat file in memory, as it lay on the disk or inside a zip.

    `name` is its own name without folders, `source` what the column `source_file` says, and
    `title` the name of the file that was brought in, for sentences. `beside` names the other files
    of the zip (also without folders); null where there is no zip, so attachments cannot be seen.
    """

    name: str
    data: bytes
    source: str
    title: str
    beside: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the person said about the file: its zone (IANA, checked) and its order of dates."""

    zone: str | None = None
    dates: DateOrder | None = None
    progress: Callable[[float], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One messenger's export.

    `sniff` judges by the file's name and its first 64 KiB; `read` raises `UnreadableExport` or
    `AmbiguousDates`. `carries` is the most that the format can hold; the `Source` of one file says
    what that file holds. `suffixes` are the endings under which the chat lies inside a zip.
    """

    name: str
    title: str
    carries: Carries
    suffixes: tuple[str, ...]
    sniff: Callable[[str, bytes], bool]
    read: Callable[[ExportFile, ReadOptions], Source]
