"""What is never written in this program: words of a visitor as code, as a query, or as HTML."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "turntoward"
#: Where a field is named by a string, or a query is written out.
ORM = {"order_by", "annotate", "alias", "values", "values_list", "aggregate", "extra", "raw"}
#: An SVG that this program has drawn itself: a code of a link, without a word of anybody's.
DRAWN_HERE = re.compile(r"{{ (proposed\.)?qr\|safe }}")
#: They put in what `reading.markup` has made, which escapes every string, or has escaped it itself.
MARKED_SAFE = {
    "web/climate/views.py",
    "web/readings/present.py",
    "web/readings/rhythms.py",
    "web/readings/templatetags/guides.py",
}
#: They load what is named by themselves: a package that may be missing, and a fault to be planted.
LOADS = {"exports/whatsapp_database/exporter_child.py", "prove/matrix/planting.py"}
NEVER = {"eval", "exec", "compile", "__import__"}
SAFE = {"mark_safe", "format_html", "format_html_join", "SafeString", "SafeText"}
#: `_` of `pickle.loads`, `yaml.load`, `os.system`, ...
NEVER_OF = {
    "pickle": {"load", "loads"},
    "marshal": {"load", "loads"},
    "shelve": {"open"},
    "yaml": {"load", "full_load", "unsafe_load"},
    "os": {"system", "popen"},
    "random": {"choices", "randbytes"},
}
#: A list of commands without a shell is how other programs are started.
SHELLS = {"run", "Popen", "call", "check_call", "check_output"}


def calls(folder: Path) -> Iterator[tuple[str, ast.Call, str, str]]:
    """Every call: its file, itself, what it is called on, and its name."""
    for path in sorted(folder.rglob("*.py")):
        name = str(path.relative_to(SOURCE))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Attribute):
                on = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
                yield name, node, on, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield name, node, "", node.func.id


def of_the_code(value: ast.expr) -> bool:
    """Whether a name of a field stands in the code, or is put together of what does.

    As in `F("owner").asc()` and `-F("at")`, whose own arguments are looked at, too.
    """
    return isinstance(value, ast.Constant | ast.Call | ast.Attribute | ast.BinOp | ast.UnaryOp)


def test_no_query_takes_the_name_of_a_field_from_a_visitor() -> None:
    for name, call, _, called in calls(SOURCE / "web"):
        if called not in ORM:
            continue
        assert called not in ("extra", "raw"), (name, call.lineno)
        if called in ("values", "items") and not call.args and not call.keywords:
            continue  # those of a dictionary
        for given in call.args:
            assert of_the_code(given), (name, call.lineno, called)
        # `**names`: the key would be a column of the query.
        assert all(keyword.arg is not None for keyword in call.keywords), (name, call.lineno)


def test_every_query_that_is_written_out_takes_its_values_apart() -> None:
    """No `cursor.execute(f"... {what}")` outside of what moves whole files."""
    allowed = {"web/sqlcipher", "web/backups", "web/migrating.py", "prove/", "exports/"}
    for name, call, _, called in calls(SOURCE):
        if called not in ("execute", "executemany", "executescript") or not call.args:
            continue
        if any(name.startswith(each) for each in allowed):
            continue
        assert isinstance(call.args[0], ast.Constant | ast.Name), (name, call.lineno)


def test_nothing_is_run_that_somebody_sent() -> None:
    for name, call, on, called in calls(SOURCE):
        where = (name, call.lineno, called)
        if not on:
            assert called not in NEVER or name in LOADS, where
        assert called not in NEVER_OF.get(on, ()), where
        assert called != "RawSQL", where
        assert called not in SAFE or name in MARKED_SAFE, where
        if on == "subprocess" and called in SHELLS:
            assert all(keyword.arg != "shell" for keyword in call.keywords), where


def test_no_secret_comes_from_dice() -> None:
    """`random` is for what may be foreseen: the demo, a day's choice, trials, proofs."""
    users = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"^(import random|from random )", path.read_text("utf-8"), re.M)
    }
    assert all(not name.startswith(("web/couples", "web/keys", "web/accounts")) for name in users)
    assert "web/keyring.py" not in users


@pytest.mark.parametrize("banned", [r"\|\s*safe\b", r"\|\s*safeseq\b", r"{%\s*autoescape\s+off"])
def test_no_template_takes_words_as_html(banned: str) -> None:
    for path in SOURCE.rglob("*.html"):
        assert not re.search(banned, DRAWN_HERE.sub("", path.read_text("utf-8"))), path


def test_no_page_has_code_or_styles_in_it() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son[a-z]+=|\sstyle="
    )
    for path in (SOURCE / "web" / "templates").rglob("*.html"):
        assert not inline.search(path.read_text("utf-8")), path


def test_no_script_takes_words_as_html_or_code() -> None:
    banned = re.compile(r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|outerHTML\s*=")
    for path in (SOURCE / "web" / "static").rglob("*.js"):
        if path.name != "htmx.min.js":
            assert not banned.search(path.read_text("utf-8")), path
