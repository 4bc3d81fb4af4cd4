"""A program of a proof's own, which says a line of JSON for each run and one at the end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from turntoward.prove.result import Say


def heard(
    command: Sequence[str], say: Say, times: int, *, env: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Run it to its end; its last line. Without `misses` in it, it ended before it was done."""
    said: dict[str, Any] = {}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            said = json.loads(line)
            if "done" in said:
                say(int(said["done"]), times)
    return said
