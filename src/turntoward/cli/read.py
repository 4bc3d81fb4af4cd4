"""`turntoward read`: the reading of a chat in the terminal, as a page and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli import options

if TYPE_CHECKING:
    from turntoward.reading.reading import Reading
    from turntoward.reading.sources import Dates

#: Given as a file name, it means stdout.
_STDOUT = Path("-")


@click.command("read")
@options.FILES
@options.ME
@options.PARTNER
@options.CHAT
@options.ZONE
@options.DATES
@options.COLUMN
@options.SEASON
@options.GAP
@options.WINDOW
@options.NIGHT
@click.option(
    "--html",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Write the reading as one HTML page that opens without any network.",
)
@click.option(
    "--json",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Write all of the reading as JSON; - for stdout, and nothing else there.",
)
def read(
    files: tuple[Path, ...],
    me: tuple[str, ...],
    partner: tuple[str, ...],
    chats: tuple[str, ...],
    zone: str | None,
    dates: Dates | None,
    columns: dict[str, str],
    seasons: tuple[str, ...],
    gap: str | None,
    window: str | None,
    night: str | None,
    html: Path | None,
    json: Path | None,
) -> None:
    """Read the exported chat of two people.

    Says what was read and what was not, when the rhythms changed and which, or that nothing did,
    or that one cannot tell. Several files of the same two people are read as one, each message
    once, in whatever order they are given. A chat holds two people's words: it is best read
    together. What is said of a change is tried with gaps of
    1, 3, 6 and 12 hours, whatever is chosen here, and not said where it vanishes.
    """
    from turntoward.cli.terminal import check_place, steps
    from turntoward.reading import typed
    from turntoward.reading.pipeline import read_files

    for out in (html, json):
        if out is not None and out != _STDOUT:
            check_place(out, files)
    if html == _STDOUT:
        raise click.BadParameter("a page goes into a file: give its name.", param_hint="--html")
    hours = typed.hours(gap, window, night)
    told = [typed.season(text) for text in seasons]
    with steps() as on_step:
        reading = read_files(
            files,
            me=me,
            partner=partner,
            chats=chats,
            zone=zone,
            dates=dates,
            columns=columns,
            seasons=told,
            hours=hours,
            on_step=on_step,
        )
    # Before anything is printed: whoever listens may stop listening.
    _write(reading, html, json)
    if json != _STDOUT:
        _print(reading)
    _say_where(html, json)


def _print(reading: Reading) -> None:
    from turntoward.cli.printed import printed
    from turntoward.cli.terminal import console

    shown = console()
    for part in printed(reading):
        shown.print(part)


def _write(reading: Reading, html: Path | None, json: Path | None) -> None:
    from turntoward.cli.terminal import echo_bytes, write
    from turntoward.reading.codec import encode
    from turntoward.reading.page import render_page

    if html is not None:
        write(html, render_page(reading).encode())
    if json == _STDOUT:
        echo_bytes(encode(reading))
    elif json is not None:
        write(json, encode(reading))


def _say_where(html: Path | None, json: Path | None) -> None:
    if json is not None and json != _STDOUT:
        click.echo(f"All of it is in {json}.")
    if html is not None:
        click.echo(f"The page is in {html}. Open it in a browser.", err=json == _STDOUT)
    if html is None and json is None:
        click.echo("For the charts and more of the bids, add --html page.html.")
