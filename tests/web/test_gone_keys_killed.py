"""A process is killed after somebody has gone for sure, and before their keys were destroyed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

_ERASES = """
import os
from turntoward.web.run import prepare
prepare(data=None, demo=False, port=1)
from django.utils import timezone
from turntoward.web import keyring
from turntoward.web.couples.actions import begin
from turntoward.web.yours.actions import erase
who = dict(name="Ana", handle="ana", passphrase="quiet green evening lamp")
ana = begin(**who, other_name="Ben", living="apart", zone="UTC", now=timezone.now())
keyring.destroy_key = lambda name: os._exit(9)
erase(ana, timezone.now())
"""


def test_the_worker_destroys_what_was_left(tmp_path: Path) -> None:
    folders = {"TURNTOWARD_DATA": str(tmp_path / "data"), "TURNTOWARD_KEYS": str(tmp_path / "keys")}
    env = os.environ | folders
    killed = subprocess.run([sys.executable, "-c", _ERASES], env=env, check=False, timeout=120)
    assert killed.returncode == 9
    (ring,) = (tmp_path / "keys").glob("*.ring")
    sorts = sorted(path.name.partition("-")[0] for path in ring.iterdir())
    assert sorts == ["couple", "partner"]
    # As if it had been killed one step earlier: backups of before are to be replaced all the same.
    (tmp_path / "data" / "erased.txt").unlink()
    command = [sys.executable, "-m", "turntoward.web.worker"]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE) as worker:
        waits = time.monotonic() + 60
        while any(ring.iterdir()) and time.monotonic() < waits:
            time.sleep(0.1)
        worker.kill()
    assert list(ring.iterdir()) == []
    assert (tmp_path / "data" / "erased.txt").exists()
