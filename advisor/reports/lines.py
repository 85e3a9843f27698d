"""How many lines each row of a table needs, where that is sure: the layout need not set it to find its height.

Lines are filled as Typst fills them, each with the words that fit, from the widths of the text face's letters. Where a
word fits by a hair or may be broken within, lines are counted both ways; a row whose two counts differ, or that holds
letters of another face, is left to the layout (0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import Any

from PIL import ImageFont

from advisor.reports.fonts import BREAK, FACES, PLAIN

Block = dict[str, Any]
Measure = Callable[[str], float]  # of a word, in sizes of its letters

POINT = 25.4 / 72  # mm
# What follows stands in typst/ too: millimeters, and sizes of letters.
MARGINS = 43.0  # left and right of a page
WIDTHS = {"a4": 210.0 - MARGINS, "us-letter": 215.9 - MARGINS}
HANG = 42.0  # side column and gutter of a group
BETWEEN = 7.0  # columns
INSET = 2.4  # left and right of the text in a table's cell
TABLE_SIZES = {False: 8.6 * POINT, True: 7.8 * POINT}  # dense or not
FACTS_SIZE, FACTS_NAME = 9.6 * POINT, 46.0
WORKING_SIZE, WORKING_NAME = 7.8 * POINT, 56.0
GAP = 4.0  # right of a name, and of its value

UNITS = 1000  # of a letter's size in the text face
FOREIGN = 1.5  # of its size a letter of another face takes at most; assumed, a Chinese character takes 1
DOUBT = 0.001  # of a letter's size: one unit, because Typst adds up the widths in another order
KERNED = 0.04  # of a line that kerning may take away; assumed, six close pairs among 25 letters
UNKNOWN = 1000  # lines, more than any page has
# Where a word may be broken: wherever it has other than letters, figures, and marks that stay with what is before them.
BROKEN = re.compile(r"[^\w .,;:()%\xa0\u202f]|_|www\.")
OTHERWISE_IN_CHINESE = re.compile("[\u2010-\u2026]")  # marks that Chinese pages take from the Chinese face
GAPS = re.compile(f"([ {BREAK}])")


def tell_lines(data: Mapping[str, Any]) -> None:
    """Write into the blocks of a report, ready to be set, how many lines their rows need, and the heads of tables."""
    for section in (data["contents"], *data["sections"]) if data else ():
        chinese = data["lang"].startswith("zh")
        for block, room in _with_rows(section["blocks"], WIDTHS[data["paper"]]):
            match block["kind"]:
                case "table":
                    block["head-lines"], *block["lines"] = _of_table(block, room, chinese=chinese)
                case "facts":
                    rooms = (FACTS_NAME - GAP, room - FACTS_NAME - GAP)
                    block["lines"] = _of_pairs(block, rooms, FACTS_SIZE, kerned=KERNED, chinese=chinese)
                case _:
                    rooms = (WORKING_NAME - GAP, room - WORKING_NAME - GAP)
                    block["lines"] = _of_pairs(block, rooms, WORKING_SIZE, chinese=chinese)


def _with_rows(blocks: Sequence[Block], room: float) -> Iterator[tuple[Block, float]]:
    """Blocks that have rows, and the width in mm that each has."""
    for block in blocks:
        match block:
            case {"kind": "group", "blocks": list(within)}:
                yield from _with_rows(within, room - HANG)
            case {"kind": "columns", "columns": list(parts)}:
                for part in parts:
                    yield from _with_rows(part["blocks"], (room + BETWEEN) / len(parts) - BETWEEN)
            case {"kind": "table" | "facts" | "working"}:
                yield block, room


def _of_pairs(
    block: Block, rooms: tuple[float, float], size: float, *, kerned: float = 0.0, chinese: bool
) -> list[int]:
    measure = measured("Regular")
    name, value = rooms[0] / size, rooms[1] / size
    return [
        _highest(
            (
                lines(row[0], name, measure, kerned=kerned, chinese=chinese),
                lines(row[1], value, measure, kerned=kerned, chinese=chinese),
            )
        )
        for row in block["rows"]
    ]


def _of_table(block: Block, room: float, *, chinese: bool) -> list[int]:
    """Lines of the heads, then of each row."""
    columns, size = block["columns"], TABLE_SIZES[block["dense"]]
    rows = [[column["label"] for column in columns], *block["rows"]]
    faces = [measured("SemiBold"), *repeat(measured("Regular"), len(rows) - 1)]
    for place in block["strong"]:
        faces[place + 1] = measured("Bold")
    autos = [place for place, column in enumerate(columns) if "share" not in column]
    exact = all(PLAIN.fullmatch(row[place]) for place in autos for row in rows)
    widest = (max(face(row[place]) for row, face in zip(rows, faces, strict=True)) * size + INSET for place in autos)
    free = room - sum(widest)
    if free < 0:
        return [0] * len(rows)
    shares = sum(column.get("share", 0.0) for column in columns)
    rooms = [(free * each["share"] / shares - INSET) / size if "share" in each else float("inf") for each in columns]
    found = [
        _highest(lines(cell, most, face, exact=exact, chinese=chinese) for cell, most in zip(row, rooms, strict=True))
        for row, face in zip(rows, faces, strict=True)
    ]
    # Letters of another face are higher: heads, which have no room to spare, are told only if they have none.
    return [found[0] if all(map(PLAIN.fullmatch, rows[0])) else 0, *found[1:]]


def _highest(cells: Iterable[tuple[int, int]]) -> int:
    """The lines of a row's highest cell; 0 where they are not sure."""
    least, most = map(max, zip(*cells, strict=True))
    return least if least == most else 0


