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

ME = click.option(
    "--me",
    multiple=True,
    metavar="NAME",
    help="Your name as the chat writes it: yours comes first. Again for another name that you had "
    "there, or in another messenger.",
)

PARTNER = click.option(
    "--partner",
    multiple=True,
    metavar="NAME",
    help="Your partner's name as the chat writes it, again for another one. With --me, what others "
    "wrote in the chat is left out and counted.",
)

ZONE = click.option(
    "--zone",
    metavar="ZONE",
    help="Time zone the two live in, such as Europe/Berlin, where the export holds none.",
)

GAP = click.option(
    "--gap",
    metavar="HOURS",
    help="A silence this long ends a conversation: 0.5 to 24 (default: 3).",
)

WINDOW = click.option(
    "--window",
    metavar="HOURS",
    help="How long an answer may take, in waking hours: 0.5 to 48 (default: 12).",
)

NIGHT = click.option(
    "--night",
    metavar="FROM-TO",
    help="Hours that are night for the two, such as 23-7, or none (default: learned from when "
    "they write).",
)

SEASON = click.option(
    "--season",
    "seasons",
    multiple=True,
    metavar="SEASON",
    help='Days out of the ordinary, as often as needed: "2021-03-01..2021-05-31 ill A long flu". '
    "What it was is one of together, travel, ill, busy, holiday, life; a day alone is a moment, "
    "such as a move or a birth.",
)

DATES = click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How the export writes dates, where the file itself does not show it.",
)


def _columns(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """`time=When` as a pair; the last of two for the same meaning counts."""
    columns = {}
    for pair in given:
        meaning, equals, name = pair.partition("=")
        if not equals or not name or meaning not in MEANINGS:
            raise click.BadParameter(f"write it as MEANING=NAME, with one of {', '.join(MEANINGS)}")
        columns[meaning] = name
    return columns


#: What a column of a table can hold.
MEANINGS = (
    "time", "date", "sender", "text", "id", "kind", "reply_to", "chat", "me", "direction",
    "reaction", "attachment",
)  # fmt: skip

COLUMN = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="MEANING=NAME",
    callback=_columns,
    help="Which column of a table (CSV or JSON Lines) holds what, such as time=When sender=From "
    "text=Said; as often as needed.",
)

CHAT = click.option(
    "--chat",
    "chats",
    multiple=True,
    metavar="TITLE",
    help="Which chat, where an export holds several; again for another one of the same two.",
)
