"""The drawn figures: to scale, readable without their colors, and safe to put into a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from advisor.assessments import charts
from advisor.assessments.charts import svg
from advisor.assessments.presentation import present
from tests.recommendations import STATES

SVG = "{http://www.w3.org/2000/svg}"


def plain(value: float) -> str:
    return f"{value:g}"


def ranges(width: int = charts.WIDE, name: str = "First", words: str = "1000 to 4000") -> str:
    rows = [
        charts.RangeRow(name, 1000, 2000, 4000, words, chosen=True),
        charts.RangeRow("Second", 500, None, 800, "500 to 800"),
    ]
    lines = [charts.LineAcross(3000, "Today: 3000")]
    return charts.range_bars(rows, lines, key="r", title="T", description="D", axis="Cost", form=plain, width=width)


Box = tuple[float, float, float, float]


def words(drawing: str) -> list[tuple[str, Box]]:
    """Every text and the room it takes: left, top, right, bottom."""
    found = []
    for text in ET.fromstring(drawing).iter(f"{SVG}text"):  # noqa: S314
        x, y, size = (float(text.get(name, "0")) for name in ("x", "y", "font-size"))
        room = svg.text_width(text.text or "", size)
        left = {"start": x, "middle": x - room / 2, "end": x - room}[text.get("text-anchor", "start")]
        found.append((text.text or "", (left, y - 0.75 * size, left + room, y + 0.25 * size)))
    return found


def overlapping(one: Box, other: Box) -> bool:
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(one[3], other[3])


def run_together(found: list[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Words of a drawing that overlap, two by two."""
    return [
        (one, other)
        for place, (one, box) in enumerate(found)
        for other, another in found[place + 1 :]
        if overlapping(box, another)
    ]


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
    for _text, (left, _top, right, _bottom) in words(ranges(width, name)):
        assert left >= -1
        assert right <= width + 1


def test_a_range_too_long_for_one_line_is_told_in_full() -> None:
    told = "8 393 $ to 30 859 $, the most likely of all these is: 10 817 $"

    assert "…" not in ranges(charts.NARROW, words=told)
    assert "10 817 $" in ranges(charts.NARROW, words=told)


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_upright_lines_stop_for_words(width: int) -> None:
    drawing = ranges(width, "A name of an option that reaches far across all of the drawing of a phone and of a page")
    uprights = [
        (float(line.get("x1", "0")), float(line.get("y1", "0")), float(line.get("x2", "0")), float(line.get("y2", "0")))
        for line in ET.fromstring(drawing).iter(f"{SVG}line")  # noqa: S314
    ]

    assert len(uprights) >= 6
    assert [
        (text, line)
        for text, box in words(drawing)
        for line in uprights
        if overlapping(box, (*line[:2], line[2] + 0.1, line[3]))
    ] == []


def test_figures_on_the_axis_that_would_run_together_are_thinned_out_around_zero() -> None:
    rows = [charts.SwingRow("One", -60_000, 10_000, "")]
    drawing = charts.tornado(
        rows, charts.LineAcross(0, ""), key="t", title="T", description="D", axis="", width=charts.NARROW,
        form=lambda value: f"{value:.0f} and many words",
    )  # fmt: skip

    # Ticks at -75000, -50000, -25000, 0 and 25000, 84 units apart; the words take 21 x 0.56 x 12 = 141 units.
    assert [text for text, _box in words(drawing) if "many" in text] == ["-50000 and many words", "0 and many words"]


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
        [-0.5, 0.2, 0.2, 0.9],
        charts.LineAcross(0.9, "90 %"),
        key="d",
        title="T",
        description="D",
        axis="",
        form=plain,
        most=1,
    )
    short, reached = circles(drawing, "chart-dot"), circles(drawing, "chart-point")

    assert len(short) == 3
    assert len(reached) == 1
    assert short[0][0] < short[1][0] == short[2][0] < reached[0][0]
    assert short[1][1] - short[2][1] == 20  # piled up


