"""docs/commands.md, written from the `--help` of every command.

python -m turntoward.cli.reference > docs/commands.md
"""

from __future__ import annotations

import click

from turntoward.cli import main

#: Wide enough for every usage line, narrow enough for a page.
_WIDTH = 88

_HEAD = """# Commands

Every command works on this computer alone, except `serve`, which answers the phones on your
network. What goes wrong is said in one sentence, with exit code 2; nothing of a chat is ever in
such a sentence. Ctrl-C stops at once. `NO_COLOR=1` turns colours off. This page is written by
`python -m turntoward.cli.reference` from what `--help` says.
"""


def reference() -> str:
    """The whole page as Markdown."""
    group = click.Context(main, info_name="turntoward", terminal_width=_WIDTH)
    parts = [_HEAD, _section(group)]
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        if command is not None:
            inside = click.Context(command, group, info_name=name, terminal_width=_WIDTH)
            parts.append(_section(inside))
    return "\n".join(parts)


def _section(context: click.Context) -> str:
    shown = context.command.get_help(context)
    return f"## {context.command_path}\n\n```text\n{shown}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
