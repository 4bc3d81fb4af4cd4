"""The page for whoever is afraid, as the server gives it: the same to all, and told nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client
from django.utils import translation

from turntoward.care.signposts import COUNTRIES, digits, signposts
from turntoward.web.couples.models import Partner
from turntoward.web.moments.parts import of_today
from turntoward.web.part import Look
from turntoward.web.safety.elsewhere import ELSEWHERE
from turntoward.web.safety.lines import countries, country_names
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


def page(client: Client, path: str = "/safety/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(text: str) -> str:
    """Without what the browser needs to know whose word it keeps, and to sign them out."""
    text = re.sub(r'<script src="[^"]*layout\.js[^>]*></script>\n?', "", without_tokens(text))
    text = re.sub(r'<div hidden><input type="hidden"[^>]*></div>', "", text)
    return re.sub(r"\n+", "\n", text.replace(' data-out="/leave/"', ""))


def test_it_is_the_same_for_both_and_for_who_is_not_signed_in(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    mine = plain(page(phone(ana)))
    assert mine == plain(page(phone(ben)))
    assert mine == plain(page(Client()))
    assert "Ana" not in mine
    assert "Ben" not in mine


def test_there_is_nowhere_to_send_an_answer_to(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    text = page(client)
    assert "<form" not in text
    assert not re.search(r"hx-|data-outbox|outbox", text)
    assert client.post("/safety/", {"asked-1": "yes"}).status_code == 405
    assert without_tokens(page(client, "/safety/?asked-1=yes")) == without_tokens(text)


def test_it_says_first_what_leaving_cannot_do(ana: Partner, phone: Phone) -> None:
    main = page(phone(ana)).split('<main id="main">')[1]
    assert main.index("cannot clear your browser’s list of pages") < main.index("<h1>")
    assert f'href="{ELSEWHERE}"' in main


def test_every_help_line_is_a_link_that_dials(ana: Partner, phone: Phone) -> None:
    for path in ("/safety/", "/together/"):
        text = page(phone(ana), path)
        for each in signposts():
            assert not each.phone or f'href="tel:{digits(each.phone)}"' in text, each.service
        assert "27 Nov 2026" in text


def test_every_country_is_named_and_they_stand_by_their_names() -> None:
    for language in ("en-gb", "de", "es"):
        with translation.override(language):
            assert set(country_names()) == set(COUNTRIES)
            names = [country.name.casefold() for country in countries(signposts())]
            assert names == sorted(names)
            assert len(names) == len({each.country for each in signposts()})


def test_hours_are_said_and_who_it_is_for() -> None:
    with translation.override("en-gb"):
        lines = [line for country in countries(signposts()) for line in country.lines]
        says = {line.signpost.service: line.says for line in lines}
    assert says["Galop"] == "For LGBT people · Mon–Thu 10:00–20:30, Fri 10:00–16:30"
    assert says["1800RESPECT"] == "For anybody · Day and night"


def test_what_is_for_two_is_marked_on_today_and_the_own_weather_is_not(
    ana: Partner, ben: Partner
) -> None:
    now = datetime(2026, 3, 4, 19, tzinfo=UTC)
    laid = of_today(Look(partner=ana, now=now, day=now.date(), hour=20, key=None))
    assert laid.open is not None
    assert laid.open.key == "weather"
    assert not laid.open.joint
    further = of_today(
        Look(partner=ana, now=now, day=now.date(), hour=20, key=None), after="weather"
    )
    assert further.open is not None
    assert further.open.key == "shift"
    assert further.open.joint


def test_today_has_its_quiet_end_in_it_already_where_the_open_part_is_for_two(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    text = page(phone(ana), "/today/?after=weather")
    assert 'id="part-shift" data-joint' in text
    assert 'class="enough" data-instead' in text
    assert "data-instead" not in page(phone(ana), "/today/")


def test_without_a_word_in_the_browser_everything_is_there(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    for path in ("/today/", "/together/", "/more/"):
        root = page(phone(ana), path).split("<head>")[0]
        assert "data-alone" not in root
        assert "data-unasked" not in root
