"""The app on the phone: its names, what it keeps for a day without a network, and small pages."""

from __future__ import annotations

import gzip
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from turntoward.web.checkins.models import Warmth
from turntoward.web.couples.models import Partner
from turntoward.web.shell import served, worker
from turntoward.web.shell.packed import packed_pages
from turntoward.web.shell.skies import skies
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
PAGES = ("/today/", "/together/", "/climate/", "/more/", "/phone/", "/seasons/", "/noticed/")


def manifest(client: Client) -> dict[str, Any]:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    return json.loads(answer.content)  # type: ignore[no-any-return]


def page(client: Client, path: str) -> str:
    return without_tokens(client.get(path).content.decode())


def title(text: str) -> str:
    return re.search(r"<title>(.*?)</title>", text, re.S)[1]  # type: ignore[index]


def shell_of(source: str) -> dict[str, Any]:
    first = source.splitlines()[0]
    return json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("plain", [False, True])
def test_the_manifest_names_icons_that_are_there_in_their_sizes(
    ana: Partner, phone: Phone, plain: bool
) -> None:
    Partner.objects.update(neutral=plain)
    told = manifest(phone(ana))
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/today/", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        data = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()  # type: ignore[arg-type]
        side = struct.unpack(">II", data[16:24])
        assert icon["sizes"] == f"{side[0]}x{side[1]}"
        assert ("plain" in icon["src"]) is plain


