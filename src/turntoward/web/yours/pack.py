"""Everything that is mine, in one zip: a JSON document, a CSV for each table, and what they are."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.yours.cells import as_csv
from turntoward.web.yours.parts import locked_in, tables_of
from turntoward.web.yours.parts.rows import Row

#: Raised when a table or a column means something else than before (docs/yours.md).
VERSION = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip, and what its file is called."""

    name: str
    content: bytes


def pack(partner: Partner, key: bytes | None, now: datetime) -> Packed:
    """Everything that this partner may see, as of `now`; see `tables_of` for the `key`."""
    tables = tables_of(partner, key, now)
    today = day_of(now, partner.couple.zone)
    stem = "my-notes" if partner.neutral else "turntoward"
    files = {
        "README.txt": _readme(today, stem, tables).encode(),
        f"{stem}.json": _document(tables, today),
    } | {f"{name}.csv": as_csv(rows) for name, rows in tables.items() if rows}
    folder = f"{stem}-{today.isoformat()}"
    return Packed(f"{folder}.zip", _zipped(files, folder, now))


def _document(tables: Mapping[str, list[Row]], today: date) -> bytes:
    document = {
        "format": "turntoward-export",
        "version": VERSION,
        "day": today.isoformat(),
        "tables": tables,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _zipped(files: Mapping[str, bytes], folder: str, now: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)
    return out.getvalue()


def _readme(today: date, stem: str, tables: Mapping[str, list[Row]]) -> str:
    parts = [
        _("Everything of yours, as it was on {day}.").format(day=today.isoformat()),
        _(
            "{file} holds all of it, for programs. Each .csv file holds one table of it, for "
            "spreadsheets. A table that has nothing in it yet has no file."
        ).format(file=f"{stem}.json"),
        _(
            "In the .csv files an apostrophe stands before what a spreadsheet would take for a "
            "formula. In the .json file all words are as they were written."
        ),
        _("Times are by the clock of the two of you, with their distance from UTC."),
        _(
            "What is your partner's alone is not in here. Neither are the chats that you brought "
            "in: those are the files that you have already."
        ),
    ]
    if locked_in(tables):
        parts.append(
            _(
                "Some of your private words were locked when this was made; their rows say so in "
                "the column locked. Enter again with your passphrase to take them along."
            )
        )
    return "\r\n\r\n".join(parts) + "\r\n"
