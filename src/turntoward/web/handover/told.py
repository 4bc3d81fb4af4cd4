"""What a brief says, as plain values: the JSON beside the PDF, and what both are made from.

docs/handover.md describes the format. `VERSION` is raised when the meaning of a field changes.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from turntoward.care.brief_chart import Chart

VERSION = 1
#: Signs that are no letters; those that turn the direction could make agreed words look otherwise.
_NO_SIGNS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line, as both keep it. `by` is the name of whose it is, null where it is of both.

    `number` is the mark of a season in the chart, 0 for all others.
    """

    words: str
    by: str | None = None
    number: int = 0


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one sort under their heading."""

    kind: str
    heading: str
    entries: tuple[Entry, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A brief. `names` are those who wrote it: two, or one with only their own side."""

    version: int = VERSION
    language: str
    names: tuple[str, ...]
    title: str
    frozen_on: date
    expires_on: date
    groups: tuple[Group, ...]
    chart: Chart | None = None


def without_signs(words: str) -> str:
    """Words as page, PDF and JSON say them alike: without signs that are no letters."""
    return _NO_SIGNS.sub("", words)


def encode(told: Told) -> bytes:
    """As JSON that a person can read, too."""
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def decode(stored: bytes) -> Told:
    """The brief again; raises `msgspec.DecodeError` for anything else."""
    return msgspec.json.decode(stored, type=Told)
