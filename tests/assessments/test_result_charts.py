"""The drawn figures: to scale, readable without their colors, and safe to put into a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from advisor.assessments import charts
from advisor.assessments.charts import svg

SVG = "{http://www.w3.org/2000/svg}"


def plain(value: float) -> str:
    return f"{value:g}"


def ranges(width: int = charts.WIDE, name: str = "First") -> str:
    rows = [
        charts.RangeRow(name, 1000, 2000, 4000, "1000 to 4000", chosen=True),
        charts.RangeRow("Second", 500, None, 800, "500 to 800"),
    ]
    lines = [charts.LineAcross(3000, "Today: 3000")]
    return charts.range_bars(rows, lines, key="r", title="T", description="D", axis="Cost", form=plain, width=width)


def bars(drawing: str, name: str) -> list[tuple[float, float]]:
    found = [rect for rect in ET.fromstring(drawing).iter(f"{SVG}rect") if rect.get("class") == name]  # noqa: S314
    return [(float(rect.get("x", "0")), float(rect.get("width", "0"))) for rect in found]


def test_bars_are_to_one_scale_that_starts_at_zero() -> None:
    (chosen,), (other,) = bars(ranges(), "chart-bar-chosen"), bars(ranges(), "chart-bar")

    assert chosen[1] / other[1] == pytest.approx(3000 / 300, rel=0.02)
    assert (chosen[0] - 2) / (other[0] - 2) == pytest.approx(1000 / 500, rel=0.02)


def test_a_middle_is_drawn_only_where_one_may_be_shown() -> None:
    assert len(bars(ranges(), "chart-middle")) == 1


def test_spending_today_crosses_all_bars_at_its_own_place() -> None:
    root = ET.fromstring(ranges())  # noqa: S314
    mark = next(line for line in root.iter(f"{SVG}line") if line.get("class") == "chart-mark")
    (x, width), *_ = bars(ranges(), "chart-bar-chosen")

    assert float(mark.get("x1", "0")) == pytest.approx(x + width * 2 / 3, abs=0.5)


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_no_label_starts_or_ends_outside_the_figure(width: int) -> None:
    name = "A very long name of an option that could not possibly stand in one line of a phone " * 2
    for text in ET.fromstring(ranges(width, name)).iter(f"{SVG}text"):  # noqa: S314
        x, room = float(text.get("x", "0")), svg.text_width(text.text or "", int(text.get("font-size", "13")))
        left = {"start": x, "middle": x - room / 2, "end": x - room}[text.get("text-anchor", "start")]
        assert left >= -1
        assert left + room <= width + 1


def test_a_figure_carries_title_description_and_no_style() -> None:
    drawing = ranges()

    assert "<title" in drawing
    assert "<desc" in drawing
    assert not re.search(r"<style|style=|<script", drawing)


def test_words_in_a_figure_are_never_markup() -> None:
    drawing = ranges(name="<script>alert(1)</script> & co")

    assert "<script" not in drawing
    ET.fromstring(drawing)  # noqa: S314  # our own drawing; fails when it is not well-formed


def test_the_running_total_turns_where_it_says() -> None:
    values = tuple(-1000 + 100.0 * month for month in range(37))
    curve = charts.Curve(values, 1500, 4000, "end", "Month", turn_month=10, turn_words="Paid back in month 10")
    root = ET.fromstring(charts.cumulative(curve, key="c", title="T", description="D", form=plain))  # noqa: S314
    zero = next(line for line in root.iter(f"{SVG}line") if line.get("class") == "chart-zero")
    point = next(root.iter(f"{SVG}circle"))

    assert float(point.get("cy", "0")) == pytest.approx(float(zero.get("y1", "-1")))


def test_the_widest_swing_stands_first() -> None:
    rows = [charts.SwingRow("Small", 90, 110, ""), charts.SwingRow("Wide", 50, 150, "")]
    drawing = charts.tornado(
        rows, charts.LineAcross(100, "now"), key="t", title="T", description="D", axis="", form=plain
    )

    assert drawing.index("Wide") < drawing.index("Small")


def test_each_part_of_the_memory_begins_where_the_one_before_ends() -> None:
    parts = [
        charts.PartRow("Weights", 24, ""),
        charts.PartRow("Work", 6, ""),
        charts.PartRow("Free", 10, "", free=True),
    ]
    drawing = charts.memory_fit(
        parts, charts.LineAcross(40, "40 GB"), key="m", title="T", description="D", axis="GB", form=plain
    )
    (weights, work), (free,) = bars(drawing, "chart-bar-chosen"), bars(drawing, "chart-room")

    assert weights[1] / work[1] == pytest.approx(24 / 6, rel=0.01)
    assert work[0] == pytest.approx(weights[0] + weights[1])
    assert free[0] == pytest.approx(work[0] + work[1])
    assert free[1] == pytest.approx(work[1] * 10 / 6, rel=0.01)


def circles(drawing: str, name: str) -> list[tuple[float, float]]:
    found = [dot for dot in ET.fromstring(drawing).iter(f"{SVG}circle") if dot.get("class") == name]  # noqa: S314
    return [(float(dot.get("cx", "0")), float(dot.get("cy", "0"))) for dot in found]


def test_every_case_is_a_dot_and_those_that_reach_the_mark_are_filled() -> None:
    drawing = charts.dots(
        [-0.5, 0.2, 0.2, 0.9], charts.LineAcross(0.9, "90 %"), key="d", title="T", description="D", axis="", form=plain
    )
    short, reached = circles(drawing, "chart-dot"), circles(drawing, "chart-point")

    assert len(short) == 3
    assert len(reached) == 1
    assert short[0][0] < short[1][0] == short[2][0] < reached[0][0]
    assert short[1][1] - short[2][1] == 20  # piled up


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_two_courses_are_named_inside_the_figure(width: int) -> None:
    values = tuple(500 + 20.0 * month for month in range(37))
    other = tuple(60.0 * month for month in range(37))
    curve = charts.Curve(
        values, 1000, 1500, "end", "Month", turn_month=13, turn_words="turns", other=other, words="With the plan",
        other_words="If you keep what you have",
    )  # fmt: skip
    root = ET.fromstring(charts.cumulative(curve, key="c", title="T", description="D", form=plain, width=width))  # noqa: S314

    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    for text in root.iter(f"{SVG}text"):
        x, room = float(text.get("x", "0")), svg.text_width(text.text or "", int(text.get("font-size", "13")))
        left = {"start": x, "middle": x - room / 2, "end": x - room}[text.get("text-anchor", "start")]
        assert left >= -1
        assert left + room <= width + 1


@pytest.mark.parametrize("values", [(0.0, 0.0), (-5.0, 3.0), (0.3, 0.9), (12_345_678.0, 98_765_432.0)])
def test_a_scale_holds_all_values_between_round_figures(values: tuple[float, float]) -> None:
    scale = svg.scale(values, 0, 100, ticks=5)

    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert 0 in scale.ticks