def lines(
    text: str, room: float, measure: Measure, *, kerned: float = 0.0, exact: bool = True, chinese: bool = False
) -> tuple[int, int]:
    """How many lines a text needs at least and at most in a room, in sizes of its letters.

    ``exact`` false: there may be more room. ``kerned``: the part of a line that kerning may take away.
    """
    if len(text) * FOREIGN < room:
        return 1, 1
    words, space = text.split(" "), measure(" ")
    widths = [*map(measure, words)]
    if sum(widths) + (len(words) - 1) * space <= room - DOUBT:
        return 1, 1
    if not exact or (chinese and OTHERWISE_IN_CHINESE.search(text)) or not PLAIN.fullmatch(text.replace(BREAK, "")):
        return 1, UNKNOWN
    gaps = [space] * (len(words) - 1)
    if BREAK in text:
        pieces = GAPS.split(text)
        words, gaps = pieces[::2], [space if gap == " " else 0.0 for gap in pieces[1::2]]
        widths = [*map(measure, words)]
    if "" in words or max(widths) > room - DOUBT:
        return 1, UNKNOWN
    most = _filled(widths, gaps, room - DOUBT)
    broken = [BROKEN.search(word) is not None for word in words] if BROKEN.search(text) else ()
    narrow = [width * (1 - kerned) for width in widths] if kerned else widths
    return _filled(narrow, gaps, room + DOUBT, broken), most


def _filled(words: Sequence[float], gaps: Sequence[float], room: float, broken: Sequence[bool] = ()) -> int:
    """Lines that words of these widths fill, each taking what fits; a broken one is cut wherever the line ends."""
    count, used = 1, words[0]
    for place, gap in enumerate(gaps, start=1):
        used += gap + words[place]
        if used > room:
            count, used = count + 1, used - room if broken and broken[place] else words[place]
    return count


@cache
def measured(style: str) -> Measure:
    """Widths in one face of the text family; words are remembered, because a report has few different ones."""
    face = ImageFont.truetype(FACES / f"AdvisorSans-{style}.ttf", UNITS, layout_engine=ImageFont.Layout.BASIC)

    @lru_cache(maxsize=1024)
    def letter(char: str) -> float:
        return face.getlength(char) / UNITS if PLAIN.fullmatch(char) else FOREIGN

    @lru_cache(maxsize=16384)
    def word(letters: str) -> float:
        return sum(map(letter, letters))

    return word
