"""The signs of a language in templates: ``label|labeled:text``, ``text|aside:note``, ``text|continued:more``,
``one|followed:another``; ``time|day``, ``time|moment``. And where a line may end in a text: ``text|held``,
``text|unbroken``, ``text|breakable``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from advisor.web import typography
from advisor.web.formats import Formats

register = template.Library()


@register.filter
def labeled(label: Any, text: Any = "") -> str:
    """ "Label: text". Without a text the label and its colon, for what the template writes behind them."""
    return typography.labeled(str(label), str(text))


@register.filter
def aside(text: Any, note: Any) -> str:
    """ "text (note)", or the text alone."""
    return typography.aside(str(text), str(note or ""))


@register.filter
def continued(text: Any, more: Any = "") -> str:
    """ "text, more". Without more the text and its comma, for what the template writes behind them."""
    return typography.continued(str(text), str(more))


@register.filter
def followed(text: Any, more: Any) -> str:
    """ "One sentence. Another.", or the first alone."""
    return typography.followed(str(text), str(more or ""))


@register.filter
def day(moment: date) -> str:
    """The day as reports and results write it."""
    return Formats(get_language() or "en", "").day(moment.isoformat())


@register.filter
def held(text: Any) -> str:
    """Figures stay with the signs they belong to."""
    return typography.held(str(text))


@register.filter
def unbroken(text: Any) -> SafeString:
    """All of it in one line, as a number that somebody has to quote."""
    return format_html('<span class="unbroken">{}</span>', text)


@register.filter
def breakable(code: Any) -> SafeString:
    """A word of code, whose line may end behind an underscore."""
    return mark_safe(escape(code).replace("_", "_<wbr>"))  # noqa: S308  # escaped, and only our own element added


@register.filter
def moment(moment: datetime) -> str:
    """The day and the minute of it, in the time zone of the site."""
    return Formats(get_language() or "en", "").moment(timezone.localtime(moment))
