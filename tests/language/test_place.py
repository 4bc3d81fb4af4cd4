"""Where a message stands: what the other said last, and what a silence cuts off."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl

from turntoward.language.place import Remembered, placed

NOON = datetime(2024, 3, 1, 12)


def rows(said: list[tuple[str | None, bool, int | None]]) -> pl.DataFrame:
    """Rows by sender, with or without words, so many minutes after noon (None: unknown)."""
    return pl.DataFrame(
        {
            "sender_id": [sender for sender, _, _ in said],
            "words": [worded for _, worded, _ in said],
            "at": [None if m is None else NOON + timedelta(minutes=m) for _, _, m in said],
        },
        schema={"sender_id": pl.String, "words": pl.Boolean, "at": pl.Datetime("us")},
    )


def test_each_message_finds_the_last_words_of_the_other() -> None:
    table = placed(
        rows([("A", True, 0), ("B", True, 1), ("B", False, 2), ("B", True, 3), ("A", True, 4)])
    )
    assert table["asked"].to_list() == [-1, 0, 0, 0, 3]
    assert table["goes_on"].to_list() == [False, False, True, True, False]


def test_a_message_without_words_is_nothing_to_answer() -> None:
    table = placed(rows([("A", True, 0), ("B", True, 1), ("B", False, 2), ("A", True, 3)]))
    assert table["asked"].to_list()[-1] == 1


def test_after_a_long_silence_nothing_is_answered_and_nothing_goes_on() -> None:
    table = placed(rows([("A", True, 0), ("B", True, 200), ("B", True, 400), ("A", True, 410)]))
    assert table["asked"].to_list() == [-1, -1, -1, 2]
    assert table["goes_on"].to_list() == [False] * 4


def test_without_times_the_order_is_enough() -> None:
    table = placed(rows([("A", True, None), ("B", True, None), ("B", True, None)]))
    assert table["asked"].to_list() == [-1, 0, 0]
    assert table["goes_on"].to_list() == [False, False, True]


def test_what_lies_far_back_is_not_answered() -> None:
    table = placed(rows([("A", True, 0), *[("B", True, n) for n in range(1, 6)]]))
    assert table["asked"].to_list() == [-1, 0, 0, 0, -1, -1]


def test_a_photo_in_between_changes_nothing() -> None:
    table = placed(rows([("A", True, 0), ("B", False, 1), ("A", True, 2)]))
    assert table["goes_on"].to_list() == [False, False, True]


def test_one_voice_alone_and_an_empty_chat_have_nobody_to_answer() -> None:
    assert placed(rows([("A", True, 0), ("A", True, 1)]))["asked"].to_list() == [-1, -1]
    assert placed(rows([])).height == 0


def test_a_message_of_nobody_is_kept() -> None:
    table = placed(rows([("A", True, 0), (None, False, 1), ("B", True, 2)]))
    assert table["asked"].to_list() == [-1, -1, 0]


def test_gists_are_remembered_from_one_batch_to_the_next() -> None:
    whole = placed(rows([("A", True, 0), ("B", True, 1), ("A", True, 2), ("B", True, 3)]))
    gists = np.array([[1.0], [2.0], [3.0], [4.0]], np.float32)
    at_once, _ = Remembered(1).before(whole, gists)
    known = Remembered(1)
    first, _ = known.before(whole.head(2), gists[:2])
    second, place = known.before(whole.tail(2), gists[2:])
    assert np.array_equal(np.vstack([first, second]), at_once)
    assert at_once.ravel().tolist() == [0.0, 1.0, 2.0, 3.0]
    assert place.tolist() == [[1.0, 0.0], [1.0, 0.0]]
