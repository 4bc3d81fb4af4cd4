"""The first two weeks of a month: a first evening, a hard topic, and five days away."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import month_words as words
from browser_steps import begin, join_by_link
from month_phones import Month, Phone, main_of, pass_by_until

#: Pages that are the same after some days away as they were before.
ALIKE = ("/today/", "/together/", "/more/", "/rituals/", "/topics/", "/trials/", "/noticed/")


def first_evening(month: Month) -> None:
    """Monday: Ana begins, Ben joins, both show each other how it feels. Cleo begins as well."""
    month.at("10-05", "19:30")
    begin(month.ana.page, month.address + "/")
    join_by_link(month.ana.page, month.ben.page, month.address)
    begin(month.cleo.page, month.address + "/", "Cleo", "Dan")
    for phone in month.both:
        phone.open("/yes/")
        phone.tap("Yes, show each other")
        phone.page.get_by_role("button", name="Take my yes back").wait_for()
    month.ben.reads("You both said yes.")
    month.evening("10-05", "20:00", ana=("Foggy", "Done"), ben=("Mild", "Not today"))
    month.cleo.open("/topics/")
    month.cleo.write("In a few words", words.CLEO_PARKED)
    month.cleo.tap("Let it rest here")
    month.cleo.reads(words.CLEO_PARKED)


def first_week(month: Month) -> None:
    """A ritual, a sitting that is stopped, words, a bid, and taps that are taken back."""
    month.evening("10-06", ana=("Stormy", ""))
    _taken_back(month)
    month.ana.open("/rituals/")
    month.ana.tap("Keep this Ten minutes")
    month.ana.reads("Every day, about 8:40 p.m.")
    _ritual_kept(month)
    month.evening("10-07", ana=("Mild", "Not for us"))
    _another_one(month.ana)
    month.answer_shift(month.ana, "Done")
    _stopped_sitting(month)
    month.evening("10-08", ana=("Bright", ""), ben=("Bright", "Done"))
    _something_smaller(month.ana)
    month.answer_shift(month.ana, "Not today")
    _words_of_a_day(month.ana)
    month.ben.open("/today/")
    month.ben.reads(words.GIVEN)
    month.evening("10-09", ana=("Bright", "Done"), ben=("Foggy", ""))
    _noticed(month)


def _taken_back(month: Month) -> None:
    """A sky by mistake, and an answer by mistake."""
    ana = month.ana
    ana.tap(re.compile("^Undo Stormy"))
    expect(ana.page.locator("#weather-ask")).to_be_visible()
    del month.skies["ana"][month.today]
    month.tap_sky(ana, "Bright")
    title = month.answer_shift(ana, "Not for us")
    ana.tap(re.compile("^Undo " + re.escape(title)))
    expect(ana.page.locator("#shift-title")).to_have_text(title)
    month.shifts.pop()
    month.answer_shift(ana, "Done")


def _ritual_kept(month: Month) -> None:
    month.ana.open("/today/")
    month.ana.reads("Later today, about 8:40 p.m.: Ten minutes")
    month.at("10-06", "21:05")
    month.tap_sky(month.ben, "Mild")
    month.ana.open("/today/")
    month.ana.tap("We did")
    month.ana.reads("Ten minutes: you two did.")
    month.ben.open("/today/")
    month.ben.reads("Ten minutes: you two did.")


def _another_one(ana: Phone) -> None:
    before = ana.part("shift").inner_text()
    ana.tap("Another one")
    expect(ana.page.locator("#shift-title")).to_be_visible()
    assert ana.page.locator("#shift-title").inner_text() not in before


def _something_smaller(ana: Phone) -> None:
    """And then the first one again."""
    title = ana.page.locator("#shift-title")
    first = title.inner_text()
    ana.tap("Something smaller")
    expect(title).not_to_have_text(first)
    ana.tap("The first one again")
    expect(title).to_have_text(first)


def _sit_down(month: Month) -> None:
    """Both open the page; Ana starts, and Ben's phone follows by itself."""
    for phone in month.both:
        phone.open("/together/")
        expect(phone.page.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    month.ana.page.get_by_label("Ana begins").check()
    month.ana.tap("Start the ten minutes")
    for phone in month.both:
        expect(phone.page.locator("#title")).to_have_text("Arrive.")


def _stopped_sitting(month: Month) -> None:
    month.at("10-07", "20:45")
    ana, ben = month.both
    _sit_down(month)
    ben.tap("Ready to go on")
    expect(ana.page.locator("#title")).to_have_text("You speak.")
    expect(ben.page.locator("#title")).to_have_text("Listen.")
    ana.tap("Stop here. That is fine.")
    for phone in month.both:
        phone.page.wait_for_url("**/afterwards/")
    ana.reads("You stopped before the end. That is fine.")
    ana.tap("Mild", exact=True)
    expect(ana.page.get_by_role("button", name="Mild", pressed=True)).to_be_visible()
    ben.tap("Not now", role="link")


def _words_of_a_day(ana: Phone) -> None:
    """Some for herself, and some for Ben."""
    for said, shared in ((words.IN_HER_DAY, False), (words.GIVEN, True)):
        ana.open("/today/")
        ana.page.get_by_text(re.compile("words, or another sky$")).tap()
        ana.write("A few words, if you like", said)
        if shared:
            ana.page.get_by_label("Share these words with Ben").check()
        ana.tap("Keep these words")
        # Not `reads`: the page that was written on may be locked itself, until this one comes.
        after = "You shared this with Ben." if shared else "Your words, or another sky"
        expect(ana.page.locator("main")).to_contain_text(after)


def _noticed(month: Month) -> None:
    """A bid that was noticed and answered by a heart; another one passed by, for Ben alone."""
    ana, ben = month.both
    ana.open("/noticed/")
    ana.page.get_by_label("Was affectionate").check()
    ana.write("A line, if you like", words.NOTICED)
    ana.tap("Tell Ben")
    ana.reads("Ben can see it now.")
    ben.open("/today/")
    pass_by_until(ben, lambda: ben.page.locator("#noticed-says").count() > 0)
    ben.reads(words.NOTICED)
    ben.tap("That was nice")
    expect(ben.page.locator("#noticed-says")).to_have_count(0)
    before = main_of(ana, "/noticed/")
    assert "It reached Ben warmly." in before
    ben.open("/noticed/passed/")
    ben.page.get_by_label("Ana did, and I let it pass").check()
    ben.write("A line, if you like (only you can read it)", words.PASSED_BY)
    ben.tap("Keep it for me")
    ben.reads(words.PASSED_BY)
    assert main_of(ana, "/noticed/") == before


def a_hard_topic(month: Month) -> None:
    """Parked, readied, heard; the next morning it opens on both phones. A whole ten minutes."""
    ana, ben = month.both
    month.evening("10-10", ana=("Mild", "Done"))
    untold = main_of(ben, "/topics/")
    for said in (words.TOPIC, words.HELD_BACK):
        ana.open("/topics/")
        ana.write("In a few words", said)
        ana.tap("Let it rest here")
        ana.reads(said)
    ana.tap(re.compile(f"^I am ready.*{words.TOPIC}"), role="link")
    for label, said in words.OPENING.items():
        ana.write(f"{label} (may stay empty)", said)
    ana.tap("I am ready")
    ana.reads("You are ready.")
    assert main_of(ben, "/topics/") == untold
    month.evening("10-11", ana=("Bright", "Done"), ben=("Bright", "Not today"))
    ben.open("/topics/")
    ben.tap("I could hear something this week")
    ben.reads("You could hear something until 18 October.")
    _whole_sitting(month)
    for phone in month.both:
        phone.open("/today/")
        phone.lacks("waits under Parked")
        phone.reads("Ten minutes: you sat together today.")
    month.at("10-12", "07:30")
    for phone in month.both:
        phone.open("/today/")
        phone.tap("Something that you are both ready for waits under Parked.", role="link")
        for said in (words.TOPIC, *words.OPENING.values()):
            phone.reads(said)
    ben.lacks(words.HELD_BACK)
    ana.tap(re.compile("^We talked about it"))
    ana.lacks("You are both ready for this")
    ben.open("/today/")
    ben.lacks("waits under Parked")


def _whole_sitting(month: Month) -> None:
    month.at("10-11", "20:42")
    ana, ben = month.both
    _sit_down(month)
    steps = (
        (ana, "Ready to go on", "You speak.", "Listen."),
        (ana, "Change over", "Listen.", "You speak."),
        (ben, "Ready to go on", "One thing you like.", "Ana has something for you."),
        (ana, "Ready to go on", "Ben has something for you.", "One thing you like."),
        (ben, "Ready to go on", "That was it.", "That was it."),
    )
    for who, does, hers, his in steps:
        who.page.touchscreen.tap(12, 400)  # a dark phone lights up first
        who.tap(does)
        expect(ana.page.locator("#title")).to_have_text(hers)
        expect(ben.page.locator("#title")).to_have_text(his)
    ben.tap("Close")
    for phone in month.both:
        phone.page.wait_for_url("**/afterwards/")
        phone.tap("Warm", exact=True)
        expect(phone.page.get_by_role("button", name="Warm", pressed=True)).to_be_visible()
    ben.write("A few words, if you like (only you can read them)", words.AFTER_SITTING)
    ben.tap("Keep these words")
    ben.page.wait_for_url("**/together/")


def five_days_away(month: Month) -> None:
    """From Tuesday to Saturday nobody is here. On Sunday all is as it was, without a word of it."""
    month.at("10-12", "18:30")
    for phone in month.both:
        for path in ALIKE:
            month.kept[f"{phone.name} {path}"] = main_of(phone, path)
    month.evening("10-12", ana=("Mild", "Done"), ben=("Mild", "Done"))
    month.at("10-18", "18:30")
    for phone in month.both:
        for path in ALIKE:
            month.kept[f"{phone.name} {path} after"] = main_of(phone, path)
    month.evening("10-18", ana=("Foggy", "Done"), ben=("Mild", "Done"))
