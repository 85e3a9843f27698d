"""Days as facts are published with them: "2026", "2026-10", "2026-10-08", "2025-S2" (half-year), "2023-Q3"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

PUBLISHED = re.compile(
    r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?|-S(?P<half>[12])|-Q(?P<quarter>[1-4]))?"
)


def day_range(text: str) -> tuple[date, date] | None:
    """First and last day a published date can mean; None where it is no such date."""
    match = PUBLISHED.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["half"]:
        first, last = 6 * int(match["half"]) - 5, 6 * int(match["half"])
    elif match["quarter"]:
        first, last = 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"])
    else:
        first, last = int(match["month"] or 1), int(match["month"] or 12)
    try:
        begins, ends = date(year, first, 1), date(year, last, monthrange(year, last)[1])
        return (date(year, first, int(match["day"])),) * 2 if match["day"] else (begins, ends)
    except ValueError:  # month 13, 30 February, year 0
        return None
