"""What is taken back or away is gone: whoever did it, whenever, and whatever was cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from polars.exceptions import PanicException

from turntoward.reading.fading import Fading
from turntoward.web.alone import alone
from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions as moments
from turntoward.web.moments.models import Offer
from turntoward.web.readings import actions, store, work
from turntoward.web.readings.models import UNFINISHED, Bringing, State, StoredReading
from turntoward.web.readings.upload import sealed_from_bytes

Phone = Callable[[Partner], Client]


def chat(days: int) -> bytes:
    """A small chat of Ana and Ben."""
    return "\n".join(
        f"{day:02}/01/2024, {hour:02}:0{n} - {name}: I miss you, good morning number {day} {hour}"
        for day in range(1, days + 1)
        for hour in (8, 18)
        for n, name in enumerate(("Ana", "Ben"))
    ).encode()


def brought(partner: Partner, days: int, *, read: bool = True) -> Bringing:
    """A chat that this partner brought in."""
    bringing = actions.bring_in(partner, sealed_from_bytes(chat(days), ".txt"), timezone.now())
    if read:
        work.work_on(bringing.pk)
    return bringing


def work_off() -> None:
    """Let the worker do all that waits."""
    for pk in Bringing.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True):
        work.work_on(pk)


def owners() -> set[str]:
    return set(StoredReading.objects.values_list("owner__name", flat=True))


def test_a_lone_key_taken_back_leaves_the_other_as_they_were(ana: Partner, ben: Partner) -> None:
    actions.agree(ana, timezone.now())
    hers, his = brought(ana, 15), brought(ben, 16)
    actions.disagree(ana)
    assert list(Bringing.objects.all()) == [his]
    assert owners() == {"Ben"}
    assert not store.sealed_path(hers.pk).exists()
    assert store.sealed_path(his.pk).exists()


def test_a_key_that_was_not_given_takes_nothing_away(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    brought(ana, 15)
    phone(ben).post("/agree/", {"key": "back"})
    assert owners() == {"Ana"}
    assert Bringing.objects.count() == 1


def test_a_chat_taken_away_while_it_is_read_with_another_leaves_nothing_behind(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, stays = brought(ana, 15), brought(ana, 22, read=False)
    real = work.read_history

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        reading = real(*args, **kwargs)
        if Bringing.objects.filter(pk=away.pk).exists():
            actions.remove(away)
        return reading

    monkeypatch.setattr(work, "read_history", meanwhile)
    work.work_on(stays.pk)
    assert len(store.open_reading(StoredReading.objects.get()).accounts) == 1


def test_taking_one_of_mine_away_reads_the_rest_and_leaves_the_others_alone(
    ana: Partner, ben: Partner
) -> None:
    away, _, _ = brought(ana, 15), brought(ana, 16), brought(ben, 17)
    before = StoredReading.objects.get(owner=ben).made_at
    actions.remove(away)
    work_off()
    assert owners() == {"Ana", "Ben"}
    assert StoredReading.objects.get(owner=ben).made_at == before
    reading = store.open_reading(StoredReading.objects.get(owner=ana))
    assert len(reading.accounts) == 1


def test_until_both_agreed_only_the_one_who_brought_it_in_takes_it_away(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    chat = brought(ana, 15)
    address = f"/bring-in/{chat.pk}/remove/"
    for yes in (None, ana):
        if yes is not None:
            actions.agree(yes, timezone.now())
        page = his.get("/bring-in/").content.decode()
        assert address not in page
        assert "Ana can take it away. Without your yes, none of your words in it are read." in page
        assert his.post(address).status_code == 404
        assert owners() == {"Ana"}
    assert address in hers.get("/bring-in/").content.decode()
    actions.agree(ben, timezone.now())
    work_off()
    assert address in his.get("/bring-in/").content.decode()
    assert his.post(address).status_code == 302
    assert not Bringing.objects.exists()
    assert not StoredReading.objects.exists()


def test_alone_one_takes_ones_own_away(ana: Partner, ben: Partner, phone: Phone) -> None:
    mine = brought(ana, 15)
    assert phone(ana).post(f"/bring-in/{mine.pk}/remove/").status_code == 302
    assert not Bringing.objects.exists()


def test_no_reason_on_today_outlives_the_reading_it_came_from(ana: Partner, ben: Partner) -> None:
    faded = [Fading(name="greetings", title="Greetings", since=date(2023, 5, 1))]
    for partner in (ana, ben):
        brought(partner, 15)
        moments.offer_of_today(partner, faded, timezone.now())
    Offer.objects.update(reason="Greetings became rarer around May 2023. This tends it.")
    actions.agree(ana, timezone.now())
    actions.disagree(ana)
    assert Offer.objects.get(partner=ana).reason == ""
    assert "May 2023" in Offer.objects.get(partner=ben).reason
    actions.remove(Bringing.objects.get())
    assert Offer.objects.get(partner=ben).reason == ""


def test_a_page_from_before_finds_nothing_to_correct(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = phone(ana), brought(ana, 15)
    quote = store.open_reading(StoredReading.objects.get()).quotes[0]
    real = actions.correct_quote

    def taken_back_first(*args: Any) -> Any:
        StoredReading.objects.all().delete()
        return real(*args)

    monkeypatch.setattr(actions, "correct_quote", taken_back_first)
    form = {"kind": "none", "stance": "toward"}
    assert client.post(f"/rhythm/bids/{quote.id}/", form).status_code == 404


def test_what_was_cut_off_is_swept_at_the_next_start(ana: Partner) -> None:
    kept = brought(ana, 15)
    uploads = store.sealed_path(kept.pk).parent
    (uploads / "00000000-0000-4000-8000-000000000000.sealed").write_bytes(b"x")
    (uploads / "00000000-0000-4000-8000-000000000001.part").write_bytes(b"x")
    store.delete_forgotten_files()
    assert [path.name for path in uploads.iterdir()] == [f"{kept.pk}.sealed"]


def test_words_that_a_killed_worker_left_readable_are_swept(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MEMORY", tmp_path / "memory")
    store.MEMORY.mkdir()
    bringing = brought(ana, 15)
    somebody_elses = store.MEMORY / "turntoward-0123456789ab-left"
    somebody_elses.mkdir()
    # Never left, as after `kill -9`.
    left = store.plain_files([bringing])
    (path,) = left.__enter__()
    assert b"good morning" in path.read_bytes()
    store.delete_plain_files()
    assert list(store.MEMORY.iterdir()) == [somebody_elses]
    left.__exit__(None, None, None)


def test_a_chat_too_large_for_the_memory_goes_where_there_is_room(
    ana: Partner, settings: Any
) -> None:
    bringing = brought(ana, 15)
    bringing.size = 2**60
    with store.plain_files([bringing]) as (path,):
        assert settings.DATA in path.parents


def test_two_workers_of_one_folder_wait_for_each_other(db: None, tmp_path: Path) -> None:
    second = threading.Event()

    def start_another() -> None:
        with alone(tmp_path, "worker"):
            second.set()

    with alone(tmp_path, "worker"):
        threading.Thread(target=start_another, daemon=True).start()
        assert not second.wait(0.2)
    assert second.wait(5)


def test_even_a_panic_becomes_a_sentence(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*args: object, **kwargs: object) -> None:
        raise PanicException("row: good morning number 1")

    monkeypatch.setattr(work, "read_history", panic)
    bringing = brought(ana, 15)
    bringing.refresh_from_db()
    assert bringing.state == State.STOPPED
    assert "number 1" not in bringing.problem


def test_a_form_that_is_far_too_large_is_refused_before_it_is_kept(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    many = {f"f{n}": SimpleUploadedFile("chat.txt", b"x") for n in range(150)}
    assert client.post("/bring-in/", many).status_code == 400
    assert client.post("/bring-in/", {f"f{n}": "x" for n in range(2000)}).status_code == 400
    assert Bringing.objects.count() == 0
