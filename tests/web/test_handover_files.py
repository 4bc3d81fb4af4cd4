"""What leaves the companion: a mail draft, a calendar entry, the JSON; and Today, and going."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from brief_steps import add, agree, begin, frozen, given, in_it, line_of, move, page
from taken_along import tables
from turntoward.web.couples.models import Partner, Season
from turntoward.web.handover import actions
from turntoward.web.handover.frozen import document
from turntoward.web.handover.invitation import invitation
from turntoward.web.handover.models import Brief, Line
from turntoward.web.yours import actions as yours

Phone = Callable[[Partner], Client]
MARK = "that-we-laugh-again"


def test_the_mail_draft_has_the_pdf_and_says_nothing_of_it(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his, MARK)
    answer = hers.get(f"/brief/{brief.pk}/take/mail/")
    assert answer["Content-Type"] == "message/rfc822"
    mail = message_from_bytes(answer.content, policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    assert mail["Subject"] == "A first appointment"
    body = mail.get_body()
    assert body is not None
    assert "Ana and Ben" in body.get_content()
    assert MARK not in body.get_content()
    [attached] = mail.iter_attachments()
    assert attached.get_filename() == "brief.pdf"
    assert attached.get_content() == document(brief)[0]


def test_the_link_for_a_mail_holds_no_word_of_the_two(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his, MARK)
    assert 'href="mailto:?subject=A%20first%20appointment"' in page(hers, brief)


def test_names_in_a_draft_cannot_add_a_header(ana: Partner, phone: Phone) -> None:
    Partner.objects.filter(pk=ana.pk).update(name="Ana\r\nBcc: x@y.z")
    hers = phone(ana)
    brief = begin(hers, "mine")
    add(hers, brief, MARK)
    agree(hers, brief)
    mail = message_from_bytes(hers.get(f"/brief/{brief.pk}/take/mail/").content, policy=default)
    assert mail["Bcc"] is None


def test_pdf_and_json_are_what_was_frozen(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his, MARK)
    pdf, told = document(brief)
    for what, inside in (("pdf", pdf), ("json", told)):
        answer = his.get(f"/brief/{brief.pk}/take/{what}/")
        assert answer.content == inside
        assert answer["Content-Disposition"] == f'attachment; filename="brief.{what}"'
        assert "no-store" in answer["Cache-Control"]
    assert json.loads(told)["names"] == ["Ana", "Ben"]


def test_an_appointment_is_by_the_clock_of_the_two(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his)
    place = f"/brief/{brief.pk}/appointment/"
    said = {"day": "2026-10-26", "at": "17:30", "minutes": "50", "place": "Main Street 3; rear, 2"}
    answer = hers.post(place, said)
    assert answer["Content-Type"] == "text/calendar"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(
        2026, 10, 26, 17, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )
    assert event.decoded("duration") == timedelta(minutes=50)
    assert (event["summary"], event["class"]) == ("Appointment", "PRIVATE")
    assert event["location"] == "Main Street 3; rear, 2"
    assert hers.post(place, said | {"minutes": "0"}).status_code == 200
    for mistyped in ("0001-01-01", "0226-10-26", "9999-12-31"):
        answer = hers.post(place, said | {"day": mistyped})
        assert (answer.status_code, answer["Content-Type"][:9]) == (200, "text/html")


def test_the_same_invitation_is_the_same_file() -> None:
    start = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # the night in which the clocks go forward
    made = [
        invitation(
            uid="one",
            summary="Appointment",
            start=start,
            minutes=50,
            zone="Europe/Berlin",
            description="Line one\nLine two; with signs, of all sorts",
            organizer="practice@example.org",
            attendees=("a@example.org", "b@example.org"),
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    [event] = Calendar.from_ical(made[0]).walk("VEVENT")
    assert event.decoded("dtstart") == start
    assert event["description"] == "Line one\nLine two; with signs, of all sorts"
    assert [str(each) for each in event["attendee"]] == [
        "mailto:a@example.org",
        "mailto:b@example.org",
    ]


def today(client: Client) -> str:
    return client.get("/today/").content.decode()


def test_today_says_one_line_and_only_to_the_one_it_waits_for(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    began, waits = "Ana began a brief", "has read your brief, and it waits for you"
    assert began not in today(his)
    brief = begin(hers)
    assert began in today(his)
    assert "brief" not in today(hers).split("<main")[1].split("</main")[0]
    in_it((hers, his), brief, MARK)
    assert began not in today(his)
    agree(hers, brief)
    assert "Ana " + waits in today(his)
    assert waits not in today(hers)
    agree(his, brief)
    assert waits not in today(his)


def test_who_leaves_everything_out_is_not_told_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    line = given(hers, begin(hers), MARK)
    move(his, line, "out")
    assert "began a brief" not in today(his)


def test_of_a_second_brief_the_other_is_told_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = Season.objects.create(couple=ana.couple, name="The move", start=date(2026, 3, 1))
    first = begin(hers)
    for client in (hers, his):
        move(client, line_of(first, f"season:{season.pk}"), "keep")
    for client in (hers, his):
        agree(client, first)
    second = begin(hers)
    assert second.pk != first.pk
    assert "Ana began a brief" in today(his)
    move(his, line_of(second, f"season:{season.pk}"), "keep")
    assert "Ana began a brief" not in today(his)


@pytest.mark.parametrize("going", ["leave", "erase"])
def test_with_either_of_the_two_the_briefs_of_both_go(
    ana: Partner, ben: Partner, phone: Phone, going: str
) -> None:
    hers, his = phone(ana), phone(ben)
    frozen(hers, his, MARK)
    begin(hers)
    own = begin(his, "mine")
    begin(hers, "mine")
    getattr(yours, going)(ana, timezone.now())
    assert list(Brief.objects.all()) == [own]
    assert set(Line.objects.values_list("brief", flat=True)) <= {own.pk}


def test_who_stays_keeps_what_they_wrote_for_themselves(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    add(his, brief, MARK)
    given(his, brief, "given-by-ben")
    given(hers, brief, "given-by-ana")
    yours.leave(ana, timezone.now())
    own = Brief.objects.get()
    shown = page(his, own)
    assert own.owner == ben
    assert MARK in shown
    assert "given-by-ben" in shown
    assert "given-by-ana" not in shown


def test_what_one_takes_along_is_what_one_sees(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his, MARK)
    second = begin(hers)
    add(hers, second, "only-of-ana")
    actions.note_opened(brief, "Practice by the river", timezone.now())
    mine, theirs = tables(hers), tables(his)
    assert [row["state"] for row in mine["briefs"]] == ["frozen", "written"]
    assert MARK in mine["briefs"][0]["document"]
    assert "only-of-ana" in json.dumps(mine["brief_lines"])
    assert "only-of-ana" not in json.dumps(theirs)
    assert [row["by"] for row in theirs["brief_opened"]] == ["Practice by the river"]
