"""The catalogues: complete in every language, and each translation says what the English says."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

sys.path.append(str(Path(__file__).parents[2] / "translations"))

from checks import missing, problems, stale, translated, wrong
from texts import SOURCE, template
from update import merged, po, read, write

from turntoward.words import LANGUAGES


@pytest.fixture(scope="module")
def said() -> Catalog:
    return template()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(said: Catalog, language: str) -> None:
    assert missing(said, read(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same_and_keep_the_voice(said: Catalog, language: str) -> None:
    assert wrong(said, read(language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    compiled = po(language).with_suffix(".mo").read_bytes()
    assert not stale(read(language), read_mo(BytesIO(compiled)))


def test_code_templates_and_data_are_all_searched(said: Catalog) -> None:
    for found in (
        "That is a change of rhythm, not a fault of either of you.",  # gettext in the core
        "There are no messages with a time yet.",  # gettext_noop
        "Bring in your chat.",  # a template
        "It is read here, on this machine, and nowhere else.",
        "Until you have both said yes, only your own side is read, and when %(name)s wrote, never "
        "what.",  # one with something to fill in
        "Look up when they begin to talk",  # the catalogue of small shifts
        "What made you smile today, however small?",  # the prompts
        "Affection becomes less frequent",  # a rhythm
        "affection",
        "days with messages",
        "the `.json` of Element, or the .zip with attachments",  # a guide
        "a Telegram export in HTML",  # what a file looks like
    ):
        assert said.get(found) is not None, found
    several = said.get(("%(number)s text message.", "%(number)s text messages."))
    assert several is not None
    assert isinstance(several.id, tuple)


def test_data_that_templates_translate_holds_no_percent_sign(said: Catalog) -> None:
    """Django would look for it doubled."""
    data = ("catalogue.toml", "prompts.toml", "reading/notes.py", "reading/steps.py")
    for message in said:
        if any(place.endswith(data) for place, _ in message.locations):
            assert "%" not in str(message.id)


def unmarked(template: str) -> list[str]:
    """What a template says that no translation could change."""
    whole = r"{%\s*(blocktranslate|comment).*?{%\s*end\1\s*%}"
    marks = whole + r"|{%.*?%}|{{.*?}}|{#.*?#}"
    code = r"<script.*?</script>|<style.*?</style>"
    aloud = r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"'
    plain = re.sub(f"{marks}|{code}", "", template, flags=re.S)
    shown = re.split(r"<[^>]*>", re.sub(r'\b[\w-]+="[^"<>]*"(?![^<]*>)', "", plain))
    said = [*shown, *re.findall(aloud, plain)]
    return [
        text.strip() for text in said if re.search(r"[A-Za-z]{2}", text.replace("Turntoward", ""))
    ]


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "web" / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_all_copy_of_templates_is_marked(path: Path) -> None:
    assert unmarked(path.read_text("utf-8")) == []


def test_unmarked_copy_is_found() -> None:
    assert unmarked("<h1>Bring it in</h1>") == ["Bring it in"]
    assert unmarked('<p aria-label="How far"><b>{% translate "Yes" %}</b> or {{ no }}</p>') == [
        "or", "How far",
    ]  # fmt: skip
    assert unmarked('{% block a %}class="sits{% if b %} late{% endif %}"{% endblock %}') == []


def made(*messages: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Catalog:
    catalogue = Catalog(locale="de", fuzzy=False)
    for english, german in messages:
        catalogue.add(english, german, locations=[("here.py", 1)])
    return catalogue


@pytest.mark.parametrize(
    ("english", "german", "why"),
    [
        ("{name} speaks.", "Jemand spricht.", "other places"),
        ("{name} speaks.", "{nome} spricht.", "other places"),
        ("%(name)s speaks.", "%(name)s spricht zu 100 %.", "nobody fills in"),
        ("{name} speaks.", "{name} spricht {.", "nobody fills in"),
        ("You <em>two</em>", "Ihr zwei <b>beide</b>", "other tags"),
        (" and again", "und wieder", "another space"),
        ("Stop here.", "Hör hier auf!", "the voice does not have"),
        ("Stop here.", "Du solltest aufhören.", "the voice does not have"),
        (("{n} day", "{n} days"), ("{n} Tag", "Tage"), "its plural"),
        (("One day", "{n} days"), ("Ein {m}", "{n} Tage"), "not in the English"),
    ],
)
def test_what_is_wrong_is_found(
    english: str | tuple[str, str], german: str | tuple[str, str], why: str
) -> None:
    said = made((english, ""))
    found = wrong(said, made((english, german)), "de")
    assert found
    assert all("here.py" in line for line in found)
    assert any(why in line for line in found)


def test_what_is_right_is_left_alone() -> None:
    said = made(
        ("{name} speaks, {when}.", ""), (("One day", "{n} days"), ""), ("80 % range", ""),
        ("%(n)s %% sure", ""),
    )  # fmt: skip
    german = made(
        ("{name} speaks, {when}.", "{when} spricht {name}."),
        (("One day", "{n} days"), ("Ein Tag", "{n} Tage")),
        ("80 % range", "Bereich von 80 %"),
        ("%(n)s %% sure", "zu %(n)s %% sicher"),
    )
    assert problems(said, german, "de") == []


def test_what_is_missing_is_found() -> None:
    said = made(("One", ""), ("Two", ""), ("Three", ""), (("a day", "days"), ""))
    german = made(("One", "Eins"), ("Two", ""), (("a day", "days"), ("ein Tag", "")))
    assert len(missing(said, german)) == 3
    german["One"].flags.add("fuzzy")
    assert len(missing(said, german)) == 4
    assert [message.id for message in translated(german)] == []


def test_updating_keeps_translations_and_brings_back_what_is_said_again(tmp_path: Path) -> None:
    first = merged(made(("One", ""), ("Two", "")), made(("One", "Eins"), ("Old", "Alt")))
    assert first["One"].string == "Eins"
    assert first["Two"].string == ""
    assert "Old" not in first
    write(first, tmp_path / "django.po")
    assert "Alt" in (tmp_path / "django.po").read_text("utf-8")
    again = merged(made(("Old", "")), first)
    assert again["Old"].string == "Alt"


def test_only_whole_translations_are_compiled(tmp_path: Path) -> None:
    german = made(("One", "Eins"), ("Two", ""), (("a day", "days"), ("", "")))
    write(german, tmp_path / "django.po")
    compiled = read_mo(BytesIO((tmp_path / "django.mo").read_bytes()))
    assert [message.id for message in compiled if message.id] == ["One"]
    assert not stale(german, compiled)
    german["One"].string = "Eine"
    assert stale(german, compiled)
