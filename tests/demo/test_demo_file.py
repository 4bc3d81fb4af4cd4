"""The file of the demo couple: its shape, its times, and that a seed decides it."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from made_couples import lived

from turntoward.demo import UNTIL, write

HEAD = re.compile(r"^(\d{2}/\d{2}/\d{4}, \d{2}:\d{2}) - (.*)$")
FROM = re.compile(r"^(Ana|Ben): (.+)$", re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo")
    write(made, seed=7)
    return made


@pytest.fixture(scope="module")
def records(folder: Path) -> list[tuple[datetime, str]]:
    """Every record as its time and the rest, continuation lines joined on."""
    found: list[tuple[datetime, str]] = []
    text = (folder / "WhatsApp Chat with Ben.txt").read_text("utf-8")
    for line in text.removesuffix("\n").split("\n"):
        head = HEAD.match(line)
        if head:
            found.append((datetime.strptime(head[1], "%d/%m/%Y, %H:%M"), head[2]))  # noqa: DTZ007
        else:
            at, rest = found[-1]
            found[-1] = (at, f"{rest}\n{line}")
    return found


def test_the_first_line_is_the_messengers_own(records: list[tuple[datetime, str]]) -> None:
    assert records[0][1].startswith("Messages and calls are end-to-end encrypted.")
    assert sum("end-to-end encrypted" in rest for _, rest in records) == 1


def test_every_other_record_is_from_one_of_the_two(records: list[tuple[datetime, str]]) -> None:
    found = [FROM.match(rest) for _, rest in records[1:]]
    assert all(found)
    senders = [match[1] for match in found if match]
    share = senders.count("Ana") / len(senders)
    assert 0.45 < share < 0.6


def test_times_run_forward_over_five_years(records: list[tuple[datetime, str]]) -> None:
    times = [at for at, _ in records]
    assert times == sorted(times)
    assert times[-1].date() == UNTIL or UNTIL - times[-1].date() < timedelta(days=3)
    assert 4.9 * 365 < (times[-1] - times[0]).days < 5.1 * 365


def test_every_time_exists_once_on_the_clock(records: list[tuple[datetime, str]]) -> None:
    """Not in the hour that is skipped in spring, nor in the one that comes twice in autumn."""
    zone = ZoneInfo("Europe/London")
    for at, _ in records:
        first, second = at.replace(tzinfo=zone), at.replace(tzinfo=zone, fold=1)
        assert first.utcoffset() == second.utcoffset(), at


def test_it_holds_what_real_exports_hold(records: list[tuple[datetime, str]]) -> None:
    bodies = [rest.split(": ", 1)[1] for _, rest in records[1:]]
    for trace in (
        "<Media omitted>",
        "You deleted this message",
        "This message was deleted",
        "Missed voice call",
    ):
        assert bodies.count(trace) > 10, trace
    assert sum("\n" in body for body in bodies) > 40
    assert sum(body.endswith("<This message was edited>") for body in bodies) > 20
    assert not any(body.strip() == "" for body in bodies)


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, seed=7)
    for name in ("WhatsApp Chat with Ben.txt", "demo.json"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_another_seed_gives_another_life() -> None:
    one, other = lived(1), lived(2)
    assert one.life.anchors != other.life.anchors
    assert one.course != other.course
    assert [sent.text for sent in one.sent[:200]] != [sent.text for sent in other.sent[:200]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_there_are_about_as_many_messages_as_two_people_write(seed: int) -> None:
    assert 25_000 < len(lived(seed).sent) < 35_000
    assert 25_000 < len(lived(seed, steady=True).sent) < 35_000


def test_it_can_end_on_any_day(tmp_path: Path) -> None:
    demo = write(tmp_path, seed=4, until=date(2024, 2, 29))
    assert date(2024, 2, 26) <= demo.last <= date(2024, 2, 29)
    assert demo.first.year == 2019


def test_the_truth_beside_it_says_the_same(tmp_path: Path) -> None:
    demo = write(tmp_path, seed=7)
    told = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    assert told["drift_start"] == str(demo.drift_start)
    assert told["messages"] == demo.messages == len(lived(7).sent)
    assert told["export"] == "WhatsApp Chat with Ben.txt"
    assert [season["name"] for season in told["seasons"]] == [s.name for s in demo.seasons]
    assert "Jonas is born" in {season.name for season in demo.seasons}


def test_a_steady_couple_has_no_drift_in_its_truth(tmp_path: Path) -> None:
    demo = write(tmp_path, seed=7, steady=True)
    assert demo.drift_start is None
    assert demo.return_start is None
    assert "No drift" in str(demo)
    assert all(one.before == one.drifted == one.returned for one in demo.rhythms)
