"""`turntoward label`: what the reader hears in lines of dialogue, one JSON object a line."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("label")
@click.argument("items", metavar="ITEMS.jsonl", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    metavar="LABELS.jsonl",
    type=click.Path(path_type=Path),
    help="Where to write the labels.",
)
def label(items: Path, out: Path) -> None:
    """Label lines of dialogue: which reach out, and how they are met.

    Each line of ITEMS is an object with `id`, `before` (up to three lines such as "A: how was
    it?"), `speaker`, `text` and `next` ("B: fine", or null). Each line of LABELS holds `id`, `bid`
    (a kind, or none), `p_bid`, `logistics`, `harsh`, and `response` (toward, away, against, or
    null where there is no bid or nothing follows). For research and for judging the reader;
    docs/codebook.md says what the labels mean.
    """
    from turntoward.cli.terminal import check_place, write
    from turntoward.language.items import labelled, read_items

    check_place(out)
    written = labelled(read_items(items))
    write(out, written)
    count = written.count(b"\n")
    click.echo(f"{count:,} {'item' if count == 1 else 'items'} labelled, written to {out}.")
