"""What stands on a page that was not sent yet. It is shown again when the page is opened, and counts for nothing.

A draft belongs to the stored answers it was typed over: once those have changed, it is not shown any more. It is
known by a fingerprint, so that a second window neither overwrites nor shows what the first one keeps by mistake.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict

from advisor.assessments.plain_text import is_plain_text

MAX_CHARS = 20_000  # of one page; assumed: the longest real page, twenty lines of products, is a quarter of that


@dataclass(frozen=True)
class Draft:
    """Inputs of one page by name, and the fingerprint of the stored answers they were typed over."""

    sent: Mapping[str, list[str]]
    shown: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def data(self) -> QueryDict:
        """The draft as a form reads it."""
        data = QueryDict(mutable=True)
        for name, values in self.sent.items():
            data.setlist(name, values)
        return data


def draft_of(drafts: Mapping[str, Any], page: str) -> Draft | None:
    """The stored draft of a page."""
    stored = drafts.get(page)
    return Draft(stored["sent"], stored["shown"]) if stored else None


def draft_from(data: QueryDict, shown: str, inputs: frozenset[str]) -> Draft | None:
    """What is worth keeping of what was typed into these inputs: texts that can be stored."""
    sent = {
        name: [value for value in values if is_plain_text(value)] for name, values in data.lists() if name in inputs
    }
    return None if len(json.dumps(sent)) > MAX_CHARS else Draft(sent, shown)
