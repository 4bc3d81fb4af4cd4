"""Tables as CSV that is safe to open: no cell of it is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from turntoward.web.yours.parts.rows import Row, Value

#: Where a spreadsheet may see a cell begin, also one that takes `;` or a tab for the border between
#: cells, and the signs that make it a formula there, wide ones too.
_FORMULA = re.compile(r"""(^(?=[\t\r\n])|(?:^|[;\t\r\n])["' ]*(?=[=+\-@＝＋－＠]))""")
#: Before what would be a formula: with it, it is a text.
GUARD = "'"


def as_csv(rows: Iterable[Row]) -> bytes:
    """One table, its first line the names of the columns; empty where there is no row.

    UTF-8 with a mark at the begin: without it some spreadsheets read letters like é wrongly.
    """
    rows = list(rows)
    if not rows:
        return b""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(value: Value) -> str | int | float:
    """One value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _FORMULA.sub(rf"\1{GUARD}", value.replace("\0", ""))
    return value
