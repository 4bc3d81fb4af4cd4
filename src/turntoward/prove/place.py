"""A place of its own for a proof: a data folder, a key folder, an empty database."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def apart() -> Iterator[Mapping[str, str]]:
    """The environment of a proof, without the user's settings; its folders go with the block."""
    with TemporaryDirectory(prefix="turntoward-prove-") as folder:
        yield {
            **{
                name: said
                for name, said in os.environ.items()
                if not name.startswith("TURNTOWARD_")
            },
            "TURNTOWARD_DATA": str(Path(folder) / "data"),
            "TURNTOWARD_KEYS": str(Path(folder) / "keys"),
            "TMPDIR": _made(Path(folder) / "tmp"),
            "DJANGO_SETTINGS_MODULE": "turntoward.web.settings",
        }


def _made(folder: Path) -> str:
    folder.mkdir()
    return str(folder)


def set_up() -> None:
    """Start Django on the empty database of this place, as `serve` would."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup(set_prefix=False)
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0, interactive=False)


def quick_passphrases() -> None:
    """Derive the passphrases of invented people with little work: thousands enter in a proof."""
    from django.conf import settings

    from turntoward.web.couples import vault

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    vault._MEMORY_KIB = 64
    vault._TIME_COST = 1
