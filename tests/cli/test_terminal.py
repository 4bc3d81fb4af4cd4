"""Chat text cannot take over the terminal, and files are written whole."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from turntoward.cli.terminal import check_place, plain, write


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("look \x1b[2Jat\x07 this", "look  [2Jat  this"),
        ("\u202etxt.exe\u2069", "txt.exe"),
        ("two\nlines", "two\nlines"),
        ("👩\u200d❤️\u200d👨 é", "👩\u200d❤️\u200d👨 é"),
        ("\ud800half", "half"),
    ],
)
def test_control_codes_become_harmless(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    write(out, b"whole")
    assert out.read_bytes() == b"whole"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["page.html"]


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "page.html"
    out.write_bytes(b"before")

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write(out, b"after")
    monkeypatch.undo()
    assert out.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["page.html"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, b"through")
    assert os.read(listening, 100) == b"through"
    os.close(listening)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_place_is_checked_before_the_work(tmp_path: Path) -> None:
    check_place(tmp_path / "new.html")
    with pytest.raises(IsADirectoryError):
        check_place(tmp_path)
    with pytest.raises(FileNotFoundError):
        check_place(tmp_path / "gone" / "new.html")