def test_by_the_plain_name_nothing_says_what_it_is_and_the_other_sees_no_change(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client, other = phone(ana), phone(ben)
    before = {path: page(other, path) for path in PAGES}
    assert (manifest(client)["name"], title(page(client, "/today/"))) == (
        "Turntoward",
        "Today · Turntoward",
    )
    assert client.post("/phone/", {"name": "plain"}).status_code == 302
    told = manifest(client)
    assert (told["name"], told["short_name"]) == ("Evening", "Evening")
    assert "description" not in told
    for path in PAGES:
        head = page(client, path).split("</head>")[0]
        # Addresses of files hold the name; nothing that is shown does.
        shown = title(head) + " ".join(re.findall(r'content="([^"]*)"', head))
        assert "urntoward" not in shown, path
        assert "Evening" in title(head), path
        assert "icons/plain-180.png" in head, path
    assert {path: page(other, path) for path in PAGES} == before
    client.post("/phone/", {"name": "own"})
    assert manifest(client)["name"] == "Turntoward"


def test_a_browser_remembers_the_plain_name_while_nobody_is_signed_in(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    Partner.objects.filter(pk=ana.pk).update(neutral=True)
    client = phone(ana)
    manifest(client)  # as browsers ask for it with every page
    client.post("/leave/")
    assert manifest(client)["name"] == "Evening"
    assert title(page(client, "/enter/")) == "Enter · Evening"
    assert manifest(Client())["name"] == "Turntoward"
    client.force_login(ben)
    assert manifest(client)["name"] == "Turntoward"
    client.logout()
    assert manifest(client)["name"] == "Turntoward"


def test_the_page_of_the_app_says_what_is_missing_without_https(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    here = client.get("/phone/", HTTP_HOST="localhost:8700", SERVER_PORT="8700")
    there = here.content.decode()
    assert "without HTTPS" not in there
    assert "tailscale serve --bg 8700" in there
    over_http = client.get("/phone/").content.decode()  # testserver is not this machine
    assert "This phone reaches it without HTTPS." in over_http
    assert 'href="/phone/"' in page(client, "/more/")


def test_every_page_asks_for_the_manifest_with_cookies(ana: Partner, phone: Phone) -> None:
    for client, path in ((Client(), "/"), (phone(ana), "/today/")):
        link = '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">'
        assert link in page(client, path)


def test_only_who_is_here_gets_the_outbox(ana: Partner, phone: Phone) -> None:
    assert "outbox" not in page(Client(), "/")
    assert "outbox.js" in page(phone(ana), "/today/")


def test_every_page_of_hers_is_asked_for_again_when_one_goes_back_to_it(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    for path in (*PAGES, "/yours/", "/topics/", "/reminders/", "/nothing-here/"):
        assert "left.js" in page(client, path), path


def test_the_page_without_a_network_is_the_same_for_all_and_names_nobody(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    client.post("/weather/", {"warmth": "5"})
    mine = client.get("/offline/").content.decode()
    assert mine == phone(ben).get("/offline/").content.decode()
    assert mine == Client().get("/offline/").content.decode()
    assert "Ana" not in mine
    assert "csrf" not in mine.replace("csrfmiddlewaretoken]", "")


@pytest.mark.parametrize("language", ["en-gb", "de", "es"])
def test_the_skies_of_that_page_are_those_of_every_other(language: str) -> None:
    with translation.override(language):
        assert skies() == [(value, str(label)) for value, label in Warmth.choices]


def test_the_worker_may_serve_everything_and_keeps_only_files_that_are_there(
    ana: Partner, phone: Phone
) -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content == phone(ana).get("/sw.js").content
    told = shell_of(answer.content.decode())
    for path in [*told["shell"], told["offline"], told["queue"]]:
        assert Client().get(path).status_code == 200, path
    # Everything that the offline page loads is kept with it.
    kept = {*told["shell"]}
    loads = re.findall(
        r'(?:src|href)="(/static/[^"]+\.(?:css|js)[^"]*)"', page(Client(), told["offline"])
    )
    assert loads
    assert set(loads) <= kept


def test_no_page_of_anybody_is_among_what_the_worker_keeps() -> None:
    told = shell_of(Client().get("/sw.js").content.decode())
    assert all(path.startswith("/static/") for path in told["shell"])
    assert told["offline"] == reverse("shell:offline")


def test_another_version_of_a_file_makes_another_worker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def version() -> str:
        worker.worker_source.cache_clear()
        served.digest.cache_clear()
        return str(shell_of(worker.worker_source())["version"])

    before = version()
    assert version() == before
    changed = tmp_path / "style.css"
    changed.write_text("/* another one */")
    found = finders.find

    def find(name: str) -> Any:
        return str(changed) if name == "turntoward/style.css" else found(name)

    monkeypatch.setattr(finders, "find", find)
    assert version() != before
    monkeypatch.undo()
    assert version() == before


def test_the_outbox_learns_whose_taps_it_may_send(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    told = client.get("/phone/token/").json()
    assert f'data-owner="{told["owner"]}"' in page(client, "/today/")
    assert told["owner"] == phone(ana).get("/phone/token/").json()["owner"]
    assert told["owner"] != phone(ben).get("/phone/token/").json()["owner"]
    assert str(ana.pk).replace("-", "") not in told["owner"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    token = strict.get("/phone/token/").json()["token"]
    sent = strict.post("/weather/", {"warmth": "5", "csrfmiddlewaretoken": token})
    assert (sent.status_code, sent["Location"]) == (302, "/today/")


def test_who_enters_makes_the_tokens_of_the_one_before_useless(ana: Partner, ben: Partner) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    token = client.get("/phone/token/").json()["token"]
    form = client.get("/enter/").content.decode().split('csrfmiddlewaretoken" value="')[1]
    entering = {"handle": "ben", "passphrase": "quiet green evening lamp"}
    entered = client.post("/enter/", entering | {"csrfmiddlewaretoken": form.split('"')[0]})
    assert entered.status_code == 302
    # A tap of Ana's that waited is not counted for Ben.
    sent = client.post("/weather/", {"warmth": "1", "csrfmiddlewaretoken": token})
    assert sent.status_code == 403


def test_pages_and_text_files_go_out_packed(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    packs = {"accept-encoding": "gzip, deflate, br"}
    whole, packed = client.get("/today/"), client.get("/today/", headers=packs)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert without_tokens(gzip.decompress(packed.content).decode()) == page(client, "/today/")
    assert len(packed.content) < len(whole.content) / 2
    for name in ("turntoward/style.css", "turntoward/htmx.min.js", "turntoward/icon.svg"):
        plain = b"".join(Client().get(f"/static/{name}").streaming_content)  # type: ignore[arg-type]
        answer = Client().get(f"/static/{name}", headers=packs)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        held = b"".join(answer.streaming_content)  # type: ignore[arg-type]
        assert answer.headers["Content-Length"] == str(len(held))
        assert gzip.decompress(held) == plain
    font = Client().get("/static/turntoward/fonts/literata-latin-500-normal.woff2", headers=packs)
    assert "Content-Encoding" not in font.headers


def test_a_part_of_a_file_and_one_that_did_not_change_are_answered_as_ever() -> None:
    path = "/static/turntoward/style.css"
    packs = {"accept-encoding": "gzip"}
    part = Client().get(path, headers=packs | {"range": "bytes=0-9"})
    assert (part.status_code, part.headers["Content-Length"]) == (206, "10")
    tag = Client().get(path).headers["ETag"]
    assert Client().get(path, headers=packs | {"if-none-match": tag}).status_code == 304


def test_a_file_is_kept_for_good_only_at_the_address_of_what_it_holds(db: None) -> None:
    def lasts(path: str) -> bool:
        answer = Client().get(path)
        assert answer.status_code == 200
        return "immutable" in answer.headers["Cache-Control"]

    address = re.search(r'href="(/static/turntoward/style.css\?v=\w{10})"', page(Client(), "/"))
    assert address
    assert lasts(address[1])
    assert not lasts("/static/turntoward/style.css")
    # A page from before an upgrade still finds its files.
    assert not lasts("/static/turntoward/style.css?v=0123456789")
    assert lasts("/static/turntoward/fonts/literata-latin-500-normal.woff2")


def test_a_live_stream_is_not_packed() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    said = [b"event: turn\ndata: " + b"x" * 400 + b"\n\n"]
    stream = packed_pages(lambda _: StreamingHttpResponse(iter(said)))(request)
    assert b"".join(stream) == said[0]  # type: ignore[arg-type]
    whole = packed_pages(lambda _: HttpResponse(said[0]))(request)
    assert whole.headers["Content-Encoding"] == "gzip"  # type: ignore[union-attr]


def test_a_worker_from_here_is_allowed_and_none_from_elsewhere(db: None) -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
