"""docs/care.md says what the thresholds are, and names every sign."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from turntoward.care import thresholds
from turntoward.care.enough import SIGNS

PAGE = (Path(__file__).parents[2] / "docs" / "care.md").read_text("utf-8")
ARTICLE_WORDS = {sign.name: sign.words.rstrip(".") for sign in SIGNS}


def test_every_threshold_stands_there_with_its_value() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d.]+(?: days)?) \|", PAGE, re.M))
    known = {
        name: f"{value.days} days" if isinstance(value, timedelta) else f"{value:.3g}"
        for name, value in vars(thresholds).items()
        if name.isupper()
    }
    assert told == known


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_every_sign_stands_there(sign: object) -> None:
    name = sign.name  # type: ignore[attr-defined]
    assert f"| `{name}` |" in PAGE


def test_every_threshold_has_its_reason_in_the_file() -> None:
    source = Path(thresholds.__file__).read_text("utf-8").splitlines()
    for number, line in enumerate(source):
        if re.match(r"[A-Z_]+ = ", line):
            above = next(
                text for text in reversed(source[:number]) if not re.match(r"[A-Z_]+ = ", text)
            )
            assert above.startswith("#: "), line
