"""Asking for help and importing the package load nothing heavy."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = ("polars", "numpy", "scipy", "django", "msgspec", "rich", "re2", "argon2", "uvicorn")

LOADED = "import sys; print(sorted(set(sys.modules) & {*%r}))"


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import turntoward; turntoward.__version__; dir(turntoward)",
        "import turntoward.cli",
        "from turntoward.cli import main; main(['--help'], standalone_mode=False)",
        "from turntoward.cli import main; main(['read', '--help'], standalone_mode=False)",
        "from turntoward.cli import main; main(['messages', '--help'], standalone_mode=False)",
        "from turntoward.cli import main; main(['demo', '--help'], standalone_mode=False)",
        "from turntoward.cli.reference import reference; reference()",
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert run(f"{code}\n{LOADED % (HEAVY,)}").splitlines()[-1] == "[]"


def test_the_table_of_a_whatsapp_chat_is_written_without_what_a_reading_needs(
    tmp_path: Path,
) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("13/06/2024, 21:25 - Ana: hi\n14/06/2024, 08:00 - Ben: hello\n", "utf-8")
    arguments = ["messages", str(chat), "--out", str(tmp_path / "m.parquet")]
    code = f"from turntoward.cli import main; main({arguments!r}, standalone_mode=False)"
    assert run(f"{code}\n{LOADED % (HEAVY,)}").splitlines()[-1] == "['msgspec', 'polars', 're2']"


def test_help_answers_at_once() -> None:
    """Under 0.3 s more than Python itself, the best of three on a busy machine."""
    bare, whole = (min(seconds(code) for _ in range(3)) for code in ("", "turntoward.cli"))
    assert whole - bare < 0.3


def seconds(module: str) -> float:
    code = f"from {module} import main; main(['--help'], standalone_mode=False)" if module else ""
    start = time.perf_counter()
    run(code)
    return time.perf_counter() - start


def test_public_names_load_when_they_are_asked_for() -> None:
    code = """
import turntoward
assert turntoward.TurntowardError.__module__ == "turntoward.errors"
assert turntoward.read_messages.__name__ == "read_messages"
assert turntoward.Reading.__name__ == "Reading"
assert callable(turntoward.read)
assert set(turntoward.__all__) <= set(dir(turntoward))
try:
    turntoward.nothing
except AttributeError as error:
    print(error)
"""
    assert run(code) == "module 'turntoward' has no attribute 'nothing'\n"
