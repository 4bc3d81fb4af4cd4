"""What the weights may be trained on: nothing that a test holds, and only well-formed labels."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from turntoward.language.labels import BidKind

ROOT = Path(__file__).parents[2]


@pytest.fixture
def corpora(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """training/corpora.py, which lies beside the package."""
    monkeypatch.syspath_prepend(str(ROOT))
    from training import corpora

    return corpora


def test_no_longer_text_of_another_part_is_trained_on(corpora: ModuleType, shared: Path) -> None:
    data, corpus = shared / "data", ROOT / "corpus"
    lines, _ = corpora.everything(data, corpus, sealed=True)
    apart = {corpora.folded(line.text) for line in lines if line.part != "train"}
    apart |= {corpora.folded(row["text"]) for row in corpora.outside_messages(data)}
    apart = {text for text in apart if len(text.split()) > 2}
    trained, met = corpora.training_part(data, corpus)
    assert len(apart) > 1_500
    assert not apart & {corpora.folded(line.text) for line in trained}
    assert not apart & {corpora.folded(pair.bid) for pair in met}
    answers = {corpora.folded(text) for pair in met for text in pair.answer.split("\n")}
    assert not apart & answers
    before = {corpora.folded(text) for one in [*trained, *met] for _, text in one.before}
    assert not apart & before
    felt = corpora.learned_feelings(data, corpus)
    assert len(felt) > 40_000
    judged = {corpora.folded(text) for text, _ in corpora.feelings(data, "test")}
    assert not {t for t in judged if t.count(" ") >= 2} & {corpora.folded(t) for t, _ in felt}


def test_no_author_is_in_two_parts(corpora: ModuleType, shared: Path) -> None:
    lines, pairs = corpora.everything(shared / "data", ROOT / "corpus", sealed=True)
    parts: dict[str, set[str]] = {}
    for one in [*lines, *pairs]:
        if one.origin != "sms":
            parts.setdefault(one.author, set()).add(one.part)
    assert [author for author, where in parts.items() if len(where) > 1] == []


def test_sealed_lines_are_given_only_when_asked_for(corpora: ModuleType, shared: Path) -> None:
    some, _ = corpora.everything(shared / "data", ROOT / "corpus", sealed=False)
    every, _ = corpora.everything(shared / "data", ROOT / "corpus", sealed=True)
    assert {line.part for line in some} == {"train", "dev", "test"}
    assert len(every) - len(some) == sum(line.part == "sealed" for line in every) > 1_000


def test_lines_know_what_was_said_before_them(corpora: ModuleType, tmp_path: Path) -> None:
    chat = {
        "id": "x", "style": "texting", "part": "dev",
        "messages": [["A", "you up?"], ["B", "<photo>"], ["B", "yes"], ["B", "cant sleep"],
                     ["A", "<voice message>"], ["A", "me neither"]],
    }  # fmt: skip
    (tmp_path / "chats.jsonl").write_text(json.dumps(chat), "utf-8")
    labels = {f"x-{n:02d}": ("none", "-", "-") for n in range(1, 7)}
    labels |= {"x-01": ("interest", "-", "t"), "x-04": ("support", "S", "t")}
    lines, pairs = corpora.chats(tmp_path / "chats.jsonl", labels)
    assert [line.text for line in lines] == ["you up?", "yes", "cant sleep", "me neither"]
    assert [line.asked_by for line in lines] == [None, "you up?", "you up?", "cant sleep"]
    assert [line.goes_on for line in lines] == [False, False, True, False]
    assert [(pair.bid, pair.answer) for pair in pairs] == [
        ("you up?", "yes\ncant sleep"),
        ("cant sleep", "me neither"),
    ]


def test_the_set_phrases_hold_known_labels_and_none_twice(corpora: ModuleType) -> None:
    lines, pairs = corpora.earlier.everyday_lines(), corpora.earlier.everyday_pairs()
    assert {line.kind for line in lines} == {kind.value for kind in BidKind}
    assert {pair.kind for pair in pairs} <= {kind.value for kind in BidKind}
    assert {pair.stance for pair in pairs} == {"toward", "away", "against"}
    assert len({line.text for line in lines}) == len(lines)
    assert len({(pair.bid, pair.answer) for pair in pairs}) == len(pairs)


def test_a_label_for_another_text_is_refused(
    corpora: ModuleType, shared: Path, tmp_path: Path
) -> None:
    (tmp_path / "sms_labels.jsonl").write_text(
        '{"id": 3, "sha": "000000000000", "bid": "none", "flags": "-", "part": "train"}\n', "utf-8"
    )
    with pytest.raises(ValueError, match="line 4: not the text that was labelled"):
        corpora.sms_lines(shared / "data", tmp_path)
