"""A brief as an accessible PDF (PDF/UA-1) by typst: the text goes in as data, never as markup.

Nothing is fetched, no package is used, and the letters are typst's own. What these cannot show is
looked for in the fonts of this machine, and where there is none either a sign stands in its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from turntoward.care.brief_chart import Chart, drawn
from turntoward.web.handover.told import Told, without_signs
from turntoward.words import day_of, joined, spoken

#: A brief is no longer.
MOST_PAGES = 2
_STANDARD: Literal["ua-1"] = "ua-1"
_Kind = Literal["pdf", "png", "svg"]
#: Stands for a letter that no font here can show.
_NO_LETTER = "\N{WHITE SQUARE}"
_TRIES = 40
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG_WORD = re.compile(r"\S{40}")
_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class _Set:
    """A brief as typst can set it: the text, whether this machine's fonts are asked, the PDF."""

    data: Any
    system: bool
    pdf: bytes


def pdf_of(told: Told) -> bytes:
    """The brief as a PDF."""
    return _set(told).pdf


def pictures_of(told: Told) -> list[bytes]:
    """The same pages as PNG, for looking at them."""
    return _pages(_set(told), "png")


def fits(told: Told) -> bool:
    """Whether the PDF has no more pages than it may have. It is set as a whole to find that out."""
    return len(_pages(_set(told), "svg")) <= MOST_PAGES


def _pages(found: _Set, kind: _Kind) -> list[bytes]:
    """Page by page, with the letters of the PDF: others would take another room."""
    return _compiled(found.data, kind, tagged=False, system=found.system)


def _set(told: Told) -> _Set:
    data, system = _data(told), False
    for _try in range(_TRIES):
        try:
            return _Set(data, system, _compiled(data, "pdf", tagged=True, system=system)[0])
        except typst.TypstError as error:
            unshown = _UNSHOWN.search(str(error))
            if unshown is None:
                raise
            if system:
                data = _without(data, _unescaped(unshown[1]))
            system = True
    return _Set(data, True, _compiled(data, "pdf", tagged=False, system=True)[0])


def _compiled(data: Any, kind: _Kind, *, tagged: bool, system: bool) -> list[bytes]:
    made = typst.compile(
        _template(),
        format=kind,
        sys_inputs={"told": json.dumps(data)},
        pdf_standards=[_STANDARD] if tagged else [],
        ignore_system_fonts=not system,
        ppi=110,
    )
    # One page comes bare, several as a list; the types that typst gives know only the first.
    pages: Any = made
    return pages if isinstance(pages, list) else [pages]


@cache
def _template() -> bytes:
    return files("turntoward.web.handover").joinpath("brief.typ").read_bytes()


def _data(told: Told) -> Any:
    """Plain values for the template, every text of them as it can be set."""
    data = msgspec.to_builtins(told)
    with override(told.language), spoken(told.language):
        data |= {"under": under(told), "foot": foot(told)}
        if told.chart is not None:
            data["chart"] = _chart(told.chart)
    return _settable(data)


def _chart(chart: Chart) -> dict[str, Any]:
    lies = drawn(chart)
    return {
        "alternative": chart.alternative,
        "caption": caption(chart),
        "top": chart.top,
        "bottom": "0",
        "highest": lies.highest,
        "rows": [list(row) for row in chart.rows],
        "lines": lies.lines,
        "bands": lies.bands,
        "years": lies.years,
        "marks": lies.marks,
    }


def under(told: Told) -> str:
    """Whose it is and how long it stands, as it is said under the title."""
    said = _("{names} · {day} · stands until {end}")
    return said.format(
        names=joined(told.names), day=day_of(told.frozen_on), end=day_of(told.expires_on)
    )


def foot(told: Told) -> str:
    """What it rests on, as it is said at the foot of each page."""
    if len(told.names) > 1:
        return _("Written by both, line by line. No messages are in it.")
    return _("Written by one of the two, from one side only. No messages are in it.")


def caption(chart: Chart) -> str:
    """What the chart shows, in one or two sentences."""
    said = _(
        "{title} ({unit}), by week, smoothed. The band holds the line with 80 %. Numbers in a "
        "circle are the seasons below."
    )
    if not any(mark.number for mark in chart.marks):
        said = _("{title} ({unit}), by week, smoothed. The band holds the line with 80 %.")
    return said.format(title=chart.title, unit=chart.unit)


def _settable(value: Any) -> Any:
    """Every text without signs that are no letters, and with places where a long word may break."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: word[0] + _BREAK, without_signs(value))
    if isinstance(value, dict):
        return {name: _settable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(each) for each in value]
    return value


def _without(value: Any, letters: str) -> Any:
    """Every text with a sign in place of `letters`."""
    if isinstance(value, str):
        return re.sub(f"[{re.escape(letters)}]", _NO_LETTER, value)
    if isinstance(value, dict):
        return {name: _without(each, letters) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, letters) for each in value]
    return value


def _unescaped(said: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), said)
