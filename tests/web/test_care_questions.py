"""The short questionnaires: for whoever answers alone, and kept only where they ask for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import pi

import pytest
from django.db import connection
from django.test import Client

from taken_along import tables
from turntoward.care.questionnaires import CSI4
from turntoward.web.care import actions
from turntoward.web.care.circles import HEIGHT, WIDTH, overlap, pairs
from turntoward.web.care.models import Filled, Looked, NotNow
from turntoward.web.couples.models import Partner
from turntoward.web.yours import actions as yours
from web_pages import without_tokens

Phone = Callable[[Partner], Client]

NOW = datetime(2026, 3, 3, 19, tzinfo=UTC)
FOUR = {item.key: "3" for item in CSI4.items}
PAGES = ("/enough/", "/enough/questions/", "/today/", "/more/", "/yours/", "/yours/take/")


@pytest.fixture
def clock(clock: Callable[[datetime], None]) -> Callable[[datetime], None]:
    """It begins at a time of these tests."""
    clock(NOW)
    return clock


def page(client: Client, path: str = "/enough/questions/") -> str:
    return without_tokens(client.get(path).content.decode())


def keep(client: Client, which: str = "csi4", **given: str) -> None:
    answer = client.post("/enough/questions/keep/", {"which": which, **(given or FOUR)})
    assert answer.status_code == 302


def test_the_sum_is_told_with_what_it_does_not_mean(ana: Partner, phone: Phone) -> None:
    told = phone(ana).post("/enough/questions/csi4/", FOUR).content.decode()
    assert "12 of 21." in told
    assert "Sums below 13.5" in told
    assert "says nothing of what comes" in told
    assert "Funk" in told
    assert "Ben" not in told  # never set against the other
    assert not Filled.objects.exists()


def test_every_answer_of_the_four_questions_is_asked_for(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    shown = page(client, "/enough/questions/csi4/")
    assert shown.count("<fieldset") == 4
    assert shown.count('type="radio"') == 25
    missing = {key: value for key, value in FOUR.items() if key != "warm"}
    asked = client.post("/enough/questions/csi4/", missing).content.decode()
    assert "One answer is still missing." in asked
    assert asked.count(" checked>") == 3  # what was answered stands there still


@pytest.mark.parametrize("wrong", ["6", "-1", "x", "3.5"])
def test_an_answer_that_nobody_offers_is_refused(ana: Partner, phone: Phone, wrong: str) -> None:
    client = phone(ana)
    for path in ("/enough/questions/csi4/", "/enough/questions/keep/"):
        sent = {"which": "csi4", **FOUR, "warm": wrong}
        assert client.post(path, sent).status_code == 404
    assert client.post("/enough/questions/keep/", {"which": "das4"}).status_code == 404
    assert not Filled.objects.exists()


def test_the_picture_is_told_without_a_number(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    shown = page(client, "/enough/questions/ios/")
    assert shown.count('type="radio"') == 7
    assert "Two circles that are almost one" in shown
    told = client.post("/enough/questions/ios/", {"picture": "5"}).content.decode()
    assert "None of the seven is right." in told
    assert told.count("<circle") == 2


def test_what_is_kept_is_listed_for_its_owner_alone(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    before = {path: page(his, path) for path in PAGES}
    hers.post("/enough/questions/csi4/", FOUR)
    keep(hers)
    keep(hers, "ios", picture="2")
    kept = page(hers)
    assert "12 of 21." in kept
    assert "A picture of the two of you" in kept
    assert {path: page(his, path) for path in PAGES} == before
    filled = Filled.objects.first()
    assert filled is not None
    for what in ("remove", "fetch-back"):
        path = f"/enough/questions/{filled.pk}/"
        assert his.post(path, {"what": what}).status_code == 404


def test_nothing_of_it_lies_in_the_clear(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client = phone(ana)
    keep(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM care_filled")
        stored = repr(cursor.fetchall())
    for clear in ("csi4", "happiness", "warm", "rewarding"):
        assert clear not in stored


def test_it_can_be_removed_and_fetched_back_for_a_day(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client = phone(ana)
    keep(client)
    path = f"/enough/questions/{Filled.objects.get().pk}/"
    client.post(path, {"what": "remove"})
    assert "12 of 21." not in page(client)
    assert "Removed." in page(client)
    client.post(path, {"what": "fetch-back"})
    assert "12 of 21." in page(client)
    client.post(path, {"what": "remove"})
    clock(NOW + timedelta(days=2))
    assert "What you kept" not in page(client)
    assert not Filled.objects.exists()
    assert client.post(path, {"what": "fetch-back"}).status_code == 404


def test_while_locked_results_are_kept_and_none_is_shown(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    vault = client.cookies.pop("turntoward_vault")
    keep(client)
    assert "Your private words are locked." in page(client)
    assert "12 of 21." not in page(client)
    client.cookies["turntoward_vault"] = vault.value
    assert "12 of 21." in page(client)


def test_a_translation_says_that_it_is_ours(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    english = page(client, "/enough/questions/csi4/")
    assert 'class="note"' not in english
    Partner.objects.filter(pk=ana.pk).update(language="de")
    for which in ("csi4", "ios"):
        assert 'class="note"' in page(client, f"/enough/questions/{which}/")


def test_it_is_taken_along_by_its_owner(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    keep(hers)
    hers.post("/enough/not-now/", {"say": "not-now"})
    (row,) = tables(hers)["questionnaires"]
    assert (row["which"], row["sum_or_picture"], row["locked"]) == ("csi4", 12, False)
    assert tables(hers)["not_now"] == [{"since": "2026-03-03", "until": "2026-04-02"}]
    his = tables(phone(ben))
    assert his["questionnaires"] == his["not_now"] == []


@pytest.mark.parametrize("goes", [yours.erase, yours.leave])
def test_it_goes_with_its_owner_and_stays_with_the_other(
    ana: Partner, ben: Partner, phone: Phone, goes: Callable[[Partner, datetime], None]
) -> None:
    for partner in (ana, ben):
        client = phone(partner)
        keep(client)
        actions.not_now(partner, NOW.date())
        actions.keep_look(partner, NOW.date(), seen=True)
    goes(ana, NOW)
    assert [filled.partner_id for filled in Filled.objects.all()] == [ben.pk]
    # What was between the two is no more: whoever pairs with Ben next begins anew.
    assert not Looked.objects.exists()
    assert not NotNow.objects.exists()


def test_the_circles_overlap_in_equal_steps_and_cover_the_same_area() -> None:
    shares = [overlap(pair) for pair in pairs()]
    assert len(shares) == 7
    assert shares[0] == pytest.approx(0.0, abs=1e-6)
    steps = [after - before for before, after in pairwise(shares)]
    assert steps == pytest.approx([0.15] * 6, abs=1e-6)
    areas = [pi * pair.radius**2 * (2 - share) for pair, share in zip(pairs(), shares, strict=True)]
    assert areas == pytest.approx([areas[0]] * 7)
    for pair in pairs():
        assert pair.distance + 2 * pair.radius < WIDTH - 2
        assert 2 * pair.radius < HEIGHT - 2
