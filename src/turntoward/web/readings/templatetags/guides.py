"""Sentences of guides as HTML."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from turntoward.reading.guides import as_html

register = template.Library()


@register.filter
def guide_html(text: str) -> SafeString:
    """Words on the screen in bold, names of files as code; everything else escaped."""
    return mark_safe(as_html(text))  # escaped by as_html
