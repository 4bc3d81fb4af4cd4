"""What studies found, in a template."""

from __future__ import annotations

from django import template

from turntoward.care.evidence import Finding

register = template.Library()


@register.simple_tag
def said(finding: Finding, field: str) -> str:
    """One of its texts in the language that is spoken."""
    return finding.said(field)
