"""What only the two can know of a file: which chat it is, who is who in a group, which dates."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import Bringing, Question, State, StoredReading
from turntoward.web.readings.summary import what_waits
from turntoward.web.readings.work import work_on
from web_chats import MARKER, bring, chat

Phone = Callable[[Partner], Client]
THIRD = "only-cleo-said-this"


def answered(client: Client, bringing: Bringing, **form: object) -> Bringing:
    """Answer a question on the page and let the worker go on."""
    client.post(f"/bring-in/{bringing.pk}/answer/", form)
    work_on(bringing.pk)
    bringing.refresh_from_db()
    return bringing


def with_a_third() -> bytes:
    third = [f"{day:02}/01/2024, 19:00 - Cleo: {THIRD}" for day in range(1, 21)]
    lines = [*chat().decode().splitlines(), *third]
    return "\n".join(sorted(lines, key=lambda line: line[:17])).encode()


def account() -> bytes:
    chats = []
    for number, other in enumerate(["Ben", "Cleo"], start=2):
        said = [
            {"id": n, "type": "message", "date": f"2024-01-{1 + n // 2:02}T08:00:00",
             "date_unixtime": str(1704096000 + n * 43200), "from": ("Ana", other)[n % 2],
             "from_id": f"user{(1, number)[n % 2]}", "text": f"good morning {other}"}
            for n in range(40)
        ]  # fmt: skip
        chats.append({"name": other, "type": "personal_chat", "id": number, "messages": said})
    return json.dumps({"chats": {"list": chats}}).encode()


def test_of_a_whole_account_one_chat_is_chosen_and_no_other_read(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    asked = bring(client, account(), "result.json")
    assert (asked.state, asked.question) == (State.ASKING, Question.CHAT)
    assert [title for title, _ in asked.chats] == ["Ben", "Cleo"]
    page = client.get(f"/bring-in/{asked.pk}/").content.decode()
    assert "Which chat is it?" in page
    assert "Cleo" in page
    his = phone(ben).get(f"/bring-in/{asked.pk}/").content.decode()
    assert "is asked which chat in it is yours" in his
    assert "Cleo" not in his
    read = answered(client, asked, chat="0")
    assert read.state == State.READ, read.problem
    assert set(read.senders) == {"Ana", "Ben"}
    assert "Cleo" not in str(store.open_reading(StoredReading.objects.get()))
    assert "Left aside" in client.get(f"/bring-in/{asked.pk}/").content.decode()
    for path in (f"/bring-in/{asked.pk}/", "/bring-in/", "/climate/"):
        page = phone(ben).get(path).content.decode()
        assert "Cleo" not in page
        assert "Left aside" not in page
    assert "Left aside" not in str(store.open_reading(StoredReading.objects.get()))


def test_a_chat_that_is_not_in_the_file_cannot_be_chosen(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    asked = answered(client, bring(client, account(), "result.json"), chat="2")
    assert (asked.state, asked.question, asked.chat) == (State.ASKING, Question.CHAT, "")


def test_in_a_group_only_the_two_are_read(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    asked = bring(client, with_a_third())
    assert asked.question == Question.WHO
    assert "Messages of people whom you tick nowhere" in (
        client.get(f"/bring-in/{asked.pk}/").content.decode()
    )
    for partner in (ana, ben):
        actions.agree(partner, asked.at)
    read = answered(client, asked, by=["Ana"], other=["Ben"])
    assert read.state == State.READ, read.problem
    reading = store.open_reading(StoredReading.objects.get(owner=None))
    assert reading.partners == ("Ana", "Ben")
    assert THIRD not in str(reading)
    assert any("left out: 20" in note for note in reading.accounts[0].notes)


def test_one_person_may_go_by_two_names(ana: Partner, ben: Partner, phone: Phone) -> None:
    renamed = chat().decode().splitlines()
    half = len(renamed) // 2
    later = [line.replace(" - Ben: ", " - Benny B: ") for line in renamed[half:]]
    client = phone(ana)
    asked = bring(client, "\n".join([*renamed[:half], *later]).encode())
    for partner in (ana, ben):
        actions.agree(partner, asked.at)
    read = answered(client, asked, by=["Ana"], other=["Ben", "Benny B"])
    assert read.state == State.READ, read.problem
    reading = store.open_reading(StoredReading.objects.get(owner=None))
    assert reading.partners == ("Ana", "Ben")
    assert any(quote.who == "Ben" and MARKER in quote.text for quote in reading.quotes)


def test_names_that_fit_nobody_or_both_are_asked_again(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    asked = bring(client, with_a_third())
    for form in ({"by": ["Ana"]}, {"by": ["Ana"], "other": ["Ana", "Ben"]}):
        page = client.post(f"/bring-in/{asked.pk}/answer/", form).content.decode()
        assert "no name can be both of you" in page
    asked.refresh_from_db()
    assert (asked.state, asked.name_of_by) == (State.ASKING, "")


def test_dates_are_asked_with_dates_and_never_with_words(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    lines = [f"0{day}/05/2024, 08:00 - {who}: {MARKER}" for day, who in ((3, "Ana"), (4, "Ben"))]
    asked = bring(client, "\n".join(lines).encode())
    assert asked.question == Question.DATES
    page = client.get(f"/bring-in/{asked.pk}/").content.decode()
    for shown in ("3/5/2024", "3 May 2024", "5 March 2024", "4/5/2024", "4 May 2024"):
        assert shown in page
    assert MARKER not in page


def test_two_exports_in_one_zip_are_read_as_one(ana: Partner, phone: Phone) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one/_chat.txt", chat())
        archive.writestr("two/_chat.txt", chat(days=25))
    read = bring(phone(ana), packed.getvalue(), "both.zip")
    assert read.state == State.READ, read.problem
    assert read.account["records"] == 225
    reading = store.open_reading(StoredReading.objects.get())
    assert reading.duplicates == 100


def test_what_is_unpacked_lies_where_the_chat_lies_and_goes_with_it(
    ana: Partner, phone: Phone
) -> None:
    bringing = bring(phone(ana), chat())
    before = tempfile.gettempdir()
    with store.plain_files([bringing]) as (path,):
        assert tempfile.gettempdir() == str(path.parent)
    assert tempfile.gettempdir() == before
    assert not path.parent.exists()


def test_the_titles_of_other_chats_are_let_go_once_one_is_chosen(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    read = answered(client, bring(client, account(), "result.json"), chat="0")
    assert read.chats == []
    assert not any("Cleo" in str(value) for value in vars(read).values())


def test_a_file_in_which_several_lie_is_never_taken_for_theirs_by_a_first_name(
    ana: Partner, phone: Phone
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Ben Boss.txt", chat(second="Ben Boss"))
        archive.writestr("Us.txt", with_a_third())
    asked = bring(phone(ana), packed.getvalue(), "all.zip")
    assert (asked.state, asked.question) == (State.ASKING, Question.WHO)


def test_a_wrong_chat_can_be_chosen_anew(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    asked = bring(client, account(), "result.json")
    wrong = answered(client, asked, chat="1")
    assert (wrong.state, wrong.question, wrong.chat) == (State.ASKING, Question.WHO, "Cleo")
    assert "It is another chat of this file" in (
        client.get(f"/bring-in/{asked.pk}/").content.decode()
    )
    anew = answered(client, wrong, anew="1")
    assert (anew.state, anew.question, anew.chat) == (State.ASKING, Question.CHAT, "")


def disowned(client: Client, bringing: Bringing) -> None:
    """On a page that still shows the question: it is another chat."""
    client.post(f"/bring-in/{bringing.pk}/answer/", {"anew": "1"})


def test_on_a_second_phone_nothing_is_chosen_anew_while_it_is_read(
    ana: Partner, phone: Phone
) -> None:
    here, there = phone(ana), phone(ana)
    asked = answered(here, bring(here, account(), "result.json"), chat="1")
    here.post(f"/bring-in/{asked.pk}/answer/", {"by": "Ana", "other": "Cleo"})
    disowned(there, asked)
    asked.refresh_from_db()
    assert (asked.state, asked.chat, asked.name_of_other) == (State.READING, "Cleo", "Cleo")
    work_on(asked.pk)
    disowned(there, asked)
    asked.refresh_from_db()
    assert (asked.state, asked.chat) == (State.READ, "Cleo")


@pytest.mark.parametrize(
    "changed",
    [{"chat": ""}, {"name_of_by": "", "name_of_other": ""}, {"also_other": ["Cleo"]}],
)
def test_what_was_answered_otherwise_meanwhile_is_not_stored(
    ana: Partner, phone: Phone, changed: dict[str, object]
) -> None:
    client = phone(ana)
    read = answered(client, bring(client, account(), "result.json"), chat="0")
    assert read.state == State.READ
    reading = store.open_reading(StoredReading.objects.get())
    StoredReading.objects.all().delete()
    Bringing.objects.update(state=State.QUEUED, **changed)
    assert not actions.keep_reading(read, reading, read.at, made_of=[read])
    assert not StoredReading.objects.exists()
    assert Bringing.objects.get().state == State.QUEUED


def test_a_question_about_an_earlier_chat_comes_before_what_a_later_one_does(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    asked = bring(phone(ana), account(), "result.json")
    assert asked.state == State.ASKING
    later = bring(phone(ben), chat())
    for state in (State.READ, State.READING):
        Bringing.objects.filter(pk=later.pk).update(state=state)
        assert what_waits(ana) == {"what": "asking", "bringing": asked}
    waits = what_waits(ben)
    assert waits
    assert waits["what"] == "busy"


def test_a_page_holds_no_advice_for_a_command_line(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    for content, name in ((b"a,b,c\n1,2,3\n", "table.csv"), (b"%PDF-1.7", "chat.pdf")):
        stopped = bring(client, content, name)
        assert stopped.state == State.STOPPED
        assert "--" not in stopped.problem
        assert "chat0" not in stopped.problem
        assert stopped.problem.endswith(".")
    assert "`--" not in client.get("/bring-in/").content.decode()


def test_why_a_file_cannot_be_read_is_told_only_to_who_brought_it_in(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = bring(phone(ana), chat())
    his = bring(phone(ben), chat(days=25))
    why = "Nobody is called so. It holds: Secret Cleo (40)."
    Bringing.objects.filter(pk=hers.pk).update(state=State.STOPPED, problem=why)
    assert "Secret Cleo" in phone(ana).get(f"/bring-in/{hers.pk}/").content.decode()
    assert "Secret Cleo" not in phone(ben).get(f"/bring-in/{hers.pk}/").content.decode()
    for partner in (ana, ben):
        actions.agree(partner, hers.at)
    # Her file cannot be read any more while his is: his page may not say what is in hers.
    Bringing.objects.filter(pk=hers.pk).update(chat="Secret Cleo")
    read = answered(phone(ben), his)
    Bringing.objects.filter(pk=his.pk).update(state=State.READING)
    work_on(his.pk)
    read.refresh_from_db()
    assert read.state == State.STOPPED
    assert read.problem.startswith("A chat that Ana brought in could not be read again.")
    assert "Secret Cleo" not in read.problem
