"""Exports that other projects publish for their own tests: true counts, or the right refusal.

The counts were made by hand, reading each file.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from turntoward.errors import AmbiguousDates, UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.whatsapp_database.exporter import is_installed

pytestmark = pytest.mark.published
PUBLIC = Path(__file__).parents[2].parent / "shared" / "fixtures" / "exports"

#: Sample -> messages, notices, names.
READ = {
    "chat-miner/whatsapp/test_[mmddyy]_24hrs.txt": (6, 3, 5),
    "chat-miner/whatsapp/test_ddmmyy_24hrs.txt": (6, 3, 5),
    "chat-miner/whatsapp/test_mmddyy_24hrs.txt": (6, 3, 5),
    "chat-miner/whatsapp/test_mmddyyyy_12hrs.txt": (6, 3, 5),
    "chat-miner/whatsapp/test_yyyymmdd_24hrs.txt": (6, 3, 5),
    "chat-miner/telegram/test_batch_export.json": (2, 0, 2),
    "chat-miner/telegram/test_single_export.json": (2, 0, 2),
    "chatistics/whatsapp/_chat.txt": (20, 1, 2),
    "chatistics/whatsapp/_chat 2.txt": (4, 0, 2),
    "chatistics/whatsapp/_chat 4.txt": (3, 0, 1),
    "chat-miner/signal/test_export.txt": (2, 0, 2),
    "kakao/open-chat-room.csv": (5, 1, 3),
    # Not exports of a messenger, but tables whose columns have usual names.
    "chat-miner/instagram/target.json": (2, 0, 2),
    "chat-miner/signal/target.json": (2, 0, 2),
    "chat-miner/telegram/target.json": (2, 0, 2),
    "chat-miner/whatsapp/target.json": (6, 0, 5),
}
#: Counted by hand in the tests of their own formats.
ELSEWHERE = (
    "msgvault/",
    "chat-miner/instagram/test_export.json",
    "kakao/vibecoding",
    "ica/transcript",
)
#: Folder -> what its refusal says.
REFUSED = {
    "ica/": "a statistic of an iMessage chat",
    "ileapp/testdata.googleVoice": "Google Voice's own database",
}
WHATSAPP_DATABASE = "ileapp/testdata.whatsApp.whatsAppMessages.josh_ios15_ffs.zip"


def samples() -> list[str]:
    return sorted(p.relative_to(PUBLIC).as_posix() for p in PUBLIC.rglob("*") if p.is_file())


@pytest.mark.parametrize("name", READ)
def test_a_sample_gives_its_true_number_of_messages(name: str) -> None:
    account = open_export(PUBLIC / name).account
    assert (account.messages, account.system, len(account.senders)) == READ[name]
    assert account.records == account.messages + account.system
    assert account.balances()


@pytest.mark.parametrize("name", [name for name in READ if name.startswith("chat-miner")])
def test_the_messages_are_those_that_the_sample_is_published_with(name: str) -> None:
    wanted = json.loads((PUBLIC / name).with_name("target.json").read_text(encoding="utf-8"))
    table = open_export(PUBLIC / name).messages
    seen = {
        (row["ts_local"].isoformat(), row["sender_id"], row["text"].replace("\n", " "))
        for row in table.rows(named=True)
        if row["kind"] == "text"
    }
    # That project joins the pieces of a Telegram text with spaces; here they stay as written.
    respaced = {(at, who, said.replace("Link:https", "Link: https")) for at, who, said in seen}
    assert respaced == {(one["timestamp"], one["author"], one["message"]) for one in wanted}


def test_dates_that_nothing_decides_are_asked_about_and_then_read() -> None:
    path = PUBLIC / "chatistics/whatsapp/_chat 3.txt"
    with pytest.raises(AmbiguousDates, match=r"Line 1 .* 2 November 2019 or 11 February 2019"):
        open_export(path)
    for order in ("day-first", "month-first"):
        account = open_export(path, dates=order).account  # type: ignore[arg-type]
        assert (account.messages, account.system, len(account.senders)) == (9, 2, 5)


def other(name: str) -> bool:
    known = {*READ, "chatistics/whatsapp/_chat 3.txt", WHATSAPP_DATABASE}
    return name not in known and not name.startswith(ELSEWHERE)


@pytest.mark.parametrize("name", [name for name in samples() if other(name)])
def test_any_other_sample_is_refused_for_what_it_is(name: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        open_export(PUBLIC / name)
    says = next(REFUSED[start] for start in REFUSED if name.startswith(start))
    assert says in str(refused.value)


def test_a_database_of_whatsapp_is_read_where_the_extra_is_there() -> None:
    if is_installed():
        account = open_export(PUBLIC / WHATSAPP_DATABASE).account
        assert (account.records, account.messages, account.media, account.system) == (32, 15, 6, 11)
        return
    with pytest.raises(UnreadableExport, match=r"turntoward\[whatsapp\]"):
        open_export(PUBLIC / WHATSAPP_DATABASE)
