"""What lies beside a chat in a folder, zip or tar: looked into, named where it is not read."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from turntoward.errors import UnreadableExport
from turntoward.exports import find, formats, inside, limits, open_export, open_exports
from turntoward.exports.archive import open_archive
from turntoward.exports.bundle import open_folder
from turntoward.exports.limits import Budget, Total
from turntoward.messages.source import Source


def chat(*names: str, day: int = 13) -> str:
    return "".join(f"{day + n}/06/2024, 21:25 - {name}: hi\n" for n, name in enumerate(names))


BEN = chat("Ana", "Ben")
HTML = b"<html><body class='tgme page_header'></body></html>"


def packed(members: Mapping[str, str | bytes] | list[tuple[str, str | bytes]]) -> bytes:
    file = io.BytesIO()
    pairs = members if isinstance(members, list) else members.items()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pairs:
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file.getvalue()


def locked() -> bytes:
    data = bytearray(packed({"tax.txt": BEN}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


SENT = {
    "tax.zip": (locked(), "it is locked with a password"),
    "game.zip": (packed({"../game.txt": "x"}), "it holds file names that lead outside of it"),
    "pics.zip": (packed({"a.txt": BEN * 9})[:90], "it is a damaged zip"),
    "odd.zip": (b"no zip at all", "it is neither a zip nor a tar"),
    "bomb.zip": (packed({"_chat.txt": BEN + " " * (9 << 20)}), "unpacks to far more"),
    "note.tgz": (gzip.compress(b"a note"), "it is packed, but not as a folder of files"),
    "half.tar": (tarred({"a.txt": b"x" * 2000})[:900], "it is a damaged tar"),
}


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(folder: Path, **more: bytes) -> Path:
    members = {"_chat.txt": BEN.encode(), **more}
    return write(folder / "WhatsApp Chat with Ben.zip", packed(members))


def aside(source: Source) -> str:
    return "\n".join(source.account.aside)


@pytest.mark.parametrize("name", SENT)
def test_a_zip_that_somebody_sent_does_not_take_the_chat_along(tmp_path: Path, name: str) -> None:
    data, why = SENT[name]
    source = open_export(zipped(tmp_path, **{name: data}))
    assert source.account.records == 2
    (note,) = source.account.aside
    assert note.startswith("Not read: ")
    assert name in note
    assert why in note
    assert "\n" not in note


def test_in_a_folder_all_of_them_are_named(tmp_path: Path) -> None:
    for name, (data, _) in SENT.items():
        write(tmp_path / name, data)
    (tmp_path / "_chat.txt").write_text(BEN, "utf-8")
    source = open_export(tmp_path)
    assert all(name in aside(source) for name in SENT)


def test_where_nothing_else_is_found_the_first_of_them_is_the_refusal(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    write(folder / "tax.zip", locked())
    with pytest.raises(UnreadableExport, match=r"sent/tax\.zip is locked with a password"):
        open_export(folder)


def test_one_damaged_text_does_not_take_the_chat_along(tmp_path: Path) -> None:
    data = bytearray(packed({"_chat.txt": BEN, "old.txt": bytes(range(256)) * 9}))
    at = data.find(b"old.txt") + len("old.txt")
    data[at : at + 40] = b"\xff" * 40
    source = open_export(write(tmp_path / "chat.zip", bytes(data)))
    assert source.account.records == 2
    assert "Not read: old.txt (it is a damaged zip" in aside(source)


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed([("result.txt", BEN), ("result.txt", chat("Ana", "Cleo"))])
    sources = open_exports(write(tmp_path / "all.zip", data))
    assert sorted("".join(source.account.senders) for source in sources) == ["AnaBen", "AnaCleo"]
    files = [source.messages["source_file"][0] for source in sources]
    assert sorted(files) == ["all.zip/result (2).txt", "all.zip/result.txt"]


def test_tars_are_looked_into_as_zips_are(tmp_path: Path) -> None:
    more = {
        "old.tar": tarred({"_chat.txt": chat("Ana", "Cleo").encode()}),
        "older.tgz": gzip.compress(tarred({"_chat.txt": chat("Ana", "Dora").encode()})),
    }
    sources = open_exports(zipped(tmp_path, **more))
    assert sorted("".join(s.account.senders) for s in sources) == ["AnaBen", "AnaCleo", "AnaDora"]
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in more.items():
        write(folder / name, data)
    assert len(open_exports(folder)) == 2


def test_what_lies_two_deep_is_counted(tmp_path: Path) -> None:
    deep = packed({"b.zip": packed({"_chat.txt": BEN}), "c.tar": tarred({"_chat.txt": b"x"})})
    source = open_export(zipped(tmp_path, **{"a.zip": deep}))
    assert source.account.aside == (
        "Not looked into, for it would be a zip or tar two deep: 2 files.",
    )
    with pytest.raises(UnreadableExport, match=r"no chat in the files that.*two deep: 2 files\."):
        open_export(write(tmp_path / "deep.zip", packed({"a.zip": deep})))


def test_more_zips_than_are_looked_into_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "_MOST_ARCHIVES", 2)
    (tmp_path / "chat.txt").write_text(BEN, "utf-8")
    for n in range(5):
        write(tmp_path / f"{n}.zip", packed({"a.jpg": b""}))
    assert "more than 2 zips and tars: 3 files." in aside(open_export(tmp_path))


def test_more_texts_than_are_looked_at_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "MOST_TEXTS", 3)
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("a letter", "utf-8")
    (tmp_path / "z.txt").write_text(BEN, "utf-8")
    said = r"holds no chat in the files .* only the first 3 were looked at, so 2 were not\."
    with pytest.raises(UnreadableExport, match=said):
        open_export(tmp_path)
    (tmp_path / "_chat.txt").write_text(BEN, "utf-8")
    assert "so 3 were not." in aside(open_export(tmp_path))


def test_exports_that_are_known_but_not_read_are_named(tmp_path: Path) -> None:
    html = {"messages.html": HTML, "messages2.html": HTML, "messages3.html": HTML}
    more = {"signal.backup": b"x" * 99, "photo.html": b"<html>", "photo.jpg": b"\xff\xd8\xff"}
    assert open_export(zipped(tmp_path, **html, **more)).account.aside == (
        "Not read: messages.html and 2 more look like a Telegram export in HTML.",
        "Not read: signal.backup looks like an encrypted Signal backup.",
    )
    alone = write(tmp_path / "alone.zip", packed({"signal.backup": b"x" * 99}))
    with pytest.raises(UnreadableExport, match=r"holds no chat\. signal\.backup looks like an enc"):
        open_export(alone)


def test_all_that_is_unpacked_has_one_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MAX_LOOKED_AT", 100_000)
    media = {f"{n}.zip": b"x" * 60_000 + packed({"a.jpg": b""}) for n in range(3)}
    source = open_export(zipped(tmp_path, **media))
    assert source.account.records == 2
    assert "unpacks to far more than a chat holds" in aside(source)


def test_a_bomb_in_a_bomb_is_measured_from_outside(tmp_path: Path) -> None:
    """What shrank a hundred times is allowed; shrunk again by its zip, it is far too much."""
    text = "".join(f"{n**9} " + " " * 3000 for n in range(1000, 4500)).encode()
    inner = write(tmp_path / "inner.zip", packed({"_chat.txt": text}))
    size = inner.stat().st_size
    assert size * 50 < len(text) < size * 190
    with open_archive(inner) as archive:
        assert archive.read("_chat.txt") == text
    budget = Budget(packed=size // 5)
    with open_archive(inner, budget=budget) as archive:
        with pytest.raises(UnreadableExport, match="far more"):
            archive.read("_chat.txt")
        assert budget.unpacked == 0


def test_a_budget_is_shared_but_its_ratio_is_not() -> None:
    total = Total(most=limits.RATIO_FROM * 3)
    one, two = Budget(packed=1, total=total), Budget(packed=1 << 20, total=total)
    assert not one.take(limits.RATIO_FROM + 1)
    assert two.take(limits.RATIO_FROM + 1)
    assert not two.take(limits.RATIO_FROM)


def test_copies_of_zips_without_a_chat_go_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "private"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    data = {"pics.zip": packed({"a.jpg": b""}), "old.zip": packed({"_chat.txt": BEN})}
    path = zipped(tmp_path, **data)
    with find.find_exports(path, formats()) as found:
        assert len(found) == 2
        assert len(list(place.iterdir())) == 1
    assert list(place.iterdir()) == []


def test_names_stay_on_one_line(tmp_path: Path) -> None:
    name = "tax\n\x1b[31m.zip"
    source = open_export(zipped(tmp_path, **{name: locked()}))
    assert source.account.aside == (
        "Not read: tax  [31m.zip/tax.txt (it is locked with a password).",
    )
    write(tmp_path / "a\nb.txt", b"a letter")
    with pytest.raises(UnreadableExport, match=r"^a b\.txt is text"):
        open_export(tmp_path / "a\nb.txt")
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "a\nb.txt", BEN.encode())
    write(folder / "a b.txt", BEN.encode())
    with open_folder(folder) as opened:
        assert sorted(opened.names()) == ["a b (2).txt", "a b.txt"]
        assert all(opened.read(one) == BEN.encode() for one in opened.names())
