"""A month of two phones, day by day, and a third phone of another couple beside them.

Each test lives the month as far as it needs; what was lived is not lived again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

import month_begins as begins
import month_goes_on as goes_on
import month_words as words
from month_phones import SKIES, ZONE, Month, Phone, new_phone
from moved_time import MovedTime
from opened_database import opened
from turntoward.moments.catalogue import catalogue

Chapter = Callable[[Month], None]
CHAPTERS: tuple[Chapter, ...] = (
    begins.first_evening,
    begins.first_week,
    begins.a_hard_topic,
    begins.five_days_away,
    goes_on.entering_again,
    goes_on.a_day_without_a_network,
    goes_on.a_trial_is_agreed,
    goes_on.the_clocks_go_back,
    goes_on.with_and_without,
    goes_on.last_evening,
)
BEGINS = datetime(2026, 10, 5, 19, 30, tzinfo=ZONE)
#: What no page of a month may say: counts of days and of people, blame, and pushing.
NAGS = re.compile(
    r"\bmiss(ed|es)\b|streak|in a row|\bforg[eo]t|haven.t|have not|has not|hasn.t|did ?n.t\b"
    r"|last seen|last here|days? since|days ago|overdue|behind|catch up on|come back soon|fail"
    r"|\bshould\b|\bmust\b|\bscore|%|\bonly \d|\d+ (of|/) \d+ days|been away|absen|welcome back, "
    r"|!",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def month(browser: Browser, serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:  # type: ignore[no-untyped-def]
    """A hosted companion on the first evening, three phones, and nothing lived yet."""
    time = MovedTime(tmp_path_factory.mktemp("clock") / "ahead", BEGINS)
    server = serve(time.environment | {"TURNTOWARD_OPEN": "1"})
    phones = {
        name: new_phone(browser, name, server.address, BEGINS) for name in ("ana", "ben", "cleo")
    }
    expect.set_options(timeout=15_000)
    skies: dict[str, dict[date, str]] = {name: {} for name in phones}
    yield Month(address=server.address, data=server.data, time=time, phones=phones, skies=skies)
    for phone in phones.values():
        phone.page.context.close()


def live(month: Month, until: Chapter) -> None:
    """Live the month on to the end of this chapter. What broke once is not tried again."""
    for chapter in CHAPTERS[: CHAPTERS.index(until) + 1]:
        if chapter.__name__ in month.lived:
            continue
        if month.broken:
            pytest.fail(f"the month ended in {month.broken}", pytrace=False)
        month.broken = chapter.__name__
        chapter(month)
        month.cleo.open("/today/")
        month.broken = ""
        month.lived.append(chapter.__name__)


def test_two_begin_in_one_evening(month: Month) -> None:
    live(month, begins.first_evening)
    assert set(month.skies["ana"]) == set(month.skies["ben"]) == {BEGINS.date()}


def test_a_first_week_with_all_its_taps(month: Month) -> None:
    live(month, begins.first_week)
    answers = {answer for _, _, _, answer in month.shifts}
    assert answers == {"Done", "Not today", "Not for us"}


def test_a_hard_topic_opens_for_both_on_the_next_morning_and_not_before(month: Month) -> None:
    live(month, begins.a_hard_topic)
    opens = datetime(2026, 10, 12, 4, tzinfo=ZONE)
    for seen in month.ben.seen:
        assert (words.TOPIC in seen.html) <= (seen.at >= opens), seen.path


def test_five_days_away_cost_nothing_and_no_page_has_a_word_of_them(month: Month) -> None:
    live(month, begins.five_days_away)
    for phone in month.both:
        for path in begins.ALIKE:
            before = month.kept[f"{phone.name} {path}"]
            assert month.kept[f"{phone.name} {path} after"] == before, path


def test_entering_again_after_two_weeks_keeps_everything(month: Month) -> None:
    live(month, goes_on.entering_again)
    assert date(2026, 10, 19) in month.skies["ana"]


def test_a_day_without_a_network_counts_as_that_day(month: Month) -> None:
    live(month, goes_on.a_day_without_a_network)
    assert stored_skies(month, "ana") == month.skies["ana"]


def test_a_trial_begins_on_the_monday_after_both_said_yes(month: Month) -> None:
    live(month, goes_on.a_trial_is_agreed)
    ((begin,),) = rows(month, "select begins from trials_trial")
    assert begin == "2026-10-26"


def test_where_the_clocks_go_back_every_day_is_one_day(month: Month) -> None:
    live(month, goes_on.the_clocks_go_back)
    for name in ("ana", "ben"):
        assert stored_skies(month, name) == month.skies[name]
    assert rows(month, "select day, kept from rituals_kept where day > '2026-10-20'") == [
        ("2026-10-25", 1)
    ]


def test_weeks_with_shifts_offer_them_and_weeks_without_do_not(month: Month) -> None:
    live(month, goes_on.with_and_without)
    offered = {day for _, day, _, _ in offers_of(month)}
    first, second = date(2026, 10, 26), date(2026, 11, 2)
    weeks = [any(monday <= day < monday + WEEK for day in offered) for monday in (first, second)]
    assert sorted(weeks) == [False, True]


def test_the_climate_of_both_holds_every_sky_that_was_tapped_and_no_other(month: Month) -> None:
    live(month, goes_on.last_evening)
    for phone in month.both:
        phone.open("/climate/")
        shown = in_the_table(phone)
        other = "Ben" if phone is month.ana else "Ana"
        assert shown == {
            "You": month.skies[phone.name],
            other: month.skies[other.casefold()],
        }
        points = phone.page.evaluate(POINTS)
        assert points == [len(days) for days in shown.values()]


def test_no_small_shift_came_back_within_its_rest(month: Month) -> None:
    live(month, goes_on.last_evening)
    rests = {"done": 10, "not-today": 4, "open": 3, "not-for-us": 1000}
    offers = offers_of(month)
    assert len(offers) > 30
    for place, (who, day, key, answer) in enumerate(offers):
        for whose, then, again, _ in offers[place + 1 :]:
            if (whose, again) == (who, key):
                assert (then - day).days >= rests[answer], (who, key, day, then)


def test_what_stood_on_the_screen_is_what_was_offered(month: Month) -> None:
    live(month, goes_on.last_evening)
    titles = {moment.key: moment.title for moment in catalogue()}
    answers = {"done": "Done", "not-today": "Not today", "not-for-us": "Not for us"}
    answered = [
        (who, day, titles[key], answers[answer])
        for who, day, key, answer in offers_of(month)
        if answer != "open"
    ]
    assert sorted(answered) == sorted(month.shifts)


def test_no_page_of_the_month_counts_or_blames_or_pushes(month: Month) -> None:
    live(month, goes_on.last_evening)
    # What a small shift or a prompt says is read by other tests.
    read_elsewhere = [
        words for moment in catalogue() for words in (moment.title, moment.words, moment.look_for)
    ]
    # A way out that the one who reads says of themselves.
    read_elsewhere.append("I forgot my passphrase")
    of_others = re.compile("|".join(re.escape(words) for words in read_elsewhere))
    found = {
        (phone.name, seen.path.split("?")[0], said.group())
        for phone in month.phones.values()
        for seen in phone.seen
        if 'id="prompt"' not in seen.html
        for said in NAGS.finditer(of_others.sub("", seen.text))
    }
    assert found == set()


def test_every_page_says_in_which_of_the_four_places_it_lies(month: Month) -> None:
    live(month, goes_on.last_evening)
    for phone in month.phones.values():
        for seen in phone.seen:
            tabs = re.search('<nav class="tabs".*?</nav>', seen.html, re.DOTALL)
            assert tabs is None or tabs.group().count('aria-current="page"') == 1, seen.path


def test_nobody_sees_what_the_other_keeps_to_themselves(month: Month) -> None:
    live(month, goes_on.last_evening)
    for phone in month.phones.values():
        held = "\n".join(seen.html for seen in phone.seen)
        for name, said in words.ALONE.items():
            for each in said:
                assert (each in held) is (name == phone.name), (phone.name, each)
        for each in words.BOTH:
            assert (each in held) is (phone is not month.cleo), (phone.name, each)
        for each in words.NOBODYS:
            assert each not in held


def test_another_couple_comes_to_nothing_of_theirs(month: Month) -> None:
    live(month, goes_on.last_evening)
    theirs = own_addresses(month.ana) | own_addresses(month.ben)
    assert len(theirs) > 30
    for path in sorted(theirs - own_addresses(month.cleo)):
        answer = month.cleo.page.request.get(month.address + path)
        assert answer.status in (404, 405), path
    for phone, other in (month.both, month.both[::-1]):
        for path in sorted(own_addresses(phone)):
            answer = other.page.request.get(month.address + path).text()
            for each in words.ALONE[phone.name]:
                assert each not in answer, path


def test_nothing_went_wrong_in_the_whole_month(month: Month) -> None:
    live(month, goes_on.last_evening)
    assert [each for phone in month.phones.values() for each in phone.wrong] == []


WEEK = timedelta(weeks=1)
#: How many days each view of the weather's chart holds.
POINTS = """() => [...document.querySelectorAll("figure[data-chart] script")]
  .map((each) => JSON.parse(each.textContent)).find((each) => each.kind === "weather")
  .views.map((view) => view.days.length)"""
_IDS = re.compile(r'(?:href|action)="(/[^"?#]*?(?:[0-9a-f-]{36}|/\d+)/[^"?#]*)')


def rows(month: Month, question: str) -> list[tuple[object, ...]]:
    """What the companion has by now."""
    with closing(opened(month.data)) as database:
        kept: list[tuple[object, ...]] = database.execute(question).fetchall()
    return kept


def stored_skies(month: Month, name: str) -> dict[date, str]:
    """The skies of one of the three, as they are kept."""
    kept = rows(
        month,
        "select day, warmth from weather_weather join couples_partner as whose "
        f"on whose.id = partner_id where handle = '{name}'",
    )
    return {date.fromisoformat(str(day)): SKIES[int(str(warmth)) - 1] for day, warmth in kept}


def offers_of(month: Month) -> list[tuple[str, date, str, str]]:
    """Everything that was offered, in order: to whom, when, what, and the answer."""
    kept = rows(
        month,
        "select handle, day, key, answer from moments_offer join couples_partner as whose "
        "on whose.id = partner_id where handle != 'cleo' order by day, turn",
    )
    return [(str(w), date.fromisoformat(str(d)), str(k), str(a)) for w, d, k, a in kept]


def in_the_table(phone: Phone) -> dict[str, dict[date, str]]:
    """The table below the weather's chart: for each view the days and their skies."""
    table = phone.page.locator(".skies-table")
    heads = table.locator("thead th").all_text_contents()[1:3]
    found: dict[str, dict[date, str]] = {head: {} for head in heads}
    for row in table.locator("tbody tr").all():
        monday = datetime.strptime(row.locator("th").text_content() or "", "%d %b %Y").date()  # noqa: DTZ007
        for head, cell in zip(heads, row.locator("td").all_text_contents(), strict=False):
            for each, sky in re.findall(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w+)", cell):
                day = monday + timedelta(days=DAYS.index(each))
                found[head][day] = sky
    return found


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def own_addresses(phone: Phone) -> set[str]:
    """Every address with an id that stood on this phone."""
    return {path for seen in phone.seen for path in _IDS.findall(seen.html)}
