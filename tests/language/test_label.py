"""What single messages are heard as, and what must not matter to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from turntoward.language import reader
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS, LABEL_SCHEMA, Labels
from turntoward.language.reader import label
from turntoward.messages.message import Kind

NUMBERS = (*KIND_COLUMNS, *FLAG_COLUMNS)

#: The codebook's example of each kind; "how did it go?" and "what time is it?" are so common that
#: they stand in the training text as well, the other lines do not.
CODEBOOK = {
    "you won't believe who I ran into": "share",
    "how did it go?": "interest",
    "I miss you already": "affection",
    "I can't do this any more": "support",
    "race you to the couch": "play",
    "come sit with me": "invite",
    "I'm sorry, can we start over?": "repair",
    "it's at five": "none",
    "what time is it?": "none",
    "can you set the table?": "none",
    "why do you always do this to me": "none",
}


def messages(
    texts: Sequence[str | None], kinds: Sequence[str] | None = None, sender: str = "Ana"
) -> pl.DataFrame:
    """Messages as a chat holds them, all by one person unless said otherwise."""
    return pl.DataFrame(
        {"kind": kinds or ["text"] * len(texts), "text": texts, "sender_id": [sender] * len(texts)},
        schema={"kind": pl.String, "text": pl.String, "sender_id": pl.String},
    )


def kinds_of(labels: Labels) -> list[str]:
    """The likeliest kind of each row."""
    best = labels.table.select(KIND_COLUMNS).to_numpy().argmax(axis=1)
    return [KIND_COLUMNS[at].removeprefix("p_") for at in best]


@pytest.mark.parametrize(("text", "kind"), CODEBOOK.items())
def test_the_codebooks_examples_are_heard_as_it_says(text: str, kind: str) -> None:
    assert kinds_of(label(messages([text]))) == [kind]


@pytest.mark.parametrize(
    ("flag", "texts"),
    [
        ("p_logistics", ["pick up milk pls", "ok see you at 5", "the bus is late"]),
        (
            "p_harsh",
            ["You never listen to me.", "why do you always do this", "shut up, you idiot"],
        ),
        ("p_greeting", ["good morning love", "Good night babe, sleep well", "hello"]),
        ("p_warmth", ["thank you for being so patient", "love you", "I am so proud of you"]),
        ("p_stress", ["I'm so stressed about tomorrow", "my chest hurts and I'm scared"]),
    ],
)
def test_each_flag_is_raised_by_its_own_lines_and_by_no_bare_answer(
    flag: str, texts: list[str]
) -> None:
    table = label(messages([*texts, "ok", "yes"])).table
    assert (table[flag][: len(texts)] >= 0.5).all()
    assert (table[flag][-2:] < 0.25).all()


def test_every_row_has_the_schema_and_its_kinds_sum_to_one() -> None:
    texts = [*CODEBOOK, "", None, "❤️", "?", "..."]
    table = label(messages(texts)).table
    assert table.schema == LABEL_SCHEMA
    assert table.height == len(texts)
    assert np.allclose(table.select(KIND_COLUMNS).to_numpy().sum(axis=1), 1.0, atol=1e-5)
    assert table.select(pl.col(NUMBERS).is_between(0.0, 1.0).all()).row(0) == (True,) * len(NUMBERS)


def test_nothing_to_go_by_is_not_heard_and_reaches_for_nothing() -> None:
    labels = label(messages(["", None, "   ", "?", "..."]))
    assert not labels.table["heard"].any()
    assert labels.table["p_none"].to_list() == [1.0] * 5
    assert labels.table.select(FLAG_COLUMNS).to_numpy().max() == 0.0


def test_an_empty_chat_has_no_rows_and_no_language() -> None:
    labels = label(messages([]))
    assert labels.table.height == 0
    assert labels.table.schema == LABEL_SCHEMA
    assert labels.language is None


@pytest.mark.parametrize("kind", [Kind.DELETED, Kind.SERVICE, Kind.SYSTEM, Kind.CALL])
def test_words_that_are_nobodys_are_not_heard(kind: Kind) -> None:
    table = label(messages(["I love you so much"], [kind.value])).table
    assert not table["heard"].item()
    assert table["p_none"].item() == 1.0


def test_a_voice_message_is_not_guessed_at_but_its_caption_is_read() -> None:
    table = label(messages([None, "I miss you so much"], ["voice", "voice"])).table
    assert table["heard"].to_list() == [False, True]
    assert table["p_affection"][1] > 0.5


@pytest.mark.parametrize("kind", ["image", "video", "location", "link"])
def test_something_shown_is_moderately_a_share(kind: str) -> None:
    table = label(messages([None], [kind])).table
    assert table["heard"].item()
    assert table["p_share"].item() == pytest.approx(0.7)
    assert table["p_none"].item() == pytest.approx(0.3)


def test_a_bare_link_in_a_text_is_something_shown() -> None:
    table = label(messages(["https://example.org/a?b=c"])).table
    assert table["p_share"].item() == pytest.approx(0.7)


def test_a_caption_keeps_what_it_says_beside_what_is_shown() -> None:
    text = "I miss you so much"
    (alone,) = label(messages([text])).table.to_dicts()
    (shown,) = label(messages([text], ["image"])).table.to_dicts()
    assert shown["p_affection"] == pytest.approx(alone["p_affection"], abs=1e-5)
    assert shown["p_none"] == pytest.approx(0.3 * alone["p_none"], abs=1e-5)


def test_hearts_are_warm_and_laughter_mostly_acknowledges() -> None:
    hearts, laughter, kiss, mixed = label(messages(["❤️❤️", "😂😂", "<3", "❤️😂"])).table.to_dicts()
    assert hearts["p_affection"] > 0.5
    assert hearts["p_warmth"] > 0.5
    assert kiss["p_warmth"] == hearts["p_warmth"] == mixed["p_warmth"]
    assert laughter["p_none"] > laughter["p_play"] > 0.2
    assert label(messages(["❤️", "😂"])).table["heard"].all()


def days_apart(texts: Sequence[str | None], senders: str = "A") -> pl.DataFrame:
    """Messages a day apart, so that none answers another."""
    days = [datetime(2024, 1, 1) + timedelta(days=n) for n in range(len(texts))]
    who = [senders[n % len(senders)] for n in range(len(texts))]
    return messages(texts).with_columns(
        sender_id=pl.Series(who), ts_local=pl.Series(days, dtype=pl.Datetime("us"))
    )


def test_after_a_silence_a_message_is_heard_by_itself() -> None:
    texts = [*CODEBOOK, "good morning love", "😂", None, "pick up milk pls"] * 3
    straight = label(days_apart(texts, "AB")).table.select(NUMBERS).to_numpy()
    order = np.random.default_rng(1).permutation(len(texts))
    mixed = label(days_apart([texts[at] for at in order], "AB")).table.select(NUMBERS).to_numpy()
    assert np.allclose(mixed, straight[order], atol=1e-5)


def test_a_message_is_heard_alike_in_any_company() -> None:
    texts = list(CODEBOOK)
    together = label(days_apart(texts)).table.select(NUMBERS).to_numpy()
    alone = [label(messages([text])).table.select(NUMBERS).to_numpy()[0] for text in texts]
    assert np.allclose(together, np.array(alone), atol=1e-5)


def test_what_the_other_said_before_makes_a_difference() -> None:
    """Short words after a question are its answer; by themselves they may open something."""
    answers = ["at my mums", "the kitchen", "about six", "the blue one", "with sarah", "pasta"]
    questions = ["where are you?", "which room?", "what time?", "which one?", "with who?", "food?"]
    both = [text for pair in zip(questions, answers, strict=True) for text in pair]
    who = pl.Series(["Ana", "Ben"] * len(answers))
    asked = label(messages(both).with_columns(sender_id=who)).table["p_none"][1::2]
    alone = label(days_apart(answers)).table["p_none"]
    assert asked.mean() > alone.mean() + 0.03


def test_a_chat_in_batches_is_heard_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*CODEBOOK, "yes", "and you?", "ok"] * 4
    who = pl.Series(["Ana", "Ben"] * (len(texts) // 2))
    chat = messages(texts).with_columns(sender_id=who)
    whole = label(chat).table.select(NUMBERS).to_numpy()
    monkeypatch.setattr(reader, "_BATCH", 5)
    assert np.allclose(label(chat).table.select(NUMBERS).to_numpy(), whole, atol=1e-5)


def test_the_same_chat_gives_the_same_labels() -> None:
    chat = messages([*CODEBOOK, "sooooo tired 😴", "k"])
    assert label(chat).table.equals(label(chat).table)


@pytest.mark.parametrize("names", [("Ana", "Ben"), ("Ben", "Ana"), ("Fatima", "Sven")])
def test_names_do_not_matter(names: tuple[str, str]) -> None:
    lines = [
        "Hi {}, how was your day?", "I love you {}", "{} did you buy milk", "{} you never listen",
        "Look what {} drew at school", "thanks {}!", "I'm sorry {}", "haha {}", "ok {}",
        "{}'s party is on friday", "want to go for a walk {}?", "I'm so tired {}",
    ]  # fmt: skip
    one, two = (
        label(messages([line.format(name) for line in lines])).table.select(NUMBERS).to_numpy()
        for name in names
    )
    assert np.abs(one - two).max() < 0.05


def test_a_rare_name_of_one_of_the_two_is_heard_as_a_name_too() -> None:
    lines = ["thanks {}!", "{} come here", "good night {}"]
    rare = label(messages([line.format("Zebulon") for line in lines], sender="Zebulon Quill"))
    common = label(messages([line.format("Ana") for line in lines]))
    rows = [labels.table.select(NUMBERS).to_numpy() for labels in (rare, common)]
    assert np.abs(rows[0] - rows[1]).max() < 0.05


def test_someone_saved_as_my_love_does_not_take_love_out_of_the_chat() -> None:
    plain = label(messages(["I love you"])).table["p_affection"].item()
    saved = label(messages(["I love you"], sender="Love ❤️")).table["p_affection"].item()
    assert saved == pytest.approx(plain)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "love you " * 11_000, "?!" * 50_000, "😂" * 99_999]
)
def test_a_message_without_end_is_read_at_once(text: str) -> None:
    table = label(messages([text, "ok"])).table
    assert table.height == 2
    assert np.isfinite(table.select(NUMBERS).to_numpy()).all()


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    label(messages(["good morning"] * 45_000), on_progress=told.append)
    assert told == sorted(told)
    assert len(told) == 3
    assert told[-1] == 1.0
