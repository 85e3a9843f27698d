"""What the layout is told beforehand, so that it need not set things twice, and the face these promises rest on."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PIL import ImageFont

from advisor.reports.content.blocks import Block, Column, column, facts, group, table, text
from advisor.reports.content.blocks import columns as in_columns
from advisor.reports.fonts import FACES
from advisor.reports.lines import measured, tell_lines
from tests.reports.pdf import rendered


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
    assert len({measured("Regular")(figure) for figure in "0123456789"}) == 1


def told(blocks: list[Block], *, language: str = "en", paper: str = "a4") -> list[int]:
    """Lines of the rows of the first of the blocks of a page."""
    tell_lines({"lang": language, "paper": paper, "contents": {"blocks": []}, "sections": [{"blocks": blocks}]})
    return list(blocks[0]["lines"])


def forget(value: Any) -> None:
    """Take all that was told about lines out of a report's data."""
    if isinstance(value, dict):
        value |= {"lines": [0] * len(value["rows"])} if value.get("kind") in {"table", "facts", "working"} else {}
        value |= {"head-lines": 0} if "head-lines" in value else {}
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        forget(each)


HALVES = (Column("A", share=1), Column("B", share=1))
MANY = "m" * 20  # 16.58 sizes


def test_lines_of_a_row_are_those_of_its_highest_cell() -> None:
    # Half of 167 mm less 2.4 mm is 81.1 mm; letters of 8.6 points are 3.034 mm high, so 26.73 sizes fit.
    assert measured("Regular")("m") == 0.829
    two, three = f"{MANY} {MANY}", f"{MANY} {MANY} {MANY}"
    rows = [["m" * 32, ""], ["", two], [three, two]]  # 32 times 0.829 is 26.53
    assert told([table(HALVES, rows)]) == [1, 2, 3]


def test_a_wider_paper_has_wider_cells() -> None:
    # Half of 172.9 mm less 2.4 mm is 84.05 mm or 27.70 sizes; 33 letters and a space of 0.2 take 27.56.
    text = f"{MANY} {'m' * 13}"
    assert told([table(HALVES, [[text, ""]])]) == [2]
    assert told([table(HALVES, [[text, ""]])], paper="us-letter") == [1]


def test_heads_of_tables_and_stressed_rows_are_bolder_and_so_wider() -> None:
    words = " ".join(["minimum"] * 4)
    room = measured("Regular")(words) * 8.6 * 25.4 / 72 + 0.1
    columns = (Column(words, share=room + 2.4), Column("B", share=167 - room - 2.4))
    block = table(columns, [[words, ""], [words, ""]], strong=(1,))
    assert told([block]) == [1, 2]
    assert block["head-lines"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "m" * 40,  # would be broken somewhere
        f"{MANY} {'m' * 11}-{'m' * 5} {MANY}",  # three lines, or two where one ends at the hyphen
        f"{MANY} {'m' * 11} 中",  # of another face
    ],
)
def test_lines_are_not_told_where_they_are_not_sure(text: str) -> None:
    assert told([table(HALVES, [[text, ""], ["", "m"]])]) == [0, 1]


def test_an_unsure_cell_does_not_matter_beside_one_that_is_surely_higher() -> None:
    unsure, higher = f"{MANY} {'m' * 11}-{'m' * 5} {MANY}", f"{MANY} {MANY} {MANY}"
    assert told([table(HALVES, [[unsure, higher]])]) == [3]


def test_a_column_as_wide_as_its_content_leaves_less_for_the_others() -> None:
    columns = (Column("A"), Column("B", share=1))
    long = "m" * 40
    assert told([table(columns, [["1", long]])]) == [1]
    assert told([table(columns, [[long, long]])]) == [0]
    assert told([table(columns, [[long * 2, "m"]])]) == [0]  # wider than the page


def test_letters_of_other_faces_count_as_wide_as_they_may_be() -> None:
    assert measured("Regular")("中") == 1.5
    rows = [("Name", "Laden"), ("Name", "中" * 15)]  # 15 times 1.5 sizes of 3.39 mm are 76.2 mm
    by_itself, within, beside = facts(rows), facts(rows), facts(rows)  # of 117, 75 and 30 mm
    told([by_itself, group("Head", [within]), in_columns([column("Left", [beside]), column("Right", [])])])
    assert [block["lines"] for block in (by_itself, within, beside)] == [[1, 1], [1, 0], [1, 0]]


def test_marks_that_a_chinese_page_takes_from_another_face_are_not_counted() -> None:
    text = f"{MANY} – {MANY}"
    assert told([table(HALVES, [[text, ""]])]) == [2]
    assert told([table(HALVES, [[text, ""]])], language="zh-hans") == [0]


@pytest.mark.parametrize(("language", "paper"), [("en", "a4"), ("de", "us-letter")])
def test_rows_are_as_high_as_the_layout_would_find_them(
    language: str, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_beforehand = rendered(language=language, paper=paper)

    def nothing_known(data: dict[str, Any]) -> None:
        tell_lines(data)
        forget(data)

    monkeypatch.setattr("advisor.reports.rendering.tell_lines", nothing_known)
    assert rendered(language=language, paper=paper) == told_beforehand


def test_a_head_hangs_beside_its_group_only_if_it_cannot_be_higher() -> None:
    three_lines = "Twenty-three characters"  # lines of 11
    assert group("Short", [text("One line.")])["hung"]
    assert not group(three_lines, [text("One line.")])["hung"]
    assert group(three_lines, [facts([("a", "b")] * 2), text("One line.")])["hung"]
    assert not group("Short", [text("x" * 1000)])["hung"]  # goes on overleaf
