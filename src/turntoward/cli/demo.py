"""`turntoward demo`: an invented couple as an export file, to try everything on."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("demo")
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to; it is made where it does not exist.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=7, show_default=True, help="Which couple."
)
@click.option("--steady", is_flag=True, help="A couple that does not drift.")
def demo(out: Path, seed: int, steady: bool) -> None:
    """Write the chat of an invented couple, Ana and Ben.

    About five years of messages in WhatsApp's format. Unless --steady is given, a drift begins in
    a known week. The same seed always gives the same couple.
    """
    from turntoward.demo import write

    click.echo(write(out, seed=seed, steady=steady))
