"""The catalogue of small shifts: `catalogue.toml`, read and checked once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FITS = ("any", "together", "apart")
_WHEN = ("any", "morning", "evening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A small shift. `tends` names rhythms; `gentle` ones ask nothing of the other."""

    key: str
    title: str
    words: str
    look_for: str
    tends: tuple[str, ...]
    fits: str
    when: str
    gentle: bool
    minutes: int
    source: str


@cache
def catalogue() -> tuple[Moment, ...]:
    """Every moment, in the file's order; raises `ValueError` naming an entry that does not fit."""
    raw = tomllib.loads(files("turntoward.moments").joinpath("catalogue.toml").read_text("utf-8"))
    moments = tuple(Moment(**(entry | {"tends": tuple(entry["tends"])})) for entry in raw["moment"])
    for moment in moments:
        if moment.fits not in _FITS or moment.when not in _WHEN or not moment.tends:
            raise ValueError(f"catalogue.toml: {moment.key} has an unknown fits or when")
    if len({moment.key for moment in moments}) != len(moments):
        raise ValueError("catalogue.toml: two moments share a key")
    return moments


def moment_called(key: str) -> Moment | None:
    """The moment with this key, or None where it has left the catalogue."""
    return next((moment for moment in catalogue() if moment.key == key), None)
