"""Whether there is an assistant, for the pages that offer it."""

from __future__ import annotations

from django import template

from advisor.assistant.wire import is_on

register = template.Library()


@register.simple_tag
def assistant_is_on() -> bool:
    """True where the operator named a server."""
    return is_on()
