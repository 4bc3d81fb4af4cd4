"""Why a chat could not be read can be said in every language, as far as a page shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import turntoward
from spoken_words import marked, spoken_as, unsaid
from turntoward.exports.recognise import FOREIGN, FOREIGN_ARCHIVES
from turntoward.reading.refusals import SENTENCE, said

SOURCE = Path(turntoward.__file__).parent
_RAISED = {"UnreadableExport", "NotTwoPeople"}
#: Functions that make a refusal of parts.
_SAYING_WHY = {"_why_nothing", "_refusal", "_not_two", "_problem"}
#: What only somebody at a command line is told: names of options, and what they are answered.
_TYPED = re.compile(r"`--|`pip |docs/formats\.md|--me ")
#: Of files, columns and names that nobody types on a page, and what begins with another sentence.
_ELSEWHERE = (
    "A column cannot stand", "Check its name", "Each export calls its owner", "In x its owner",
    "It can be one of", "Run the exporter again", "There is no file called",
    "These exports do not tell", "This chat holds x people", "Turntoward reads the chat of two",
    "x Bring in the chat by itself", "x and x were given", "x has no column called",
    "xExport it again",
)  # fmt: skip


def constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def text_of(node: ast.expr, known: dict[str, str]) -> str:
    """What is raised, with `x` for all that is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(value, known) for value in node.values)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return known.get(inner.id, "x") if isinstance(inner, ast.Name) else "x"


def raised(tree: ast.Module) -> Iterator[ast.expr]:
    """What is given to errors, what is said of an empty export, and what else says why."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from node.args[:1] if node.func.id in _RAISED else ()
        elif isinstance(node, ast.keyword) and node.arg == "empty":
            yield node.value
        elif isinstance(node, ast.FunctionDef) and node.name in _SAYING_WHY:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Dict):
                    yield from inner.values
                elif isinstance(inner, ast.Return) and inner.value is not None:
                    yield inner.value


def sentences() -> list[str]:
    """Every sentence of a refusal that a page may show."""
    trees = [
        ast.parse(path.read_text("utf-8"))
        for folder in ("exports", "messages", "web/readings")
        for path in sorted(SOURCE.joinpath(folder).rglob("*.py"))
    ]
    known = {name: value for tree in trees for name, value in constants(tree).items()}
    whole = [text_of(node, known) for tree in trees for node in raised(tree)]
    split = dict.fromkeys(one for text in whole for one in SENTENCE.split(text) if " " in one)
    return [one for one in split if not _TYPED.search(one) and not one.startswith(_ELSEWHERE)]


def test_there_are_many_refusals() -> None:
    assert len(sentences()) > 50


@pytest.mark.parametrize("sentence", sentences())
def test_every_refusal_can_be_said(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with marked(monkeypatch):
        assert said(sentence).startswith("⟦"), sentence


@pytest.mark.parametrize("foreign", [*FOREIGN, *FOREIGN_ARCHIVES])
def test_what_a_file_looks_like_can_be_said(
    foreign: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    what, then = foreign.what, foreign.then  # type: ignore[attr-defined]
    with marked(monkeypatch):
        assert unsaid(said(f"This file looks like {what}.")) == ""
        for sentence in SENTENCE.split(then or ""):
            assert unsaid(said(sentence)) == ""


def test_a_refusal_is_said_wholly_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    both = "This file is empty. Nobody translated this."
    german = {
        "{file} is empty.": "{file} ist leer.",
        "This file": "Diese Datei",
        "Export the chat again.": "Exportiere den Chat noch einmal.",
    }
    whole = "This file is empty. Export the chat again."
    with spoken_as(german, monkeypatch):
        assert said(whole) == "Diese Datei ist leer. Exportiere den Chat noch einmal."
        assert said(both) == both
    assert said(whole) == whole
