"""Data folders as earlier versions left them, one archive each, with what their people saw then.

Each holds the folder `data` and the folder `keys` of an invented couple, and `told.json`: the
passphrase of all, the moment, and what each of them could take along (`web.yours.parts`). How a new
one is made stands in tests/frozen/README.md.
"""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_END = ".tar.xz"


@dataclass(frozen=True, slots=True)
class Frozen:
    """One of them, unpacked in `folder`."""

    folder: Path
    passphrase: str
    made_at: datetime
    told: dict[str, dict[str, list[dict[str, Any]]]]

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        """Its folder of keys."""
        return self.folder / "keys"

    @property
    def database(self) -> Path:
        """Its database."""
        return self.data / "turntoward.sqlite3"


def names() -> list[str]:
    """All of them, the oldest first."""
    here = Path(__file__).parent
    return sorted(path.name.removesuffix(_END) for path in here.glob(f"*{_END}"))


def unpacked(name: str, into: Path) -> Frozen:
    """The one called `name`, in a folder of its own below `into`."""
    return opened(Path(__file__).with_name(f"{name}{_END}"), into / name)


def opened(archive: Path, folder: Path) -> Frozen:
    """An archive, unpacked in `folder`."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    said = json.loads((folder / "told.json").read_text("utf-8"))
    made_at = datetime.fromisoformat(said["made_at"])
    return Frozen(folder, said["passphrase"], made_at, said["told"])


def packed(folder: Path, out: Path) -> None:
    """An archive of a folder that holds `data`, `keys` and `told.json`."""
    with tarfile.open(out, "x:xz") as tar:
        for part in ("data", "keys", "told.json"):
            tar.add(folder / part, part, filter=_without_owner)


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if entry.name.endswith((".lock", "-shm")):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry
