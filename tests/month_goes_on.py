"""The rest of a month: entering again, a day without a network, a trial, a hard season."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import month_words as words
from month_phones import Month, enter, pass_by_until

KEPT_HERE = "Kept on this phone. It will be sent when the network is back."
_WITH, _WITHOUT = "a week with small shifts.", "a week without small shifts."
_HARD = "A hard season: stress at work. Nothing is expected of you here"
_RESTS = "This is a week without shifts, as you chose."


def entering_again(month: Month) -> None:
    """Two weeks after the first evening the doors are shut; with the passphrase all is there."""
    month.at("10-19", "20:10")
    for phone in month.phones.values():
        phone.open("/today/")
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("Welcome back.")
        phone.tap("Enter", exact=True)
        phone.page.wait_for_url("**/enter/**")
        enter(phone)
        phone.lacks("Somebody entered as you")
    month.ana.open("/topics/")
    month.ana.reads(words.HELD_BACK)
    month.ana.open("/weather/lately/")
    month.ana.tap("Your words", role="link")
    month.ana.page.wait_for_url("**/words/")
    month.ana.unlock()
    expect(month.ana.page.get_by_label("A few words, if you like")).to_have_value(words.IN_HER_DAY)
    month.ben.open("/noticed/passed/")
    month.ben.reads(words.PASSED_BY)
    month.cleo.open("/topics/")
    month.cleo.reads(words.CLEO_PARKED)
    month.evening("10-19", "20:15", ana=("Mild", "Done"), ben=("Bright", "Not today"))


def a_day_without_a_network(month: Month) -> None:
    """What Ana taps and writes on Tuesday is on her phone until Wednesday, and is Tuesday's."""
    ana = month.ana
    month.at("10-20", "18:30")
    ana.open("/today/")
    ana.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    ana.page.context.set_offline(True)
    ana.tap("Foggy", exact=True)
    expect(ana.page.locator("#outbox")).to_have_text(KEPT_HERE)
    month.at("10-20", "21:40")
    ana.open("/today/")
    expect(ana.page.get_by_role("heading", name="The network is away.")).to_be_visible()
    ana.page.get_by_label("Bright").check()
    ana.write("A few words, if you like", words.WITHOUT_NETWORK)
    ana.tap("Keep this")
    expect(ana.page.locator("#outbox")).to_have_text(KEPT_HERE)
    month.at("10-21", "18:30")
    ana.page.context.set_offline(False)
    ana.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(ana.page.locator("#weather-ask")).to_be_visible()  # Wednesday's sky is open
    month.skies["ana"][month.today.replace(day=20)] = "Bright"
    ana.open("/weather/lately/")
    expect(ana.page.get_by_role("button", name="Bright", pressed=True)).to_be_visible()
    ana.page.locator("a.button", has_text="Your words").tap()
    ana.page.wait_for_url("**/words/")
    ana.unlock()
    expect(ana.page.get_by_label("A few words, if you like")).to_have_value(words.WITHOUT_NETWORK)
    month.evening("10-21", ana=("Mild", "Done"), ben=("Mild", "Done"))


def a_trial_is_agreed(month: Month) -> None:
    """Ana proposes eight weeks. Ben sets the question aside, looks again, and says yes."""
    ana, ben = month.both
    month.evening("10-22", ana=("Bright", "Done"), ben=("Mild", "Not today"))
    ana.open("/trials/")
    ana.page.get_by_label("8 weeks").check()
    ana.tap("Propose it to Ben")
    ana.reads("It begins when you both say yes.")
    proposed = ana.page.locator("main").inner_text()
    ben.open("/today/")
    ben.tap("Ana asks: shall we find out whether small shifts help?", role="link")
    ben.tap("Not now")
    ben.reads("Nobody is told.")
    ana.open("/trials/")
    assert ana.page.locator("main").inner_text() == proposed
    ben.open("/today/")
    ben.lacks("shall we find out")
    ben.open("/trials/")
    ben.tap("Look at it again")
    ben.tap("Yes, let us")
    ben.reads("It begins on Monday, 26 Oct 2026.")
    ana.open("/trials/")
    ana.reads("It begins on Monday, 26 Oct 2026.")
    # Until then everything stays as it is.
    month.evening("10-23", ana=("Warm", "Done"), ben=("Bright", "Done"))


def the_clocks_go_back(month: Month) -> None:
    """The night of the longer Saturday, and Sunday's ritual at the hour that it always has."""
    ana, ben = month.both
    month.evening("10-24", ana=("Mild", ""), ben=("Foggy", "Done"))
    month.at("10-25", "02:30", fold=1)  # the second half past two; still Saturday's evening
    ana.open("/today/")
    ana.reads("Mild, from where you stand.")
    month.at("10-25", "18:20")
    ana.open("/today/")
    expect(ana.page.locator("#weather-ask")).to_be_visible()
    ana.reads("Later today, about 8:40 p.m.: Ten minutes")
    month.evening("10-25", "20:38", ana=("Warm", "Done"), ben=("Bright", ""))
    ana.open("/today/")
    pass_by_until(ana, lambda: ana.page.locator("#ritual-title").count() > 0)
    ana.reads("At about 8:40 p.m., as you two chose.")
    ana.tap("We did")
    ana.reads("Ten minutes: you two did.")
    ben.open("/today/")
    ben.reads("Ten minutes: you two did.")


def _week(month: Month, day: str) -> bool:
    """Whether this week of the trial is one with small shifts, as both pages say it."""
    month.at(day, "18:00")
    said = set()
    for phone in month.both:
        phone.open("/trials/")
        said.add(phone.page.locator("main h2").first.inner_text())
    (week,) = said
    assert week.endswith((_WITH, _WITHOUT)), week
    return week.endswith(_WITH)


def _tap_in(month: Month, day: str, sky: dict[str, str], *, shifts: bool, hard: bool) -> None:
    """An evening of the trial: a shift is there in the weeks with them, and only there."""
    month.evening(day, **{name: (each, "") for name, each in sky.items()})
    for phone in month.both:
        if phone.name not in sky:
            continue
        assert (_HARD in phone.page.locator("main").inner_text()) is hard
        if shifts:
            phone.lacks(_RESTS)
            month.answer_shift(phone, "Done" if phone is month.ana else "Not today")
        else:
            phone.reads(_RESTS)
            phone.reads("That is enough for today.")
            expect(phone.part("shift")).to_have_count(0)


def with_and_without(month: Month) -> None:
    """Two weeks of the trial, one with small shifts and one without, and a hard season in them."""
    first = _week(month, "10-26")
    _tap_in(month, "10-26", {"ana": "Mild", "ben": "Mild"}, shifts=first, hard=False)
    _tap_in(month, "10-28", {"ana": "Foggy", "ben": "Mild"}, shifts=first, hard=False)
    _hard_season(month)
    _tap_in(month, "10-30", {"ana": "Foggy", "ben": "Foggy"}, shifts=first, hard=True)
    _tap_in(month, "11-01", {"ana": "Mild"}, shifts=first, hard=True)
    second = _week(month, "11-02")
    assert second is not first
    _tap_in(month, "11-02", {"ana": "Mild", "ben": "Mild"}, shifts=second, hard=True)
    month.at("11-03", "18:30")
    for phone in month.phones.values():
        enter(phone)  # two weeks on, the doors are shut again
    _tap_in(month, "11-03", {"ana": "Bright", "ben": "Mild"}, shifts=second, hard=True)
    _season_ends(month)
    _tap_in(month, "11-06", {"ana": "Bright", "ben": "Bright"}, shifts=second, hard=False)


def _hard_season(month: Month) -> None:
    ben = month.ben
    month.at("10-29", "21:00")
    ben.open("/seasons/")
    ben.write("What was it?", words.SEASON)
    ben.page.get_by_label("Stress at work").check()
    ben.write("From", "2026-10-20")
    ben.page.get_by_label("It still goes on").check()
    ben.tap("Add", exact=True)
    ben.reads("since October 2026, going on")
    for phone in month.both:
        phone.open("/today/")
        phone.reads(_HARD)
    month.ana.page.goto(month.address + "/today/")
    pass_by_until(month.ana, lambda: month.ana.page.locator("#ritual-title").count() > 0)
    month.ana.reads("and it may rest today.")


def _season_ends(month: Month) -> None:
    ana = month.ana
    month.at("11-05", "21:00")
    ana.open("/seasons/")
    ana.tap(f"Change {words.SEASON}", role="link")
    ana.page.get_by_label("It still goes on").uncheck()
    ana.write("Until (may stay empty)", "2026-11-04")
    ana.tap("Keep the change")
    ana.reads(re.compile("October 2026 to November 2026"))
    for phone in month.both:
        phone.open("/today/")
        phone.lacks("A hard season")


def last_evening(month: Month) -> None:
    """Sunday: the pages on which something of the month stands, and all others as well."""
    month.evening("11-08", ana=("Warm", ""), ben=("Warm", ""))
    for phone in month.both:
        for path in LIVED_IN:
            phone.open(path)
            phone.page.evaluate(_FOLDED_OUT)
            phone.remember()
    month.ben.open("/together/")
    month.ben.tap("Your words", role="link")
    month.ben.reads(words.AFTER_SITTING)
    month.ben.remember()
    month.cleo.open("/topics/")
    month.cleo.remember()
    for phone in month.phones.values():
        for path in (*LIVED_IN, *BESIDE):
            phone.fetch(path)


_FOLDED_OUT = "() => document.querySelectorAll('details').forEach((each) => each.open = true)"
#: Where something of the month stands.
LIVED_IN = (
    "/today/",
    "/together/",
    "/climate/",
    "/weather/lately/",
    "/noticed/",
    "/noticed/passed/",
    "/topics/",
    "/trials/",
    "/seasons/",
    "/rituals/",
)
#: Where nothing of it is to be read.
BESIDE = (
    "/reminders/",
    "/yes/",
    "/more/",
    "/yours/",
    "/yours/devices/",
    "/bring-in/",
    "/rhythm/bids/",
    "/agree/",
    "/phone/",
    "/language/",
    "/safety/",
)
