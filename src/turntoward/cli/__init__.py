"""The command line: `turntoward COMMAND`. Each command is one file, loaded when it is called."""

from __future__ import annotations

import os
from importlib import import_module

import click

from turntoward import __version__
from turntoward.cli.failing import Sentence, in_a_sentence

# The matrices of a reading are small: threads that wait for each other made it ten times slower
# on a busy machine. Set before numpy loads; whoever set it already knows better.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: Each is the function of that name in the file of that name, in the order of `--help`.
COMMANDS: tuple[str, ...] = (
    "serve",
    "backup",
    "keys",
    "restore",
    "read",
    "doctor",
    "messages",
    "label",
    "demo",
    "prove",
)


class Commands(click.Group):
    """A group that imports a command only when it is asked for, and never shows a traceback.

    Everything heavy is imported inside the commands, so `--help` answers at once.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a person meets them, not by alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None where there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong becomes one sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            # A closed pipe (`turntoward read chat.txt | head`) is click's to end quietly.
            raise
        except Exception as error:
            raise Sentence(in_a_sentence(error)) from None


@click.group(cls=Commands)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Read the chat of two people: when their rhythms changed, how, and how surely.

    Everything happens on this computer. Nothing is sent anywhere.
    """
