"""The faces a report may use, and making any text safe to set in them.

PDF/A and PDF/UA refuse a document with a glyph that no face has, so a single emoji in a product name could stop a
report. Text is therefore cleaned first: control, invisible and private-use characters go, and what no bundled face
has becomes a box.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FACES = Path(__file__).parent / "faces"  # the text face, one file a weight
FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
MISSING = "\u25a1"  # white square, in the Chinese face
BREAK = "\u200b"  # zero width space: a place where a long word may be cut
LONGEST_WORD = 32
CUT_EVERY = 16
LONG = re.compile(rf"[!-~\u00a1-\u024f]{{{LONGEST_WORD + 1},}}")  # Latin letters, figures and marks
PARTS = re.compile(r"[^/._?&=+,;:-]*[/._?&=+,;:-]+|[^/._?&=+,;:-]+")

CHARACTERS = 0x10FFFF
# Most of what a report says in European languages: the text face has all of these, and none is ever written otherwise.
PLAIN = re.compile("[ -~\xa0-\xac\xae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u202f\u20ac\u2212]*")
DROPPED = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
WIDE_CMAP = (3, 10)  # platform and encoding of a table that reaches beyond 65,536 characters
UNICODE_CMAPS = (WIDE_CMAP, (0, 4), (0, 6), (3, 1), (0, 3))


def font_folders() -> list[Path]:
    """Our own faces and those of the installed packages; a missing package is a broken installation."""
    folders = [FACES]
    for name in FONT_PACKAGES:
        spec = find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError(f"The font package {name} is not installed: run make setup.")
        folders.append(Path(next(iter(spec.submodule_search_locations))))
    return folders


def font_files() -> list[Path]:
    endings = {".ttf", ".otf", ".ttc"}
    return sorted(file for folder in font_folders() for file in folder.rglob("*") if file.suffix in endings)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Every character that at least one bundled face can show."""
    points: set[int] = set()
    for file in font_files():
        points.update(_characters(file.read_bytes()))
    return frozenset(points)


def printable(text: str) -> str:
    """The text as it can be set: readable characters only, and a box for what no face has."""
    if PLAIN.fullmatch(text):
        return text
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=8192)  # a report has a few hundred different characters
def _shown(char: str) -> str:
    if char in " \t\n\r\v\f\u2028\u2029":
        return " "
    if unicodedata.category(char) in DROPPED or _is_variation(char):
        return ""
    return char if ord(char) in covered() else MISSING


def with_breaks(text: str) -> str:
    """Places to cut inside words too long for a line or a table cell: where their parts end, as in addresses.

    Chinese needs none: it may be broken anywhere.
    """
    return text if len(text) <= LONGEST_WORD else LONG.sub(_cut, text)


def plainest(text: str) -> str:
    """A last resort when a printable text still cannot be set: Latin and Chinese characters only."""
    return "".join(char if char < "\u0250" or "\u4e00" <= char <= "\u9fff" else "?" for char in text)


def _is_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _cut(word: re.Match[str]) -> str:
    """A word in parts of at most ``LONGEST_WORD`` letters, each ending where it may."""
    parts = [""]
    for piece in PARTS.findall(word.group()):
        pieces = [piece[start : start + CUT_EVERY] for start in range(0, len(piece), CUT_EVERY)]
        for each in pieces if len(piece) > LONGEST_WORD else [piece]:
            if len(parts[-1]) + len(each) > CUT_EVERY:
                parts.append("")
            parts[-1] += each
    return BREAK.join(part for part in parts if part)


def _characters(font: bytes) -> Iterator[int]:
    """Characters of one font file, or of the first face of a collection (its faces share their characters)."""
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", font, start + 4)[0]
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + index * 16)
        if tag == b"cmap":
            yield from _cmap(font, offset)


def _cmap(font: bytes, start: int) -> Iterator[int]:
    tables = {}
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + index * 8)
        tables[(platform, encoding)] = start + offset
    best = next((tables[kind] for kind in UNICODE_CMAPS if kind in tables), None)
    if best is None:
        return
    match struct.unpack_from(">H", font, best)[0]:
        case 4:
            yield from _segments(font, best)
        case 12:
            yield from _groups(font, best)


def _segments(font: bytes, start: int) -> Iterator[int]:
    """Format 4: segments of the first 65,536 characters; a segment may leave some of its characters out."""
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    ends = start + 14
    for index in range(0, doubled, 2):
        last = struct.unpack_from(">H", font, ends + index)[0]
        first = struct.unpack_from(">H", font, ends + doubled + 2 + index)[0]
        delta = struct.unpack_from(">H", font, ends + 2 * doubled + 2 + index)[0]
        here = ends + 3 * doubled + 2 + index
        offset = struct.unpack_from(">H", font, here)[0]
        for point in range(first, last + 1):
            glyph = point if offset == 0 else struct.unpack_from(">H", font, here + offset + 2 * (point - first))[0]
            if point < 0xFFFF and glyph and (glyph + delta) % 65536:
                yield point


def _groups(font: bytes, start: int) -> Iterator[int]:
    """Format 12: groups of characters, each with the glyph of its first."""
    for index in range(struct.unpack_from(">I", font, start + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + index * 12)
        yield from range(first if glyph else first + 1, min(last, CHARACTERS) + 1)
