"""Seconds from `turntoward serve` to its first page: `python benchmarks/start.py`.

The first start makes the data folder and the tables, the later ones do not. A bare start of Python
that sets up Django on the same settings is timed in the same run, as the floor that no start goes
below on this machine.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

LATER = 5


def main() -> None:
    """Time the first start, later starts, and the floor."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "TURNTOWARD_DATA": folder,
            "TURNTOWARD_KEYS": str(Path(folder) / "keys"),
            "DJANGO_SETTINGS_MODULE": "turntoward.web.settings",
        }
        first = started(environment)
        later = statistics.median(started(environment) for _ in range(LATER))
        floor = statistics.median(bare(environment) for _ in range(LATER))
    print(f"first start      {first:.2f} s")
    print(f"later starts     {later:.2f} s (median of {LATER})")
    print(f"Django alone     {floor:.2f} s; a later start takes {later / floor:.1f} times that")


def started(environment: dict[str, str]) -> float:
    """From the command to the first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    code = "from turntoward.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--no-browser", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        while True:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.01)
                if server.poll() is not None:
                    raise SystemExit("The companion did not start.") from None
        took = time.perf_counter() - began
        server.terminate()
    return took


def bare(environment: dict[str, str]) -> float:
    """Python and Django, without anything of ours but the settings and models."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"], env=environment, check=True
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
