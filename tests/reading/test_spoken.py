"""A reading in another language: nothing of it stays English, and what is stored stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from reading.made_readings import CHANGED, DRIFT, NOTHING, reading, shift
from spoken_words import marked, pieces, spoken_as, unsaid
from turntoward.drift.known import Told
from turntoward.drift.reasons import too_short
from turntoward.drift.shift import Finding, Toward, Verdict
from turntoward.language.labels import BidKind, Stance
from turntoward.messages.evidence import CannotTell, Rate
from turntoward.reading.hours import Hours
from turntoward.reading.levels import stretches
from turntoward.reading.page import render_page
from turntoward.reading.reading import Reading, Scope, Season
from turntoward.reading.saying import kind_of, levels, number, stance_of, why
from turntoward.reading.seasons import when_and_what
from turntoward.reading.summary import how_read, sentences
from turntoward.rhythms.about import About
from turntoward.rhythms.reasons import (
    maybe_misheard,
    nothing_tapped,
    record_too_short,
    too_little,
    too_new,
)
from turntoward.words import day_of, figures, joined, month

#: Names, signs of units, and what the two wrote or called things themselves.
_THEIRS = re.compile(
    r"Ana|Ben|Turntoward|Moved to Leipzig|New job, late shifts|\b(min|h|s)\b"
    r"|Photos and videos were left out of this export\."  # the reader of exports speaks English
)


def english_in(page: str) -> list[str]:
    """Texts of a page that no catalogue said."""
    page = re.sub("</?strong>", "", page)
    shown = [text for inside, text in pieces(page) if inside not in ("script", "style")]
    left = [_THEIRS.sub("", unsaid(text)) for text in shown]
    quoted = ("look at this sky", "oh wow", "did you get milk", "now you say it")
    return [text for text in left if re.search(r"[A-Za-z]", text) and not text.startswith(quoted)]


def readings() -> list[Reading]:
    closer = replace(DRIFT, toward=Toward.CLOSER, shifts=(shift("bids_met", 0.5, 0.65),))
    private = tuple(
        replace(one, private=one.name == "pace", title=f"{one.title}, your side")
        for one in reading().series
    )
    tapped = replace(DRIFT, shifts=(*DRIFT.shifts, shift("pace", 1.0, 2.0)))
    return [
        reading(),
        reading(me="Ana", scope=Scope.OWN, night=(23, 0, 1), series=private),
        reading(finding=NOTHING, night=(), night_learned=True),
        reading(finding=replace(CHANGED, drifts=(tapped, closer)), series=private, night=(1, 2)),
        reading(finding=Finding(verdict=Verdict.CANNOT_TELL, weeks=20, why=too_short(20, 52))),
        reading(finding=replace(CHANGED, drifts=()), not_drawn=(DRIFT,), hours=Hours(gap=1.0)),
    ]


@pytest.mark.parametrize("made", readings())
def test_nothing_of_a_page_stays_english(made: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    made = replace(made, unmeasured={"greetings": too_little(12, "days with messages", 3)})
    assert english_in(render_page(made))
    with marked(monkeypatch):
        page = render_page(made)
        assert english_in(page) == []
        assert '<html lang="xx">' in page
        assert not re.search(r"[A-Za-z]{3}", _THEIRS.sub("", unsaid(how_read(made))))
        for said in sentences(made):
            assert not re.search(r"[A-Za-z]{2}", _THEIRS.sub("", unsaid(said)))
        for stretch in stretches(made):
            assert not re.search(r"[A-Za-z]", unsaid(stretch.name))


@pytest.mark.parametrize(
    "cannot",
    [
        record_too_short(0),
        record_too_short(1),
        record_too_short(5),
        too_little(12.0, "bids", 1),
        too_little(12.0, "answers with an own view", 4),
        maybe_misheard(3, 1204, "answers to something told"),
        too_new("weeks with hellos or goodbyes", 8, 3),
        nothing_tapped(),
        CannotTell(too_short(0, 52)),
    ],
)
def test_what_cannot_be_told_is_told_in_every_language(
    cannot: CannotTell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why(cannot) == cannot.why
    if "rhythms so far" in cannot.why:
        return  # a finding's: said by `drift.sentence`
    with marked(monkeypatch):
        assert not re.search(r"[A-Za-z]", unsaid(why(cannot)))


def test_a_kept_sentence_is_filled_in_again_with_the_signs_of_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    misheard = (
        "It was heard in {heard} of {of} {noun}. So few may all be mishearings, and that it was "
        "not written does not mean it was not said."
    )
    weeks = tuple(
        f"There are too few {{noun}} to see a rhythm in: {{count}}, in {{weeks}} {week} of the "
        "record."
        for week in ("week", "weeks")
    )
    german = {
        misheard: "Gehört in {heard} von {of} {noun}.",
        weeks: (
            "{noun}: zu wenig in {weeks} Woche ({count}).",
            "{noun}: zu wenig in {weeks} Wochen.",
        ),
        "bids": "Signale",
        "thousands|,": ".",
        "decimal|.": ",",
    }
    with spoken_as(german, monkeypatch):
        assert why(maybe_misheard(3, 1204, "bids")) == "Gehört in 3 von 1.204 Signale."
        assert why(too_little(12, "bids", 1)) == "Signale: zu wenig in 1 Woche (12)."
        assert why(too_little(12, "bids", 2)) == "Signale: zu wenig in 2 Wochen."
        assert why(CannotTell("Nobody has this sentence.")) == "Nobody has this sentence."
        assert number(1234.5) == "1.234"
        assert number(4.23) == "4,2"
    assert number(1234.5) == "1,234"


def test_days_are_put_together_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2023, 3, 6)
    spanish = {
        "March": "marzo", "{month} {year}": "{month} de {year}",
        "{day} {month} {year}": "{day} de {month} de {year}",
        "{parts} and {last}": "{parts} y {last}",
    }  # fmt: skip
    with spoken_as(spanish, monkeypatch):
        assert month(day) == "marzo de 2023"
        assert day_of(day) == "6 de marzo de 2023"
        assert joined(["a", "b", "c"]) == "a, b y c"
        assert figures("1,204.5") == "1,204.5"
    assert day_of(day) == "6 March 2023"


def test_what_is_kept_is_english_whoever_has_it_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two may open it in two languages."""
    english = [record_too_short(5), too_little(12, "bids", 3), too_short(3, 52)]
    with marked(monkeypatch):
        assert [record_too_short(5), too_little(12, "bids", 3), too_short(3, 52)] == english


