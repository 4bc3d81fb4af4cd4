"""What studies found: every finding has its size, its number and its source."""

from __future__ import annotations

import re

import pytest

from turntoward.care.evidence import FINDINGS, About, Finding, findings


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.source[:12])
def test_every_finding_says_what_on_how_many_and_where_it_is_written(finding: Finding) -> None:
    assert all([finding.says, finding.measured, finding.on])
    assert re.search(r"\((19|20)\d\d\)\. .+", finding.source)
    assert finding.doi is None or re.fullmatch(r"10\.\d{4,}/\S+", finding.doi)
    words = " ".join([finding.says, finding.measured, finding.on, finding.waited])
    assert not re.search(r"[!%]|\bshould\b|\brisk\b|your relationship will", words)


def test_those_who_waited_stand_beside_those_who_went() -> None:
    """Without them a gain may be time alone."""
    for about in About:
        assert any(finding.waited for finding in findings(about))


def test_what_speaks_against_it_is_there_too() -> None:
    said = " ".join(finding.says for finding in FINDINGS)
    assert "it faded" in said
    assert "wears off again" in said
    assert "was not seen" in said  # alone


def test_each_is_listed_once() -> None:
    both = [*findings(About.THERAPY), *findings(About.PROGRAMME)]
    assert sorted(both, key=FINDINGS.index) == list(FINDINGS)
