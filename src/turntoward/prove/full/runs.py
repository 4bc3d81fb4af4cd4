"""Both write until there is no room, and again once there is: `python -m …full.runs FOLDER TIMES`.

A program of its own: the folder gets a small file system in memory, in a name space of mounts that
ends with the program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

#: Room of the whole disk, and the most that is left of it when the two begin to write.
_DISK, _LEFT_BYTES = "40m", 1_200_000
#: Forms after which a disk must be full.
_MOST_FORMS = 3_000
_CHAT_LINES = 3_000


@dataclass(slots=True)
class Ran:
    """What all runs came to."""

    acknowledged: int = 0
    refused: int = 0
    chats_refused: int = 0
    misses: list[str] = field(default_factory=list)


def main(place: Path, times: int) -> None:
    """Make the disk, put a data folder on it, and fill it `times` times. Tells by JSON lines."""
    disk = place / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", disk], check=True)
    os.environ["TURNTOWARD_DATA"] = str(disk / "data")
    from turntoward.prove.place import quick_passphrases, set_up

    set_up()
    quick_passphrases()
    ran = Ran()
    for n, misses in enumerate(_fill_again_and_again(disk, ran, times)):
        ran.misses += [f"disk {n + 1}: {miss}" for miss in misses]
        _line(done=n + 1)
    _line(
        acknowledged=ran.acknowledged,
        refused=ran.refused,
        chats_refused=ran.chats_refused,
        misses=ran.misses,
    )


def _line(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _fill_again_and_again(disk: Path, ran: Ran, times: int) -> Iterator[list[str]]:
    from django.db import connection
    from django.utils import timezone

    from turntoward.prove.killing.couple import the_two
    from turntoward.prove.killing.expected import Expected
    from turntoward.prove.killing.writers import begin_anew

    two = the_two(timezone.now() - timedelta(hours=1))
    for someone in two:
        someone.client.raise_request_exception = False
    for n in range(times):
        rng = Random(f"disk {n}")
        begin_anew(two, timezone.now())
        with connection.cursor() as cursor:  # else what was taken away leaves room in the file
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for someone in two:
            someone.enter()
        expected = Expected()
        yield [*_until_full(disk, two, rng, expected, ran), *_with_room_again(two, expected)]
        ran.acknowledged += expected.acknowledged


def _until_full(disk: Path, two: Any, rng: Random, expected: Any, ran: Ran) -> Iterator[str]:
    """Fill the disk but for a little, and let both write until one is refused; then look."""
    from turntoward.prove.killing.couple import Refused
    from turntoward.prove.killing.writing import Writing

    told: list[dict[str, Any]] = []
    writing = [Writing(one, Random(rng.getrandbits(64)), told.append) for one in two]
    filler = disk / "filler"
    _fill(filler, rng.randrange(_LEFT_BYTES))
    refused = None
    for _ in range(_MOST_FORMS):
        try:
            rng.choice(writing).one()
        except Refused as answer:
            refused = answer
            break
    if refused is None:
        yield "the disk was never full"
    else:
        wrong = [*_said_so(refused.status, refused.page)]
        ran.refused += not wrong
        yield from wrong
    # Several times larger than what is left, whatever that is.
    chat = b"01/01/2024, 08:00 - Ana: good morning my love\n" * _CHAT_LINES * 8
    yield from _brings_in(two[0], chat, ran)
    expected.hear(told)
    yield from expected.misses()
    filler.unlink()


def _brings_in(someone: Any, chat: bytes, ran: Ran) -> Iterator[str]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = someone.client.post("/bring-in/", {"chat": SimpleUploadedFile("chat.txt", chat)})
    wrong = [*_said_so(answer.status_code, answer.content.decode())]
    ran.chats_refused += not wrong
    yield from wrong


def _said_so(status: int, page: str) -> Iterator[str]:
    if status != 507 or "There is no room left on this machine." not in page:
        yield f"it answered {status} and not that there is no room"


def _with_room_again(two: Any, expected: Any) -> Iterator[str]:
    """Once there is room, everything is whole and both can go on."""
    from turntoward.prove.killing.couple import Refused
    from turntoward.prove.killing.expected import faults
    from turntoward.prove.killing.writing import Writing

    yield from faults()
    yield from expected.misses()
    for someone in two:
        try:
            Writing(someone, Random(0), lambda said: None).one()
        except Refused as answer:
            yield f"with room again it answered {answer.status}"


def _fill(filler: Path, leaving: int) -> None:
    free = os.statvfs(filler.parent)
    with filler.open("wb") as file:
        rest = max(0, free.f_bavail * free.f_frsize - leaving)
        while rest > 0:
            rest -= file.write(bytes(min(rest, 1 << 20)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
