"""A row for every address: who may ask it. One file per app, found by its name.

Each holds some of: `OPEN`, `DEMO_ONLY`, `OWN` (names of addresses, without their app),
`objects(ana)` (name -> an address of an object of Ana's), `ONLY_MINE` (those of them that not even
her partner reaches) and `HARMLESS` (those that answer anybody's post alike, as for what is gone).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from turntoward.web.couples.models import Partner


@dataclass(frozen=True)
class Rows:
    """All rows together, names with their app."""

    open: frozenset[str]
    demo_only: frozenset[str]
    own: frozenset[str]
    only_mine: frozenset[str]
    harmless: frozenset[str]
    object_names: frozenset[str]


def _modules() -> list[tuple[str, object]]:
    names = sorted(module.name for module in iter_modules(__path__))
    return [(name, import_module(f"{__name__}.{name}")) for name in names]


def _all(kind: str) -> frozenset[str]:
    return frozenset(f"{app}:{n}" for app, module in _modules() for n in getattr(module, kind, ()))


ROWS = Rows(
    open=_all("OPEN"),
    demo_only=_all("DEMO_ONLY"),
    own=_all("OWN"),
    only_mine=_all("ONLY_MINE"),
    harmless=_all("HARMLESS"),
    object_names=_all("OBJECTS"),
)


def objects_of(ana: Partner) -> Mapping[str, str]:
    """An address for each kind of object of Ana's, made here."""
    found: dict[str, str] = {}
    for app, module in _modules():
        make = getattr(module, "objects", None)
        made = make(ana) if make else {}
        found |= {f"{app}:{name}": path for name, path in made.items()}
    return found
