"""Bringing in a chat: two keys, honest progress, and everything gone when a key is taken back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.reading.reading import Scope
from turntoward.reading.saying import levels
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import Bringing, Question, State, StoredReading
from turntoward.web.readings.upload import (
    DamagedUpload,
    read_chunks,
    sealed_from_bytes,
)
from turntoward.web.readings.work import work_on
from web_chats import MARKER, bring, chat

Phone = Callable[[Partner], Client]


def test_alone_only_the_own_side_is_read(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bringing = bring(client, chat())
    assert bringing.state == State.READ, bringing.problem
    stored = StoredReading.objects.get()
    assert stored.owner == ana
    reading = store.open_reading(stored)
    assert reading.scope is Scope.OWN
    assert MARKER not in str(reading)
    assert all(quoted.who == "Ana" and not quoted.answer for quoted in reading.quotes)
    page = client.get("/climate/").content.decode()
    assert "This is your own side" in page
    assert MARKER not in client.get("/rhythm/bids/").content.decode()


def test_until_both_said_yes_the_other_sees_that_a_chat_waits_but_no_reading(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    bring(phone(ana), chat())
    his = phone(ben)
    assert "waits here" in his.get("/today/").content.decode()
    assert "A chat was brought in" in his.get("/climate/").content.decode()
    assert StoredReading.objects.visible_to(ben).count() == 0


def test_with_both_keys_it_is_read_together(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    bringing = bring(hers, chat())
    hers.post("/agree/", {"key": "yes"})
    assert StoredReading.objects.get().owner == ana
    his.post("/agree/", {"key": "yes"})
    work_on(bringing.pk)
    stored = StoredReading.objects.get()
    assert stored.owner is None
    assert store.open_reading(stored).scope is Scope.BOTH
    for client in (hers, his):
        assert "This is your own side" not in client.get("/climate/").content.decode()
    assert MARKER in his.get("/rhythm/bids/").content.decode()


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_takes_a_key_back_and_everything_goes(
    ana: Partner, ben: Partner, phone: Phone, who: str
) -> None:
    hers, his = phone(ana), phone(ben)
    bringing = bring(hers, chat())
    for client in (hers, his):
        client.post("/agree/", {"key": "yes"})
    work_on(bringing.pk)
    assert store.sealed_path(bringing.pk).exists()
    {"ana": hers, "ben": his}[who].post("/agree/", {"key": "back"})
    assert StoredReading.objects.count() == 0
    assert Bringing.objects.count() == 0
    assert not store.sealed_path(bringing.pk).exists()


def test_a_key_taken_back_while_it_is_read_leaves_nothing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    bringing = bring(phone(ana), chat())
    for partner in (ana, ben):
        actions.agree(partner, timezone.now())
    work_on(bringing.pk)
    reading = store.open_reading(StoredReading.objects.get())
    actions.disagree(ben)
    kept = actions.keep_reading(bringing, reading, timezone.now(), made_of=[bringing])
    assert kept is False
    assert StoredReading.objects.count() == 0


def test_what_one_read_alone_is_not_shown_to_the_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    bring(phone(ana), chat())
    assert phone(ben).get("/rhythm/bids/").status_code == 302
    assert (
        phone(ben).post("/rhythm/bids/1/", {"kind": "share", "stance": "toward"}).status_code == 404
    )


def test_the_file_lies_sealed(ana: Partner, phone: Phone) -> None:
    bringing = bring(phone(ana), chat())
    raw = store.sealed_path(bringing.pk).read_bytes()
    assert MARKER.encode() not in raw
    assert b"good morning" not in raw
    stored = bytes(StoredReading.objects.get().sealed)
    assert b"miss you" not in stored


def test_a_sealed_file_that_was_cut_or_changed_does_not_open() -> None:
    upload = sealed_from_bytes(b"word " * 100, ".txt")
    assert upload.file is not None
    raw = upload.file.read()
    key, name = upload.key, str(upload.upload)
    assert b"".join(read_chunks(io.BytesIO(raw), key, name)) == b"word " * 100
    turned = [
        raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]
        for at in range(len(raw))
        for bit in range(8)
    ]
    for damaged in (raw[:-1], raw[:-20], b"", raw + b"x", *turned):
        with pytest.raises(DamagedUpload):
            list(read_chunks(io.BytesIO(damaged), key, name))
    with pytest.raises(DamagedUpload):
        list(read_chunks(io.BytesIO(raw), key, "another"))


def test_names_that_do_not_fit_are_asked_for(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bringing = bring(client, chat("Bee", "Beetle"))
    assert (bringing.state, bringing.question) == (State.ASKING, Question.WHO)
    page = client.get(f"/bring-in/{bringing.pk}/").content.decode()
    assert "Who is who?" in page
    client.post(f"/bring-in/{bringing.pk}/answer/", {"by": "Beetle", "other": "Beetle"})
    bringing.refresh_from_db()
    assert bringing.state == State.ASKING
    client.post(f"/bring-in/{bringing.pk}/answer/", {"by": "Beetle", "other": "Bee"})
    work_on(bringing.pk)
    bringing.refresh_from_db()
    assert bringing.state == State.READ
    assert set(store.open_reading(StoredReading.objects.get()).partners) == {"Ana", "Ben"}


def test_dates_that_may_be_either_are_asked_for(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bringing = bring(client, chat(days=3).replace(b"/01/2024", b"/03/2024"))
    assert (bringing.state, bringing.question) == (State.ASKING, Question.DATES)
    page = client.get(f"/bring-in/{bringing.pk}/").content.decode()
    assert "The day comes first" in page
    assert MARKER not in page
    client.post(f"/bring-in/{bringing.pk}/answer/", {"dates": "month-first"})
    work_on(bringing.pk)
    bringing.refresh_from_db()
    assert bringing.state == State.READ
    reading = store.open_reading(StoredReading.objects.get())
    assert reading.first is not None
    assert (reading.first.month, reading.first.day) == (1, 3)


def test_a_second_export_is_joined_with_the_first(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bring(client, chat(days=18))
    bring(client, chat(days=22))
    reading = store.open_reading(StoredReading.objects.get())
    assert len(reading.accounts) == 2
    assert reading.duplicates == 18 * 5
    assert reading.last is not None
    assert reading.last.day == 22


def test_taking_a_chat_away_takes_what_was_made_of_it(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bringing = bring(client, chat())
    client.post(f"/bring-in/{bringing.pk}/remove/")
    assert StoredReading.objects.count() == 0
    assert not store.sealed_path(bringing.pk).exists()


def test_a_correction_counts_at_once_and_can_be_undone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    bringing = bring(hers, chat())
    for client in (hers, his):
        client.post("/agree/", {"key": "yes"})
    work_on(bringing.pk)
    before = store.open_reading(StoredReading.objects.get())
    quoted = next(q for q in before.quotes if q.stance == "toward")
    page = his.post(
        f"/rhythm/bids/{quoted.id}/", {"kind": "none", "stance": "toward"}, HTTP_HX_REQUEST="true"
    )
    assert "corrected" in page.content.decode()
    after = store.open_reading(StoredReading.objects.get())
    # Others of the same words follow, and nothing else does.
    alike = [q for q in before.quotes if q.text == quoted.text and q.kind != "none"]
    assert after.bids == before.bids - len(alike) < before.bids - 1
    assert {q.kind for q in after.quotes if q.text == quoted.text} == {"none"}
    assert [c.quoted for c in after.corrections] == [quoted.id]
    hers.post(f"/rhythm/bids/{quoted.id}/undo/")
    assert store.open_reading(StoredReading.objects.get()) == before


def test_the_page_of_bids_says_a_level_with_its_interval_where_enough_is_known(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    bringing = bring(hers, chat(days=28))
    for client in (hers, his):
        client.post("/agree/", {"key": "yes"})
    work_on(bringing.pk)
    reading = store.open_reading(StoredReading.objects.get())
    page = hers.get("/rhythm/bids/").content.decode()
    assert reading.rates
    assert levels(reading.rates, reading.scope) in page


@pytest.mark.parametrize(
    "form", [{"kind": "x", "stance": "toward"}, {"kind": "share", "stance": ""}, {}]
)
def test_a_correction_that_is_none_changes_nothing(
    ana: Partner, phone: Phone, form: dict[str, str]
) -> None:
    client = phone(ana)
    bring(client, chat())
    before = bytes(StoredReading.objects.get().sealed)
    assert client.post("/rhythm/bids/1/", form).status_code == 404
    assert bytes(StoredReading.objects.get().sealed) == before


def test_a_reading_of_another_couple_does_not_open_as_ours(
    ana: Partner, cleo: Partner, phone: Phone
) -> None:
    bring(phone(ana), chat())
    stored = StoredReading.objects.get()
    StoredReading.objects.filter(pk=stored.pk).update(couple=cleo.couple, owner=cleo)
    answer = phone(cleo).get("/climate/")
    assert "was changed or its key is missing" in answer.content.decode()
    assert "data-chart" not in answer.content.decode()
    assert "does not open" in answer.content.decode()


def test_taking_away_twice_is_no_error(ana: Partner, ben: Partner, phone: Phone) -> None:
    bringing = bring(phone(ana), chat())
    actions.remove(bringing)
    actions.remove(bringing)
    assert not store.sealed_path(bringing.pk).exists()
