"""How lines and exchanges are put to the teacher, and so how its soft labels are found again."""

from __future__ import annotations

from collections.abc import Sequence

from training.lines import Line, Pair


def as_seen(line: Line) -> tuple[str, str]:
    """A line as the teacher reads it: what came before, then the line itself."""
    return turns(line.before), line.text


def turns(before: Sequence[tuple[bool, str]]) -> str:
    """Messages before a line, told apart by whose they are."""
    return " ".join(f"{'I' if own else 'you'}: {text} |" for own, text in before)


def pair_as_seen(pair: Pair) -> tuple[str, str]:
    """A bid in its place, then its answer."""
    return f"{turns(pair.before[-1:])} bid: {pair.bid}", f"answer: {pair.answer}"
