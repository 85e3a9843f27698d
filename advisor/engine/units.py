"""Unit conversions by name. Memory in the engine is decimal (1 GB = 10^9 bytes)."""

from __future__ import annotations

GB = 1_000_000_000
HOURS_PER_MONTH = 730.0  # 8,760 hours a year / 12, the figure cloud price lists use
MONTHS_PER_YEAR = 12
WEEKS_PER_MONTH = 52 / 12
BITS_PER_BYTE = 8


def gb_from_bytes(size_bytes: float) -> float:
    return size_bytes / GB
