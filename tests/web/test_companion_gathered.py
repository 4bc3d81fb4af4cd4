"""What the two tapped joins the reading of both, and the other can work out no single tap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.moments.choose import Answer
from turntoward.reading.companion import PRIVATE, Companion
from turntoward.reading.reading import Reading
from turntoward.rhythms.companion import shifts_done
from turntoward.rhythms.series import Measured
from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Consent, Partner, Purpose
from turntoward.web.moments import actions as moments
from turntoward.web.moments.gathered import gather
from turntoward.web.moments.models import Offer
from turntoward.web.readings import actions, store
from turntoward.web.readings.companion import record_of
from turntoward.web.readings.models import Bringing, State, StoredReading
from turntoward.web.readings.upload import sealed_from_bytes
from turntoward.web.readings.work import work_on
from web_chats import chat
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
#: Twenty four weeks, six stretches of four; both keys were given before the first.
FIRST = date(2024, 1, 1)
WEEKS = 24
PAGES = ["/climate/", "/rhythm/bids/", "/today/", "/together/", "/more/"]


def at(week: int, weekday: int = 0, hour: int = 20, minute: int = 0) -> datetime:
    """A moment of an invented record, in Berlin in winter."""
    day = FIRST + timedelta(weeks=week, days=weekday)
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


def sat(
    partner: Partner, begun: datetime, minutes: float = 10, *, stopped: bool = False
) -> Sitting:
    """Ten minutes that this partner began."""
    over = begun + timedelta(minutes=minutes)
    return Sitting.objects.create(
        couple=partner.couple, begun_at=begun, begun_by=partner, first=0, ended_at=over,
        stopped=stopped,
    )  # fmt: skip


def agree(*partners: Partner, given: datetime | None = None, taps: bool = True) -> None:
    """Keys, with a yes to taps or from before that was asked."""
    given = given or at(0) - timedelta(days=3)
    for partner in partners:
        Consent.objects.create(
            partner=partner, purpose=Purpose.READ_CHAT, given_at=given, taps=taps
        )


def live(ana: Partner, ben: Partner, weeks: int = WEEKS) -> None:
    """Two check-ins a week, each begun once, tapped by both; small shifts for both."""
    for week in range(weeks):
        for weekday, begins in ((1, ana), (4, ben)):
            sitting = sat(begins, at(week, weekday))
            for partner in (ana, ben):
                warmth = 4 if weekday == 1 else 3
                Afterwards.objects.create(
                    sitting=sitting, partner=partner, warmth=warmth, at=at(week, weekday, 21)
                )
                day = FIRST + timedelta(weeks=week, days=weekday)
                answer = Answer.DONE if weekday == 1 else Answer.OPEN
                Offer.objects.create(partner=partner, day=day, key="k", reason="", answer=answer)


def read(partner: Partner, monkeypatch: pytest.MonkeyPatch, weeks: int = WEEKS) -> Reading:
    """Bring the chat in and read it on the Monday after so many weeks."""
    monkeypatch.setattr(timezone, "now", lambda: at(weeks, 0, 12))
    upload = sealed_from_bytes(chat(days=25), ".txt")
    work_on(actions.bring_in(partner, upload, timezone.now()).pk)
    return store.open_reading(StoredReading.objects.get(couple=partner.couple))


def names(reading: Reading) -> set[str]:
    return {series.name for series in reading.series}


def test_the_reading_of_both_holds_them_and_shows_no_week_of_what_is_private(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, ben)
    agree(ana, ben)
    reading = read(ana, monkeypatch)
    assert names(reading) >= {"sittings", "sittings_balance"} | PRIVATE
    assert not set(reading.unmeasured) & PRIVATE
    for client in (hers, his):
        page = client.get("/climate/").content.decode()
        assert "Ten-minute check-ins" in page
        assert "Balance of check-ins" in page
        assert "What each of you taps alone counts only together" in page
        for series in reading.series:
            assert (series.title in page) is not series.private, series.name


def test_alone_nothing_of_it_is_read(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(ana, ben)
    agree(ana)
    reading = read(ana, monkeypatch)
    assert not names(reading) & ({"sittings", "sittings_balance"} | PRIVATE)
    assert not set(reading.unmeasured) & {"sittings", *PRIVATE}
    assert record_of(ana.couple, timezone.now()) is None


def test_a_key_taken_back_takes_it_all_away(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = phone(ana)
    live(ana, ben)
    agree(ana, ben)
    read(ana, monkeypatch)
    actions.disagree(ben)
    assert not StoredReading.objects.exists()
    assert "Ten-minute check-ins" not in hers.get("/climate/").content.decode()
    assert gather(ana.couple, timezone.now()) is None


def test_what_was_tapped_before_both_keys_is_not_counted(ana: Partner, ben: Partner) -> None:
    live(ana, ben)
    agree(ana)
    agree(ben, given=at(5))
    record = gather(ana.couple, at(WEEKS))
    assert isinstance(record, Companion)
    assert record.since == date(2024, 2, 5)


def test_yeses_from_before_taps_were_asked_are_not_stretched_to_them(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = phone(ana)
    live(ana, ben)
    agree(ana, ben, taps=False)
    record = gather(ana.couple, at(WEEKS))
    assert record is not None
    assert (record.felt, record.shifts, record.since) == ((), (), None)
    assert len(record.held) == 2 * WEEKS
    reading = read(ana, monkeypatch)
    assert "sittings" in names(reading)
    assert not names(reading) & PRIVATE
    page = hers.get("/climate/").content.decode()
    assert "What each of you taps is not: both of you would have to agree to that." in page
    assert "counts only together, four weeks at a time, and is named" not in page


def test_a_yes_from_before_is_asked_for_anew_and_counts_when_both_gave_it(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, ben)
    agree(ana, ben, taps=False)
    read(ana, monkeypatch)
    asked = "Yes, what I tap as well"
    before = without_tokens(his.get("/agree/").content.decode())
    assert asked in before
    hers.post("/agree/", {"key": "yes"})
    assert asked not in hers.get("/agree/").content.decode()
    # Nothing moves that the other could see, and nothing counts yet.
    assert without_tokens(his.get("/agree/").content.decode()) == before
    assert Bringing.objects.get().state == State.READ
    record = gather(ana.couple, timezone.now())
    assert record is not None
    assert record.felt == ()
    his.post("/agree/", {"key": "yes"})
    assert Bringing.objects.get().state == State.READING
    record = gather(ana.couple, timezone.now())
    assert record is not None
    assert len(record.felt) == 4 * WEEKS
    # Of what was tapped before this yes nothing counts (rhythms.companion.fours).
    assert record.since == record.today


def test_a_tap_more_or_another_one_changes_no_page_of_the_other(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    his = phone(ben)
    live(ana, ben)
    agree(ana, ben)

    def pages() -> list[str]:
        return [without_tokens(his.get(path).content.decode()) for path in PAGES]

    def read_again() -> Reading:
        StoredReading.objects.all().delete()
        return read(ana, monkeypatch, WEEKS + 2)

    sitting = sat(ben, at(WEEKS, 1))
    before, shown = read_again(), pages()
    for warmth in (1, 3, 5):
        checkins.felt(sitting, ana, warmth, "", at(WEEKS, 1, 21))
        assert read_again().series == before.series
        assert pages() == shown
    # In weeks that are over: of four taps the only tense one, or none.
    last = Afterwards.objects.filter(partner=ana, at__lt=at(WEEKS)).order_by("-at").first()
    assert last is not None
    assert last.warmth == 3
    with pytest.raises(checkins.TooLate, match="stays as you tapped it"):
        checkins.felt(last.sitting, ana, 2, "", timezone.now())
    Afterwards.objects.filter(pk=last.pk).update(warmth=2)
    assert read_again().series == before.series
    assert pages() == shown


def test_four_weeks_that_are_counted_can_change_no_more(ana: Partner, ben: Partner) -> None:
    live(ana, ben)
    agree(ana, ben)
    last = FIRST + timedelta(weeks=WEEKS) - timedelta(days=1)
    offer = Offer.objects.create(partner=ana, day=last, key="k", reason="")

    def counted(now: datetime) -> Measured:
        record = gather(ana.couple, now)
        assert record is not None
        return shifts_done.measure(record)

    # While the last day's offer may be answered, its four weeks do not count yet.
    over = at(WEEKS, 1, 3)  # four in the morning, in summer
    open_still = over - timedelta(minutes=1)
    before = counted(open_still)
    moments.answer(ana, offer.pk, Answer.DONE, open_still)
    assert counted(open_still) == before
    with pytest.raises(moments.TooLate, match="stays as it was"):
        moments.answer(ana, offer.pk, Answer.OPEN, over)
    offer.refresh_from_db()
    assert offer.answer == Answer.DONE
    assert counted(at(WEEKS, 1, 5)) != before


def test_a_tap_can_be_changed_for_a_day_and_words_kept_with_it_later(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    sitting = sat(ana, at(3))
    page = f"/together/{sitting.pk}/afterwards/"

    def tap(warmth: int, now: datetime, words: str = "") -> str:
        monkeypatch.setattr(timezone, "now", lambda: now)
        return client.post(page, {"warmth": warmth, "words": words}).content.decode()

    tap(3, at(3))
    assert tap(4, at(3, 1)) == ""
    assert "stays as you tapped it then" in tap(2, at(3, 1, 21), "so tired")
    assert Afterwards.objects.get().words_sealed is None
    assert tap(4, at(3, 1, 21), "so tired") == ""
    feeling = Afterwards.objects.get()
    assert (feeling.warmth, feeling.words_sealed is not None) == (4, True)


def test_the_bounds_of_a_record_are_of_the_couple(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = phone(cleo)
    live(ana, ben)
    agree(ana, ben, cleo)
    before = gather(ana.couple, at(WEEKS))
    sitting = sat(cleo, at(3))
    Afterwards.objects.create(sitting=sitting, partner=cleo, warmth=1, at=at(3))
    Offer.objects.create(partner=cleo, day=FIRST, key="k", reason="")
    assert gather(ana.couple, at(WEEKS)) == before
    assert gather(cleo.couple, at(WEEKS)) is None
    read(ana, monkeypatch)
    assert "check-ins" not in strange.get("/climate/").content.decode()


def test_stopping_after_half_the_way_is_held_and_earlier_is_not(ana: Partner, ben: Partner) -> None:
    agree(ana, ben)
    for minutes, stopped in ((10, False), (2, False), (6, True), (4, True)):
        sat(ana, at(1, int(minutes) % 7), minutes, stopped=stopped)
    resting = sat(ben, at(2), 60 * 20, stopped=True)
    record = gather(ana.couple, at(WEEKS))
    assert record is not None
    assert [held.day.isoweekday() for held in record.held] == [3, 4, 7]
    Sitting.objects.filter(pk=resting.pk).update(banked_s=400)
    again = gather(ana.couple, at(WEEKS))
    assert again is not None
    assert [held.opener for held in again.held] == [0, 0, 0, 1]


def test_a_sitting_after_midnight_is_of_the_evening(ana: Partner, ben: Partner) -> None:
    agree(ana, ben)
    sitting = sat(ana, at(1, 6, 24, 30))
    Afterwards.objects.create(sitting=sitting, partner=ana, warmth=4, at=at(1, 6, 24, 45))
    record = gather(ana.couple, at(WEEKS))
    assert record is not None
    assert record.held[0].day == record.felt[0].day == date(2024, 1, 14)
    assert record.today == FIRST + timedelta(weeks=WEEKS)
