"""Both at once: Ana and Ben tap in the same moment. Nothing breaks, and each tap counts once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from browser_steps import begin, join_by_link, open_words
from moved_time import MovedTime
from tapping_at_once import Two, phone_of

#: Far from the time of any phone, so that the companion goes by its own.
BEGINS = datetime(2035, 6, 4, 20, 45, tzinfo=ZoneInfo("Europe/Berlin"))
#: How often each is played: once with Ana a little earlier, once with Ben.
ROUNDS = 2


@pytest.fixture(scope="module")
def two(browser: Browser, serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:  # type: ignore[no-untyped-def]
    """A couple that is inside, for all of these tests; each goes on with an evening of its own."""
    time = MovedTime(tmp_path_factory.mktemp("clock") / "ahead", BEGINS)
    server = serve(time.environment)
    wrong: list[str] = []
    expect.set_options(timeout=15_000)
    ana, ben = phone_of(browser, wrong), phone_of(browser, wrong)
    begin(ana, server.link())
    join_by_link(ana, ben, server.address)
    two = Two(ana, ben, server.address, server.data, time, BEGINS, wrong)
    two.open("/today/")
    two.tap(*two.button("Mild", exact=True))
    for phone in two.both:
        expect(phone.get_by_text("Mild, from where you stand.")).to_be_visible()
    yield two
    for phone in (ana, ben):
        phone.context.close()
    expect.set_options(timeout=5_000)
    log = server.process.stdout
    server.end()
    said = log.read()
    assert "ERROR" not in said
    assert "locked" not in said
    assert wrong == []


def test_each_has_the_own_sky_whoever_taps_first(two: Two) -> None:
    for lap in range(ROUNDS):
        two.next_evening()
        two.open("/today/")
        hers, his = (two.button(sky, exact=True) for sky in ("Bright", "Foggy"))
        two.tap(hers[0], his[1], times=2, ben_first=lap % 2 == 1)
        expect(two.ana.get_by_text("Bright, from where you stand.")).to_be_visible()
        expect(two.ben.get_by_text("Foggy, from where you stand.")).to_be_visible()
        question = (
            "select handle, warmth from weather_weather join couples_partner as whose on "
            f"whose.id = partner_id where day = '{two.now.date()}' order by handle"
        )
        two.becomes(question, [("ana", 4), ("ben", 2)])


def test_a_ritual_is_kept_once_by_two_taps_and_undone_by_two(two: Two) -> None:
    two.open("/rituals/")
    two.tap(*two.button("Keep this Ten minutes"))
    for phone in two.both:
        expect(phone.get_by_role("button", name="Let it rest Ten minutes")).to_be_visible()
    two.becomes('select kind, "on" from rituals_ritual', [("ten", 1)])
    for lap in range(ROUNDS):
        two.next_evening()
        two.open("/today/?after=weather")
        question = f"select kept from rituals_kept where day = '{two.now.date()}'"
        two.tap(*two.button("We did"), times=2, ben_first=lap % 2 == 1)
        for phone in two.both:
            expect(phone.get_by_text("Ten minutes: you two did.")).to_be_visible()
        two.becomes(question, [(1,)])
        two.tap(*two.button("Undo Ten minutes"), ben_first=lap % 2 == 1)
        for phone in two.both:
            expect(phone.get_by_role("heading", name="Ten minutes")).to_be_visible()
        two.becomes(question, [(0,)])
        # One says that they did, the other had set it aside: they did.
        two.tap(two.button("We did")[0], two.button("Not today")[1], ben_first=lap % 2 == 1)
        two.becomes(question, [(1,)])
        two.ben.goto(f"{two.address}/today/")
        expect(two.ben.get_by_text("Ten minutes: you two did.")).to_be_visible()


def test_two_who_sit_down_are_in_one_sitting_and_change_over_once(two: Two) -> None:
    for lap in range(ROUNDS):
        two.open("/together/")
        # Each has chosen something else: one of it counts, for both.
        two.ana.get_by_label("Ten minutes").check()
        two.ben.get_by_label("Ben begins").check()
        two.tap(*two.button("Start the ten minutes"), times=2, ben_first=lap % 2 == 1)
        for phone in two.both:
            expect(phone.locator("#title")).to_have_text("Arrive.")
        two.becomes("select count(*) from checkins_sitting where ended_at is null", [(1,)])
        go_on = [phone.locator("#go-on") for phone in two.both]
        two.tap(*go_on, times=2, ben_first=lap % 2 == 1)
        speaks = ("You speak.", "Listen.")
        ((first,),) = two.rows("select first from checkins_sitting where ended_at is null")
        for side, phone in enumerate(two.both):
            expect(phone.locator("#title")).to_have_text(speaks[side != first])
        two.tap(*go_on, ben_first=lap % 2 == 0)
        for side, phone in enumerate(two.both):
            expect(phone.locator("#title")).to_have_text(speaks[side == first])
        two.tap(two.ana.locator("#stop"), two.ben.locator("#stop"), ben_first=lap % 2 == 1)
        for phone in two.both:
            phone.wait_for_url("**/afterwards/")
        two.tap(two.button("Warm")[0], two.button("Mild")[1], times=2)
        for phone, sky in zip(two.both, ("Warm", "Mild"), strict=True):
            expect(phone.get_by_role("button", name=sky, pressed=True)).to_be_visible()
        felt = "select warmth from checkins_afterwards order by warmth"
        two.becomes(felt, [(3,)] * (lap + 1) + [(5,)] * (lap + 1))


def test_two_changes_of_a_season_are_both_kept_and_it_is_taken_off_once(two: Two) -> None:
    question = 'select name, start, "end" from couples_season'
    for lap in range(ROUNDS):
        two.ana.goto(f"{two.address}/seasons/")
        two.ana.get_by_label("What was it?").fill("A move")
        two.ana.get_by_label("From").fill("2034-01-05")
        two.ana.get_by_role("button", name="Add", exact=True).click()
        two.becomes(question, [("A move", "2034-01-05", None)])
        two.open("/seasons/")
        for phone in two.both:
            phone.get_by_role("link", name="Change A move").click()
        two.ana.get_by_label("What was it?").fill("Our move")
        two.ben.get_by_label("From").fill("2034-02-07")
        two.tap_away(*two.button("Keep the change"), ben_first=lap % 2 == 1)
        two.becomes(question, [("Our move", "2034-02-07", None)])
        two.open("/seasons/")
        two.tap_away(*two.button("Take off Our move"), ben_first=lap % 2 == 1)
        for phone in two.both:
            expect(phone.locator(".note")).to_contain_text("taken off")
        two.becomes(question, [])
        said = sorted(phone.locator(".note span").inner_text() for phone in two.both)
        assert said == ["It is taken off.", "This season was taken off already."]


def test_ready_to_tell_and_ready_to_hear_in_one_moment_meet_on_the_next_morning(two: Two) -> None:
    state = "select state from topics_topic"
    for lap in range(ROUNDS):
        two.ana.goto(f"{two.address}/topics/")
        if not two.rows(state):
            two.ana.get_by_label("In a few words").fill("The winter")
            two.ana.get_by_role("button", name="Let it rest here").click()
        open_words(two.ana)
        two.ana.get_by_role("link", name="I am ready").click()
        two.ben.goto(f"{two.address}/topics/")
        hers, his = two.button("I am ready")[0], two.button("I could hear something this week")[1]
        two.tap_away(hers, his, ben_first=lap % 2 == 1)
        expect(two.ana.get_by_text("You are ready. It comes before both")).to_be_visible()
        expect(two.ben.get_by_text("You could hear something until")).to_be_visible()
        two.at(two.now + timedelta(hours=11))
        two.open("/topics/")
        for phone in two.both:
            expect(phone.get_by_text("You are both ready for this")).to_be_visible()
        for _ in range(2):
            two.tap_away(*two.button("We talked about it"), ben_first=lap % 2 == 1)
            for phone in two.both:
                phone.get_by_text("Talked about", exact=True).click()
            two.tap_away(*two.button("Not yet, put it back"), ben_first=lap % 2 == 0)
            for phone in two.both:
                expect(phone.get_by_text("You are both ready for this")).to_be_visible()
        # One would rather let it rest, while the other says that they talked: it rests.
        rests = two.button("Let it rest again")[1]
        two.tap_away(two.button("We talked about it")[0], rests, ben_first=lap % 2 == 1)
        two.ana.goto(f"{two.address}/topics/")
        expect(two.ana.get_by_text("You are ready. It comes before both")).to_be_visible()
        two.ana.get_by_role("button", name="Not ready after all").click()
        expect(two.ana.get_by_role("link", name="I am ready")).to_be_visible()
        two.at(two.now + timedelta(hours=13))


def test_hearts_in_one_moment_reach_both_and_what_is_taken_back_is_gone(two: Two) -> None:
    question = "select away, nice from noticed_given"
    for lap in range(ROUNDS):
        two.open("/noticed/")
        for phone in two.both:
            phone.get_by_label("Looked up").check()
        hers, his = two.button("Tell Ben")[0], two.button("Tell Ana")[1]
        two.tap_away(hers, his, times=2, ben_first=lap % 2 == 1)
        two.becomes(question, [(0, 0), (0, 0)])
        two.open("/noticed/")
        two.tap_away(*two.button("That was nice"), times=2, ben_first=lap % 2 == 1)
        two.becomes(question, [(1, 1), (1, 1)])
        two.open("/noticed/")
        expect(two.ana.get_by_text("It reached Ben warmly.")).to_be_visible()
        expect(two.ben.get_by_text("It reached Ana warmly.")).to_be_visible()
        # She takes hers back while he takes his heart back; then he takes his own back.
        hers, his = two.button("Take it back")[0], two.button("Undo")[1].last
        two.tap_away(hers.first, his, ben_first=lap % 2 == 1)
        two.becomes("select count(*) from noticed_given", [(1,)])
        two.open("/noticed/")
        expect(two.ana.get_by_text("It reached")).to_have_count(0)
        two.ben.get_by_role("button", name="Take it back").click()
        two.becomes(question, [])


def test_two_who_propose_the_same_trial_in_one_moment_have_agreed(two: Two) -> None:
    two.at(BEGINS + timedelta(days=13, hours=23))  # two weeks of days, and still let in
    question = "select begins from trials_trial where closed_at is null"
    for lap in range(ROUNDS):
        two.open("/trials/")
        for phone in two.both:
            phone.get_by_label("8 weeks").check()
        hers, his = two.button("Propose it to Ben")[0], two.button("Propose it to Ana")[1]
        two.tap_away(hers, his, ben_first=lap % 2 == 1)
        two.becomes(question, [("2035-06-18",)])
        two.open("/trials/")
        two.tap_away(*two.button("Stop here"), ben_first=lap % 2 == 1)
        two.becomes(question, [])
    two.becomes("select count(*), count(stopped_by_id) from trials_trial", [(ROUNDS, ROUNDS)])
