"""What the stylesheets promise: text that can be read in light and dark, no motion for who wants none, few bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.styleguide.tokens import MARKS, TEXT, colors
from advisor.web.contrast import READABLE, VISIBLE, contrast

CSS = Path(__file__).parent.parent / "static" / "css"
BUDGET = 40_000  # bytes of all stylesheets together, not compressed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    shades = colors(scheme)
    found = {pair: round(contrast(shades[pair[0]], shades[pair[1]]), 2) for pair in TEXT}

    assert {pair: ratio for pair, ratio in found.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_and_marks_stand_out_from_their_ground(scheme: str) -> None:
    shades = colors(scheme)
    found = {pair: round(contrast(shades[pair[0]], shades[pair[1]]), 2) for pair in MARKS}

    assert {pair: ratio for pair, ratio in found.items() if ratio < VISIBLE} == {}


def test_contrast_is_computed_as_wcag_writes_it() -> None:
    # Black on white is (1 + 0.05) / (0 + 0.05) = 21. Mid gray #767676 has luminance 0.1812: 1.05 / 0.2312 = 4.54.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


def test_all_stylesheets_together_stay_light() -> None:
    sizes = {path.name: path.stat().st_size for path in CSS.glob("*.css")}

    assert sum(sizes.values()) < BUDGET, sizes


def test_every_movement_can_be_switched_off() -> None:
    """Transitions take their time from one token, which is none for who asks for less motion."""
    text = "".join(path.read_text(encoding="utf-8") for path in CSS.glob("*.css"))
    timed = [part for rule in re.findall(r"(?:transition|animation)\s*:([^;]+);", text) for part in rule.split(",")]

    assert timed
    assert [part for part in timed if "var(--quick)" not in part] == []
    assert re.search(r"prefers-reduced-motion: reduce\)\s*\{\s*:root\s*\{\s*--quick:\s*0", text)
    assert re.search(r"--quick:\s*(\d+)ms", text)[1] < "200"  # type: ignore[index]
