"""Every address, every method and every refusal answers with the headers that keep things in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from practice_steps import a_practice, desk
from turntoward.web.couples.models import Partner
from turntoward.web.headers import CONTENT_SECURITY_POLICY, has_a_name

Phone = Callable[[Partner], Client]


@pytest.fixture(autouse=True)
def _no_second_companion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking around would start one, on a port of its own."""
    monkeypatch.setattr("turntoward.web.look_around.open_visit", lambda: None)


METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
#: The one page that may ask another address, on this machine, and only while it shows it.
ALSO = {"/look-around/"}
#: A browser may hold the service worker, and a phone the file of an appointment that it opens; both
#: are asked for anew each time, and neither holds anything private.
HELD = {"/sw.js": "no-cache", "/reminders/calendar.ics": "private, max-age=0"}
STREAM = "/together/stream/"
#: Kinds without a charset: JSON is UTF-8 by itself.
BINARY = r"application/(json|pdf|manifest\+json|zip|pkix-cert|x-x509-ca-cert)|image/\S+"
MADE_UP = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "slug": "a", "str": "a"}


def all_paths() -> list[str]:
    """Every address but the stream, which closes the connections of the test."""
    return sorted({*paths(get_resolver().url_patterns)} - {STREAM})


def paths(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address there is, with made-up ids in it."""
    for pattern in patterns:
        here = before + re.sub(
            r"<(?:(\w+):)?\w+>", lambda found: MADE_UP[found[1] or "str"], str(pattern.pattern)
        )
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, here)
        else:
            yield here


def assert_kept_in(answer: object, path: str) -> None:
    headers = answer.headers  # type: ignore[attr-defined]
    policy = headers["Content-Security-Policy"]
    assert policy == CONTENT_SECURITY_POLICY or path in ALSO, path
    assert "unsafe" not in policy, path
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["X-Frame-Options"] == "DENY", path
    assert headers["Referrer-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    assert "Access-Control-Allow-Origin" not in headers, path
    body = b"" if answer.streaming else answer.content  # type: ignore[attr-defined]
    kind = headers.get("Content-Type", "")
    assert not body or "charset=utf-8" in kind or re.fullmatch(BINARY, kind), (path, kind)


def assert_not_kept(answer: object, path: str) -> None:
    kept = answer.headers["Cache-Control"]  # type: ignore[attr-defined]
    assert kept in ("no-store", HELD.get(path)), (path, kept)


@pytest.mark.parametrize("who", ["nobody", "ana"])
def test_every_address_with_every_method(ana: Partner, phone: Phone, who: str) -> None:
    there = all_paths()
    assert len(there) > 100
    for path in there:
        for method in METHODS:
            client = Client(raise_request_exception=False)
            if who == "ana":
                client.force_login(ana)
            answer = getattr(client, method)(path)
            assert answer.status_code != 500, (method, path)
            assert method != "trace" or answer.status_code in (302, 404, 405), path
            assert_kept_in(answer, path)
            assert_not_kept(answer, path)


@pytest.mark.urls("turntoward.web.urls_hosted")
@pytest.mark.parametrize("who", ["nobody", "iris"])
def test_the_pages_of_a_practice(db: None, settings: Any, who: str) -> None:
    settings.PRACTICE = True
    a_practice()
    there = [path for path in all_paths() if "practice" in path or "consult" in path]
    assert len(there) > 10
    for path in there:
        for method in METHODS:
            client = Client() if who == "nobody" else desk(who)
            client.raise_request_exception = False
            answer = getattr(client, method)(path)
            assert answer.status_code != 500, (method, path)
            assert_kept_in(answer, path)
            assert_not_kept(answer, path)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500])
def test_refusals(ana: Partner, phone: Phone, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError

    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(ana)
    if status == 500:
        monkeypatch.setattr("turntoward.web.moments.views.look_of", broken)
    answer = {
        400: lambda: client.get("/", HTTP_HOST="elsewhere.example"),
        403: lambda: client.post("/agree/", {"key": "yes"}),
        404: lambda: client.get("/nothing-is-here/"),
        405: lambda: client.get("/leave/"),
        500: lambda: client.get("/today/"),
    }[status]()
    assert answer.status_code == status
    assert_kept_in(answer, "")
    assert_not_kept(answer, "")
    if status != 405:
        # In our own voice, and with a way on.
        assert 'href="/"' in answer.content.decode()


def test_too_large_a_form_is_refused_in_our_own_voice(ana: Partner) -> None:
    client = Client()
    client.force_login(ana)
    answer = client.post("/noticed/", {"sort": "asked", "words": "a" * 3_000_000})
    assert answer.status_code == 400
    assert "did not come through whole" in answer.content.decode()
    assert_kept_in(answer, "")


@pytest.mark.django_db(transaction=True)
def test_a_live_stream(ana: Partner, phone: Phone) -> None:
    answer = phone(ana).get(STREAM)
    assert answer.streaming
    assert_kept_in(answer, STREAM)
    assert_not_kept(answer, STREAM)


def test_files_of_the_pages_keep_their_caching_and_have_the_rest(db: None) -> None:
    for path in ("/static/turntoward/style.css", "/static/turntoward/icon.svg"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert_kept_in(answer, path)
        assert answer.headers["Cache-Control"].startswith("max-age=")
        answer.close()
    assert Client().get("/static/turntoward/").status_code == 404  # no list of files


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("home.example", True),
        ("turntoward.local:8700", True),
        ("localhost", False),
        ("localhost:8700", False),
        ("demo.localhost", False),
        ("192.168.1.7:8700", False),
        ("[fe80::1]:8700", False),
        ("", False),
    ],
)
def test_which_hosts_have_a_name(host: str, named: bool) -> None:
    assert has_a_name(host) is named


def test_nobody_is_led_elsewhere(ana: Partner, phone: Phone) -> None:
    """No address and no field of ours takes a place to go on to from whoever asks."""
    elsewhere = "https://elsewhere.example/"
    there = {field: elsewhere for field in ("next", "url", "to", "redirect", "return", "path")}
    client = Client()
    client.force_login(ana)
    for path in all_paths():
        for answer in (client.get(path, there), client.post(path, there)):
            leads = answer.headers.get("Location", "")
            assert not leads.startswith(("//", "http", "\\")), (path, leads)
        client.force_login(ana)
    entered = Client().post(
        "/enter/?next=//elsewhere.example/",
        {"handle": "ana", "passphrase": "quiet green evening lamp"},
    )
    assert entered["Location"] == "/today/"
    for path in ("//elsewhere.example", "//elsewhere.example/today", "/\\elsewhere.example"):
        assert not Client().get(path).headers.get("Location", "").startswith(("//", "/\\"))
