"""One proof, in a process of its own: `python -m turntoward.prove.child NAME [--quick]`.

It writes a line of JSON on standard output for every step, and at the end one with the result. What
goes wrong inside is a miss of the proof, by its kind and place; never with a word of a message.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from turntoward.prove.place import set_up
from turntoward.prove.result import Result, Size

#: Seconds between two words on how far it is.
_EVERY_S = 0.5


class Telling:
    """Says how far a proof is, and not too often."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, done: int, of: int) -> None:
        """`done` of `of` are tried."""
        now = time.monotonic()
        if now - self._said_at >= _EVERY_S:
            self._said_at = now
            _line(done=done, of=of)


def _line(**said: object) -> None:
    sys.__stdout__.write(json.dumps(said) + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"the proof itself ended with {type(error).__name__}{place}"


def main(name: str, *, quick: bool) -> None:
    """Run the proof called `name` in the place that the environment names."""
    # What the pages or a library print is no part of the answer.
    sys.stdout = sys.stderr
    try:
        set_up()
        proof = import_module(f"turntoward.prove.{name}")
        result: Result = proof.prove(Size(quick=quick), Telling())
    except Exception as error:
        result = Result(tried=0, failed=(_where(error),))
    _line(result=asdict(result))


if __name__ == "__main__":
    main(sys.argv[1], quick="--quick" in sys.argv[2:])