def test_kinds_stances_and_seasons_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    ill = Season(name="flu", start=date(2021, 3, 1), end=date(2021, 4, 1), kind=Told.ILL)
    with marked(monkeypatch):
        for kind in BidKind:
            assert kind_of(kind.value).startswith("⟦")
        for stance in Stance:
            assert stance_of(stance.value).startswith("⟦")
        assert unsaid(when_and_what(ill)) == ", "
        rate = Rate(name="bid", value=0.5, low=0.4, high=0.6, low95=0.3, high95=0.7, of=100)
        met = replace(rate, name="met", low=0.5, high=0.5)
        assert unsaid(levels([rate, met], Scope.BOTH)) == ""
        assert unsaid(levels([rate], Scope.OWN)) == ""
    assert stance_of("") == ""
    assert kind_of("unheard of") == "unheard of"


def test_the_words_of_every_rhythm_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    from turntoward.rhythms import RHYTHMS, rhythm
    from turntoward.rhythms.companion import COMPANION, from_companion
    from turntoward.words import gettext

    abouts: list[About] = [rhythm(name).ABOUT for name in RHYTHMS]
    abouts += [from_companion(name).ABOUT for name in COMPANION]
    with marked(monkeypatch):
        for about in abouts:
            said = (about.title, about.title.lower(), about.words, about.unit, about.noun)
            for text in (*said, about.cannot_see, about.perhaps):
                assert gettext(text) != text
