"""`turntoward backup`: everything but the keys, in one encrypted file."""

from __future__ import annotations

from pathlib import Path

import click

from turntoward.cli.failing import Sentence

_NOTHING = "There is nothing to back up in {data} yet."
_NOT_STARTED = "Start this version once with turntoward serve: it encrypts the database in {data}."
_SHUT = "The database in {data} does not open with its key. Restore a backup into another folder."


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to back up (default: the usual place of this system).",
)
def backup(file: Path, data: Path | None) -> None:
    """Write everything but the keys into FILE, encrypted.

    It holds one moment, also while both of you write. A FILE that is there is left alone. It opens
    with the keys that turntoward keys writes: keep the two apart.
    """
    import os

    from turntoward.cli.terminal import check_place, steps

    check_place(file)
    if data is not None:
        os.environ["TURNTOWARD_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
    import django

    django.setup(set_prefix=False)
    from django.utils import timezone

    from turntoward.web.backups.taking import take

    _look()
    with steps() as on_step:
        account = take(file.absolute(), timezone.now(), lambda done: on_step("Backing up", done))
    click.echo(
        f"{file} holds {account.lasting:,} rows and {len(account.uploads):,} chats, encrypted."
    )
    _say_of_keys()


def _look() -> None:
    """Before the database is opened: say in a sentence why it would not."""
    from django.conf import settings

    from turntoward.web.sqlcipher.file import Lies, look

    if settings.DATABASES["default"]["NAME"] != settings.SQLITE["NAME"]:
        return
    lies = look(settings.SQLITE["NAME"], settings.DATABASE_KEY)
    if lies is Lies.NOTHING:
        raise Sentence(_NOTHING.format(data=settings.DATA))
    if lies is Lies.SHUT:
        raise Sentence(_SHUT.format(data=settings.DATA))
    if (lies is Lies.PLAIN) != settings.PLAIN_DATABASE:
        raise Sentence(_NOT_STARTED.format(data=settings.DATA))


def _say_of_keys() -> None:
    from turntoward.web.backups.keyfile import not_in_a_file
    from turntoward.web.keyring import ring_folder

    new = not_in_a_file(ring_folder().stem)
    if new:
        click.echo(
            f"{new:,} keys were made since they were last written to a file. On another machine "
            "what they open needs them: run turntoward keys FILE."
        )
