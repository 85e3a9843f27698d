"""What comes in as a logo, and what is kept of it."""

from __future__ import annotations

import io
import struct
import time
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from advisor.reports.branding import LOGO_BYTES, Brand, Logo, readable_color, safe_logo
from advisor.reports.logo_drawings import LogoRefused
from advisor.reports.options import Options
from advisor.web.contrast import contrast
from tests.reports.pdf import read, rendered, structure, words

OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
NO_SIZE = (
    b'viewBox="0 0 0 0"', b'viewBox="0 0 9"', b'viewBox="0 0 9 nan"', b'viewBox="0 0 9 1e999"', b'width="0" height="9"',
    b'width="100%" height="9"', b'width="..." height="-5"',
)  # fmt: skip
DRAWING = OPEN + b'<title>x</title><g style="fill:#cc3333;paint-order:normal"><path d="M0 0 L40 20Z"/></g></svg>'


def png(size: tuple[int, int] = (60, 20), *, note: str = "") -> bytes:
    """A picture with a comment in it."""
    info = PngInfo()
    info.add_text("Comment", note)
    written = io.BytesIO()
    Image.new("RGB", size, "#cc3333").save(written, "PNG", pnginfo=info)
    return written.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(side: int) -> bytes:
    """A picture of that many pixels each way, packed into next to nothing."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_a_picture_is_painted_anew() -> None:
    kept = safe_logo(png(note="<script>secret</script>") + b"trailing secret")

    assert kept.kind == "png"
    assert b"secret" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.size, picture.getpixel((3, 3))) == ((60, 20), (204, 51, 51, 255))


def test_a_large_picture_is_kept_small() -> None:
    with Image.open(io.BytesIO(safe_logo(png((3000, 1500))).content)) as picture:
        assert picture.size == (960, 480)


@pytest.mark.parametrize("side", [5_000, 60_000])
def test_a_picture_that_would_fill_memory_is_refused_unread(side: int) -> None:
    sent, started = bomb(side), time.process_time()

    with pytest.raises(LogoRefused, match="too many pixels"):
        safe_logo(sent)

    assert len(sent) < 3000
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "must be a PNG picture or an SVG"),
        (b"GIF89a", "must be a PNG picture or an SVG"),
        (b"\x89PNG\r\n\x1a\n", "could not be read as a PNG"),
        (png()[:60], "could not be read as a PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (LOGO_BYTES + 1), "larger than 1 MB"),
        (OPEN, "could not be read"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "does not say how large"),
        (b'<svg viewBox="0 0 1 1"/>', "does not say how large"),
        *((b'<svg xmlns="http://www.w3.org/2000/svg" ' + size + b"/>", "does not say how large") for size in NO_SIZE),
        (OPEN + b"<path d='M0 0'/>" * 2001 + b"</svg>", "too many parts"),
        (OPEN + b"<g>" * 30 + b"</g>" * 30 + b"</svg>", "too many parts"),
        (OPEN + b"<!-- " + b"x" * 300_000 + b" --></svg>", "larger than 256 kB"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(sent: bytes, said: str) -> None:
    with pytest.raises(LogoRefused, match=said):
        safe_logo(sent)


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        (b"<script>alert(1)</script>", "script"),
        (b'<path d="M0 0" onload="alert(1)"/>', "onload"),
        (b"<style>@import url(https://example.com/x.css)</style>", "style"),
        (b'<image href="https://example.com/x.png" width="1" height="1"/>', "image"),
        (b'<image xmlns:l="http://www.w3.org/1999/xlink" l:href="file:///etc/passwd"/>', "image"),
        (b'<g xmlns:l="http://www.w3.org/1999/xlink" l:href="https://example.com/"/>', "href"),
        (b'<use href="#a"/>', "use"),
        (b"<foreignObject><p/></foreignObject>", "foreignObject"),
        (b"<text>words</text>", "text"),
        (b'<path d="M0 0" fill="url(https://example.com/x.svg#a)"/>', "fill"),
        (b'<path d="M0 0" style="fill:url(file:///etc/passwd)"/>', "fill"),
        (b'<path d="M0 0" style="font-family:Sample"/>', "font-family"),
        (b'<rect width="1e999999" height="1"/>', "width"),
    ],
)
def test_a_drawing_with_more_than_shapes_is_refused_by_name(inside: bytes, named: str) -> None:
    with pytest.raises(LogoRefused, match=f"“{named}”"):
        safe_logo(OPEN + inside + b"</svg>")


def test_a_drawing_with_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + OPEN + b"<desc>&b;</desc></svg>"

    with pytest.raises(LogoRefused, match="could not be read"):
        safe_logo(bomb)


def test_a_drawing_is_written_anew_with_its_shapes_only() -> None:
    kept = safe_logo(DRAWING.replace(b"<g ", b'<metadata>secret</metadata><g xmlns:i="urn:ink" i:label="secret" '))

    assert kept.kind == "svg"
    assert b"secret" not in kept.content
    assert b"title" not in kept.content
    assert b'fill="#cc3333"' in kept.content
    assert b'd="M0 0 L40 20Z"' in kept.content


@pytest.mark.parametrize(
    "inside",
    [
        b'<path d="zzzz"/><g transform="nonsense(1"><rect width="9e99" height="9"/></g>',
        b'<g id="a" fill="url(#a)"><rect width="9" height="9"/><path fill="url(#none)" d="M0 0L9 9Z"/></g>',
    ],
)
def test_a_drawing_that_makes_no_sense_does_not_stop_the_report(inside: bytes) -> None:
    logo = safe_logo(b'<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="20">' + inside + b"</svg>")

    assert b'viewBox="0 0 40 20"' in logo.content
    assert rendered(options=Options(brand=Brand("\ue000", logo=logo)))


@pytest.mark.parametrize("logo", [safe_logo(png()), safe_logo(DRAWING)])
def test_a_logo_stands_on_the_cover_with_a_text_in_its_place(logo: Logo) -> None:
    brand = Brand("Holm #strong[Beratung]", "mira@example.com", "#7a2048", logo)

    pdf = rendered(options=Options(brand=brand))

    text = words(pdf)
    assert "Holm#strong[Beratung]" in text
    assert "mira@example.com" in text
    assert "MadewithOpen-SourceAIAdoptionAdvisor" in text
    drawings = [part for part in structure(read(pdf).trailer["/Root"]["/StructTreeRoot"]) if part["/S"] == "/Figure"]
    assert drawings[0]["/Alt"] == "Holm #strong[Beratung]"


def test_a_color_that_can_be_read_on_white_stays() -> None:
    assert readable_color("#0b5351") == "#0b5351"


@pytest.mark.parametrize("color", ["#ffd000", "#ffffff", "#00ff00", "#ff9999"])
def test_a_color_too_light_is_darkened_until_it_can_be_read(color: str) -> None:
    made = readable_color(color)

    assert contrast(made, "#ffffff") >= 4.5
    assert made != color


def test_only_colors_are_colors() -> None:
    with pytest.raises(ValueError, match="rrggbb"):
        readable_color("red")
