"""Sentences of guides as HTML."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from turntoward.reading.guides import as_html

register = template.Library()


@register.filter
def guide_html(text: str) -> SafeString:
    """Words on the screen in bold, names of files as code; everything else escaped.

    What only somebody at a command line can follow is left to docs/formats.md.
    """
    kept = [sentence for sentence in re.split(r"(?<=[.;]) ", text) if "`--" not in sentence]
    return mark_safe(as_html(" ".join(kept)))  # escaped by as_html
