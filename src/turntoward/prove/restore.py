"""A backup that is taken while two write comes back on another machine as it was, and whole.

Ana and Ben write pairs of rows, each pair in one transaction, while a backup is taken. It is
restored with the key file into another folder with other keys, by the command and in a process of
its own, and there every table has the rows that the backup says, every pair is whole, and what was
acknowledged before it began is there. Then a bit of it is changed, or it is cut off: all of those
are refused. At last Ana erases everything, and is not in what an older backup brings back.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from turntoward.prove.result import Result, Say, Size
from turntoward.web.backups.keyfile import Keys, keys_here, write_keys
from turntoward.web.backups.packed import Account
from turntoward.web.backups.sealed import Damaged
from turntoward.web.couples.models import Partner
from turntoward.web.keys import derive
from turntoward.web.sqlcipher.file import connect
from turntoward.web.sqlcipher.rows import Rows, rows_of

PROMISE = "A backup comes back elsewhere with every row, and without who has erased since."
WHAT = "restores"

#: Lines of a chat of 100,000 messages, and how many bytes it has.
_LINE, _MESSAGES = "01/02/2024, 18:10 - Ana: look at this sky, it is like that evening\n", 100_000
_LONGEST_S = 300.0
#: Seconds within which as many messages are to be backed up and restored.
_MOST_S = 60.0
#: What does not come back as it was, because everybody enters anew: no session, and every device
#: without one.
_SESSIONS, _DEVICES = "django_session", "yours_device"
#: Between two pairs of one writer.
_PAUSE_S = 0.005


@dataclass(slots=True)
class Written:
    """How many pairs each of the two has been told of as kept, and how their names begin."""

    when: str
    of: dict[str, int]


def prove(size: Size, say: Say) -> Result:
    """As many rounds as asked; then the damaged ones, and the one without Ana."""
    from turntoward.prove.people import make
    from turntoward.prove.place import quick_passphrases

    rounds, damaged = size.of(full=25, quick=3), size.of(full=2_000, quick=200)
    quick_passphrases()
    people = make(datetime.now(UTC))
    ana, ben = people["ana"].partner, people["ben"].partner
    _bring_a_long_chat(ana)
    failed: list[str] = []
    took: list[float] = []
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for n in range(rounds):
            began = time.monotonic()
            failed += _round(place, n, ana, ben)
            took.append(time.monotonic() - began)
            failed += too_slow(n, took[-1])
            say(n + 1, rounds + 2)
        last = place / f"backup-{rounds - 1}"
        refused = _refused(last, damaged)
        if refused < damaged:
            failed.append(f"{damaged - refused} of {damaged} damaged backups were taken for whole")
        say(rounds + 1, rounds + 2)
        failed += _without_ana(last, place / "without", ana, ben)
        say(rounds + 2, rounds + 2)
    shown = (
        f"{refused:,} of {damaged:,} damaged backups refused",
        f"{_MESSAGES:,} messages backed up and restored in {max(took):.0f} s",
    )
    return Result(tried=rounds + 1, failed=tuple(failed), shown=shown)


def too_slow(n: int, seconds: float) -> Iterator[str]:
    """Whether a round took longer than it may."""
    if seconds > _MOST_S:
        yield f"round {n + 1}: {_MESSAGES:,} messages took more than {_MOST_S:.0f} s"


def _bring_a_long_chat(ana: Partner) -> None:
    from turntoward.web.readings.actions import bring_in
    from turntoward.web.readings.upload import sealed_from_bytes

    chat = (_LINE * _MESSAGES).encode()
    bring_in(ana, sealed_from_bytes(chat, ".txt"), datetime.now(UTC))


def _round(place: Path, n: int, ana: Partner, ben: Partner) -> Iterator[str]:
    from turntoward.web.backups.taking import take

    backup, key_file, data = place / f"backup-{n}", place / f"keys-{n}", place / f"data-{n}"
    with both_write(ana, ben, f"in round {n}") as written:
        waits_until = time.monotonic() + _LONGEST_S
        while not all(written.of.values()) and time.monotonic() < waits_until:
            time.sleep(0.05)
        before = Written(written.when, dict(written.of))
        account = take(backup, datetime.now(UTC))
    keys = _keys()
    code = write_keys(key_file, keys)
    said = restored(backup, data, place / f"key-folder-{n}", key_file, code)
    if said:
        yield f"it was not restored: {said}"
        return
    key = derive(bytes.fromhex(keys.application), "database")
    yield from compared(data / "turntoward.sqlite3", key, account, before)
    brought = {
        path.stem: path.read_text().strip()
        for path in (place / f"key-folder-{n}").glob(f"{keys.folder}.ring/*.key")
    }
    lost = len(keys.ring.items() - brought.items())
    if lost:
        yield f"{lost} of {len(keys.ring)} keys did not come along"
    if not all(before.of.values()):
        yield "nothing was acknowledged before it began, so it proves nothing"


@contextmanager
def both_write(ana: Partner, ben: Partner, when: str) -> Iterator[Written]:
    """The two write pairs while the block runs, each over a connection of their own."""
    ending, wrong = threading.Event(), list[BaseException]()
    written = Written(when, {ana.handle: 0, ben.handle: 0})

    def write(partner: Partner) -> None:
        from django.db import connection

        try:
            # Two people, who pause between: SQLite does not queue those who wait for it, so one
            # who never pauses would keep the other out.
            while not ending.wait(_PAUSE_S):
                pair(partner, f"{partner.handle} {when}: {written.of[partner.handle]}")
                written.of[partner.handle] += 1
        except Exception as error:  # said by the thread that waits for this one
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[partner]) for partner in (ana, ben)]
    for thread in threads:
        thread.start()
    try:
        yield written
    finally:
        ending.set()
        for thread in threads:
            thread.join()
    if wrong:
        raise wrong[0]


def pair(partner: Partner, name: str) -> None:
    """Two rows in one transaction."""
    from django.db import transaction

    from turntoward.web.couples.models import Season

    with transaction.atomic():
        for _ in range(2):
            Season.objects.create(couple=partner.couple, name=name, start=date(2026, 1, 1))


def _keys() -> Keys:
    from turntoward.web.keyring import ring_folder

    keys = keys_here(ring_folder().stem)
    assert keys is not None
    return keys


def restored(backup: Path, data: Path, keys: Path, key_file: Path, code: str) -> str:
    """Restore with the command, elsewhere; says what it said where it could not, else nothing."""
    command = [sys.executable, "-c", "from turntoward.cli import main; main()", "restore"]
    command += [str(backup), "--data", str(data), "--keys", str(key_file)]
    others = {name: said for name, said in os.environ.items() if not name.startswith("TURNTOWARD_")}
    ran = subprocess.run(
        command,
        input=f"{code}\n",
        env=others | {"TURNTOWARD_KEYS": str(keys)},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    return "" if ran.returncode == 0 else (ran.stderr.splitlines() or ["nothing"])[-1]


def compared(database: Path, key: bytes, account: Account, before: Written) -> Iterator[str]:
    """What a restored database lacks of what its backup was taken of."""
    with closing(connect(database, key)) as reading:
        there: dict[str, Rows] = rows_of(reading)
        pairs = reading.execute(
            "SELECT name, count(*) FROM couples_season WHERE name LIKE '% in round %' GROUP BY name"
        ).fetchall()
    sessions = there.get(_SESSIONS)
    if sessions is not None and sessions.count:
        yield "browsers that were signed in then are signed in again"
    for table in sorted((account.rows.keys() | there.keys()) - {_SESSIONS}):
        was, now = account.rows.get(table), there.get(table)
        if table == _DEVICES and was and now and was.count == now.count:
            continue
        if was != now:
            yield f"the rows of {table} are not the same"
    half = sum(count != 2 for _, count in pairs)
    if half:
        yield f"{half} pairs of rows are half there"
    names = {name for name, _ in pairs}
    kept = {f"{who} {before.when}: {n}" for who, many in before.of.items() for n in range(many)}
    lost = len(kept - names)
    if lost:
        yield f"{lost} acknowledged writes are missing"


def _refused(backup: Path, times: int) -> int:
    """How many copies with one other bit, or cut off somewhere, are refused."""
    from django.conf import settings

    from turntoward.web.backups.packed import unpack

    chance, whole = random.Random(8), backup.read_bytes()
    broken, refused = backup.with_name("broken"), 0
    for n in range(times):
        at = chance.randrange(len(whole))
        with broken.open("wb") as file:
            file.write(whole[:at])
            if n % 2:
                file.write(bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        try:
            with broken.open("rb") as file:
                unpack(file, settings.APPLICATION_KEY, None, lambda _: None)
        except Damaged:
            refused += 1
    return refused


def _without_ana(backup: Path, data: Path, ana: Partner, ben: Partner) -> Iterator[str]:
    """Ana erases; restored on this machine, the backup brings back Ben and not her."""
    from turntoward.web.yours.actions import erase

    erase(ana, datetime.now(UTC))
    keys = _keys()
    command = [sys.executable, "-c", "from turntoward.cli import main; main()", "restore"]
    ran = subprocess.run(
        [*command, str(backup), "--data", str(data)],
        env={**os.environ, "TURNTOWARD_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if ran.returncode:
        yield f"without Ana it was not restored: {(ran.stderr.splitlines() or ['nothing'])[-1]}"
        return
    if "Left out: 1 " not in ran.stdout:
        yield "it does not say that somebody was left out"
    key = derive(bytes.fromhex(keys.application), "database")
    with closing(connect(data / "turntoward.sqlite3", key)) as reading:
        there = {pk for (pk,) in reading.execute("SELECT id FROM couples_partner")}
    if ana.pk.hex in there:
        yield "Ana, who had erased everything, is back"
    if ben.pk.hex not in there:
        yield "Ben, who had not, is missing"
    if not keys.ring.items() <= _keys().ring.items():
        yield "restoring took keys from this machine"
