"""`turntoward keys`: the keys in a file, under a recovery code, to be kept apart from backups."""

from __future__ import annotations

from pathlib import Path

import click

from turntoward.cli.failing import Sentence


@click.command("keys")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="The data folder whose keys these are (default: the usual place of this system).",
)
def keys(file: Path, data: Path | None) -> None:
    """Write the keys into FILE, and show once the recovery code that opens it.

    With this file and the code a backup opens on another machine. Keep it apart from the backups,
    and write it anew when somebody has begun here: what is not in it does not come along.
    """
    import os

    from turntoward.cli.terminal import check_place
    from turntoward.web.backups.keyfile import keys_here, write_keys
    from turntoward.web.places import data_folder

    check_place(file)
    if data is not None:
        os.environ["TURNTOWARD_DATA"] = str(data)
    folder = data_folder() / "id"
    found = keys_here(folder.read_text().strip()) if folder.exists() else None
    if found is None:
        raise Sentence(f"There are no keys of {folder.parent} on this machine.")
    code = write_keys(file.absolute(), found)
    click.echo(f"{file} holds {1 + len(found.ring):,} keys. This opens it, and is shown only now:")
    click.echo(f"\n    {code}\n")
    click.echo("Write it on paper. Whoever has both and a backup reads what is not in a vault.")
