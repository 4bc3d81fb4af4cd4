"""What goes wrong, in one sentence: never a traceback, never a line of the chat.

Even an error of our own is told by its kind and place alone: its message may quote the chat.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import IO, Any

import click

from turntoward.errors import TurntowardError


class Sentence(click.ClickException):
    """Shown as `Error: sentence` on stderr; the command ends with exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it without any colour, wherever stderr goes."""
        click.echo(f"Error: {self.message}", err=True, file=file)


def in_a_sentence(error: Exception) -> str:
    """What to say of an error."""
    if isinstance(error, TurntowardError):
        return str(error)
    if isinstance(error, OSError):
        return _of_the_system(error)
    return _of_our_own(error)


def _of_our_own(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "turntoward" in f.filename]
    place = "".join(f", {Path(f.filename).name} line {f.lineno}" for f in (ours[-1:] or last))
    return (
        f"Something went wrong inside Turntoward ({type(error).__name__}{place}). Nothing was "
        "lost. Please report this line; it holds nothing of your chat."
    )


def _of_the_system(error: OSError) -> str:
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    if where is None:
        return f"The system said: {error.strerror or type(error).__name__}. Nothing was changed."
    match error:
        case FileNotFoundError():
            return f"There is no {where}. Check the name and the folder."
        case IsADirectoryError():
            return f"{where} is a folder. Give a file."
        case NotADirectoryError():
            return f"A part of {where} is a file, not a folder. Check the path."
        case PermissionError():
            return f"{where} may not be read or written by you. Choose another place."
        case _:
            return f"{where} cannot be read or written: {error.strerror}. Choose another place."
