"""A start without any test tool: the plain install reads a chat and shows the demo's first page.

Run by check.py with the plain environment's Python: `python tests/plain_start.py FOLDER`.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def main() -> None:
    """Write the demo, read it, serve it."""
    folder, port = Path(sys.argv[1]), 8791
    turntoward = str(Path(sys.executable).with_name("turntoward"))
    subprocess.run([turntoward, "demo", "--out", str(folder / "demo")], check=True)
    export = next((folder / "demo").glob("*.txt"))
    read = [turntoward, "read", str(export), "--json", str(folder / "reading.json")]
    subprocess.run(read, check=True)
    serve = [turntoward, "serve", "--demo", "--no-browser", "--port", str(port)]
    with subprocess.Popen([*serve, "--data", str(folder / "served")]) as server:
        try:
            page = first_page(f"http://localhost:{port}/", server)
        finally:
            server.terminate()
    if "Look around as Ana" not in page:
        raise SystemExit("The first page does not offer to look around.")


def first_page(address: str, server: subprocess.Popen[bytes]) -> str:
    """The page, as soon as it is there."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("The companion did not start within a minute.")


if __name__ == "__main__":
    main()
