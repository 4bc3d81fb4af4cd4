"""The docs name everything that there is: settings, dependencies, formats, commands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "turntoward"


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_setting_is_documented_and_none_is_invented() -> None:
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("conftest.py"), ROOT / "check.py"]
    used = {
        name
        for file in files
        for name in re.findall(r"\bTURNTOWARD_[A-Z_]+\b", file.read_text("utf-8"))
    }
    documented = set(re.findall(r"^\| `(TURNTOWARD_[A-Z_]+)`", text("docs/settings.md"), re.M))
    assert used == documented


def test_every_dependency_earns_its_line() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    page = text("docs/dependencies.md")
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    for requirement in [one for each in lists for one in each]:
        name = re.split(r"[\[<>=!;, ]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", page), name


def test_only_the_extras_that_are_promised() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert set(project["optional-dependencies"]) == {"peers", "prove", "test", "train", "whatsapp"}


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text(page))
    for link in links:
        if not link.startswith("http"):
            assert (ROOT / link).exists(), link


def test_the_readme_names_every_format_that_is_read() -> None:
    from turntoward.exports import formats

    for each in formats():
        assert each.title in text("README.md")
        assert each.title in text("docs/formats.md")


def test_files_stay_small() -> None:
    long = {
        str(file.relative_to(ROOT)): n
        for file in SOURCE.rglob("*.py")
        if (n := len(file.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}


def test_copy_blames_nobody() -> None:
    banned = re.compile(
        r"\b(should|scores?|streaks?|failed|toxic|engagement|codependent|narcissis\w+)\b|!(?!=|DOC)",
        re.I,
    )
    for file in SOURCE.rglob("*.html"):
        shown = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", file.read_text("utf-8"), flags=re.S)
        found = banned.search(shown)
        assert not found, (file.name, found)


def test_every_test_file_has_a_name_of_its_own() -> None:
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
