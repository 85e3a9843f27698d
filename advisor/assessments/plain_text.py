"""Which text a business may type: any language and any emoji, but nothing invisible that could mislead a reader."""

from __future__ import annotations

import unicodedata

# Direction overrides make text read other than it is stored; line separators break single-line fields.
_MISLEADING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def is_plain_text(value: str) -> bool:
    """Whether every character can be stored and shown as typed (no control, surrogate or override characters)."""
    return not any(
        character in _MISLEADING or unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} for character in value
    )
