"""A string is text until an element is made of it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from turntoward.reading.markup import Html, data, join, tag


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b & c", tag("b", "d")) == "<p>a &lt; b &amp; c<b>d</b></p>"
    assert join("<", None, ["&", [tag("br")]]) == "&lt;&amp;<br>"


def test_attributes_are_escaped_and_named() -> None:
    made = tag("p", class_='"><script>', data_chart=True, hidden=False, aria_label=None)
    assert made == '<p class="&quot;&gt;&lt;script&gt;" data-chart></p>'


def test_markup_added_to_text_is_text_again() -> None:
    assert not isinstance(Html("<b>") + "<i>", Html)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_value_ends_its_data_block(value: object) -> None:
    block = data(value)
    inside = block.removeprefix('<script type="application/json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == value
