"""What a browser calls itself, in two plain words.

A dozen names looked for as they stand are all that a list of one's own phones needs. The libraries
for it bring a thousand patterns to run over a text that anybody may send, and name versions and
models, which are better not kept.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

#: Name -> what its browsers write of themselves. The first that fits counts: most of them call
#: themselves Chrome and Safari as well.
_BROWSERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("edge", "Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("opera", "Opera", ("OPR/", "OPT/")),
    ("samsung", "Samsung Internet", ("SamsungBrowser/",)),
    ("firefox", "Firefox", ("Firefox/", "FxiOS/")),
    ("chrome", "Chrome", ("Chrome/", "CriOS/")),
    ("safari", "Safari", ("Safari/",)),
)
#: An iPad calls itself a Mac unless it is asked for pages for phones.
_SYSTEMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("iphone", "iPhone", ("iPhone",)),
    ("ipad", "iPad", ("iPad",)),
    ("android", "Android", ("Android",)),
    ("windows", "Windows", ("Windows",)),
    ("mac", "Mac", ("Macintosh",)),
    ("chromeos", "ChromeOS", ("CrOS",)),
    ("linux", "Linux", ("Linux",)),
)
#: What is further on in the line says nothing more.
_LONGEST = 500


def names_in(line: str) -> tuple[str, str]:
    """Browser and system in a User-Agent line, by the keys that are kept; empty where unknown."""
    line = line[:_LONGEST]
    return _found(line, _BROWSERS), _found(line, _SYSTEMS)


def called(browser: str, system: str) -> str:
    """`Firefox on Android`."""
    first, second = _name(browser, _BROWSERS), _name(system, _SYSTEMS)
    if first and second:
        return _("{browser} on {system}").format(browser=first, system=second)
    return first or second or _("A browser")


def _found(line: str, known: tuple[tuple[str, str, tuple[str, ...]], ...]) -> str:
    return next((key for key, _, said in known if any(part in line for part in said)), "")


def _name(key: str, known: tuple[tuple[str, str, tuple[str, ...]], ...]) -> str:
    return next((name for each, name, _ in known if each == key), "")
