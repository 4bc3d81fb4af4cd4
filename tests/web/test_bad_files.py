"""Files that are no chat of two, and reading that breaks: one sentence, and nothing is lost."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from turntoward.web.couples.models import Partner
from turntoward.web.readings.models import Bringing, State
from turntoward.web.readings.work import work_on
from web_chats import MARKER, bring, chat

Phone = Callable[[Partner], Client]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", b"0" * 300_000_000)
    return packed.getvalue()


def escaping() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/_chat.txt", chat())
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.txt", b"shopping list\nmilk\nbread\n", "chat"),
        ("chat.zip", b"PK\x03\x04 this is no archive", "zip"),
        (
            "one.txt",
            b"13/01/2024, 08:00 - Ana: hello\n14/01/2024, 08:00 - Ana: anyone",
            "one person",
        ),
        ("bomb.zip", bomb(), ""),
        ("path.zip", escaping(), ""),
        ("binary.json", bytes(range(256)) * 20, ""),
    ],
)
def test_bad_files_get_one_clear_sentence(
    ana: Partner, phone: Phone, name: str, content: bytes, said: str
) -> None:
    client = phone(ana)
    bringing = bring(client, content, name)
    assert bringing.state == State.STOPPED
    assert said in bringing.problem
    assert bringing.problem.endswith(".")
    assert len(bringing.problem) < 400
    page = client.get(f"/bring-in/{bringing.pk}/").content.decode()
    assert "Bring in another file" in page
    assert "hello" not in bringing.problem


def test_an_empty_file_is_said_at_once(ana: Partner, phone: Phone) -> None:
    answer = phone(ana).post("/bring-in/", {"chat": SimpleUploadedFile("chat.txt", b"")})
    assert "That file is empty" in answer.content.decode()
    assert Bringing.objects.count() == 0


def test_a_file_that_is_too_large_is_said(ana: Partner, phone: Phone, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = phone(ana).post("/bring-in/", {"chat": SimpleUploadedFile("chat.txt", chat())})
    assert "without media" in answer.content.decode()
    assert Bringing.objects.count() == 0
    assert list(Path(settings.DATA).glob("uploads/*")) == []


def test_a_chat_of_one_day_is_read_and_cannot_be_told(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert bring(client, chat(days=1).replace(b"01/01", b"14/01")).state == State.READ
    assert "cannot" in client.get("/climate/").content.decode().lower()


def test_an_error_in_the_middle_quotes_no_chat_line(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError(f"row: {MARKER}")

    monkeypatch.setattr("turntoward.web.readings.work.read_history", fail)
    with caplog.at_level(logging.DEBUG):
        bringing = bring(phone(ana), chat())
    assert bringing.state == State.STOPPED
    assert MARKER not in bringing.problem + caplog.text
    assert "RuntimeError" in caplog.text


def test_a_chat_that_ends_the_worker_again_and_again_is_left_with_a_reason(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    bringing = bring(client, chat())
    Bringing.objects.filter(pk=bringing.pk).update(state=State.READING, tries=3)
    work_on(bringing.pk)
    bringing.refresh_from_db()
    assert bringing.state == State.STOPPED
    client.post(f"/bring-in/{bringing.pk}/again/")
    work_on(bringing.pk)
    bringing.refresh_from_db()
    assert bringing.state == State.READ
