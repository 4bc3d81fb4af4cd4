"""The reason of a small shift: a sentence that is true, with no number and no blame."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from turntoward.climate import Climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import FAMILIES, Moment, catalogue, moment_called
from turntoward.moments.choose import Answer, Offered, Suggestion, for_today
from turntoward.moments.fits import Now
from turntoward.moments.reasons import reason
from turntoward.reading.fading import Fading
from turntoward.rhythms import RHYTHMS
from turntoward.rhythms.companion import COMPANION

TODAY = date(2026, 3, 2)
KNOWN = {moment.key: moment for moment in catalogue()}
NOW = {
    "hour": 19,
    "living": "together",
    "little_energy": False,
    "tense": False,
    "hard_season": False,
}
KEPT = "You kept small things like this before."
NEW = "Something new, so that it does not go stale."
BANNED = re.compile(r"\b(should|must|scores?|streaks?|failed|toxic|never|your partner)\b|!|[0-9]")


def said(
    key: str = "look-up",
    fading: tuple[Fading, ...] = (),
    offered: tuple[Offered, ...] = (),
    **changes: object,
) -> str:
    return reason(
        KNOWN[key],
        now=Now(**(NOW | changes)),  # type: ignore[arg-type]
        faded={fade.name: fade for fade in fading},
        offered=offered,
        known=KNOWN,
        today=TODAY,
    )


def of(key: str, ago: int, answer: Answer) -> Offered:
    return Offered(key=key, day=TODAY - timedelta(days=ago), answer=answer)


def faded(name: str, **changes: object) -> Fading:
    about: dict[str, object] = {"name": name, "title": "A rhythm", "since": date(2025, 3, 3)}
    return Fading(**(about | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [*RHYTHMS, *COMPANION])
def test_every_rhythm_has_words_of_its_own_and_its_month(name: str) -> None:
    tending = next((m.key for m in catalogue() if name in m.tends), None)
    if tending is None:
        pytest.skip("nothing tends this one, so nothing is said of it")
    sentence = said(tending, (faded(name),))
    assert "March 2025" in sentence
    assert "A rhythm" not in sentence
    assert sentence.endswith(". This tends it.")
    assert not BANNED.search(sentence.replace("2025", "").lower())
    back = said(tending, (faded(name, returning=True),))
    assert back.endswith("That is on its way back, and this helps it along.")


def test_a_hard_season_comes_first_and_what_fades_before_a_tense_time() -> None:
    fading = (faded(KNOWN["look-up"].tends[0]),)
    assert said(fading=fading, hard_season=True) == "This one is small, for a hard season."
    assert "This tends it." in said(fading=fading, tense=True)
    assert said(tense=True) == "It felt tense to you lately. This one asks nothing of anyone."
    assert said(little_energy=True) == "This one is small, for a day with little left in it."


def test_kept_is_said_only_where_one_of_its_family_was_kept_last_time() -> None:
    alike = next(m.key for m in catalogue() if m.family == KNOWN["look-up"].family != m.key)
    other = next(m.key for m in catalogue() if m.family != KNOWN["look-up"].family)
    assert said(offered=(of(alike, 9, Answer.DONE),)) == KEPT
    assert said(offered=(of(other, 9, Answer.DONE),)) != KEPT
    skipped = (of(alike, 9, Answer.DONE), of("look-up", 5, Answer.NOT_TODAY))
    assert said(offered=skipped) != KEPT


def test_new_is_said_only_where_nothing_of_its_family_was_offered_for_weeks() -> None:
    other = next(m.key for m in catalogue() if m.family != KNOWN["look-up"].family)
    assert said(offered=(of(other, 28, Answer.OPEN), of(other, 9, Answer.OPEN))) == NEW
    assert said(offered=(of("look-up", 28, Answer.OPEN),)) == NEW
    assert said(offered=(of("look-up", 27, Answer.OPEN),)) != NEW
    # On the first day everything is, and in the first weeks nearly everything.
    assert said() != NEW
    assert said(offered=(of(other, 27, Answer.OPEN), of(other, 9, Answer.OPEN))) != NEW


def test_on_the_first_day_each_family_says_what_is_true_of_it() -> None:
    first = {family: next(m for m in catalogue() if m.family == family) for family in FAMILIES}
    sentences = {said(moment.key) for moment in first.values()}
    assert len(sentences) == len(FAMILIES)
    assert not any(BANNED.search(sentence.lower()) for sentence in sentences)


@pytest.mark.parametrize("seed", range(3))
def test_through_months_every_reason_is_true(seed: int) -> None:
    lot = random.Random(seed)
    offered: list[Offered] = []
    heard = set()
    for day in range(120):
        today = TODAY + timedelta(days=day)
        tense, energy = lot.random() < 0.2, lot.choice(["low", "some", None])
        hard = 40 <= day < 55
        fading = (faded("greetings"), faded("affection", returning=True)) if day > 60 else ()
        found = for_today(
            person=str(seed), today=today, morning=lot.random() < 0.4, living="together",
            fading=fading, offered=offered, energy=energy, hard_season=hard,
            climate=Climate.TENSE if tense else CannotTell("too few"),
        )  # fmt: skip
        assert isinstance(found, Suggestion)
        moment, why = found.moment, found.reason
        before = [o for o in offered if _moment(o).family == moment.family]
        assert len(why) <= 160
        if why == KEPT:
            assert before[-1].answer is Answer.DONE
        if why == NEW:
            assert all((today - o.day).days >= 28 for o in before)
        if "hard season" in why:
            assert hard
            assert (moment.effort <= 2, moment.gentle) == (True, True)
        if "tense" in why:
            assert tense
            assert moment.gentle
        if "little left" in why:
            assert energy == "low"
            assert moment.effort == 1
        if "Greetings" in why:
            assert "greetings" in moment.tends
        if "on its way back" in why:
            assert "affection" in moment.tends
        heard.add(why)
        answer = lot.choices(list(Answer), [2, 6, 3, 1])[0]
        offered.append(Offered(key=moment.key, day=today, answer=answer))
    assert len(heard) > 8


def _moment(offer: Offered) -> Moment:
    found = moment_called(offer.key)
    assert found is not None
    return found
