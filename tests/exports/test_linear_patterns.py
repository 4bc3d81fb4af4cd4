"""No pattern takes more than linear time, whatever a file holds.

Python's `re` steps back, so a careless pattern takes quadratic time or worse. Every pattern of
every module is run over long hostile strings made of its own characters: in linear time each takes
about a millisecond, in quadratic time many seconds, so the limit between them is no matter of the
machine.
Patterns of polars and of re2 are linear by construction.
"""

from __future__ import annotations

import dataclasses
import pkgutil
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

import turntoward
from turntoward.exports import recognise

#: They read only what this version itself writes, or start something.
NOT_LOADED = ("turntoward.prove.", "turntoward.__main__")
LENGTH = 30_000
LIMIT_S = 0.5
ALWAYS = " \t\n\u202f\u200ea1:.,-/[]<>(){}\"'&;=é年"


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for module in pkgutil.walk_packages(turntoward.__path__, "turntoward."):
        if module.name.startswith(NOT_LOADED):
            continue
        loaded = import_module(module.name)
        for name, value in vars(loaded).items():
            for n, pattern in enumerate(_held(value)):
                yield f"{module.name}.{name}[{n}]", pattern


def _held(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _held(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _held(inner)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _held(getattr(value, field.name))
    elif isinstance(value, FunctionType):
        for cell in value.__closure__ or ():
            yield from _enclosed(cell.cell_contents)


def _enclosed(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """What a function made by another one keeps: patterns, but not what it was decorated for."""
    if not isinstance(value, FunctionType):
        yield from _held(value)


def hostile(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Runs of one sign, runs of two, and what nearly fits, long."""
    written = pattern.pattern
    text = written.decode("latin-1") if isinstance(written, bytes) else written
    signs = sorted({*ALWAYS, *(sign for sign in text if sign.isalnum() or sign in ALWAYS)})
    for sign in signs:
        yield sign * LENGTH
    for one, two in zip(signs, signs[1:] + signs[:1], strict=True):
        yield (one + two) * (LENGTH // 2)
    for start in (" a", "1", "<", "[", '"', "(", "a:"):
        yield start * (LENGTH // len(start)) + "\x00"


def fits(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> None:
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    pattern.search(given)  # type: ignore[arg-type]
    pattern.fullmatch(given)  # type: ignore[arg-type]


FOUND = sorted(dict(patterns()).items())


@pytest.mark.parametrize(("name", "pattern"), FOUND, ids=[name for name, _ in FOUND])
def test_a_pattern_is_linear(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    for text in hostile(pattern):
        began = time.process_time()
        fits(pattern, text)
        assert time.process_time() - began < LIMIT_S, (name, text[:8])


def test_this_test_finds_a_pattern_that_is_not() -> None:
    careless = re.compile(r"(?:a+\s?)+$")
    short = "a" * 24 + "\x00"
    began = time.process_time()
    careless.search(short)
    assert time.process_time() - began > 0.1
    assert len(FOUND) > 20


def test_patterns_are_found_where_they_are_kept_by_others() -> None:
    kept = [name for name, _ in FOUND if ".recognise.FOREIGN" in name]
    assert len(kept) == sum(
        line.count("_pattern(r") for line in Path(recognise.__file__).read_text("utf-8").split()
    )
    assert len(kept) > 5
