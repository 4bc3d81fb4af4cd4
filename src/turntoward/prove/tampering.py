"""Sealed things that were changed: none of them opens.

Of everything that is stored sealed (`sealed_forms`), a bit is turned, the end or the beginning is
cut off, a byte is put on, or another thing is put in its place: of another row, field, person or
couple. That it still opens when nothing was changed is tried before and after, so that a proof in
which nothing ever opens fails. Not tried is what no lock can see: an older version of the same
thing, put back in its own place.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from turntoward.prove.people import make
from turntoward.prove.place import quick_passphrases
from turntoward.prove.result import Result, Say, Size
from turntoward.prove.sealed_forms import REFUSALS, Stored, all_stored

PROMISE = "What is sealed and was changed, cut or moved elsewhere does not open."
WHAT = "sealed things, tampered with"

_SEED = 20261127
_MOST_TOLD = 20
_WAYS = ("a bit was turned", "its end is cut off", "its beginning is cut off", "a byte was put on")
_MOVED = "it stands in another's place"


def prove(size: Size, say: Say) -> Result:
    """Tamper; see the module."""
    quick_passphrases()
    with TemporaryDirectory() as folder:
        stored = all_stored(make(datetime.now(UTC)), Path(folder))
        return tampered(stored, size.of(full=10_000, quick=2_000), say)


def tampered(stored: Sequence[Stored], times: int, say: Say) -> Result:
    """Change things so often, each form of them about as often as any other."""
    dice = random.Random(_SEED)
    by_form: dict[str, list[Stored]] = defaultdict(list)
    for one in stored:
        by_form[one.form].append(one)
    forms = sorted(by_form)
    failed = [f"{one.form}: it does not open as it is" for one in stored if not _opens(one)]
    tried = 0
    for n in range(times):
        one = dice.choice(by_form[forms[n % len(forms)]])
        how, changed = _changed(dice, one, stored)
        tried += 1
        said = _refusal(one, changed)
        if said:
            failed.append(f"{one.form}: {how}, and {said}")
        if len(failed) > _MOST_TOLD:
            break
        say(n + 1, times)
    failed += [f"{one.form}: it does not open any more" for one in stored if not _opens(one)]
    shown = (f"{len(stored)} sealed things of {len(forms)} forms, which open as they are",)
    return Result(tried=tried, failed=tuple(failed), shown=shown)


def _opens(one: Stored) -> bool:
    try:
        one.open(one.value)
    except REFUSALS:
        return False
    return True


def _changed(dice: random.Random, one: Stored, stored: Sequence[Stored]) -> tuple[str, bytes]:
    """How it is tampered with, and what it is then."""
    value = one.value
    if dice.random() < 0.35:
        others = [other for other in stored if other.place != one.place]
        # Mostly of the same form: what is of another is refused more easily.
        alike = [other for other in others if other.form == one.form] or others
        return _MOVED, dice.choice(alike if dice.random() < 0.6 else others).value
    how = dice.choice(_WAYS)
    if how == _WAYS[0]:
        turned = bytearray(value)
        turned[dice.randrange(len(value))] ^= 1 << dice.randrange(8)
        return how, bytes(turned)
    # As often by a little as by much.
    short = dice.randrange(1, 1 + (len(value) if dice.random() < 0.5 else min(32, len(value))))
    if how == _WAYS[1]:
        return how, value[:-short]
    if how == _WAYS[2]:
        return how, value[short:]
    return how, value + bytes([dice.randrange(256)])


def _refusal(one: Stored, changed: bytes) -> str:
    """Empty where it is refused as it is to be, else what happened."""
    try:
        one.open(changed)
    except REFUSALS:
        return ""
    except Exception as error:  # whatever it is, the page would break
        return f"it ends with {type(error).__name__}"
    return "it opens"
