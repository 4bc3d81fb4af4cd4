"""The catalogue of small shifts: enough for everybody, kind in every sentence, and checked."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from turntoward.moments import catalogue as module
from turntoward.moments.catalogue import (
    FAMILIES,
    LENGTHS,
    Moment,
    catalogue,
    families,
    moment_called,
    read,
)
from turntoward.moments.sources import SOURCES
from turntoward.rhythms import RHYTHMS
from turntoward.rhythms.companion import COMPANION

PAGE = (Path(__file__).parents[2] / "docs" / "moments.md").read_text(encoding="utf-8")

#: The article's own moments: its words, and the family that holds them here.
OWN = (
    ("Making brief eye contact when your partner starts talking", "eye-contact"),
    ("Responding with curiosity instead of problem solving", "curiosity"),
    ("Offering a gentle touch in passing", "touch"),
    ("Saying “that makes sense” before sharing your own perspective", "makes-sense"),
    ("Softening your tone.", "tone"),
    ("Pausing before responding.", "pause"),
    ("Letting your partner see your reaction", "reaction"),
    ("How you greet each other.", "greeting"),
    ("How you greet each other.", "goodbye"),
    ("When they are noticed and responded to, connection grows.", "bid"),
    ("a quiet moment over coffee without distractions", "presence"),
)
BANNED = re.compile(
    r"\b(should|must|ought|scores?|streaks?|engag\w+|risks?|users?|targets?|toxic"
    r"|fail\w*|managers?|helpers?|utils|processors?|blam\w+|faults?|wrong of|attach\w+|attun\w+"
    r"|validat\w+|bids?|triggers?|boundar\w+|vulnerab\w+|process(es|ing)?|mindful\w*|self-care"
    r"|quality time|love language)\b|!",
    re.I,
)
#: What not every two people have, are, drink, believe or want.
ASSUMED = re.compile(
    r"\b(wine|beer|drinks|sofa|couch|car|garden|sex\w*|naked|pray\w*|church|god|bless\w*|buy|money"
    r"|pay|gifts?|kids?|child(ren)?|baby|husband|wife|boyfriend|girlfriend|marri\w+|wedding"
    r"|he|she|him|his|her|hers|stand up|date night)\b",
    re.I,
)
#: What could be a test of the other, or a way to watch them.
WATCHED = re.compile(
    r"if they notice|\bask (them )?(where|who with|when they)\b|where they (were|went)"
    r"|their (phone|messages with|location)|last seen|\bprove\b|\bcheck (on|up|if|whether)\b",
    re.I,
)
AMERICAN = re.compile(
    r"\b\w*(color|favorite|apologiz|realiz|recogniz|neighbor|center|gray)\w*\b", re.I
)
ENTRY = """
[[moment]]
key = "a-key"
family = "tone"
title = "A title"
words = "How."
look_for = "What."
tends = ["softness"]
fits = "any"
when = "any"
gentle = true
minutes = 1
effort = 1
source = "Softening your tone."
"""


def texts(moment: Moment) -> str:
    return f"{moment.title}\n{moment.words}\n{moment.look_for}"


def many(**same: object) -> list[Moment]:
    return [m for m in catalogue() if all(getattr(m, name) == v for name, v in same.items())]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?…”])\s+(?=[A-Z“])", text)


def test_there_is_enough_for_every_home_hour_and_tired_evening() -> None:
    assert len(catalogue()) >= 130
    assert len(many(effort=1)) >= 40
    assert len(many(fits="apart")) >= 35
    assert len(many(fits="together")) >= 35
    assert len(many(when="morning")) >= 20
    assert len(many(when="evening")) >= 30
    assert len(many(gentle=True)) >= 60
    assert all(len(moments) >= 5 for moments in families().values())
    assert {m.effort for m in catalogue()} == {1, 2, 3}


@pytest.mark.parametrize("living", ["together", "apart"])
@pytest.mark.parametrize("when", ["morning", "evening"])
def test_each_rhythm_can_be_tended_gently_in_every_home_and_at_every_hour(
    living: str, when: str
) -> None:
    fit = [m for m in catalogue() if m.fits in ("any", living) and m.when in ("any", when)]
    gentle = Counter(name for m in fit if m.gentle for name in m.tends)
    assert {name: gentle[name] for name in RHYTHMS if gentle[name] < 4} == {}
    assert {name: gentle[name] for name in COMPANION if gentle[name] < 1} == {}
    half_asleep = [m for m in fit if m.gentle and m.effort == 1 and m.minutes <= 2]
    assert len(half_asleep) >= 30
    assert len({m.family for m in half_asleep}) >= 12


@pytest.mark.parametrize(("words", "family"), OWN)
def test_the_articles_own_moments_have_entries(words: str, family: str) -> None:
    assert any(m.source.startswith(words) for m in families()[family])


def test_the_articles_own_moments_come_first_and_families_stand_together() -> None:
    order = [family for family, _ in itertools.groupby(m.family for m in catalogue())]
    assert order == list(FAMILIES) == list(families())
    assert order[: len(OWN)] == [family for _, family in OWN]
    assert catalogue()[0].key == "look-up"


@pytest.mark.published
def test_every_source_is_in_the_article_and_is_used(shared: Path) -> None:
    article = " ".join((shared / "article.txt").read_text("utf-8").split())
    assert [phrase for phrase in SOURCES if phrase not in article] == []
    assert len(set(SOURCES)) == len(SOURCES)
    assert {m.source for m in catalogue()} == set(SOURCES)


def test_no_sentence_blames_presses_watches_or_takes_anything_for_granted() -> None:
    patterns = (BANNED, ASSUMED, WATCHED, AMERICAN)
    found = {
        m.key: p.findall(texts(m)) for m in catalogue() for p in patterns if p.search(texts(m))
    }
    assert found == {}


def test_what_to_look_for_is_no_test_of_the_other() -> None:
    assert [m.key for m in catalogue() if re.search(r"(whether|if) they\b", m.look_for, re.I)] == []


def test_what_is_gentle_asks_the_other_for_nothing() -> None:
    titles = re.compile(r"^(Ask (?!yourself)|Suggest|Invite|Offer to)|question|“and then")
    words = re.compile(r"ask for theirs|\b(a|the) no is|“not today”", re.I)
    asking = [m.key for m in many(gentle=True) if titles.search(m.title) or words.search(m.words)]
    assert asking == []


def test_high_spirits_are_kept_for_better_days() -> None:
    playful = families()["play"]
    assert sum(m.gentle for m in playful) < len(playful) / 3


def test_each_text_is_short_plain_and_stands_alone() -> None:
    for moment in catalogue():
        assert re.match(r"[A-Z“]", moment.title), moment.key
        assert moment.title[-1] not in ".,;:", moment.key
        assert moment.words[-1] in ".?”", moment.key
        assert moment.look_for[-1] == ".", moment.key
        assert 1 <= len(sentences(moment.words)) <= 2, (moment.key, sentences(moment.words))
        assert len(sentences(moment.look_for)) == 1, moment.key
        for text in (moment.title, moment.words, moment.look_for):
            assert text == " ".join(text.split()), moment.key
            assert not re.search(r"[<>{}*_`%\"’]", text), f"{moment.key}: markup or a wrong quote"
            assert text.count("“") == text.count("”"), moment.key


def test_only_what_is_quick_can_be_done_half_asleep() -> None:
    assert all(m.minutes <= 5 for m in many(effort=1, when="morning"))
    assert all(m.when == "evening" for m in many(effort=3))
    assert not any(m.effort == 3 and m.minutes == 1 for m in catalogue())


def test_no_two_say_the_same() -> None:
    def words(text: str) -> frozenset[str]:
        return frozenset(re.findall(r"[a-z']+", text.lower()))

    for one, other in itertools.combinations(catalogue(), 2):
        pair = f"{one.key} and {other.key}"
        assert words(one.title) != words(other.title), pair
        assert one.look_for != other.look_for, pair
        a, b = words(one.words), words(other.words)
        assert len(a & b) / len(a | b) <= 0.6, pair


def test_a_moment_is_found_by_its_key() -> None:
    assert moment_called("quiet-coffee") in families()["presence"]
    assert moment_called("no such") is None


@pytest.mark.parametrize("field", tomllib.loads(ENTRY)["moment"][0])
def test_a_missing_field_is_refused_by_name(field: str) -> None:
    without = re.sub(rf"(?m)^{field} = .*\n", "", ENTRY)
    who = "entry 1" if field == "key" else "a-key"
    with pytest.raises(ValueError, match=rf"catalogue\.toml: {who}: {field} is missing"):
        read(without)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("family", '"hugs"', "family is 'hugs'"),
        ("tends", '["softness", "kindness"]', "tends names 'kindness'"),
        ("tends", '["softness", "softness"]', "tends names a rhythm twice"),
        ("tends", "[]", "tends names no rhythm"),
        ("tends", '"softness"', "tends names no rhythm"),
        ("fits", '"home"', "fits is 'home'"),
        ("when", '"noon"', "when is 'noon'"),
        ("effort", "4", "effort is 4, and not 1 to 3"),
        ("effort", "true", "effort is True"),
        ("minutes", "0", "minutes is 0, and not 1 to 10"),
        ("minutes", "11", "minutes is 11"),
        ("minutes", "1.5", "minutes is 1.5"),
        ("gentle", '"yes"', "gentle is neither true nor false"),
        ("source", '"Be nice."', "source is 'Be nice.'"),
        ("title", '" "', "title is no text"),
        ("words", "7", "words is no text"),
        *(
            (n, f'"{"x" * (most + 1)}"', f"{n} is longer than {most}")
            for n, most in LENGTHS.items()
        ),
    ],
)
def test_what_does_not_fit_is_refused_naming_entry_and_field(
    field: str, value: str, what: str
) -> None:
    changed = re.sub(rf"(?m)^{field} = .*$", f"{field} = {value}", ENTRY)
    with pytest.raises(ValueError, match=re.escape(f"catalogue.toml: a-key: {what}")):
        read(changed)


def test_an_unknown_field_and_a_doubled_key_are_refused() -> None:
    assert [m.key for m in read(ENTRY)] == ["a-key"]
    with pytest.raises(ValueError, match="a-key: mood is no field of a moment"):
        read(ENTRY + 'mood = "good"\n')
    with pytest.raises(ValueError, match="a-key: key is there twice"):
        read(ENTRY + ENTRY)


def test_pages_that_show_a_moment_do_not_load_what_measures_rhythms() -> None:
    heavy = "{'numpy', 'polars', 'scipy', 'django'}"
    code = f"import sys, {module.__name__} as c; c.catalogue(); print({heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_the_page_tells_every_family_and_field() -> None:
    part = PAGE.split("\n## The catalogue\n")[1].split("\n## ")[0]
    for family in FAMILIES:
        assert f"| `{family}` |" in part
    for field in Moment.__dataclass_fields__:
        assert f"`{field}`" in part
