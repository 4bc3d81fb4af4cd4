"""Runs a proof at a small size in a process and a place of its own, with or without a fault."""

from __future__ import annotations

import json
import subprocess
import sys

import msgspec
import pytest

from turntoward.prove.place import apart
from turntoward.prove.result import Result

_RUN = """
import json, sys
from dataclasses import asdict
from importlib import import_module

from turntoward.prove.place import set_up
from turntoward.prove.result import Size

class Small(Size):
    def of(self, full, quick):
        return min(quick, {most})

set_up()
{plant}
result = import_module("turntoward.prove.{name}").prove(Small(quick=True), lambda done, of: None)
print(json.dumps(asdict(result)))
"""


def small(name: str, most: int, plant: str = "") -> Result:
    """What the proof says where nothing is tried more often than `most` times."""
    code = _RUN.format(name=name, most=most, plant=plant)
    with apart() as place:
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env=dict(place),
            capture_output=True,
            text=True,
            check=True,
        )
    result = msgspec.convert(json.loads(ran.stdout.splitlines()[-1]), Result)
    if result.left_out:
        pytest.skip(result.left_out)
    return result
