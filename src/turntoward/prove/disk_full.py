"""A full disk: what was acknowledged is stored, and what is refused is refused with one sentence.

The data folder lies on a real small file system in memory, which gets full while both write and
while a chat is brought in. That takes a right to mount: root's, or a name space of one's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from turntoward.prove.heard import heard
from turntoward.prove.result import Result, Say, Size

PROMISE = "A full disk loses nothing that was acknowledged, and is named in one plain sentence."
WHAT = "full disks"


def prove(size: Size, say: Say) -> Result:
    """Fill a disk again and again while both write."""
    apart = _apart()
    if not apart:
        return Result(tried=0, left_out="It needs Linux, and the right to mount a file system.")
    times = size.of(full=100, quick=8)
    with TemporaryDirectory() as folder:
        command = [*apart, sys.executable, "-m", "turntoward.prove.full.runs", folder, str(times)]
        said = heard(command, say, times)
    if "misses" not in said:
        return Result(tried=0, failed=("the runs ended before they were done",))
    stored = "" if said["misses"] else ", all of them stored"
    return Result(
        tried=times,
        failed=tuple(said["misses"]),
        shown=(
            f"{said['acknowledged']} forms acknowledged before{stored}",
            f"{said['refused']} forms and {said['chats_refused']} chats refused",
        ),
    )


def _apart() -> list[str]:
    """What starts a program with mounts of its own; nothing where that is not allowed here."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return []
    apart = ["unshare", "--mount"]
    if os.geteuid() != 0:
        apart = ["unshare", "--user", "--map-root-user", "--mount"]
    with TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "tmpfs", str(Path(folder))]
        tried = subprocess.run([*apart, *mount], capture_output=True, check=False)
    return apart if tried.returncode == 0 else []
