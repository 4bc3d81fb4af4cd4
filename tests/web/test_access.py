"""Every address, asked by everybody: nobody sees what is not theirs, and none goes unlisted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from asked_cells import asked
from turntoward.prove.matrix.cells import MISSING, Cell
from turntoward.prove.matrix.run import unlisted
from turntoward.prove.people import make
from turntoward.web.couples.models import Partner
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


@pytest.mark.parametrize("hosted", [False, True])
def test_every_address_has_its_row(hosted: bool, settings: object) -> None:
    settings.ROOT_URLCONF = f"turntoward.web.urls{'_hosted' if hosted else ''}"  # type: ignore[attr-defined]
    assert unlisted(hosted=hosted) == []


def test_with_every_method_they_see_what_is_theirs(transactional_db: None) -> None:
    """Ana's things, asked for by nobody, by her partner, and by somebody of another couple."""

    def keep(cell: Cell) -> bool:
        asks = cell.role.name in ("nobody", "ben", "cleo")
        return asks and cell.owner in ("", "ana", MISSING)

    gathered = asked(make(timezone.now()), keep, hosted=False)
    assert gathered.misses == ()
    assert gathered.asked > 2000


def test_missing_and_not_yours_look_the_same(ana: Partner, cleo: Partner, phone: Phone) -> None:
    season = ana.couple.seasons.create(name="A move", start="2020-01-01")
    client = phone(cleo)
    theirs, missing = client.get(f"/seasons/{season.pk}/"), client.get("/seasons/999999/")
    assert theirs.status_code == missing.status_code == 404
    page, other = (without_tokens(answer.content.decode()) for answer in (theirs, missing))
    assert page.replace(f"seasons/{season.pk}", "") == other.replace("seasons/999999", "")


def test_looking_around_exists_only_in_the_demo(ana: Partner) -> None:
    assert Client().post("/look-around/0/").status_code == 404


def test_every_page_forbids_foreign_code_and_caches(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    for path in [
        "/today/",
        "/together/",
        "/climate/",
        "/rhythm/",
        "/more/",
        "/bring-in/",
        "/agree/",
        "/seasons/",
    ]:
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_form_from_elsewhere_is_refused(ana: Partner) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post("/agree/", {"key": "yes"}).status_code == 403
