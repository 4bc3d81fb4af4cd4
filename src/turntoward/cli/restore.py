"""`turntoward restore`: a backup brought back, on this machine or another one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli.failing import Sentence

if TYPE_CHECKING:
    from turntoward.web.backups.keyfile import Keys
    from turntoward.web.backups.packed import Account

_RUNNING = "Turntoward is running on {data}. Stop it first."
_NOT_EMPTY = (
    "There is something in {data} already. Give another folder with --data, or add --aside to move "
    "it aside first."
)
_NEWER = (
    "This backup was made by a newer Turntoward. It lies in its folder: update Turntoward here, "
    "then start it."
)
_LIES_THERE = (
    "{data} holds the backup, and is not quite ready ({kind}): is the disk full? Start it with "
    "turntoward serve, which does what is left."
)
_NO_KEYS = (
    "The keys of this backup are not on this machine. Give the file that turntoward keys made: "
    "--keys FILE."
)

_LACKING = (
    "{count} of its keys are not here. Was the file of keys written before it? What they sealed is "
    "there, and opens once they are brought: turntoward restore {file} --keys NEWER --data ANOTHER."
)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--keys",
    "key_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The file that turntoward keys made; needed on another machine.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to restore into (default: the usual place of this system).",
)
@click.option("--aside", is_flag=True, help="Move what is in that folder aside, and keep it.")
def restore(file: Path, key_file: Path | None, data: Path | None, aside: bool) -> None:
    """Bring the backup FILE back into a folder that is empty.

    All of it is read and compared before anything is put in place. Whoever erased everything since
    it was made stays erased, and is left out.
    """
    from turntoward.cli.terminal import steps
    from turntoward.web import restoring

    to = _folder(data)
    if restoring.is_used(to):
        raise Sentence(_RUNNING.format(data=to))
    if not (aside or restoring.is_free(to)):
        raise Sentence(_NOT_EMPTY.format(data=to))
    keys, backup = _keys(file, key_file), file.resolve()
    stood_in = to in (here := Path.cwd(), *here.parents)
    os.chdir(to.parent)  # whoever stands in the folder itself would stand in one that is gone
    with steps() as on_step:
        account = restoring.lay_out(
            backup, keys, to, lambda done: on_step("Restoring", done), lambda: _make_free(to)
        )
    left_out = _bring_forward(account, to)
    when = account.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    click.echo(
        f"{to} holds what there was on {when}: {account.lasting:,} rows, each the same as then."
    )
    click.echo("Everybody enters anew.")
    if left_out:
        click.echo(f"Left out: {left_out:,} of the people, who have erased everything since.")
    lacking = restoring.missing(account, keys.folder)
    if lacking:
        click.echo(_LACKING.format(count=f"{lacking:,}", file=file))
    if stood_in:
        click.echo(f"The folder that you stand in is another one now: cd {to}")
    click.echo("Start it with turntoward serve.")


def _folder(named: Path | None) -> Path:
    """The folder to restore into. It and the keys are found from wherever this goes on."""
    from turntoward.web.places import data_folder, key_folder

    if named is not None:
        os.environ["TURNTOWARD_DATA"] = str(named)
    os.environ["TURNTOWARD_KEYS"] = str(key_folder())
    to = data_folder()
    os.environ["TURNTOWARD_DATA"] = str(to)
    return to


def _make_free(to: Path) -> None:
    from turntoward.web.restoring import is_free

    if is_free(to):
        return
    now = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    moved = to.rename(to.with_name(f"{to.name}-until-{now}"))
    click.echo(f"What was there is in {moved}. Delete it once all is well.")


def _keys(file: Path, key_file: Path | None) -> Keys:
    from turntoward.web import restoring
    from turntoward.web.backups.keyfile import read_keys

    here = restoring.keys_for(file)
    if key_file is not None:  # it may be newer than what an earlier restore brought here
        return read_keys(key_file, click.prompt("The recovery code of these keys"))
    if here is None:
        raise Sentence(_NO_KEYS)
    return here


def _bring_forward(account: Account, to: Path) -> int:
    """Start Django on the folder `to`; says how many people were left out."""
    from turntoward.web import restoring

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
    import django

    django.setup(set_prefix=False)
    from django.db import Error

    from turntoward.web.run import CannotStart, bring_up_to_date

    if restoring.is_newer(account):
        raise Sentence(_NEWER)
    try:
        return bring_up_to_date()
    except (OSError, CannotStart, Error) as error:  # such as a disk that is full by now
        raise Sentence(_LIES_THERE.format(data=to, kind=type(error).__name__)) from error
