"""What every export format provides, and what it is given to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from turntoward.messages.account import Carries
from turntoward.messages.source import Source

#: How a date such as 04/05/2024 is meant, where nothing in the file decides it.
DateOrder = Literal["day-first", "month-first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One file of an export, as it lies on the disk or inside a zip.

    `name` is its own name without folders, `folder` the folders that it lies in ("" where there are
    none), `source` what the column `source_file` says, and `title` the name of what was brought
    in, for sentences. `beside` names the other files of the folder or zip (without their folders);
    null where the file came alone, so attachments cannot be seen. `load` gives its bytes, `place`
    a real file for a library that needs one; of a zip that is a private copy, deleted afterwards.
    """

    name: str
    folder: str
    source: str
    title: str
    load: Callable[[], bytes]
    place: Callable[[], AbstractContextManager[Path]]
    beside: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the person said about the file.

    `zone` is its time zone (IANA, checked) and `dates` its order of dates. `columns` says which
    column of a table holds what: `time`, `sender`, `text` and others -> its name in the file.
    """

    zone: str | None = None
    dates: DateOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[float], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One messenger's export.

    `sniff` judges by a file's path and its first 64 KiB. Where files belong `together`, all that a
    folder or zip holds are one export (many chats, or one chat in pieces); else each is its own.
    `read` gets the files of one export and raises `UnreadableExport` or `AmbiguousDates`.
    `carries` is the most that the format can hold; the `Source` of one file says what that file
    holds. `suffixes` are the endings under which its files lie in a folder or zip. `network` names
    whose messages these are: two tools that export Signal are one network.
    """

    name: str
    title: str
    network: str
    carries: Carries
    suffixes: tuple[str, ...]
    sniff: Callable[[str, bytes], bool]
    read: Callable[[Sequence[ExportFile], ReadOptions], Source]
    together: bool = False


def alone(
    read: Callable[[ExportFile, ReadOptions], Source],
) -> Callable[[Sequence[ExportFile], ReadOptions], Source]:
    """The `read` of a format whose exports are single files."""

    def read_one(files: Sequence[ExportFile], options: ReadOptions) -> Source:
        (file,) = files
        return read(file, options)

    return read_one
