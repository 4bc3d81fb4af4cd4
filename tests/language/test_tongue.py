"""Other languages are not guessed at, and the order of a chat does not decide its language."""

from __future__ import annotations

import polars as pl
import pytest

from turntoward.language.reader import label

ENGLISH = [
    "good morning, did you sleep well?", "I have to work late today, sorry love",
    "can you pick up some bread on the way home", "that film was so much better than I thought",
    "my mother is coming on saturday and I am a bit nervous", "how was your meeting with the boss?",
    "I miss you when you are away for so long", "let's go out for dinner on friday, just us two",
]  # fmt: skip

GERMAN = [
    "Guten Morgen, hast du gut geschlafen?", "Ich muss heute leider länger arbeiten, tut mir leid",
    "Kannst du auf dem Heimweg noch Brot kaufen", "Der Film war viel besser als ich dachte",
    "Meine Mutter kommt am Samstag und ich bin ein bisschen nervös", "Wie war dein Gespräch?",
    "Du fehlst mir, wenn du so lange weg bist", "Lass uns am Freitag essen gehen, nur wir zwei",
]  # fmt: skip

SPANISH = [
    "Buenos días mi amor, ¿dormiste bien?", "Hoy tengo que trabajar hasta tarde, lo siento",
    "¿Puedes comprar pan cuando vuelvas a casa?", "La película fue mucho mejor de lo que pensaba",
    "Mi madre viene el sábado y estoy un poco nervioso", "¿Cómo te fue en la reunión?",
]  # fmt: skip


def chat(**said: list[str]) -> pl.DataFrame:
    """A chat of each sender's lines, in turn."""
    rows = [(who, text) for who, texts in said.items() for text in texts]
    return pl.DataFrame(
        {"kind": "text", "text": [text for _, text in rows], "sender_id": [who for who, _ in rows]}
    )


@pytest.mark.parametrize(("lines", "code"), [(GERMAN, "de"), (SPANISH, "es")])
def test_another_language_is_named_and_its_words_are_not_read(lines: list[str], code: str) -> None:
    labels = label(chat(Ana=lines, Ben=lines[::-1]))
    assert (labels.language, labels.understood) == (code, False)
    assert not labels.table["heard"].any()
    assert (labels.table["p_none"] == 1.0).all()


def test_an_english_chat_is_understood() -> None:
    labels = label(chat(Ana=ENGLISH, Ben=ENGLISH[::-1]))
    assert (labels.language, labels.understood) == ("en", True)
    assert labels.table["heard"].all()


def test_hearts_and_pictures_are_heard_in_any_language() -> None:
    rows = chat(Ana=[*GERMAN, "❤️", "😂 ja genau"], Ben=GERMAN)
    picture = pl.DataFrame({"kind": ["image"], "text": [None], "sender_id": ["Ben"]})
    labels = label(pl.concat([rows, picture], how="vertical_relaxed"))
    assert not labels.understood
    heard = labels.table["heard"].to_list()
    assert heard[8:10] == [True, True]
    assert heard[-1]
    assert sum(heard) == 3


def test_only_the_partner_who_writes_in_another_language_stays_unread() -> None:
    labels = label(chat(Ana=ENGLISH * 2, Ben=GERMAN[:4] + [f"{line} heute" for line in GERMAN] * 2))
    by_sender = [labels.table["heard"][:16].all(), labels.table["heard"][16:].any()]
    # Whichever language is taken for the chat's, German words are never read as English.
    assert not by_sender[1]
    assert by_sender[0] is labels.understood


def test_the_order_of_the_lines_does_not_decide_the_language() -> None:
    one = label(chat(Ana=ENGLISH, Ben=GERMAN + ENGLISH))
    two = label(chat(Ben=ENGLISH + GERMAN[::-1], Ana=ENGLISH[::-1]))
    assert (one.language, one.understood) == (two.language, two.understood)


def test_a_few_short_words_are_not_enough_to_refuse_a_chat() -> None:
    labels = label(chat(Ana=["ok", "haha", "kk"], Ben=["lol"]))
    assert labels.understood
    assert labels.language is None
