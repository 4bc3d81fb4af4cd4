"""Everything that is said to somebody, in English, as one template of messages for all languages.

Code and templates are searched for what they mark. The catalogue of small shifts, the prompts, the
guides and the words of the rhythms are data, whose texts are the ids of their translations.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.utils.translation.template import templatize

from turntoward.exports.recognise import FOREIGN, FOREIGN_ARCHIVES
from turntoward.reading.guides import written
from turntoward.reading.refusals import SENTENCE
from turntoward.rhythms import RHYTHMS, rhythm
from turntoward.rhythms.companion import COMPANION, from_companion

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "turntoward"
#: Comments that begin so stand beside the message, for whoever translates it.
_COMMENT = ("Translators:",)
_KEYWORDS: Mapping[str, Any] = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(["gettext_lazy", "gettext_noop"], None),
    **dict.fromkeys(["ngettext_lazy", "ngettext_noop"], (1, 2)),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

#: A message as it is found: its id, or ids for one and many; its line; comments; its context.
_Found = tuple[str | tuple[str, ...], int, list[str], str | None]


def template() -> Catalog:
    """Every message with the files it stands in, in the order of the files and of their lines."""
    made = Catalog(project="Turntoward", fuzzy=False)
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.toml")]):
        place = path.relative_to(ROOT).as_posix()
        for message, line, comments, context in _in_file(path):
            made.add(
                message,
                locations=[(place, line)],
                auto_comments=[text.removeprefix(f"{_COMMENT[0]} ") for text in comments],
                context=context,
            )
    return made


def _in_file(path: Path) -> Iterator[_Found]:
    if path.suffix == ".html":
        yield from _in_python(_as_python(path))
    elif path.suffix == ".py":
        code = path.read_text("utf-8")
        yield from _in_python(code)
        yield from _of_rhythm(path, code)
        yield from _of_foreign(path, code)
    elif path == SOURCE / "moments" / "catalogue.toml":
        yield from _of_data(path, ("title", "words", "look_for"))
    elif path == SOURCE / "web" / "checkins" / "prompts.toml":
        yield from _of_data(path, ("words",))
    elif path.parent == SOURCE / "exports" / "guides":
        yield from _of_guide(path)


def _in_python(code: str) -> Iterator[_Found]:
    found = extract("python", BytesIO(code.encode()), _KEYWORDS, _COMMENT)
    for line, message, comments, context in found:
        yield message, line, comments, context


def _as_python(path: Path) -> str:
    """A template as Django turns it into code, in which only marks are left."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    code = templatize(path.read_text("utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.split("\n"))


def _of_data(path: Path, fields: tuple[str, ...]) -> Iterator[_Found]:
    """The fields of every entry of a file, where they are in it."""
    text = path.read_text("utf-8")
    for entries in tomllib.loads(text).values():
        for entry in entries:
            for field in fields:
                yield from _at(entry[field], text)


def _of_guide(path: Path) -> Iterator[_Found]:
    text = path.read_text("utf-8")
    for guide in written():
        if guide.name == path.stem:
            steps = [words for step in guide.steps for words in (step.on, step.do)]
            for said in (guide.title, guide.files, *steps, *guide.leaves_out):
                yield from _at(said, text)


def _of_rhythm(path: Path, code: str) -> Iterator[_Found]:
    """What is said of a rhythm; its title also as it stands inside a sentence."""
    folders = {SOURCE / "rhythms": RHYTHMS, SOURCE / "rhythms" / "companion": COMPANION}
    if path.stem not in folders.get(path.parent, ()):
        return
    about = (rhythm if path.stem in RHYTHMS else from_companion)(path.stem).ABOUT
    line = code[: code.index("ABOUT = ")].count("\n") + 1
    yield about.title, line, [], None
    yield about.title.lower(), line, ["The same title inside a sentence"], None
    for said in (about.words, about.unit, about.noun, about.cannot_see, about.perhaps):
        yield said, line, [], None


def _of_foreign(path: Path, code: str) -> Iterator[_Found]:
    """What a file looks like that is no chat, and what to do instead, a sentence each."""
    if path != SOURCE / "exports" / "recognise.py":
        return
    for foreign in (*FOREIGN, *FOREIGN_ARCHIVES):
        for said in (foreign.what, *SENTENCE.split(foreign.then or "")):
            if said:
                yield from _at(said, code)


def _at(said: str, text: str) -> Iterator[_Found]:
    yield said, text[: text.find(said)].count("\n") + 1 if said in text else 0, [], None
