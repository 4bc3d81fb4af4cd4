"""What stays of two exports of one chat: states, ids, reactions, clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from messages.made_sources import ANA, BEN, START, Said, chat, renamed, source_of
from turntoward.messages.history import History, gather
from turntoward.messages.source import Source


def around(*middle: Said) -> list[Said]:
    """Records with an ordinary one well before and well after, so that the source spans them."""
    return [Said(0, ANA, "before"), *middle, Said(6000, BEN, "after")]


def any_order(*sources: Source) -> History:
    """The history of the sources, after making sure that their order is nothing."""
    first, *others = [gather(list(given)) for given in permutations(sources)]
    for other in others:
        assert other.messages.equals(first.messages)
        assert other.reactions.equals(first.reactions)
        assert other.duplicates == first.duplicates
    return first


def texts(history: History) -> list[str | None]:
    return history.messages["text"].to_list()


EDITED: Mapping[str, Any] = {"edited": True}


@pytest.mark.parametrize("precision", ["min", "s"])
def test_an_edited_message_is_one_message_and_the_later_words_stay(precision: str) -> None:
    before = source_of(around(Said(1000, ANA, "see you at 7")), precision=precision)
    after = source_of(around(Said(1000, ANA, "see you at 8", more=EDITED)), precision=precision)
    both = any_order(before, after)
    assert texts(both) == ["before", "see you at 8", "after"]
    assert both.duplicates == 3


def test_a_deleted_message_is_one_message() -> None:
    before = source_of(around(Said(1000, ANA, None, "image", {"media_ref": "a.jpg"})))
    after = source_of(around(Said(1000, ANA, None, "deleted")))
    both = any_order(before, after)
    assert both.messages["kind"].to_list() == ["text", "deleted", "text"]
    assert both.messages["media_ref"].to_list() == [None, None, None]


def test_three_exports_tell_three_states_of_one_message() -> None:
    plain = source_of(around(Said(1000, ANA, "one"), Said(1010, ANA, "same")))
    edited = source_of(around(Said(1000, ANA, "two", more=EDITED), Said(1010, ANA, "same")))
    deleted = source_of(around(Said(1000, ANA, None, "deleted"), Said(1010, ANA, "same")))
    assert texts(any_order(plain, edited)) == ["before", "two", "same", "after"]
    assert texts(any_order(plain, edited, deleted)) == ["before", None, "same", "after"]
    assert texts(any_order(plain, plain, edited)) == ["before", "two", "same", "after"]


def test_edited_twice_the_last_edit_stays() -> None:
    early = {"edited": True, "edited_at": START + timedelta(hours=1)}
    late = {"edited": True, "edited_at": START + timedelta(hours=2)}
    first = source_of(around(Said(1000, ANA, "two", more=early)))
    second = source_of(around(Said(1000, ANA, "three", more=late)))
    assert texts(any_order(first, second)) == ["before", "three", "after"]


def test_two_that_may_be_the_edited_one_both_stay() -> None:
    before = source_of(around(Said(1000, ANA, "one"), Said(1005, ANA, "other")))
    after = source_of(around(Said(1000, ANA, "two", more=EDITED)))
    both = texts(any_order(before, after))
    assert sorted(map(str, both)) == ["after", "before", "one", "other", "two"]


def test_an_export_that_ends_in_that_minute_proves_nothing() -> None:
    before = source_of([Said(0, ANA, "before"), Said(1000, ANA, "one"), Said(1001, BEN, "hm")])
    after = source_of(around(Said(1010, ANA, "two", more=EDITED)))
    assert texts(any_order(before, after)) == ["before", "one", "hm", "two", "after"]


def test_of_repeats_the_one_that_knows_most_stays() -> None:
    plain = source_of([Said(30, ANA, None, "media"), Said(60, BEN, "ok")], precision="min")
    knows = {"media_state": "included", "media_ref": "a.jpg"}
    rich = source_of([Said(30, ANA, None, "image", knows), Said(70, BEN, "ok")])
    known = {"msg_id": "7", "duration_s": 3.0}
    ids = source_of([Said(30, ANA, None, "media", known), Said(60, BEN, "ok")], precision="min")
    row = any_order(plain, rich, ids).messages.row(0, named=True)
    assert row["kind"] == "image"
    assert row["ts_local"].second == 30
    assert (row["media_ref"], row["msg_id"], row["duration_s"]) == ("a.jpg", "7", 3.0)


HEART: Mapping[str, Any] = {"actor": BEN, "emoji": "❤"}


def told(offset: int, *, first: int = 0, last: int = 9) -> list[Said]:
    """Ten messages; each answers the one before, and ids begin at `offset`."""
    return [
        Said(100 * n, (ANA, BEN)[n % 2], f"word {n}", more={
            "msg_id": str(offset + n), "reply_to": str(offset + n - 1) if n else None,
        })
        for n in range(first, last + 1)
    ]  # fmt: skip


def assert_replies_hold(history: History, replies: Sequence[int]) -> None:
    """Each of these messages still answers the one before it."""
    rows = history.messages.rows(named=True)
    ids = {row["msg_id"]: row["text"] for row in rows}
    assert len(ids) == len(rows)
    for n in replies:
        row = next(row for row in rows if row["text"] == f"word {n}")
        assert ids[row["reply_to"]] == f"word {n - 1}"


def test_ids_of_one_account_stay_as_they_are() -> None:
    heart = {**HEART, "msg_id": "4"}
    one = source_of(told(0, last=5), network="telegram", reactions=[heart])
    two = source_of(told(0, first=3), network="telegram", reactions=[heart])
    both = any_order(one, two)
    assert_replies_hold(both, range(1, 10))
    assert both.messages["msg_id"].to_list() == [str(n) for n in range(10)]
    assert both.reactions["msg_id"].to_list() == ["4"]


def test_a_reply_to_what_only_the_other_export_of_the_account_holds() -> None:
    one = source_of(told(0, last=5), network="telegram")
    far = Said(950, ANA, "word 10", more={"msg_id": "10", "reply_to": "0"})
    two = source_of([*told(0, first=4), far], network="telegram")
    last = any_order(one, two).messages.row(-1, named=True)
    assert last["reply_to"] == "0"


def test_ids_of_two_accounts_are_told_apart() -> None:
    one = source_of(told(0), network="telegram", reactions=[{**HEART, "msg_id": "4"}])
    two = source_of(
        told(3, first=2), network="telegram",
        reactions=[{**HEART, "msg_id": "7"}, {**HEART, "msg_id": "9"}],
    )  # fmt: skip
    both = any_order(one, two)
    assert both.messages.height == 10
    assert_replies_hold(both, range(1, 10))
    named = dict(both.messages.select("msg_id", "text").iter_rows())
    assert sorted(named[id] for id in both.reactions["msg_id"]) == ["word 4", "word 6"]


def test_equal_ids_in_two_messengers_do_not_mix() -> None:
    one = source_of(told(0), network="telegram", reactions=[{**HEART, "msg_id": "4"}])
    other = [replace(said, second=said.second + 7200, text=f"{said.text}!") for said in told(0)]
    two = source_of(other, network="signal", reactions=[{**HEART, "msg_id": "5"}])
    both = any_order(one, two)
    assert both.messages["msg_id"].n_unique() == 20
    named = dict(both.messages.select("msg_id", "text").iter_rows())
    assert sorted(named[id] for id in both.reactions["msg_id"]) == ["word 4", "word 5!"]


def test_an_id_that_nobody_holds_hits_no_message_of_the_other() -> None:
    one = source_of(told(0, last=4), network="telegram")
    lost = Said(5000, BEN, "later", more={"msg_id": "900", "reply_to": "2"})
    two = source_of([lost, Said(5100, ANA, "bye", more={"msg_id": "901"})], network="telegram")
    both = any_order(one, two)
    assert both.messages.row(5, named=True)["reply_to"] not in both.messages["msg_id"].to_list()


def test_a_reaction_points_at_the_message_that_stays() -> None:
    """WhatsApp's own database knows ids, its text does not, and the text knows seconds."""
    rich = source_of(
        told(0), precision="min", reactions=[{**HEART, "msg_id": "3"}, {**HEART, "msg_id": "3"}]
    )
    bare = source_of([replace(said, more=None) for said in told(0)])
    both = any_order(rich, bare)
    assert both.messages["ts_precision"].unique().to_list() == ["s"]
    assert both.reactions.height == 1
    assert_replies_hold(both, range(1, 10))


