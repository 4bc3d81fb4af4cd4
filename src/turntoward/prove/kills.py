"""Kills: programs are ended in the middle of everything, and nothing acknowledged is missing.

The real pages on the real, encrypted file: both partners write in programs of their own; a server
with two browsers is killed in the middle of check-ins; a worker while it reads a chat; a start
while it brings an older database up to date.
"""

from __future__ import annotations

import os
from datetime import timedelta

from django.utils import timezone

from turntoward.prove.place import quick_passphrases
from turntoward.prove.result import Result, Say, Size

PROMISE = (
    "What was acknowledged survives `kill -9` in the middle of anything, and nothing is halved."
)
WHAT = "kills"


def prove(size: Size, say: Say) -> Result:
    """Kill writers, servers, workers and starts."""
    if not hasattr(os, "fork"):
        return Result(tried=0, left_out="It forks programs, which this system cannot do.")
    from turntoward.prove.killing.couple import the_two
    from turntoward.prove.killing.imports import kill_workers
    from turntoward.prove.killing.migrations import kill_starts
    from turntoward.prove.killing.served import kill_servers
    from turntoward.prove.killing.writers import kill_writers

    quick_passphrases()
    writers, servers = size.of(full=820, quick=28), size.of(full=100, quick=6)
    workers, starts = size.of(full=30, quick=2), size.of(full=50, quick=4)
    every = writers + servers + workers + starts
    two = the_two(timezone.now() - timedelta(hours=1))
    acknowledged, misses = kill_writers(two, writers, lambda n: say(n, every))
    served, lost = kill_servers(two, servers, lambda n: say(writers + n, every))
    misses += lost
    midway, lost = kill_workers(two, workers, lambda n: say(writers + servers + n, every))
    misses += lost
    misses += kill_starts(starts, lambda n: say(writers + servers + workers + n, every))
    if not acknowledged or not served:
        misses.append("nothing was acknowledged, so these kills prove nothing")
    if not midway:
        misses.append("no worker was killed while it read a chat, so these kills prove nothing")
    return Result(
        tried=writers + servers + midway + starts,
        failed=tuple(misses),
        shown=(
            f"{acknowledged:,} forms acknowledged while both wrote ({writers:,} kills)",
            f"{served:,} more over HTTP ({servers:,} kills of the server)",
            f"{midway:,} kills of a worker that reads a chat, {starts:,} of a start that migrates",
        ),
    )
