"""The words for every code the engine returns, for the page and the report alike. No HTML in here.

``Words`` turns codes into sentences. A code nobody has written words for never breaks a page: it is shown with
its underscores removed, and the tests that walk the engine's codes fail instead.
"""

from __future__ import annotations

from advisor.assessments.wording.words import UnknownWording, Words, humanize

__all__ = ["UnknownWording", "Words", "humanize"]
