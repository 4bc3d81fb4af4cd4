"""How much of the time is seen in the charts: from all of it to a single week.

Drawn by the server and shown by zoom.js, which moves all charts of the page together. Without it
the tables beside the charts say the same.
"""

from __future__ import annotations

from turntoward.reading.markup import Html, tag
from turntoward.words import gettext


def zoom() -> Html:
    """The buttons, and the line that says what is seen."""
    spans = {
        "all": gettext("All"),
        "year": gettext("Year"),
        "season": gettext("3 months"),
        "month": gettext("Month"),
        "week": gettext("Week"),
    }
    buttons = [
        tag("button", words, type="button", data_span=span, aria_pressed="false")
        for span, words in spans.items()
    ]
    group = gettext("How much you see at once")
    return tag(
        "div",
        tag("div", buttons, class_="spans", role="group", aria_label=group),
        tag(
            "div",
            _walk("-1", gettext("Earlier"), "‹"),
            tag("p", role="status", data_range=True),
            _walk("1", gettext("Later"), "›"),
            class_="walk",
        ),
        class_="zoom",
        data_zoom=True,
        data_all=gettext("All: {range}"),
        hidden=True,
    )


def look(first: str, last: str, words: str) -> Html:
    """A button that shows the days from `first` to `last` (ISO dates) in all charts."""
    return tag("button", words, type="button", data_from=first, data_to=last, hidden=True)


def _walk(way: str, words: str, sign: str) -> Html:
    arrow = tag("span", sign, aria_hidden="true")
    return tag("button", arrow, type="button", data_walk=way, aria_label=words)
