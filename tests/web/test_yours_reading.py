"""The reading as it is taken along: what the pages show, and not what they keep back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from reading.made_readings import CHANGED, DRIFT, interval, quote, reading, series, shift
from taken_along import tables
from turntoward.drift.shift import Sureness
from turntoward.reading.correct import correct
from turntoward.reading.reading import Correction, Reading, Scope
from turntoward.rhythms.companion import closeness
from turntoward.web.couples.models import Partner
from turntoward.web.noticed import actions as noticed
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import Bringing, StoredReading
from web_chats import MARKER, bring, chat

Phone = Callable[[Partner], Client]

#: Of each sort one that Ana let pass, one that Ben did, one that was met.
HERS = quote(1, who="Ben", stance="away", text="Ben asked and Ana looked away")
HIS = quote(2, who="Ana", stance="away", text="Ana asked and Ben looked away")
UNHEARD = quote(3, who="Ana", stance="unanswered", text="Ana asked and nobody answered")
MET = quote(4, who="Ana", stance="toward", text="Ana asked and Ben answered")


def keep(partner: Partner, made: Reading, owner: Partner | None = None) -> None:
    """Store a made reading as the couple's, or as one partner's own side."""
    sealed = store.seal_reading(made, partner.couple, owner)
    StoredReading.objects.create(
        couple=partner.couple, owner=owner, made_at=timezone.now(), sealed=sealed
    )


def quotes(client: Client) -> set[str]:
    return {row["text"] for row in tables(client)["quotes"]}


def test_each_has_what_they_let_pass_and_never_what_the_other_did(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    keep(ana, reading(quotes=(HERS, HIS, UNHEARD, MET)))
    assert quotes(phone(ana)) == {HERS.text, MET.text}
    assert quotes(phone(ben)) == {HIS.text, UNHEARD.text, MET.text}


def test_where_it_is_unclear_who_reads_nobody_has_what_was_let_pass(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    keep(ana, reading(partners=("A.", "B."), quotes=(HERS, HIS, MET)))
    assert quotes(phone(ana)) == quotes(phone(ben)) == {MET.text}


def test_that_the_other_put_right_what_they_let_pass_is_theirs(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    made = correct(
        reading(quotes=(HERS, HIS, MET)),
        Correction(quoted=HIS.id, kind=HIS.kind, stance="toward"),
    )
    keep(ana, made)
    hers = {row["text"]: row for row in tables(phone(ana))["quotes"]}
    his = {row["text"]: row for row in tables(phone(ben))["quotes"]}
    assert hers[HIS.text]["corrected"] is False
    assert his[HIS.text]["corrected"] is True
    # And the other way round: one that was put right into having been let pass leaves hers.
    StoredReading.objects.all().delete()
    let_pass = Correction(quoted=MET.id, kind=MET.kind, stance="away")
    keep(ana, correct(reading(quotes=(HERS, HIS, MET)), let_pass))
    assert MET.text not in quotes(phone(ana))


def test_private_rhythms_and_the_weeks_of_the_evidence_stay_behind(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    private = replace(series(closeness.ABOUT), private=True)
    named = replace(
        DRIFT,
        shifts=(*DRIFT.shifts, shift("closeness", 0.6543, 0.4321)),
        evidence=(Sureness(week=DRIFT.noticed, probability=0.123456789),),
        probability=0.987654321,
    )
    base = reading()
    keep(
        ana,
        replace(
            base,
            series=(*base.series, private),
            finding=replace(CHANGED, drifts=(named,)),
            not_drawn=(replace(named, shifts=(shift("pace", 0.7771, 0.7772),)),),
        ),
    )
    found = tables(phone(ana))
    assert not any(key for row in found["changes"] for key in row if key == "evidence")
    assert "pace" not in {row["rhythm"] for row in found["changes"]}
    assert "closeness" not in {row["rhythm"] for row in found["rhythms"]}
    (row,) = [row for row in found["changes"] if row["rhythm"] == "closeness"]
    assert row["probability"] == 0.988
    assert all(row[name] is None for name in ("count", "before", "after_low", "effect_high"))
    (open_row,) = [row for row in found["changes"] if row["rhythm"] == "bids_met"]
    assert open_row["before"] == 0.65


def test_nobody_is_counted_apart(ana: Partner, ben: Partner, phone: Phone) -> None:
    keep(ana, reading())
    whole = json.dumps(tables(phone(ana)))
    assert "620" not in whole  # messages of one of them alone
    assert "4100" in whole  # bids of both


def test_one_that_does_not_open_says_why(ana: Partner, phone: Phone) -> None:
    keep(ana, reading())
    StoredReading.objects.update(sealed=b"x" * 40)
    (row,) = tables(phone(ana))["reading"]
    assert "Bring the chat in again" in row["value"]


def test_what_was_picked_up_again_says_so(ana: Partner, ben: Partner, phone: Phone) -> None:
    keep(ana, reading(quotes=(HERS, MET)))
    noticed.answered_in_person(ana, HERS.id)
    rows = {row["text"]: row["picked_up_again"] for row in tables(phone(ana))["quotes"]}
    assert rows == {HERS.text: True, MET.text: False}
    his = {row["text"]: row["picked_up_again"] for row in tables(phone(ben))["quotes"]}
    assert his[MET.text] is False


def test_the_own_side_of_one_is_not_the_others(ana: Partner, ben: Partner, phone: Phone) -> None:
    own = quote(1, who="Ana", stance="", text="only Ana reads this")
    keep(ana, reading(scope=Scope.OWN, me="Ana", quotes=(own,)), owner=ana)
    assert quotes(phone(ana)) == {own.text}
    assert "reading" not in tables(phone(ben))


@pytest.mark.parametrize("both", [True, False])
def test_a_real_chat_comes_along_as_it_was_read(
    ana: Partner, ben: Partner, phone: Phone, both: bool
) -> None:
    hers, his = phone(ana), phone(ben)
    if both:
        actions.agree(ana, timezone.now())
        actions.agree(ben, timezone.now())
    bring(hers, chat())
    found = tables(hers)
    (brought,) = found["chats"]
    assert brought["names_of_the_other"] == "Ben"
    assert [row["value"] for row in found["reading"] if row["what"] == "verdict"]
    said = json.dumps(found)
    assert (MARKER in said) is both  # Ben's words are read only together
    (seen,) = tables(his)["chats"]
    assert seen["names_of_the_other"] is None
    assert ("reading" in tables(his)) is both


def test_what_lies_in_a_chat_of_the_other_is_theirs_until_it_is_known_whose_it_is(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    Bringing.objects.create(
        couple=ben.couple,
        by=ben,
        at=timezone.now(),
        suffix=".zip",
        size=3,
        senders={"Somebody": 3},
        chats=[["A chat with Somebody", 3]],
        account={"messages": 77, "of": ["WhatsApp"]},
        problem="Somebody wrote oddly.",
    )
    assert "Somebody" not in json.dumps(tables(phone(ana)))
    assert "77" not in json.dumps(tables(phone(ana))["chats"])


def test_numbers_are_told_no_further_than_they_can_be_read(ana: Partner, phone: Phone) -> None:
    odd = replace(
        DRIFT, shifts=(replace(shift("bids_met", 0.6, 0.5), effect=interval(1 / 3, 0.1)),)
    )
    keep(ana, reading(finding=replace(CHANGED, drifts=(odd,))))
    (row,) = tables(phone(ana))["changes"]
    assert row["effect"] == 0.333
