"""Matrix by Element: events that change earlier ones, calls, names, damage."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, opened, samples

from turntoward.exports import open_export

SAMPLES = samples("matrix")
ROOM = next(path for path in SAMPLES if path.name == "room_of_two.json")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample)


def test_every_event_is_accounted_for() -> None:
    events = json.loads(ROOM.read_text(encoding="utf-8"))["messages"]
    assert open_export(ROOM).account.records == len(events)


def test_reactions_are_unknown_where_element_left_them_out() -> None:
    assert open_export(ROOM).carries.reactions
    assert not open_export(ROOM.with_name("same_name_twice.json")).carries.reactions


def test_attachments_lie_in_the_zip_under_their_name_and_date(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.write(ROOM, "matrix-Ben/export.json")
        zipped.writestr("matrix-Ben/images/sky-6-13-2024 at 9-06-00 PM.jpg", b"\xff\xd8\xff")
    rows = open_export(path).messages.filter(kind="image").rows(named=True)
    assert [row["media_state"] for row in rows] == ["included"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_balances_or_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    opened(tmp_path / "chat.json", data.draw(damage())(sample.read_bytes()))
