"""What one asks for beside language and paper: a draft mark, an advisor's comments, a brand.

They are stored with the report, so that the same row always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from advisor.reports.branding import Brand

MOST_COMMENTS = 20_000  # characters, some seven pages; assumed: more is a document of its own


@dataclass(frozen=True)
class Options:
    """``comments`` are set as paragraphs, one a line; ``author`` is whose they are."""

    draft: bool = False
    comments: str = ""
    author: str = ""
    brand: Brand | None = None

    @property
    def digest(self) -> str:
        """Hex digits that differ for every other choice; "" where nothing was chosen."""
        if self == PLAIN:
            return ""
        chosen = (self.draft, self.comments, self.author, self.brand.digest if self.brand else "")
        return hashlib.sha256(json.dumps(chosen).encode()).hexdigest()


PLAIN = Options()
