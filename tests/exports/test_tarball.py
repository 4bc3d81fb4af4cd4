"""Tar files, read without trusting what they say of themselves."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from turntoward.errors import UnreadableExport
from turntoward.exports.tarball import is_tarball, open_tarball

Entry = tuple[str, bytes]


def tar_of(*entries: Entry | tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                tar.addfile(entry)
            else:
                info = tarfile.TarInfo(entry[0])
                info.size = len(entry[1])
                tar.addfile(info, io.BytesIO(entry[1]))
    return out.getvalue()


def special(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def write(folder: Path, data: bytes) -> Path:
    path = folder / "8_live_ana_export.tar"
    path.write_bytes(data)
    return path


def test_files_are_read_where_they_lie(tmp_path: Path) -> None:
    data = tar_of(("./messages.json", b'{"userId": 1}'), ("media/a.jpg", b"\xff" * 700))
    assert is_tarball(data[:512])
    with open_tarball(write(tmp_path, data)) as tar:
        assert tar.names() == ("messages.json", "media/a.jpg")
        assert tar.head("messages.json", 5) == b'{"use'
        assert tar.read("media/a.jpg") == b"\xff" * 700
        with tar.place("messages.json") as place:
            assert place.read_bytes() == b'{"userId": 1}'
            assert place.name == "file"
        assert not place.exists()
        assert not tar.single


def test_links_devices_and_folders_are_passed_over(tmp_path: Path) -> None:
    data = tar_of(
        special("link", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard", tarfile.LNKTYPE, "/etc/passwd"),
        special("device", tarfile.CHRTYPE),
        special("pipe", tarfile.FIFOTYPE),
        special("folder", tarfile.DIRTYPE),
        ("messages.json", b"{}"),
    )
    with open_tarball(write(tmp_path, data)) as tar:
        assert tar.names() == ("messages.json",)


@pytest.mark.parametrize("name", ["../messages.json", "/messages.json", "C:/messages.json"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, tar_of((name, b"{}")))
    with pytest.raises(UnreadableExport, match="lead outside"), open_tarball(path):
        pass


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turntoward.exports.tarball.MAX_ENTRIES", 3)
    path = write(tmp_path, tar_of(*[(f"{n}.json", b"{}") for n in range(4)]))
    with pytest.raises(UnreadableExport, match="more than 3 files"), open_tarball(path):
        pass


def test_a_file_too_large_for_a_chat_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turntoward.exports.tarball.MAX_BYTES", 10)
    with open_tarball(write(tmp_path, tar_of(("messages.json", b"x" * 11)))) as tar:
        assert tar.head("messages.json", 4) == b"xxxx"
        with pytest.raises(UnreadableExport, match="larger than"):
            tar.read("messages.json")


def test_a_size_below_zero_leads_nowhere(tmp_path: Path) -> None:
    """Such a header sends the standard reader back to where it was, for ever."""
    data = bytearray(tar_of(("a.json", b"{}"), ("b.json", b"{}")))
    header = data[1024:1536]
    header[124:136] = (-1536).to_bytes(12, "big", signed=True)
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    data[1024:1536] = header
    with pytest.raises(UnreadableExport), open_tarball(write(tmp_path, bytes(data))):
        pass


def test_a_packed_tar_is_read_and_nothing_of_it_stays(tmp_path: Path) -> None:
    data = gzip.compress(tar_of(("Takeout/messages.json", b"{}"), ("Takeout/a.jpg", b"\xff" * 700)))
    assert is_tarball(data[:512])
    with open_tarball(write(tmp_path, data)) as tar:
        assert tar.names() == ("Takeout/messages.json", "Takeout/a.jpg")
        assert tar.read("Takeout/a.jpg") == b"\xff" * 700
        unpacked = Path(str(tar.tar.name))
        assert unpacked.exists()
    assert not unpacked.exists()


def test_what_gzip_packed_without_a_tar_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(b'{"messages": []}'))
    with pytest.raises(UnreadableExport, match="Unpack it"), open_tarball(path):
        pass


def test_a_packed_tar_that_breaks_off_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(tar_of(("messages.json", bytes(range(256)) * 40)))
    with (
        pytest.raises(UnreadableExport, match="damaged"),
        open_tarball(write(tmp_path, data[:-40])),
    ):
        pass


def test_a_packed_tar_that_grows_a_thousand_times_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(tar_of(("messages.json", b" " * (9 << 20)))))
    with pytest.raises(UnreadableExport, match="far more than a chat"), open_tarball(path):
        pass


def test_a_packed_tar_too_large_for_a_chat_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turntoward.exports.tarball.MAX_UNPACKED", 10_000)
    path = write(tmp_path, gzip.compress(tar_of(("messages.json", b"x" * 11_000))))
    with pytest.raises(UnreadableExport, match="far more than a chat"), open_tarball(path):
        pass


def test_two_files_of_one_name_are_both_there(tmp_path: Path) -> None:
    data = tar_of(("a/chat.txt", b"1"), ("a/chat.txt", b"2"), ("a/chat.txt", b"3"))
    with open_tarball(write(tmp_path, data)) as tar:
        assert [(name, tar.read(name)) for name in tar.names()] == [
            ("a/chat.txt", b"1"), ("a/chat (2).txt", b"2"), ("a/chat (3).txt", b"3"),
        ]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_tar_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = tar_of(("messages.json", b'{"userId": 1}' * 90), ("media/a.jpg", b"\xff" * 700))
    at = data.draw(st.integers(0, len(whole) - 1))
    put = data.draw(st.binary(max_size=40))
    cut = data.draw(st.integers(at, len(whole)))
    try:
        with open_tarball(
            write(tmp_path, (whole[:at] + put + whole[at + len(put) :])[:cut])
        ) as tar:
            for name in tar.names():
                tar.head(name, 64)
                tar.read(name)
    except UnreadableExport as error:
        refusal = str(error)
    else:
        return
    assert refusal.endswith(".")
    assert "\n" not in refusal
