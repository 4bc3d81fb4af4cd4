"""The one test command: install what it needs into its own environment, then run every check.

python3 check.py            everything: style, layers, types, exports, tests, proofs, a plain start
python3 check.py --quick    without the browsers, the proofs and the plain start
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parent
ENVIRONMENT = ROOT / ".venv-check"
PLAIN = ROOT / ".venv-plain"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


#: How `turntoward prove` ends where nothing failed, and not all could be tried on this machine.
NOT_ALL_TRIED = 3


def run(what: str, *command: str, env: dict[str, str] | None = None, takes: int = 0) -> int:
    """Run one step; stop at the first that is not well. The exit code `takes` is well, too."""
    print(f"\n== {what}", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | (env or {}), check=False)
    if done.returncode not in (0, takes):
        print(f"== {what}: not well (exit {done.returncode})", flush=True)
        raise SystemExit(done.returncode)
    print(f"== {what}: well, {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode


def made(folder: Path) -> Path:
    """The programs of a virtual environment, made if it is missing."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not programs.exists():
        venv.create(folder, with_pip=True)
    return programs


def browser(programs: Path) -> str:
    """A Chromium to drive: the system's, else Debian's, else Playwright's own download."""
    named = os.environ.get("TURNTOWARD_CHROMIUM")
    found = next(filter(None, [named, *map(shutil.which, BROWSERS)]), None)
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        run("Update the list of packages", "apt-get", "update", "-qq")
        run("Install Chromium", "apt-get", "install", "-y", "-qq", "chromium")
        found = shutil.which("chromium")
    if found is None:
        run("Download Chromium", str(programs / "playwright"), "install", "chromium")
    return found or ""


def main() -> None:
    """Run all checks in order, quickest first."""
    if sys.version_info < (3, 11):  # noqa: UP036 # said kindly before anything is installed
        raise SystemExit("Turntoward needs Python 3.11 or newer.")
    quick = "--quick" in sys.argv[1:]
    programs = made(ENVIRONMENT)
    pip = (str(programs / "pip"), "install", "-q", "--disable-pip-version-check")
    run("Install with the test tools", *pip, "-e", ".[test]")
    with tempfile.TemporaryDirectory(prefix="turntoward-check-") as folder:
        env = {"TURNTOWARD_DATA": f"{folder}/data", "TURNTOWARD_KEYS": f"{folder}/keys"}
        run("Style", str(programs / "ruff"), "check", ".")
        run("Format", str(programs / "ruff"), "format", "--check", ".")
        run("Layers", str(programs / "lint-imports"), "--no-cache")
        run("Types", str(programs / "mypy"), env=env)
        damaged = (str(programs / "python"), "benchmarks/fuzz.py", "--files")
        # A file of tests stays on one worker: what it sets up once is set up once. The browsers
        # have the machine to themselves.
        beside = ("-n", "auto", "--dist", "loadfile", "-m", "not browser")
        if quick:
            run("Damaged exports", *damaged, "2000", env=env)
            run("Tests", str(programs / "pytest"), *beside, env=env)
            return
        run("Damaged exports", *damaged, "50000", env=env)
        env["TURNTOWARD_CHROMIUM"] = browser(programs)
        run("Tests", str(programs / "pytest"), *beside, env=env)
        run("Tests with browsers", str(programs / "pytest"), "-m", "browser", env=env)
        prove = (str(programs / "turntoward"), "prove", "--quick")
        tried = run("Proofs", *prove, takes=NOT_ALL_TRIED)
        plain = made(PLAIN)
        run(
            "Install plainly",
            str(plain / "pip"),
            "install",
            "-q",
            "--disable-pip-version-check",
            ".",
        )
        run("A plain start", str(plain / "python"), "tests/plain_start.py", folder, env=env)
    print("\nAll is well.")
    if tried:
        print("Some proofs could not be tried on this machine; above it says which.")


if __name__ == "__main__":
    main()
