"""The access matrix is worth something: leaks that are put in on purpose are all found."""

from __future__ import annotations

from turntoward.prove.result import Result, Say, Size

PROMISE = "Mistakes that would let somebody see what is not theirs are found by the matrix."
WHAT = "planted leaks"


def prove(size: Size, say: Say) -> Result:
    """Every planted leak, one at a time."""
    from django.utils import timezone

    from turntoward.prove.matrix.planted import prove_planted
    from turntoward.prove.matrix.proof import NEEDS, can_read_pdfs
    from turntoward.prove.people import make
    from turntoward.prove.place import quick_passphrases

    if not can_read_pdfs():
        return Result(tried=0, left_out=NEEDS)
    quick_passphrases()
    return prove_planted(make(timezone.now()), size, say)
