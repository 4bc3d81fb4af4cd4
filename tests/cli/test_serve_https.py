"""`turntoward serve --https`: what cannot be is said in one sentence, and nothing is started."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from turntoward.cli.serve import serve
from turntoward.web import run


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--https", "192.168.1.7"], "is an address"),
        (["--https", "localhost"], "browsers need no HTTPS"),
        (["--https", "my computer"], "is no host name"),
        (["--certificate", "FILE", "--key", "FILE"], "add --https NAME"),
        (["--https", "home.example", "--key", "FILE"], "give --certificate and --key"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    options: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.pem"
    file.write_text("nothing")
    monkeypatch.setattr(run, "free_port", lambda wanted: 8700)
    before = dict(os.environ)
    given = [str(file) if option == "FILE" else option for option in options]
    done = CliRunner().invoke(serve, [*given, "--data", str(tmp_path / "data")])
    assert done.exit_code == 2
    assert done.output.startswith("Error: ")
    assert says in done.output
    assert len(done.output.splitlines()) == 1
    assert dict(os.environ) == before
    assert not (tmp_path / "data").exists()
