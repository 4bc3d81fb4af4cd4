"""Google Chat: all chats of a Takeout, with dates spelt out in the language of the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, refused_or_sound, samples

from turntoward.exports import open_exports
from turntoward.exports.google_chat.dates import Calendar

HERE = Path(__file__).parent / "google_chat"
INSIDE = sorted(path for path in HERE.rglob("*.json") if ".expected" not in path.name)
EVENING = datetime(2021, 1, 5, 20, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize("sample", samples("google_chat"), ids=lambda path: path.stem)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    check(sample)


@pytest.mark.parametrize(
    "written",
    [
        "Tuesday, January 5, 2021 at 8:09:12 PM UTC",
        "Tuesday, January 5, 2021 at 8:09:12\u202fPM UTC",
        "Tuesday, January 5, 2021 at 20:09:12 UTC",
        "Tuesday, 5 January 2021 at 20:09:12 UTC",
        "Dienstag, 5. Januar 2021 um 20:09:12 UTC",
        "mardi 5 janvier 2021 à 20:09:12 UTC",
        "mardi 5 janvier 2021 à 20 h 09 min 12 s UTC",
        "martes, 5 de enero de 2021, 8:09:12\u00a0p.\u00a0m. UTC",
        "martedì 5 gennaio 2021 20:09:12 UTC",
        "terça-feira, 5 de janeiro de 2021 às 20:09:12 UTC",
        "wtorek, 5 stycznia 2021 20:09:12 UTC",
        "2021. január 5., kedd 20:09:12 UTC",
        "tiistaina 5. tammikuuta 2021 klo 20.09.12 UTC",
        "вторник, 5 января 2021 г., 20:09:12 UTC",
        "5 Ocak 2021 Salı 20:09:12 UTC",
        "Τρίτη 5 Ιανουαρίου 2021 - 8:09:12 μ.μ. UTC",
        "יום שלישי, 5 בינואר 2021, 20:09:12 UTC",
        "الثلاثاء، ٥ يناير ٢٠٢١، ٨:٠٩:١٢ م UTC",
        "मंगलवार, 5 जनवरी 2021, 8:09:12 pm UTC",
        "2021年1月5日火曜日 20:09:12 UTC",
        "2021년 1월 5일 화요일 오후 8:09:12 UTC",
        "2021年1月5日 星期二 晚上8:09:12 UTC",
        "วันอังคารที่ 5 มกราคม พุทธศักราช 2564 20:09:12 UTC",
        "20:09:12 UTC Thứ Ba, 5 tháng 1, 2021",
    ],
)
def test_a_date_is_read_in_many_languages(written: str) -> None:
    assert Calendar().moment(written) == int(EVENING.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "written",
    [
        None,
        5,
        "",
        "Wednesday, January 5, 2021 at 8:09:12 PM UTC",  # it was a Tuesday
        "Tuesday, January 5, 2021 at 8:09:12 PM",
        "Tuesday, January 5, 2021 at 8:09:12 soon UTC",
        "Tuesday, January 5, 2021 at 25:09:12 UTC",
        "Tuesday, January 5, 2021 at 20:61:12 UTC",
        "Tuesday, January 50, 2021 at 20:09:12 UTC",
        "Tuesday, Brumaire 5, 2021 at 8:09:12 PM UTC",
        "Tuesday " * 100,
    ],
)
def test_a_date_that_is_not_sure_is_none(written: object) -> None:
    assert Calendar().moment(written) is None


def test_midnight_and_noon() -> None:
    hours = []
    for words in ("12:00:00 AM", "12:00:00 PM", "1:00:00 AM", "11:00:00 PM"):
        moment = Calendar().moment(f"Tuesday, January 5, 2021 at {words} UTC")
        assert moment is not None
        hours.append(datetime.fromtimestamp(moment / 1e6, UTC).hour)
    assert hours == [0, 12, 1, 23]


def test_the_same_chat_of_two_exports_is_read_once(tmp_path: Path) -> None:
    alone = (HERE / "alone.json").read_bytes()
    for part in ("first", "second"):
        folder = tmp_path / part / "Groups" / "DM a"
        folder.mkdir(parents=True)
        (folder / "messages.json").write_bytes(alone)
    (source,) = open_exports(tmp_path)
    assert source.account.records == 2
    assert any("read once: 2" in note for note in source.account.notes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged=damage(), sample=st.sampled_from(INSIDE))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damaged: Callable[[bytes], bytes], sample: Path
) -> None:
    path = tmp_path_factory.mktemp("chat") / "Google Chat" / "Groups" / "DM a" / sample.name
    path.parent.mkdir(parents=True)
    path.write_bytes(damaged(sample.read_bytes()))
    refused_or_sound(path)
    refused_or_sound(path.parents[2])
