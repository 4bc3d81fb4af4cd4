"""Single rows of docs/asvs.md that no other test looks at."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client

from turntoward.web import keyring
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.opening import start_token
from turntoward.web.noticed.models import Given
from turntoward.web.places import key_folder
from turntoward.web.topics.models import Topic

Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
ODD = " Ünï 词 \N{SNOWMAN} \"'<&> words of an evening, and more of them than sixty-four letters "


def field(page: str, name: str) -> str:
    """The input of a page that has this name."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found is not None, name
    return found[0]


def test_any_long_passphrase_will_do_and_is_compared_as_typed(db: None, client: Client) -> None:
    form = {"tonight": "alone", "name": "Dora", "other_name": "Emil", "living": "apart"}
    form |= {"zone": "Europe/Vienna", "handle": "dora", "passphrase": ODD}
    assert client.post(f"/start/{start_token()}/", form).status_code == 302
    assert Couple.objects.count() == 1
    for typed, status in ((ODD.strip(), 200), (ODD.casefold(), 200), (ODD, 302)):
        answer = Client().post("/enter/", {"handle": "dora", "passphrase": typed})
        assert answer.status_code == status, typed


def test_fields_for_passphrases_hide_them_and_take_what_a_manager_fills_in(
    ana: Partner, phone: Phone, client: Client
) -> None:
    pages = {
        "/enter/": (client, {"passphrase": "current-password"}),
        "/forgotten/": (client, {"new": "new-password", "again": "new-password"}),
        "/yours/passphrase/": (phone(ana), {"old": "current-password", "new": "new-password"}),
        "/yours/open/": (phone(ana), {"passphrase": "current-password"}),
    }
    for path, (asked, fields) in pages.items():
        page = asked.get(path).content.decode()
        assert "onpaste" not in page
        for name, kind in fields.items():
            found = field(page, name)
            assert 'type="password"' in found, (path, name)
            assert f'autocomplete="{kind}"' in found, (path, name)


def test_entering_makes_a_new_session(ana: Partner) -> None:
    client = Client()
    session = client.session
    session["from"] = "somebody who laid it into this browser"
    session.save()
    before = session.session_key
    client.cookies[configured.SESSION_COOKIE_NAME] = before or ""
    assert client.post("/enter/", {"handle": "ana", "passphrase": PASSPHRASE}).status_code == 302
    after = client.cookies[configured.SESSION_COOKIE_NAME].value
    assert after != before
    held = Client()
    held.cookies[configured.SESSION_COOKIE_NAME] = before or ""
    assert held.get("/today/").status_code == 302


@pytest.mark.usefixtures("keys_of_its_own")
def test_keys_are_for_their_owner_alone(ana: Partner) -> None:
    ring = keyring.ring_folder()
    assert stat.S_IMODE(ring.stat().st_mode) == 0o700
    keyring.destroy_key("upload-x")
    files = [path for path in key_folder().rglob("*") if path.is_file()]
    files.append(Path(configured.DATA) / "id")
    assert len(files) > 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_what_no_form_asks_for_is_put_into_no_row(ana: Partner, ben: Partner, phone: Phone) -> None:
    other = {"giver": ben.pk, "giver_id": ben.pk, "partner": ben.pk, "by": ben.pk, "id": "1"}
    client = phone(ana)
    client.post("/noticed/", {"sort": "asked", "words": "the kettle"} | other)
    client.post("/topics/", {"words": "the money", "state": "open"} | other)
    given, topic = Given.objects.get(), Topic.objects.get()
    assert (given.giver_id, topic.by_id) == (ana.pk, ana.pk)
    assert topic.state == Topic().state


def test_fields_are_read_from_the_form_alone(ana: Partner, ben: Partner, phone: Phone) -> None:
    phone(ana).post("/noticed/?sort=asked&words=from+the+address", {"words": "of the form"})
    assert not Given.objects.exists()
