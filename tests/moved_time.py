"""A companion whose clock a test moves: the server's and its worker's, through one small file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = Path(__file__).parent / "moved_clock"


class MovedTime:
    """The time in the companion. It runs on by itself, and goes where it is told to."""

    def __init__(self, file: Path, moment: datetime) -> None:
        self._file = file
        self.to(moment)

    @property
    def environment(self) -> dict[str, str]:
        """What a companion is started with, so that it goes by this time."""
        there = os.environ.get("PYTHONPATH", "")
        paths = [str(_FOLDER), *filter(None, [there])]
        return {"PYTHONPATH": os.pathsep.join(paths), "TURNTOWARD_TEST_CLOCK": str(self._file)}

    def to(self, moment: datetime) -> None:
        """It is this moment now; whoever reads the file meanwhile finds the old one or the new."""
        ahead_s = (moment - datetime.now(UTC)).total_seconds()
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(ahead_s), "ascii")
        fresh.replace(self._file)