def test_nothing_lies_beyond_the_end_of_the_dots() -> None:
    drawing = charts.dots(
        [-29.0, -12, -11, -4], charts.LineAcross(0.9, "90 %"), key="d", title="T", description="D", axis="",
        form=lambda value: f"{100 * value:.0f} %", most=1,
    )  # fmt: skip

    assert [text for text, _box in words(drawing) if text] == [
        "-2500 %",
        "-2000 %",
        "-1500 %",
        "-1000 %",
        "-500 %",
        "0 %",
        "90 %",
    ]
    assert all(8 <= x <= charts.WIDE - 8 for x, _y in circles(drawing, "chart-dot"))


# Both rise and cross early, one rises steeply at first, one is all but level: as in the results of the samples.
COURSES = [
    (tuple(2400 + 215.0 * month for month in range(37)), tuple(462.0 * month for month in range(37)), 12),
    ((0.0, *(4000 + 190.0 * month for month in range(36))), tuple(24.0 * month for month in range(37)), None),
    (tuple(500 + 20.0 * month for month in range(37)), tuple(60.0 * month for month in range(37)), 13),
    (tuple(100 + 410.0 * month for month in range(37)), tuple(400.0 * month for month in range(37)), None),
]


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
@pytest.mark.parametrize(("values", "other", "turn"), COURSES)
def test_words_beside_two_courses_stay_inside_and_clear_of_each_other(
    values: tuple[float, ...], other: tuple[float, ...], turn: int | None, width: int
) -> None:
    curve = charts.Curve(
        values, values[-1] * 0.75, values[-1] * 1.5, "Range at the end: €7,802 to €14,830",
        "Across: months. Upward: spent so far with what you would go on paying, EUR", turn_month=turn,
        turn_words="Paid back in month 12" if turn else "", other=other, words="With the plan",
        other_words="If you keep what you have",
    )  # fmt: skip
    drawing = charts.cumulative(curve, key="c", title="T", description="D", form=plain, width=width)
    found = words(drawing)

    assert drawing.count("<polyline") == 2
    assert len({text for text, _box in found} & {curve.words, curve.other_words, curve.end_words}) == 3
    assert all(box[0] >= -1 and box[2] <= width + 1 for _text, box in found)
    assert run_together(found) == []


def test_words_of_an_axis_too_long_for_one_line_stand_in_two() -> None:
    assert svg.wrapped("Across: months. Upward: spent", 120, svg.SMALL) == ["Across: months.", "Upward: spent"]
    assert svg.wrapped("横轴：月份，纵轴：支出", 72, svg.SMALL) == ["横轴：月份，", "纵轴：支出"]


@pytest.mark.parametrize("values", [(0.0, 0.0), (-5.0, 3.0), (0.3, 0.9), (12_345_678.0, 98_765_432.0)])
def test_a_scale_holds_all_values_between_round_figures(values: tuple[float, float]) -> None:
    scale = svg.scale(values, 0, 100, ticks=5)

    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert 0 in scale.ticks


def test_a_table_says_no_amount_and_no_unit_twice() -> None:
    shown = present(STATES["merged"]().to_document(), language="en")
    (fit,) = [machine["fit"] for card in shown["cards"] for machine in card.get("machines", ())]
    *options, paid, stopping = shown["money"]["ranges"]["rows"]

    assert fit["rows"][0] == [("What the memory goes to", "The models themselves"), ("GB", "24.2")]
    assert options[0][0] == ("Option", "Heron 3 30B at Northfjord Hosting")
    assert [row[0][1] for row in (paid, stopping)] == ["You pay today: €16,632", "Of that would stop: €13,068"]
    assert {cell for row in (paid, stopping) for _column, cell in row[1:]} == {""}


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh-hans"])
@pytest.mark.parametrize("state", ["saves", "not_yet", "keeps", "merged"])
def test_no_words_of_a_drawing_run_into_others_or_out_of_it(state: str, language: str, width: str) -> None:
    money = present(STATES[state]().to_document(), language=language)["money"]
    drawings = [money["ranges"], money["running_total"], money["swings"], money["promise"].get("figure")]
    for drawing in [drawing[width] for drawing in drawings if drawing]:
        found = words(drawing)
        assert "…" not in "".join(text for text, _box in found)
        assert all(box[0] >= -1 and box[2] <= {"wide": 680, "narrow": 340}[width] + 1 for _text, box in found)
        assert run_together(found) == []
