"""A full disk loses nothing, and says what it is; an answer that does not say so is found."""

from __future__ import annotations

import errno
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import get_resolver
from small_proofs import small

from turntoward.prove import disk_full
from turntoward.prove.full.runs import Ran, _brings_in, _said_so
from turntoward.prove.result import Size
from turntoward.web.couples import views
from turntoward.web.no_room import no_room, not_taken, went_wrong


def test_nothing_is_lost_and_it_is_said() -> None:
    result = small("disk_full", most=2)
    assert result.failed == ()
    assert result.tried == 2


def test_an_answer_that_does_not_say_so_is_found() -> None:
    assert list(_said_so(507, "<h1>There is no room left on this machine.</h1>")) == []
    assert list(_said_so(500, "<h1>There is no room left on this machine.</h1>"))
    assert list(_said_so(507, "<h1>Something went wrong here.</h1>"))


@pytest.mark.parametrize(("status", "counted"), [(507, 1), (302, 0)])
def test_a_chat_counts_as_refused_once_its_answer_says_so(status: int, counted: int) -> None:
    page = b"<h1>There is no room left on this machine.</h1>"
    answer = SimpleNamespace(status_code=status, content=page)
    ran, client = Ran(), SimpleNamespace(post=lambda path, form: answer)
    misses = list(_brings_in(SimpleNamespace(client=client), b"good morning", ran))
    assert (ran.chats_refused, len(misses)) == (counted, 1 - counted)


@pytest.mark.parametrize(("misses", "stored"), [([], True), (["disk 1: it is gone"], False)])
def test_all_of_them_are_stored_where_nothing_is_missed(
    monkeypatch: pytest.MonkeyPatch, misses: list[str], stored: bool
) -> None:
    said = {"acknowledged": 7, "refused": 1, "chats_refused": 1, "misses": misses}
    monkeypatch.setattr(disk_full, "_apart", lambda: ["unshare"])
    monkeypatch.setattr(disk_full, "heard", lambda *of: said)
    shown = disk_full.prove(Size(quick=True), lambda done, of: None).shown[0]
    assert ("all of them stored" in shown) is stored


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/5/1": No space left on device'),
    ],
)
def test_a_full_disk_is_named_as_such(error: Exception) -> None:
    assert no_room(error)
    try:
        raise error
    except Exception:
        answer = went_wrong(RequestFactory().get("/"))
    assert answer.status_code == 507
    assert "no room left" in answer.content.decode()


@pytest.mark.parametrize("error", [ValueError("full"), OperationalError("no such table"), None])
def test_anything_else_is_not(error: Exception | None) -> None:
    assert not no_room(error)


@pytest.mark.django_db
def test_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(views, "render", full)
    answer = Client(raise_request_exception=False).get("/enter/")
    assert answer.status_code == 507
    assert "There is no room left on this machine." in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_a_session_that_found_no_room_is_not_taken_for_one_that_ended() -> None:
    """Django says so where it could not store one, and keeps what happened as the context."""
    request = RequestFactory().get("/")
    ended = SessionInterrupted("it was deleted")
    assert not_taken(request, ended).status_code == 400
    ended.__context__ = UpdateError()
    ended.__context__.__context__ = OperationalError("database or disk is full")
    assert not_taken(request, ended).status_code == 507
    assert get_resolver("turntoward.web.urls").resolve_error_handler(400) is not_taken
    assert get_resolver("turntoward.web.urls_hosted").resolve_error_handler(500) is went_wrong


def test_an_index_that_found_no_room_counts_as_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says no more than "disk I/O error" then."""
    assert not no_room(OperationalError("disk I/O error"))
    monkeypatch.setattr("turntoward.web.no_room._LEAST_BYTES", 1 << 62)
    assert no_room(OperationalError("disk I/O error"))
