"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path),
)

ZONE = click.option(
    "--zone",
    metavar="ZONE",
    help="Time zone the two live in, such as Europe/Berlin, where the export holds none.",
)

DATES = click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How the export writes dates, where the file itself does not show it.",
)
