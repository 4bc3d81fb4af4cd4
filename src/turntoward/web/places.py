"""Where things lie on this machine: the data folder, and the folder of keys apart from it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """The folder that holds the database and uploads, made if it is missing.

    `TURNTOWARD_DATA` names it; the default is the usual place of the operating system.
    """
    named = os.environ.get("TURNTOWARD_DATA")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("turntoward", False))
    return _made(folder)


def key_folder() -> Path:
    """The folder of keys, outside the data folder, so that a copied data folder stays shut."""
    named = os.environ.get("TURNTOWARD_KEYS")
    folder = Path(named) if named else Path(platformdirs.user_config_dir("turntoward", False))
    return _made(folder)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SystemExit(
            f"The folder {folder} cannot be made ({error.strerror}). "
            "Choose another one with --data."
        ) from error
    return folder.resolve()
