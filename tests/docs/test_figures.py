"""Every benchmark that writes its figures finds its place in a page."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
PLACES = [
    ("care", "figures"),
    ("drift", "figures"),
    ("language", "figures"),
    ("moments", "choice figures"),
    ("moments", "trial figures"),
    ("performance", "figures"),
    ("performance", "companion"),
    ("performance", "weight"),
]


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, with a folder of pages of its own."""
    spec = importlib.util.spec_from_file_location("figures", FOLDER / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "figures", made)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "_DOCS", tmp_path)
    return made


@pytest.mark.parametrize(("page", "name"), PLACES)
def test_figures_take_the_place_of_earlier_ones_and_nothing_else(
    figures: ModuleType, tmp_path: Path, page: str, name: str
) -> None:
    before = (FOLDER.parent / "docs" / f"{page}.md").read_text("utf-8")
    (tmp_path / f"{page}.md").write_text(before, "utf-8")
    figures.put(page, name, "| 1 |")
    figures.put(page, name, "| 2 |")
    after = (tmp_path / f"{page}.md").read_text("utf-8")
    assert f"<!-- {name}: begin -->\n| 2 |\n<!-- {name}: end -->" in after
    assert "\n| 1 |\n" not in after
    for part in (0, 2):
        assert _around(after, name)[part] == _around(before, name)[part]


def _around(page: str, name: str) -> tuple[str, str, str]:
    before, begin, rest = page.partition(f"<!-- {name}: begin -->")
    inside, end, after = rest.partition(f"<!-- {name}: end -->")
    assert begin
    assert end
    return before, inside, after


def test_a_page_without_the_place_is_left_as_it_is(figures: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "drift.md"
    page.write_text("nothing here", "utf-8")
    with pytest.raises(ValueError, match="unpack"):
        figures.put("drift", "figures", "| 1 |")
    assert page.read_text("utf-8") == "nothing here"
