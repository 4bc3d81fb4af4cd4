"""What the weights may be trained on: nothing that a test holds, and only well-formed labels."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from turntoward.language.labels import BidKind, Stance

ROOT = Path(__file__).parents[2]


@pytest.fixture
def corpora(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """training/corpora.py, which lies beside the package."""
    monkeypatch.syspath_prepend(str(ROOT))
    from training import corpora

    return corpora


def folded(text: str) -> str:
    return " ".join(text.lower().split())


def test_no_text_of_a_test_is_trained_on(corpora: ModuleType, shared: Path) -> None:
    data, corpus = shared / "data", ROOT / "corpus"
    tests = [*corpora.sms_lines(data, corpus), *corpora.authored_lines(corpus)]
    apart = {folded(line.text) for line in tests if line.part == "test"}
    apart |= {folded(row.text) for row in corpora.outside_messages(data)}
    apart |= {folded(p.bid) for p in corpora.exchange_pairs(corpus) if p.part == "test"}
    trained = {folded(line.text) for line in corpora.training_lines(data, corpus)}
    assert len(apart) > 500
    assert not apart & trained


def test_no_author_is_in_both_parts(corpora: ModuleType) -> None:
    rows = [*corpora.authored_lines(ROOT / "corpus"), *corpora.exchange_pairs(ROOT / "corpus")]
    train, test = ({row.author for row in rows if row.part == part} for part in ("train", "test"))
    assert not train & test


def test_the_set_phrases_hold_known_labels_and_none_twice(corpora: ModuleType) -> None:
    lines, pairs = corpora.everyday_lines(), corpora.everyday_pairs()
    assert {line.kind for line in lines} == {kind.value for kind in BidKind}
    assert {pair.kind for pair in pairs} <= {kind.value for kind in BidKind}
    assert {pair.stance for pair in pairs} == {s.value for s in Stance} - {"unanswered"}
    assert len({line.text for line in lines}) == len(lines)
    assert len({(pair.bid, pair.answer) for pair in pairs}) == len(pairs)


def test_a_label_for_another_text_is_refused(
    corpora: ModuleType, shared: Path, tmp_path: Path
) -> None:
    (tmp_path / "sms_labels.jsonl").write_text(
        '{"id": 3, "sha": "000000000000", "bid": "none", "part": "train"}\n', "utf-8"
    )
    with pytest.raises(ValueError, match="line 4: not the text that was labelled"):
        corpora.sms_lines(shared / "data", tmp_path)
