"""Whatever a file holds: messages come back as written, or one clear error; nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_chats import SHAPES, Line, Shape, chats

from turntoward.errors import TurntowardError
from turntoward.exports import open_export
from turntoward.messages.message import SCHEMA
from turntoward.messages.source import Source

HERE = Path(__file__).parent
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=80, deadline=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def opened(path: Path, data: bytes) -> Source | None:
    """The source, or null where the file was refused on purpose; anything else is a crash."""
    path.write_bytes(data)
    try:
        source = open_export(path)
    except TurntowardError as error:
        refusal = str(error)
    else:
        assert source.messages.schema == SCHEMA
        assert source.account.balances()
        assert source.account.records == source.messages.height
        return source
    assert refusal.endswith(".")
    assert "\n" not in refusal
    return None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@FEW
@given(chat=chats())
def test_a_chat_comes_back_as_it_was_written(folder: Path, shape: Shape, chat: list[Line]) -> None:
    source = opened(folder / "chat.txt", data := shape.write(chat))
    assert source is not None
    back = source.messages.select("ts_local", "sender_id", "text").rows()
    wanted = [
        (
            line.at if shape.seconds else line.at.replace(second=0),
            line.sender,
            line.body if line.sender else None,
        )
        for line in chat
    ]
    # Blank lines at the end of the file are nobody's: editors and tools put them there.
    at, who, said = wanted[-1]
    wanted[-1] = at, who, said and said.rstrip("\n")
    assert back == wanted
    assert source.messages["byte_len"].sum() == len(data)
    assert source.account.system == sum(line.sender is None for line in chat)


@MANY
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".json", ".zip", ""]))
def test_random_bytes_never_crash(folder: Path, data: bytes, suffix: str) -> None:
    opened(folder / f"random{suffix}", data)


@MANY
@given(
    sample=st.sampled_from(sorted(HERE.glob("whatsapp/*.txt"))),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    extra=st.binary(max_size=12),
)
def test_a_damaged_chat_never_crashes(
    folder: Path, sample: Path, at: float, cut: int, extra: bytes
) -> None:
    data = sample.read_bytes()
    where = int(at * len(data))
    opened(folder / "damaged.txt", data[:where] + extra + data[where + cut :])


@MANY
@given(
    sample=st.sampled_from(sorted(HERE.glob("telegram/*.json"))),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    extra=st.binary(max_size=12),
)
def test_a_damaged_telegram_export_never_crashes(
    folder: Path, sample: Path, at: float, cut: int, extra: bytes
) -> None:
    data = sample.read_bytes()
    where = int(at * len(data))
    opened(folder / "damaged.json", data[:where] + extra + data[where + cut :])


@MANY
@given(at=st.floats(0, 1), extra=st.binary(min_size=1, max_size=8))
def test_a_damaged_zip_never_crashes(folder: Path, at: float, extra: bytes) -> None:
    sample = HERE / "whatsapp" / "android_media_and_captions.txt"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", sample.read_bytes())
        archive.writestr("IMG-20240613-WA0001.jpg", b"\xff\xd8\xff" * 40)
    data = packed.getvalue()
    where = int(at * len(data))
    opened(folder / "damaged.zip", data[:where] + extra + data[where + len(extra) :])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["id", "type", "date", "date_unixtime", "from", "from_id", "text", "text_entities", "photo",
     "media_type", "reactions", "action", "actor", "actor_id", "duration_seconds", "edited",
     "edited_unixtime", "forwarded_from", "reply_to_message_id", "poll", "file"]
)  # fmt: skip


@MANY
@given(records=st.lists(st.dictionaries(KEYS, JSON, max_size=8), max_size=6))
def test_telegram_records_of_any_form_are_accounted_for(
    folder: Path, records: list[dict[str, object]]
) -> None:
    good = {"id": 1, "type": "message", "date": "2024-06-13T21:25:15", "text": "hi"}
    good |= {"from": "Ana", "from_id": "user1", "date_unixtime": "1718306715"}
    chat = {"name": "Ana", "type": "personal_chat", "id": 1, "messages": [good, *records]}
    source = opened(folder / "result.json", json.dumps(chat).encode())
    assert source is not None
    assert source.account.records == 1 + len(records)
