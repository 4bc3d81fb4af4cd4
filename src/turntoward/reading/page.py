"""A reading as one HTML file that opens from disk, asks nothing of any network and runs no chat.

Its content security policy names the hash of its one script and its one style sheet: nothing
that a message holds can run, and nothing can be loaded.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from turntoward.reading.markup import Html, tag
from turntoward.reading.reading import Reading
from turntoward.reading.sections.account import account, unseen
from turntoward.reading.sections.exchanges import exchanges
from turntoward.reading.sections.opening import heading, opening
from turntoward.reading.sections.rhythms import charts
from turntoward.words import language


def render_page(reading: Reading) -> str:
    """The whole reading, for a phone first; the same reading always gives the same page."""
    style = _asset("uPlot.min.css", "tokens.css", "page.css", "charts.css")
    script = _asset("uPlot.iife.min.js", "times.js", "marks.js", "zoom.js", "charts.js")
    return Template(_asset("page.html")).substitute(
        language=language(),
        title=escape(f"{heading(reading)} · Turntoward"),
        policy=_policy(style, script),
        style=style,
        script=script,
        body=_body(reading),
    )


def _body(reading: Reading) -> Html:
    parts = (opening, charts, exchanges, account, unseen)
    return tag("main", [part(reading) for part in parts])


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


@cache
def _asset(*names: str) -> str:
    """Files of the package's assets, one after another."""
    folder = files("turntoward.reading").joinpath("assets")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
