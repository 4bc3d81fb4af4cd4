"""What a proof says of itself, read from its file: it is not imported.

Most need Django set up on a place of their own, and so only their own process imports them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Saying:
    """The promise in a sentence, and what is counted, in the plural."""

    promise: str
    what: str


def said_by(name: str) -> Saying:
    """The `PROMISE` and the `WHAT` of the proof called `name`."""
    spec = find_spec(f"turntoward.prove.{name}")
    assert spec is not None
    assert spec.origin is not None
    lines = ast.parse(Path(spec.origin).read_text("utf-8")).body
    said = {
        ast.unparse(line.targets[0]): line.value for line in lines if isinstance(line, ast.Assign)
    }
    return Saying(ast.literal_eval(said["PROMISE"]), ast.literal_eval(said["WHAT"]))
