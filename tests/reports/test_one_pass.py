"""What the layout is told beforehand, so that it need not set things twice, and the face these promises rest on."""

from __future__ import annotations

import struct

import pytest
from PIL import ImageFont

from advisor.reports.content.blocks import Column, facts, group, table, text, working
from advisor.reports.fonts import FACES, width


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold"])
def test_the_text_face_is_cut_to_one_weight_and_renamed_as_its_license_asks(style: str) -> None:
    file = FACES / f"AdvisorSans-{style}.ttf"
    content = file.read_bytes()
    tables = {content[12 + 16 * place :][:4] for place in range(struct.unpack_from(">H", content, 4)[0])}
    assert tables.isdisjoint({b"fvar", b"gvar", b"HVAR"})
    name, _ = ImageFont.truetype(file).getname()
    assert name is not None
    assert name.startswith("Advisor Sans")
    assert "Source" not in name
    assert "SIL Open Font License".encode("utf-16-be") in content


def test_all_figures_are_as_wide_as_one_another() -> None:
    assert len({width(figure) for figure in "0123456789"}) == 1


def test_rows_that_surely_need_one_line_are_told_from_those_that_may_need_more() -> None:
    # Half of 167 mm less 2.4 mm is 81.1 mm; letters of 8.6 points are 3.03 mm high, so 26.7 sizes fit.
    fits, too_long = "m" * int(26.7 / width("m")), "m" * (int(26.8 / width("m")) + 1)
    columns = (Column("A", share=1), Column("B", share=1))
    assert table(columns, [[fits, ""], ["", too_long], [too_long, fits]])["one-line"] == [True, False, False]


def test_a_column_as_wide_as_its_content_leaves_less_for_the_others() -> None:
    columns = (Column("A"), Column("B", share=1))
    long = "m" * 40
    assert table(columns, [["1", long]])["one-line"] == [True]
    assert table(columns, [[long, long]])["one-line"] == [False]


def test_letters_of_other_faces_count_as_wide_as_they_may_be() -> None:
    assert width("中") == 1.5
    assert facts([("Name", "Laden"), ("Name", "中" * 15)])["one-line"] == [True, False]  # 15 times 1.5 sizes of 3.39 mm
    assert working("", "", rows=[("a", "b"), ("a" * 80, "b")])["one-line"] == [True, False]


def test_a_head_hangs_beside_its_group_only_if_it_cannot_be_higher() -> None:
    three_lines = "Twenty-three characters"  # lines of 11
    assert group("Short", [text("One line.")])["hung"]
    assert not group(three_lines, [text("One line.")])["hung"]
    assert group(three_lines, [facts([("a", "b")] * 2), text("One line.")])["hung"]
    assert not group("Short", [text("x" * 1000)])["hung"]  # goes on overleaf
