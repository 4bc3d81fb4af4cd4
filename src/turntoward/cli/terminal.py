"""Where output goes: a console for people, a progress bar only where someone is watching."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

OnStep = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """Nobody is watching."""


def console() -> Console:
    """Stdout for people: honours NO_COLOR, and keeps its width where it is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 100
    return Console(highlight=False, markup=False, emoji=False, width=width)


@contextmanager
def steps() -> Iterator[OnStep]:
    """A progress bar on stderr that goes away when all is done; silent without a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    # Loaded only where somebody watches: it costs more than reading a small chat.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=1.0)

        def on_step(step: str, share: float) -> None:
            progress.update(bar, description=step, completed=share)

        yield on_step


def plain(text: str) -> str:
    """Chat text made harmless for a terminal: no control codes, no reversed direction."""
    return "".join(_harmless(c) for c in text)


def _harmless(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    # Joiners and variation selectors stay: emoji are made of them.
    hidden = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "" if character in hidden or category == "Cs" else character


def check_place(out: Path, inputs: Sequence[Path] = ()) -> None:
    """Raise before the long work where `out` cannot be written, or is what is read."""
    if any(out.exists() and one.exists() and out.samefile(one) for one in inputs):
        raise click.BadParameter(
            f"{out} is an export that is to be read, and would be lost. Give another name."
        )
    if out.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(out))
    if not out.parent.is_dir():
        raise FileNotFoundError(2, "No such folder", str(out.parent))


def write(out: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone: it holds a couple's words."""
    if out.exists() and not out.is_file():  # a pipe or a device is written to, never replaced
        out.write_bytes(content)
        return
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.touch(mode=0o600)
        beside.write_bytes(content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def echo_bytes(content: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.buffer.write(content + b"\n")
