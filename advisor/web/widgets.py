"""Form widgets drawn without the template engine, which takes fifty times as long for each row of a long list."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

LANG = ' lang="en"'


class OneSelect(forms.Select):
    """A drop-down in one piece. ``quoted`` are the codes whose texts are names in English in every language."""

    quoted: frozenset[str] = frozenset()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        rows = _rows(tuple((str(code), str(text)) for code, text in self.choices), self.quoted)
        chosen = f'<option value="{escape(value or "")}"'
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            SafeString(rows.replace(chosen, f"{chosen} selected", 1)),
        )


@lru_cache(maxsize=128)  # assumed: the lists of five languages; each has a hundred rows at most
def _rows(pairs: tuple[tuple[str, str], ...], quoted: frozenset[str]) -> str:
    return "".join(
        f'<option value="{escape(code)}"{LANG if code in quoted else ""}>{escape(text)}</option>'
        for code, text in pairs
    )
