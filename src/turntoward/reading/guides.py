"""How to get a chat out of each messenger: the guides that stand beside the formats as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.resources import files

from turntoward.exports import FORMATS
from turntoward.words import gettext

#: In guides `*Export chat*` is a word on the screen and `result.json` in backticks a file's name.
_ON_SCREEN = re.compile(r"\*([^*]+)\*")
_FILE_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do on one kind of device."""

    on: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One messenger's guide.

    `files` says what to choose afterwards, `leaves_out` what the export does not hold, `notes` how
    it is read.
    """

    name: str
    title: str
    files: str
    steps: tuple[Step, ...]
    leaves_out: tuple[str, ...]
    notes: tuple[str, ...]


def guides() -> tuple[Guide, ...]:
    """The guide of every format, in the order of the formats and the language spoken now."""
    return tuple(_said(guide) for guide in written())


@cache
def written() -> tuple[Guide, ...]:
    """The same in English: each text but the notes, which only the docs show, is the id of its
    translations.
    """
    return tuple(_guide(name) for name in FORMATS)


def _said(guide: Guide) -> Guide:
    return replace(
        guide,
        title=gettext(guide.title),
        files=gettext(guide.files),
        steps=tuple(Step(on=gettext(step.on), do=gettext(step.do)) for step in guide.steps),
        leaves_out=tuple(map(gettext, guide.leaves_out)),
    )


def as_html(text: str) -> str:
    """A sentence of a guide for a page."""
    bold = _ON_SCREEN.sub(r"<b>\1</b>", escape(text))
    return _FILE_NAME.sub(r"<code>\1</code>", bold)


def _guide(name: str) -> Guide:
    text = files("turntoward.exports.guides").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Guide(
        name=name,
        title=told["title"],
        files=told["files"],
        steps=tuple(Step(on=step["on"], do=step["do"]) for step in told["steps"]),
        leaves_out=tuple(told.get("leaves_out", ())),
        notes=tuple(told.get("notes", ())),
    )
