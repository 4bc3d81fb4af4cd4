"""Titles of pages, by the name that the app goes by."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def titled(title: str, name: str) -> str:
    """A page's title with `name` in the place of Turntoward, whatever page it is."""
    return title.replace("Turntoward", name) if name else title