def test_networks_are_merged_by_time() -> None:
    one = source_of([Said(0, ANA, "a"), Said(120, ANA, "c")], precision="min")
    two = source_of([Said(60, BEN, "b"), Said(180, BEN, "d")], network="telegram", utc=True)
    assert texts(any_order(one, two)) == ["a", "b", "c", "d"]


def plenty(seed: int = 1) -> list[Said]:
    random = np.random.default_rng(seed)
    said = chat(random, 120)
    return [replace(one, text=f"{one.text} {n}") if one.text else one for n, one in enumerate(said)]


@pytest.mark.parametrize("minutes", [60, -120, 9 * 60, 5 * 60 + 45])
@pytest.mark.parametrize("utc", [True, False])
def test_phones_in_two_zones_are_one_chat(minutes: int, utc: bool) -> None:
    said = plenty()
    one = source_of(said[:80], precision="min", utc=utc)
    two = source_of(said[30:], shift=timedelta(minutes=minutes), utc=utc)
    both = any_order(one, two)
    assert both.duplicates == 50
    assert texts(both) == [each.text for each in said]
    spread = both.messages["ts_local"].dt.truncate("1m").diff().drop_nulls()
    assert spread.min() == timedelta()
    notes = [note for account in both.accounts for note in account.notes]
    assert len(notes) == 1
    assert "another time zone" in notes[0]


