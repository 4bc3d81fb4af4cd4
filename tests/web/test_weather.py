"""The weather between the two: one tap, words that stay or are given, and what the other sees."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.couples.models import Consent, Partner, Purpose
from turntoward.web.weather import actions
from turntoward.web.weather.models import PutAway, Weather
from turntoward.web.weather.seen import given_to, of_both
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
MARK = "hollyhock-of-wednesday"
#: An evening in Berlin.
EVENING = datetime(2026, 3, 4, 19, 0, tzinfo=UTC)
DAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is evening; the clock can be moved."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


def today(client: Client) -> str:
    return without_tokens(client.get("/today/").content.decode())


def tap(client: Client, warmth: int, **more: str) -> Weather:
    answer = client.post("/weather/", {"warmth": str(warmth)} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Weather.objects.order_by("-at").first()  # type: ignore[return-value]


def words(client: Client, weather: Weather, text: str, **more: str) -> str:
    path = f"/weather/{weather.pk}/words/"
    return client.post(path, {"words": text} | more, follow=True).content.decode()


def test_one_tap_keeps_it_as_a_line(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert "How does it feel between you, from where you stand?" in today(client)
    tap(client, 5)
    page = today(client)
    assert "Warm, from where you stand." in page
    assert "How does it feel between you" not in page
    weather = Weather.objects.get()
    assert (weather.partner, weather.day, weather.warmth) == (ana, DAY, 5)


def test_a_later_tap_changes_it_and_undo_brings_back_the_earlier_one(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    weather = tap(client, 5)
    tap(client, 2)
    assert "Foggy, from where you stand." in today(client)
    undo = f"/weather/{weather.pk}/undo/"
    client.post(undo, {"warmth": "2"})
    client.post(undo, {"warmth": "2"})  # a double tap undoes once
    assert "Warm, from where you stand." in today(client)
    client.post(undo, {"warmth": "5"})
    assert Weather.objects.count() == 0
    assert "How does it feel between you" in today(client)


@pytest.mark.parametrize("warmth", ["", "0", "6", "x"])
def test_a_sky_that_there_is_not_is_refused(ana: Partner, phone: Phone, warmth: str) -> None:
    assert phone(ana).post("/weather/", {"warmth": warmth}).status_code == 404
    assert Weather.objects.count() == 0


def test_ten_past_midnight_is_still_the_evening(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client = phone(ana)
    clock(datetime(2026, 3, 4, 23, 10, tzinfo=UTC))
    assert tap(client, 3).day == DAY
    clock(datetime(2026, 3, 5, 3, 5, tzinfo=UTC))  # five past four
    assert "How does it feel between you" in today(client)


def test_yesterday_may_still_be_tapped_and_no_day_before_it(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    page = client.get("/weather/lately/").content.decode()
    assert "How did it feel yesterday?" in page
    assert 'name="day" value="2026-03-03"' in page
    answer = client.post("/weather/", {"warmth": "1", "day": "2026-03-03"})
    assert answer["Location"] == "/weather/lately/"
    assert Weather.objects.get().day == date(2026, 3, 3)
    assert "Stormy" in client.get("/weather/lately/").content.decode()
    assert "How does it feel between you" in today(client)
    for other in ("2026-03-02", "2026-03-05", "never", "0001-01-01"):
        page = client.post("/weather/", {"warmth": "1", "day": other}).content.decode()
        assert "That day is over by now." in page
    assert Weather.objects.count() == 1


def test_a_tap_that_waited_counts_once_and_for_the_day_it_was_tapped(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client = phone(ana)
    held = {"tap": "0d9a1f66-7a4c-4f0c-8b57-0a6c55d4a001", "at": EVENING.isoformat()}
    clock(EVENING + timedelta(days=2))
    weather = tap(client, 4, **held)
    assert weather.day == DAY
    client.post(f"/weather/{weather.pk}/undo/", {"warmth": "4"})
    client.post("/weather/", {"warmth": "4"} | held)  # sent once more
    assert Weather.objects.count() == 0


def test_a_tap_that_waited_does_not_overturn_a_later_one(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    tap(client, 4)
    earlier = (EVENING - timedelta(hours=3)).isoformat()
    tap(client, 1, tap="0d9a1f66-7a4c-4f0c-8b57-0a6c55d4a002", at=earlier)
    assert Weather.objects.get().warmth == 4


@pytest.mark.django_db(transaction=True)
def test_both_tap_at_once_and_each_on_two_phones(ana: Partner, ben: Partner) -> None:
    gate, wrong = threading.Barrier(6), []

    def one(partner: Partner, warmth: int) -> None:
        gate.wait()
        try:
            actions.tap(partner, DAY, warmth, EVENING)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    each = [(ana, 4), (ana, 4), (ana, 4), (ben, 2), (ben, 2), (ben, 2)]
    threads = [threading.Thread(target=one, args=pair) for pair in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sorted(Weather.objects.values_list("warmth", flat=True)) == [2, 4]


def test_taps_and_private_words_change_no_page_of_the_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    paths = ["/today/", "/weather/lately/", "/together/", "/rhythm/"]

    def pages() -> list[str]:
        return [without_tokens(his.get(path).content.decode()) for path in paths]

    before = pages()
    weather = tap(hers, 1)
    assert pages() == before
    words(hers, weather, MARK)
    assert pages() == before
    tap(hers, 2)
    assert pages() == before
    assert MARK in hers.get(f"/weather/{weather.pk}/words/").content.decode()
    for what in ("words", "undo", "let-go", "take-back", "put-away"):
        assert his.post(f"/weather/{weather.pk}/{what}/", {"warmth": "2"}).status_code == 404
    assert MARK in hers.get(f"/weather/{weather.pk}/words/").content.decode()


def test_words_lie_nowhere_in_the_clear(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    weather = tap(client, 3)
    words(client, weather, MARK)
    words(client, weather, f"given-{MARK}", share="1")
    weather.refresh_from_db()
    assert weather.words_sealed is not None
    assert weather.shared_sealed is not None
    assert MARK.encode() not in bytes(weather.words_sealed) + bytes(weather.shared_sealed)


@pytest.mark.django_db(transaction=True)
def test_words_are_nowhere_in_the_files(ana: Partner, ben: Partner, phone: Phone) -> None:
    if connection.vendor != "sqlite":
        return  # the rows were looked at above; the files of a server are not ours to read
    client = phone(ana)
    weather = tap(client, 3)
    words(client, weather, MARK)
    words(client, weather, f"given-{MARK}", share="1")
    database = Path(str(connection.settings_dict["NAME"]))
    files = list(database.parent.glob(f"{database.name}*"))
    assert files
    for file in files:
        assert MARK.encode() not in file.read_bytes()


def test_locked_words_are_neither_shown_nor_lost(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    weather = tap(client, 3)
    words(client, weather, MARK)
    assert MARK in today(client)
    vault = client.cookies.pop("turntoward_vault")
    page = today(client)
    assert MARK not in page
    assert "Your private words are locked." in page
    words(client, weather, "")  # the field was empty since they are locked
    words(client, weather, "written while locked")
    # Nor are they let go of unseen: they could not be fetched back.
    client.post(f"/weather/{weather.pk}/let-go/")
    client.cookies["turntoward_vault"] = vault.value
    assert f"{MARK}\nwritten while locked</textarea>" in today(client)


def test_a_page_from_before_it_was_locked_still_changes_its_words(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    weather = tap(client, 3)
    words(client, weather, MARK)
    [shown] = re.findall('name="shown" value="([0-9a-f]{32})"', today(client))
    vault = client.cookies.pop("turntoward_vault")
    words(client, weather, "in other words", shown=shown)
    words(client, weather, "and more", shown=shown)  # by now it shows what is no more there
    client.cookies["turntoward_vault"] = vault.value
    assert ">in other words\nand more</textarea>" in today(client)


def test_words_that_are_let_go_stay_on_the_page_once_more(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    weather = tap(client, 3)
    words(client, weather, MARK)
    assert ">Undo<" not in today(client)  # a day with words is not undone with one tap
    client.post(f"/weather/{weather.pk}/undo/", {"warmth": "3"})
    assert Weather.objects.count() == 1
    page = client.post(f"/weather/{weather.pk}/let-go/").content.decode()
    assert MARK in page
    assert "They are let go." in page
    assert MARK not in today(client)


def test_words_are_given_by_an_own_tick_and_seen_at_once(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    weather = tap(hers, 1)
    page = today(hers)
    assert "Share these words with Ben" in page
    assert 'name="share" value="1" checked' not in page
    words(hers, weather, MARK, share="1")
    page = today(his)
    assert MARK in page
    assert "Ana, today" in page
    assert "Stormy, from" not in page  # the words are given, the sky is not
    assert "How does it feel between you" in page  # and they stand in nobody's way
    assert "You shared this with Ben." in today(hers)


def test_given_words_are_taken_back_and_gone_for_both(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    before = today(his)
    weather = tap(hers, 4)
    words(hers, weather, MARK, share="1")
    page = hers.post(f"/weather/{weather.pk}/take-back/").content.decode()
    assert "Ben does not see them any more." in page
    assert MARK in page  # once more, for their writer
    assert today(his) == before
    assert MARK not in today(hers)
    assert MARK not in hers.get("/weather/lately/").content.decode()
    weather.refresh_from_db()
    assert weather.shared_sealed is None


def test_putting_away_is_seen_by_nobody_else_and_can_be_undone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    weather = tap(hers, 4)
    words(hers, weather, MARK, share="1")
    before = today(hers), hers.get("/weather/lately/").content.decode().count(MARK)
    away = f"/weather/{weather.pk}/put-away/"
    shown = {"mark": given_to(ben, DAY)[0].mark}
    assert f'name="mark" value="{shown["mark"]}"' in today(his)
    his.post(away, shown)
    his.post(away, shown)
    assert MARK not in today(his)
    assert MARK in his.get("/weather/lately/").content.decode()
    assert (today(hers), hers.get("/weather/lately/").content.decode().count(MARK)) == before
    assert hers.post(away).status_code == 404  # her own are taken back, not put away
    his.post(away, {"again": "1"})
    assert MARK in today(his)
    his.post(away, shown)
    words(hers, weather, f"other {MARK}", share="1")  # other words than those put away
    assert f"other {MARK}" in today(his)
    assert PutAway.objects.count() == 0
    for old in (shown, {}):  # a tap on a page from before
        his.post(away, old)
        assert f"other {MARK}" in today(his)


def test_given_words_leave_today_after_yesterday(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    his = phone(ben)
    words(phone(ana), tap(phone(ana), 4), MARK, share="1")
    clock(EVENING + timedelta(days=1))
    assert "Ana, yesterday" in today(his)
    clock(EVENING + timedelta(days=2))
    assert MARK not in today(his)
    assert MARK in his.get("/weather/lately/").content.decode()


def test_alone_there_is_nobody_to_share_with(cleo: Partner, phone: Phone) -> None:
    client = phone(cleo)
    weather = tap(client, 4)
    assert "Share these words" not in today(client)
    words(client, weather, MARK, share="1")
    weather.refresh_from_db()
    assert weather.shared_sealed is None
    assert weather.words_sealed is not None


def test_a_stranger_reaches_nothing(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    weather = tap(phone(ana), 4)
    words(phone(ana), weather, MARK, share="1")
    client = phone(cleo)
    for what in ("words", "undo", "let-go", "take-back", "put-away"):
        assert client.post(f"/weather/{weather.pk}/{what}/", {"warmth": "4"}).status_code == 404
    assert given_to(cleo, date.min) == ()
    assert of_both(cleo, date.min, date.max) == ()
    assert MARK in today(phone(ben))


def agree(partner: Partner, at: datetime) -> None:
    Consent.objects.create(partner=partner, purpose=Purpose.SHARE_WEATHER, given_at=at)


def test_the_others_sky_is_seen_with_both_keys_from_the_later_one_on(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his = phone(ben)
    for back, warmth in ((3, 1), (2, 2), (1, 4), (0, 5)):
        at = EVENING - timedelta(days=back)
        actions.tap(ana, DAY - timedelta(days=back), warmth, at)
    everything = date(2020, 1, 1), date(2030, 1, 1)
    lately = without_tokens(his.get("/weather/lately/").content.decode())
    agree(ana, EVENING - timedelta(days=2))
    assert of_both(ben, *everything) == ()
    assert without_tokens(his.get("/weather/lately/").content.decode()) == lately
    agree(ben, EVENING - timedelta(days=1))
    seen = of_both(ben, *everything)
    assert [(tapped.day, tapped.warmth) for tapped in seen] == [
        (DAY - timedelta(days=1), 4),
        (DAY, 5),
    ]
    assert not hasattr(seen[0], "at")
    page = his.get("/weather/lately/").content.decode()
    assert "Bright" in page
    assert "Two views of the same days." in page
    assert page.count("Stormy") == 1  # the sky that may be tapped, not Ana's from before
    assert "see each other's sky" in today(his).replace("&#x27;", "'")
    Consent.objects.filter(partner=ana, purpose=Purpose.SHARE_WEATHER).delete()
    assert of_both(ben, *everything) == ()
    assert without_tokens(his.get("/weather/lately/").content.decode()) == lately


def test_a_sky_tapped_before_the_later_yes_stays_hidden_on_the_same_day(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    agree(ana, EVENING - timedelta(days=9))
    client = phone(ana)
    assert "Only you see this." in today(client)
    tap(client, 1)
    agree(ben, EVENING + timedelta(minutes=1))
    clock(EVENING + timedelta(minutes=2))
    assert of_both(ben, DAY, DAY) == ()
    tap(client, 4)  # by now the page says that both see it
    assert [tapped.warmth for tapped in of_both(ben, DAY, DAY)] == [4]
    # Nor does an undo bring back for both what was tapped for herself.
    weather = Weather.objects.get()
    client.post(f"/weather/{weather.pk}/undo/", {"warmth": "4"})
    assert of_both(ben, DAY, DAY) == ()
    assert not Weather.objects.exists()


def test_an_own_key_alone_and_both_missing_look_the_same(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ben)
    before = today(client)
    agree(ana, EVENING)  # the other's key alone
    assert today(client) == before
    tap(phone(ana), 5)
    assert today(client) == before


def test_the_last_days_mention_no_day_without_a_tap(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert "not counted" in client.get("/weather/lately/").content.decode()
    for back in (0, 6, 20):
        actions.tap(ana, DAY - timedelta(days=back), 4, EVENING)
    page = client.get("/weather/lately/").content.decode()
    assert page.count('class="when"') == 2
