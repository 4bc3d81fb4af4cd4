"""`turntoward serve`: the companion on this machine."""

from __future__ import annotations

import os
import platform
import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli.failing import Sentence

if TYPE_CHECKING:
    from turntoward.web.run import Place


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("serve")
@click.option("--demo", is_flag=True, help="Show an invented couple, Ana and Ben, to look around.")
@click.option(
    "--practice", is_flag=True, help="Host it as a practice; with --demo an invented practice."
)
@click.option("--port", type=click.IntRange(1, 65535), help="Listen on this port (default: 8700).")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep everything in this folder (default: the usual place of this system).",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser here.")
@click.option(
    "--https",
    metavar="NAME",
    help="Serve it over HTTPS under this name, by which your phones reach this computer.",
)
@click.option("--certificate", type=_FILE, help="With --https: a certificate that you have (PEM).")
@click.option("--key", type=_FILE, help="With --certificate: its key (PEM, without passphrase).")
def serve(
    demo: bool,
    practice: bool,
    port: int | None,
    data: Path | None,
    no_browser: bool,
    https: str | None,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Start the companion here, for this machine and phones on the same network.

    Everything is kept in one folder on this machine. Nothing is sent anywhere. Stop with Ctrl-C;
    start again and it goes on where it was.
    """
    from turntoward.web import run
    from turntoward.web.named import flag

    if (certificate or key) and not https:
        raise Sentence("Say for which name the certificate is: add --https NAME.")
    asked = run.Asked(name=https, certificate=certificate, key=key) if https else None
    drawn = flag("TURNTOWARD_QR") or sys.stdout.isatty()
    try:
        chosen = run.free_port(port)
        run.prepare(data=data, demo=demo, port=chosen, practice=practice, https=asked)
        if demo:
            from turntoward.web.demo_couple import settle_in

            settle_in(date.today())  # noqa: DTZ011 # the demo ends on this machine's own day
        place = run.place(chosen)
        run.run(chosen, lambda: _say(place, browser=not no_browser, drawn=drawn))
    except run.CannotStart as why:
        raise Sentence(str(why)) from why


def _say(place: Place, *, browser: bool, drawn: bool) -> None:
    from turntoward.web.couples.qr import qr_terminal

    click.echo("\nTurntoward is here.")
    click.echo(f"  On this machine:  {place.here}")
    if place.phone:
        click.echo(f"  On a phone in the same network:  {place.phone}\n")
        if drawn:
            click.echo(qr_terminal(place.trust or place.phone))
    if place.trust:
        click.echo(f"  First, on each phone, once:  {place.trust}")
        click.echo(f"  The certificate's SHA-256 fingerprint:  {place.fingerprint}")
    if place.practice:
        click.echo(f"  To begin the practice, once:  {place.practice}")
    click.echo("Stop with Ctrl-C. Nothing is lost.")
    if browser and _has_screen():
        webbrowser.open(place.here)


def _has_screen() -> bool:
    """A text browser would take over this terminal; only open one on a screen."""
    on_linux = platform.system() == "Linux"
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
