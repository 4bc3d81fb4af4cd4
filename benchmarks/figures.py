"""Where the figures of a benchmark stand in a page of docs/."""

from __future__ import annotations

from pathlib import Path

_DOCS = Path(__file__).parents[1] / "docs"


def put(page: str, name: str, text: str) -> None:
    """Write `text` into `docs/PAGE.md` between `<!-- NAME: begin -->` and `<!-- NAME: end -->`.

    Raises `ValueError` where these do not stand there once each.
    """
    path = _DOCS / f"{page}.md"
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = path.read_text(encoding="utf-8").split(begin)
    _, after = rest.split(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
