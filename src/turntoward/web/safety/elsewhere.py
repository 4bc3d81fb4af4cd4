"""Where the quick way out leads."""

from __future__ import annotations

#: A page that anybody might have open. Nothing of it is asked for before somebody leaves.
ELSEWHERE = "https://www.wikipedia.org/"
