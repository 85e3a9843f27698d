"""What the commands that measure say of many times."""

from __future__ import annotations

from collections.abc import Sequence


def at(times: Sequence[float], share: float) -> float:
    """The time that this share of them, from 0 to below 1, is shorter than."""
    return sorted(times)[int(len(times) * share)]
