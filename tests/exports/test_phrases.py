"""The phrases of WhatsApp: data that is whole, unambiguous and matched only as a whole."""

from __future__ import annotations

import polars as pl
import pytest

from turntoward.exports.whatsapp.kinds import classify
from turntoward.exports.whatsapp.phrases import (
    DELETED_BY,
    EDITED,
    KIND_OF,
    NAMED_NOTICE,
    by_language,
    comparable,
    meanings,
    phrases_of,
)

MAIN = ("en", "de", "es", "fr", "it", "pt", "nl", "pl", "tr", "ru", "ar", "hi", "id")
MARK = "\u200e"


def kinds(*bodies: str, iphone: bool) -> list[tuple[str, str | None]]:
    rows = pl.DataFrame({"sender": ["Ana"] * len(bodies), "body": bodies})
    rows = rows.with_columns(ts_local=pl.lit(0).cast(pl.Datetime("us")))
    read = classify(rows, iphone=iphone, beside=None)
    return list(read.select("kind", "text").iter_rows())


def test_the_main_languages_have_the_phrases_that_matter() -> None:
    for language in MAIN:
        keys = by_language()[language]
        assert {"media", "image", "video", "audio", "sticker", "deleted"} <= set(keys), language


def test_the_most_used_languages_have_what_android_writes_without_media() -> None:
    known = [name for name, keys in by_language().items() if {"media", "deleted"} <= set(keys)]
    assert len(known) >= 50
    assert {"bn", "fa", "gu", "he", "kn", "ml", "mr", "ms", "pa", "sw", "ta", "ur", "vi"} <= set(
        known
    )


def test_a_dotted_letter_may_be_one_sign_or_two() -> None:
    for phrase in (
        "এই মেসেজটি বাদ দেও\u09dfা হ\u09dfেছে",
        "এই মেসেজটি বাদ দেও\u09af\u09bcা হ\u09af\u09bcেছে।",
    ):
        assert kinds(phrase, iphone=False) == [("deleted", None)]


def test_every_key_is_known_and_no_phrase_means_two_kinds() -> None:
    seen: dict[str, str] = {}
    for language, keys in by_language().items():
        for key, phrases in keys.items():
            assert key in KIND_OF or key in {EDITED, DELETED_BY, NAMED_NOTICE, "attached"}, (
                language,
                key,
            )
            for phrase in phrases:
                assert KIND_OF.get(seen.setdefault(comparable(phrase), key)) == KIND_OF.get(key)
    assert len(meanings()) > 200


@pytest.mark.parametrize("key", [key for key in KIND_OF if key not in {"media", "encrypted"}])
def test_every_phrase_is_recognised_on_an_iphone(key: str) -> None:
    for phrase in phrases_of(key):
        assert kinds(MARK + phrase, f"{MARK}{phrase}.", "and words", iphone=True) == [
            (KIND_OF[key], None), (KIND_OF[key], None), ("text", "and words"),
        ], phrase  # fmt: skip


def test_every_android_placeholder_is_recognised_with_its_caption_below() -> None:
    for phrase in phrases_of("media"):
        assert kinds(phrase, f"{phrase}\nour view", iphone=False) == [
            ("media", None), ("media", "our view"),
        ], phrase  # fmt: skip


def test_a_phrase_inside_words_is_words() -> None:
    inside = [p for key in KIND_OF for p in phrases_of(key)]
    bodies = [f"it says {phrase} here" for phrase in inside]
    bodies += [f"{phrase} again and again" for phrase in inside]
    assert kinds(*bodies, iphone=False) == [("text", body) for body in bodies]
    assert kinds(*bodies, iphone=True) == [("text", body) for body in bodies]


def test_who_deleted_a_message_stands_behind_the_phrase() -> None:
    for phrase in phrases_of(DELETED_BY):
        assert kinds(f"{phrase}Cleo", f"{phrase}~\u202fBen.", iphone=False) == [
            ("deleted", None), ("deleted", None),
        ], phrase  # fmt: skip
        typed = [
            f"{phrase}",
            f"{phrase}Cleo\nwhy?",
            f"{phrase}{'and so on ' * 10}",
            f"no {phrase}B",
        ]
        assert kinds(*typed, iphone=False) == [("text", body) for body in typed], phrase


def test_edited_remarks_are_cut_off_the_words() -> None:
    for phrase in phrases_of(EDITED):
        assert kinds(f"see you {phrase}", iphone=False) == [("text", "see you")], phrase
        assert kinds(f"see you {MARK}{phrase}", iphone=True) == [("text", "see you")], phrase


def test_an_unknown_remark_after_the_mark_is_cut_and_a_typed_one_stays() -> None:
    assert kinds(f"see you {MARK}<Uthenga uwu wasinthidwa>", iphone=True) == [("text", "see you")]
    assert kinds("see you <grin at you>", iphone=True) == [("text", "see you <grin at you>")]
