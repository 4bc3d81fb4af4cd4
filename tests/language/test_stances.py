"""How answers turn: clear ones, sarcasm held back, and answers without words."""

from __future__ import annotations

import numpy as np
import pytest

from turntoward.language.labels import STANCE_SCHEMA
from turntoward.language.reader import stances

TOWARD, AWAY, AGAINST = range(3)


@pytest.mark.parametrize(
    ("bid", "kind", "answer", "stance"),
    [
        ("I had a rotten day", "support", "oh no, what happened?", TOWARD),
        ("love you", "affection", "love you too", TOWARD),
        ("we got the flat!", "share", "amazing!! so proud of us", TOWARD),
        ("how did the talk go?", "interest", "better than I feared, thanks", TOWARD),
        ("I had a rotten day", "support", "did you buy milk", AWAY),
        ("I miss you", "affection", "what's the code for the gate", AWAY),
        ("I'm sorry about earlier", "repair", "you're always sorry, it means nothing", AGAINST),
        ("I feel lonely", "support", "stop being so dramatic, you're pathetic", AGAINST),
    ],
)
def test_clear_answers_turn_as_people_hear_them(
    bid: str, kind: str, answer: str, stance: int
) -> None:
    assert stances([bid], [kind], [answer]).to_numpy()[0].argmax() == stance


def test_rows_sum_to_one_in_the_order_given() -> None:
    bids, kinds = ["I miss you", "look at this", "sorry"], ["affection", "share", "repair"]
    answers = ["miss you too", "wow\nwhere is that?", "shut up"]
    table = stances(bids, kinds, answers)
    assert table.schema == STANCE_SCHEMA
    assert np.allclose(table.to_numpy().sum(axis=1), 1.0, atol=1e-5)
    turned_round = stances(bids[::-1], kinds[::-1], answers[::-1]).to_numpy()[::-1]
    assert np.allclose(turned_round, table.to_numpy(), atol=1e-5)


def test_one_word_or_one_heart_is_enough_to_turn_toward() -> None:
    table = stances(["look at this sky"] * 4, ["share"] * 4, ["wow", "❤️", "👍", "😂"])
    assert (table["p_toward"] > 0.5).all()


def test_no_words_in_the_answer_is_no_certainty() -> None:
    table = stances(["look at this", "look at this"], ["share", "share"], ["", "?"])
    assert table.to_numpy().max() < 0.5


def test_against_needs_a_second_signal() -> None:
    """Whatever the model leans to, an answer with no sign of harshness is not called against."""
    mild = ["the tram was full", "we have soup", "it rained", "on the shelf", "at the lake"]
    table = stances(["I miss you"] * len(mild), ["affection"] * len(mild), mild)
    assert (table["p_against"] <= 0.3 + 1e-6).all()


def test_a_laugh_softens_an_edge() -> None:
    bids, kinds = ["I burned the rice"] * 2, ["share"] * 2
    edged, laughing = stances(bids, kinds, ["of course you did", "of course you did 😂❤️"])[
        "p_against"
    ]
    assert laughing < edged


def test_names_in_answers_do_not_matter() -> None:
    answers = ["thanks {}", "not now {}", "{} you never help", "oh {} come here"]
    bids, kinds = ["I'm tired"] * len(answers), ["support"] * len(answers)
    ana, ben = (
        stances(bids, kinds, [answer.format(name) for answer in answers]).to_numpy()
        for name in ("Ana", "Ben")
    )
    assert np.abs(ana - ben).max() < 0.05


def test_no_pairs_give_an_empty_table() -> None:
    assert stances([], [], []).schema == STANCE_SCHEMA


def test_pairs_of_unequal_number_are_refused_with_their_counts() -> None:
    with pytest.raises(ValueError, match="2 bids, 1 kinds and 1 answers"):
        stances(["a", "b"], ["share"], ["c"])
