"""The access matrix: every address, asked by everybody, in every way, for everything."""

from __future__ import annotations

from turntoward.prove.result import Result, Say, Size

PROMISE = "Nobody reaches, sees or changes what is not theirs, whatever address they ask, and how."
WHAT = "cells"


def prove(size: Size, say: Say) -> Result:
    """Ask every cell where a practice hosts, and half of them at home; quick asks a fixed slice."""
    from turntoward.prove.matrix.proof import NEEDS, can_read_pdfs, prove_all

    return prove_all(size, say) if can_read_pdfs() else Result(tried=0, left_out=NEEDS)
