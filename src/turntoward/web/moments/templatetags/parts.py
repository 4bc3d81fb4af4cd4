"""Parts of Today in a template."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from turntoward.web.part import Part

register = template.Library()


@register.simple_tag(takes_context=True)
def shown(context: RequestContext, part: Part) -> SafeString:
    """A part by its own template, with `part`, its context, and what the page knows."""
    assert context.template is not None
    drawn = context.template.engine.get_template(part.template)
    with context.push(**{**part.context, "part": part}):
        return drawn.render(context)
