"""Help lines: what stands in the file holds, is not too old, and what is wrong is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from turntoward.care.signposts import KEEPS, digits, read, signposts, stale

GOOD = """
[[signpost]]
country = "GB"
service = "A line"
written_in = "en"
whom = "women"
phone = "0808 2000 247"
languages = ["en"]
interpreters = false
hours = "Mon-Thu 08:00-20:00, Fri 08:00-24:00"
source = "A page"
address = "https://example.org/page"
checked = 2026-11-27
review_by = 2027-05-20
"""


def test_no_entry_is_past_the_day_by_which_it_is_read_anew() -> None:
    """When this fails: read each named page again, put right what changed, and move both days."""
    late = stale(signposts(), datetime.now(UTC).date())
    assert [f"{each.country} {each.service}: {each.review_by}" for each in late] == []


def test_every_entry_says_where_and_when_it_was_read_and_is_kept_half_a_year_at_most() -> None:
    assert len(signposts()) > 10
    for each in signposts():
        assert each.address.startswith("https://")
        assert each.source
        assert timedelta(0) < each.review_by - each.checked <= KEEPS


def test_an_entry_is_late_from_the_day_after() -> None:
    (one,) = read(GOOD)
    assert stale([one], date(2027, 5, 20)) == ()
    assert stale([one], date(2027, 5, 21)) == (one,)


def test_hours_are_read_as_days_and_times() -> None:
    (one,) = read(GOOD)
    assert not one.always
    assert [(each.first, each.last, each.opens, each.closes) for each in one.open] == [
        (0, 3, "08:00", "20:00"),
        (4, 4, "08:00", "24:00"),
    ]
    assert read(GOOD.replace("Mon-Thu 08:00-20:00, Fri 08:00-24:00", "always"))[0].always


def test_a_number_is_dialled_without_what_makes_it_easy_to_read() -> None:
    assert digits("1-800-799-7233") == "18007997233"
    assert digits("+34 600 000 016") == "+34600000016"


@pytest.mark.parametrize("name", ["country", "service", "whom", "source", "address", "checked"])
def test_an_entry_that_lacks_a_field_is_named(name: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{name} ")]
    with pytest.raises(ValueError, match=f"{name} is missing"):
        read("\n".join(lines))


@pytest.mark.parametrize(
    ("was", "becomes", "wrong"),
    [
        ('"0808 2000 247"', '"0808 2000 24x"', "phone"),
        ('"0808 2000 247"', '"(0808) 2000247"', "phone"),
        ('"0808 2000 247"', '"0808  2000"', "phone"),
        ('"0808 2000 247"', '"12345678901234567890"', "phone"),
        ('"0808 2000 247"', "8082000247", "phone"),
        ('"GB"', '"UK"', "country"),
        ('"women"', '"wives"', "whom"),
        ('["en"]', "[]", "languages"),
        ('["en"]', '["xx"]', "languages"),
        ("interpreters = false", 'interpreters = "no"', "interpreters"),
        ("Mon-Thu", "Monday-Thu", "hours"),
        ("08:00-20:00", "20:00-08:00", "hours"),
        ("08:00-20:00", "08:00-24:30", "hours"),
        ("https://example.org/page", "http://example.org/page", "address"),
        ("2027-05-20", "2027-06-20", "review_by"),
        ("2027-05-20", "2026-11-27", "review_by"),
        ("checked = 2026-11-27", "checked = 2026-11-27T10:00:00", "checked"),
        ('source = "A page"', 'source = "A page"\nprice = "free"', "price"),
        ('phone = "0808 2000 247"', 'word = "HI"', "no way"),
        ('phone = "0808 2000 247"', 'phone = "1"', "phone"),
        ('phone = "0808 2000 247"', 'phone = "16"\nword = "HI"', "word"),
    ],
)
def test_what_is_wrong_in_an_entry_is_said(was: str, becomes: str, wrong: str) -> None:
    assert was in GOOD
    with pytest.raises(ValueError, match=rf"signposts.toml: A line: .*{wrong}"):
        read(GOOD.replace(was, becomes))
