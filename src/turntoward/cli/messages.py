"""`turntoward messages`: the canonical table of one or more exports as a Parquet file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli import options

if TYPE_CHECKING:
    from turntoward.reading.sources import Dates


@click.command("messages")
@options.FILES
@click.option(
    "--out",
    required=True,
    metavar="OUT.parquet",
    type=click.Path(path_type=Path),
    help="Where to write the table.",
)
@options.ZONE
@options.DATES
@options.COLUMN
def messages(
    files: tuple[Path, ...],
    out: Path,
    zone: str | None,
    dates: Dates | None,
    columns: dict[str, str],
) -> None:
    """Write the messages of exported chats as one table.

    One row per record of the export, any number of senders, in the order of the files. The columns
    are described in docs/formats.md. The file holds every word of the chat: keep it where only you
    can read it.
    """
    from io import BytesIO

    import polars as pl

    from turntoward.cli.terminal import check_place, plain, steps, write
    from turntoward.reading.accounted import lines
    from turntoward.reading.sources import open_whole

    check_place(out, files)
    if out.suffix.lower() not in ("", ".parquet", ".pq"):
        raise click.BadParameter("the table is written as Parquet: name it OUT.parquet.")
    with steps() as on_step:
        sources = open_whole(files, zone=zone, dates=dates, columns=columns, on_step=on_step)
    table = pl.concat([source.messages for source in sources])
    written = BytesIO()
    # Level 1 takes two thirds of the time of the default, and the file is a fourteenth larger.
    table.write_parquet(written, compression_level=1)
    write(out, written.getvalue())
    for source in sources:
        for line in lines(source.account):
            click.echo(plain(line))
    rows = "1 row" if table.height == 1 else f"{table.height:,} rows"
    click.echo(f"{rows} written to {out}.")
