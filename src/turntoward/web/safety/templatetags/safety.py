"""Help lines and the quick way out, on any page."""

from __future__ import annotations

from typing import Any

from django import template

from turntoward.care.signposts import signposts
from turntoward.web.safety.elsewhere import ELSEWHERE
from turntoward.web.safety.lines import countries

register = template.Library()


@register.inclusion_tag("safety/_lines.html")
def help_lines() -> dict[str, Any]:
    """The help lines of every country, each folded in."""
    return {"countries": countries(signposts())}


@register.simple_tag
def elsewhere() -> str:
    """The address that the quick way out leads to."""
    return ELSEWHERE
