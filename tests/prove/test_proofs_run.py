"""Proofs run apart from everything real, and whatever becomes of one is told in the table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import turntoward.prove
from turntoward.cli import main
from turntoward.prove import PROOFS, child, running, table
from turntoward.prove.place import apart
from turntoward.prove.result import Result, Size
from turntoward.prove.running import Ran, run_one
from turntoward.prove.saying import Saying, said_by


def ran(name: str, **found: object) -> Ran:
    return Ran(name, Result(**found), 61.0)  # type: ignore[arg-type]


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs that exist for the table alone."""
    said = Saying(promise="Cups stay whole.", what="cups")
    monkeypatch.setattr(table, "said_by", lambda _: said)


@pytest.mark.parametrize("name", PROOFS)
def test_every_proof_says_what_it_promises_and_counts(name: str) -> None:
    proof = __import__(f"turntoward.prove.{name}", fromlist=["PROMISE"])
    assert proof.PROMISE.endswith(".")
    assert "\n" not in proof.PROMISE
    assert "|" not in proof.PROMISE
    assert proof.WHAT.strip()
    assert callable(proof.prove)
    assert said_by(name) == Saying(promise=proof.PROMISE, what=proof.WHAT)


def test_the_command_says_what_it_tries_where_nothing_is_set_up() -> None:
    """As from a shell: no settings are named, and no proof can be imported."""
    command = [sys.executable, "-c", "from turntoward.cli import main; main()", "prove", "--list"]
    with apart() as place:
        kept = {name: said for name, said in place.items() if name != "DJANGO_SETTINGS_MODULE"}
        ran = subprocess.run(command, env=kept, capture_output=True, text=True, check=True)
        assert not Path(place["TURNTOWARD_KEYS"]).exists()
    assert [line.partition(":")[0] for line in ran.stdout.splitlines()] == list(PROOFS)


def test_a_quick_run_tries_less() -> None:
    assert Size(quick=True).of(full=10_000, quick=500) == 500
    assert Size(quick=False).of(full=10_000, quick=500) == 10_000


def test_a_place_takes_over_nothing_of_the_users_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURNTOWARD_DATABASE", "postgres://somewhere/real")
    monkeypatch.setenv("TURNTOWARD_DATA", "/real")
    with apart() as place:
        assert "TURNTOWARD_DATABASE" not in place
        assert place["TURNTOWARD_DATA"] != "/real"
        folder = Path(place["TMPDIR"])
        assert folder.is_dir()
    assert not folder.parent.exists()


@pytest.mark.usefixtures("invented")
def test_a_miss_and_what_could_not_be_tried_are_no_promise_held() -> None:
    held = ran("cups", tried=1200, shown=("the control lost 3",))
    missed = ran("plates", tried=10, failed=("plate 4 broke", "plate 7 broke"))
    unknown = ran("jugs", tried=0, left_out="there is no jug here")
    nothing, half = ran("spoons", tried=0), ran("pots", tried=3, left_out="the rest is away")
    said = [one.is_well for one in (held, missed, unknown, nothing, half)]
    assert said == [True, False, False, False, False]
    assert table.misses([half]) == []
    assert table.untried([half, unknown]) == [
        "pots: the rest is away",
        "jugs: there is no jug here",
    ]
    assert table.summary([held]) == "All 1 promises held."
    summary = "1 of 3 promises held, 1 could not be tried here."
    assert table.summary([held, missed, unknown]) == summary
    assert table.misses([held, missed, unknown, nothing]) == [
        "plates: plate 4 broke",
        "plates: plate 7 broke",
        "spoons: nothing was tried",
    ]
    page = table.as_markdown([held, missed, unknown], "turntoward prove", date(2026, 11, 27))
    assert "| Cups stay whole. | 1,200 cups | 0 | the control lost 3 | 61 |" in page
    assert "| Cups stay whole. | 10 cups | 2 |  | 61 |" in page
    assert "| Cups stay whole. | not run here | cannot tell | there is no jug here | 61 |" in page
    assert "2026-11-27" in page
    assert "`turntoward prove`" in page


def test_a_proof_that_breaks_down_is_a_miss_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(size: Size, say: object) -> Result:
        raise ValueError("a word of somebody's message")

    monkeypatch.setattr(child, "set_up", lambda: None)
    monkeypatch.setattr(child, "import_module", lambda _: SimpleNamespace(prove=broken))
    child.main("cups", quick=True)
    said = capfd.readouterr().out
    assert "somebody" not in said
    result = json.loads(said.splitlines()[-1])["result"]
    assert result["tried"] == 0
    assert result["failed"][0].startswith("the proof itself ended with ValueError in test_proofs")


def test_a_process_that_ends_without_a_word_is_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.sys, "executable", "/bin/true")
    ended = run_one("cups", quick=True, hear=lambda *_: None)
    assert ended.result.failed == ("the proof ended without a result",)
    assert not ended.is_well


@pytest.mark.usefixtures("invented")
def test_the_command_prints_the_table_writes_the_page_and_fails_on_a_miss(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ends = {
        "cups": Result(tried=7),
        "plates": Result(tried=5, failed=("plate 4 broke",), shown=("needs [a jug]",)),
        "spoons": Result(tried=0, left_out="there is no spoon here"),
    }

    def run_all(names: Sequence[str], **_: object) -> list[Ran]:
        return [Ran(name, ends[name], 1.0) for name in reversed(names)]

    monkeypatch.setattr(turntoward.prove, "PROOFS", ("cups", "plates", "spoons"))
    monkeypatch.setattr(running, "run_all", run_all)
    page = tmp_path / "proof.md"
    missed = CliRunner().invoke(main, ["prove", "--quick", "--write", str(page)])
    assert missed.exit_code == 1
    assert "plates: plate 4 broke" in missed.output
    assert "needs [a jug]" in missed.output
    assert "1 of 3 promises held, 1 could not be tried here." in missed.output
    assert "Nothing failed" not in missed.output
    assert page.read_text().index("7 cups") < page.read_text().index("5 cups")
    assert "turntoward prove --quick" in page.read_text()
    held = CliRunner().invoke(main, ["prove", "--only", "cups"])
    assert held.exit_code == 0
    assert "All 1 promises held." in held.output
    left = CliRunner().invoke(main, ["prove", "--only", "cups", "--only", "spoons"])
    assert left.exit_code == 3
    assert "spoons: there is no spoon here" in left.output
    said = "Nothing failed, and not all of it could be tried on this machine."
    assert left.output.splitlines()[-1] == said
    told = CliRunner().invoke(main, ["prove", "--help"])
    assert "3 where nothing failed" in " ".join(told.output.split())
    unknown = CliRunner().invoke(main, ["prove", "--only", "jugs"])
    assert unknown.exit_code == 2
    assert "There is no proof called jugs" in unknown.output
