"""Proofs of what is promised, run on the installed version: `turntoward prove`.

Each proof is one file here, with `PROMISE` (a sentence), `WHAT` (what is counted, in the plural)
and `prove(size, say) -> Result`, and one line in `PROOFS`. Each runs in a process and a folder of
its own (`child`), so that nothing of it can touch real data.
"""

from __future__ import annotations

#: The modules of this package that prove something, in the order of the table.
PROOFS: tuple[str, ...] = (
    "matrix",
    "planted",
    "power_cuts",
    "kills",
    "disk_full",
    "postgres",
    "markers",
    "tampering",
    "replays",
    "overlaps",
    "days",
    "restore",
    "upgrades",
)