@pytest.mark.parametrize("minutes", [7, 27 * 60])
def test_a_difference_that_is_no_zone_is_left(minutes: int) -> None:
    said = plenty()
    one = source_of(said, precision="min")
    two = source_of(said, precision="min", shift=timedelta(minutes=minutes))
    both = any_order(one, two)
    assert both.duplicates == 0
    assert not any(account.notes for account in both.accounts)


def test_the_same_words_in_two_networks_move_no_clock() -> None:
    said = plenty()
    one = source_of(said)
    two = renamed(source_of(said, shift=timedelta(hours=1)), "telegram")
    assert any_order(one, two).duplicates == 0


def test_records_without_a_time_stay() -> None:
    lost = Said(0, None, "words above the chat", "unknown", {"ts_local": None})
    one = source_of([lost, Said(10, ANA, "a"), Said(20, BEN, "b")])
    other = source_of([Said(10, ANA, "a"), Said(20, BEN, "b"), Said(90, BEN, "c")])
    assert texts(any_order(one, other)) == ["a", "b", "c", "words above the chat"]


def test_accounts_stand_in_the_order_of_the_files() -> None:
    one = source_of([Said(10, ANA, "a"), Said(20, BEN, "b")])
    two = source_of([Said(0, ANA, "z"), Said(20, BEN, "b")])
    for given in ([one, two], [two, one]):
        history = gather(given)
        assert [id(account) for account in history.accounts] == [id(s.account) for s in given]
        records = sum(account.records for account in history.accounts)
        assert records == history.messages.height + history.duplicates + history.left_out


def test_times_in_utc_decide_where_all_know_them() -> None:
    early = {"ts_utc": datetime(2024, 10, 27, 0, 30, tzinfo=UTC).replace(tzinfo=None)}
    late = {"ts_utc": datetime(2024, 10, 27, 1, 10, tzinfo=UTC).replace(tzinfo=None)}
    half_past, ten_past = datetime(2024, 10, 27, 2, 30), datetime(2024, 10, 27, 2, 10)
    said = [
        Said(0, ANA, "before the clock went back", more={**early, "ts_local": half_past}),
        Said(1, BEN, "after it", more={**late, "ts_local": ten_past}),
    ]
    one = source_of(said)
    assert texts(gather([one])) == texts(any_order(one, one)) == [said[0].text, said[1].text]
