"""The last step of every format that has records: from their table to a source, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.account import is_empty, source_of
from turntoward.exports.format import ExportFormat, ReadOptions
from turntoward.exports.records import Mood, moods_of, note_on_misfits, notes_on_times
from turntoward.messages.account import Carries
from turntoward.messages.source import Source


def finished(
    table: pl.DataFrame,
    *,
    of: ExportFormat,
    options: ReadOptions,
    empty: str,
    carries: Carries | None = None,
    notes: Collection[str] = (),
    moods: Iterable[Mood] = (),
    titles: Mapping[str, str] | None = None,
    groups: Collection[str] = (),
    personal: Collection[str] = (),
) -> Source:
    """The source of a table, with its account, its chats and the reactions in `moods`.

    `notes` come after those on times and misfits, which every format has. `carries` is what these
    files hold, where that is less than the format can. `titles`, `groups` and `personal` are as in
    `source_of`. Where nobody said anything, raises `UnreadableExport` with the sentence `empty`.
    """
    source = source_of(
        table,
        format_name=of.name,
        network=of.network,
        carries=of.carries if carries is None else carries,
        zone=options.zone,
        notes=[*notes_on_times(table, options.zone), *note_on_misfits(table), *notes],
        reactions=moods_of(moods),
        titles=titles,
        groups=groups,
        personal=personal,
    )
    if is_empty(source.account):
        raise UnreadableExport(empty)
    return source
