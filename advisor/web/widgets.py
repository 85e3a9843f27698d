"""Form widgets drawn without the template engine, which takes fifty times as long for each row of a long list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString


class OneSelect(forms.Select):
    """A drop-down in one piece. ``quoted`` are the codes whose texts are names in English in every language."""

    quoted: frozenset[str] = frozenset()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        choices: list[tuple[Any, Any]] = list(self.choices)
        rows = "".join(
            f'<option value="{conditional_escape(code)}"{self._marks(str(code), chosen)}>'
            f"{conditional_escape(text)}</option>"
            for code, text in choices
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), SafeString(rows)
        )

    def _marks(self, code: str, chosen: str) -> str:
        return (" selected" if code == chosen else "") + (' lang="en"' if code in self.quoted else "")
