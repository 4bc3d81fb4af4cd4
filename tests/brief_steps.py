"""Steps that the tests of the brief share: begin one, find its lines, keep and read them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.test import Client

from turntoward.web.couples.models import Partner
from turntoward.web.handover.lines import words_of
from turntoward.web.handover.models import Brief, Line
from web_pages import without_tokens


def begin(client: Client, whose: str = "both") -> Brief:
    assert client.post("/brief/begin/", {"whose": whose}).status_code == 302
    return Brief.objects.latest("begun_at")


def page(client: Client, brief: Brief) -> str:
    return without_tokens(client.get(f"/brief/{brief.pk}/").content.decode())


def add(client: Client, brief: Brief, words: str) -> Line:
    before = set(Line.objects.values_list("pk", flat=True))
    assert client.post(f"/brief/{brief.pk}/add/", {"words": words}).status_code == 302
    return Line.objects.exclude(pk__in=before).get()


def give(client: Client, line: Line, words: str) -> None:
    answer = client.post(
        f"/brief/lines/{line.pk}/", {"words": words, "what": "give", "version": version_of(line)}
    )
    assert answer.status_code == 302
    line.refresh_from_db()


def change(client: Client, line: Line, words: str) -> None:
    answer = client.post(
        f"/brief/lines/{line.pk}/", {"words": words, "what": "save", "version": version_of(line)}
    )
    assert answer.status_code == 302
    line.refresh_from_db()


def version_of(line: Line) -> int:
    return Line.objects.values_list("version", flat=True).get(pk=line.pk)


def move(client: Client, line: Line, what: str, version: int | None = None) -> None:
    said = {"what": what, "version": version or line.version}
    assert client.post(f"/brief/lines/{line.pk}/move/", said).status_code == 302
    line.refresh_from_db()


def given(client: Client, brief: Brief, words: str) -> Line:
    """A line that its writer added and gave."""
    line = add(client, brief, words)
    give(client, line, words)
    return line


def in_it(clients: Iterable[Client], brief: Brief, words: str) -> Line:
    """A line that everybody keeps."""
    first, *others = clients
    line = given(first, brief, words)
    for other in others:
        move(other, line, "keep")
    return line


def read(client: Client, brief: Brief) -> str:
    return client.get(f"/brief/{brief.pk}/read/").content.decode()


def agree(client: Client, brief: Brief, digest: str = "") -> int:
    """Agree to what stands on the page now, or to what stood there before."""
    of = digest or digest_on(read(client, brief))
    status = client.post(f"/brief/{brief.pk}/read/", {"agree": "yes", "digest": of}).status_code
    brief.refresh_from_db()
    return status


def digest_on(shown: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert found is not None
    return found[1]


def frozen(hers: Client, his: Client, words: str = "We want to laugh again.") -> Brief:
    brief = begin(hers)
    in_it((hers, his), brief, words)
    agree(hers, brief)
    agree(his, brief)
    assert brief.frozen_at is not None
    return brief


def line_of(brief: Brief, source: str) -> Line:
    return Line.objects.get(brief=brief, source=source)


def words(line: Line) -> str | None:
    line.refresh_from_db()
    return words_of(line, None)


def both(phone: object, ana: Partner, ben: Partner) -> tuple[Client, Client]:
    assert callable(phone)
    return phone(ana), phone(ben)
