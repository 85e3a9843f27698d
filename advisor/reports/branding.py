"""An advisor's brand on a report: name, contact, color and logo, made safe before any of it is stored.

A logo is never kept as it came. A picture is decoded and written anew as PNG, so that nothing but its pixels is left;
a drawing is read and written anew from a short list of shapes (``logo_drawings.py``). What cannot be made safe is
refused with a sentence.
"""

from __future__ import annotations

import colorsys
import hashlib
import io
import re
import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image

from advisor.reports.logo_drawings import LogoRefused, redrawn
from advisor.web.contrast import READABLE, contrast

PAPER, ACCENT = "#ffffff", "#0b5351"  # the ground of every page, and the reports' own color
COLOR = re.compile(r"#[0-9a-f]{6}")
STEP = 0.02  # of the lightness, when a color is darkened

# All assumed: room for any logo, and far below what would fill memory or a page.
LOGO_BYTES = 1024 * 1024
LOGO_PIXELS = 16_000_000  # as sent; a picture of 64 MB once it is decoded
SHOWN_PIXELS = (1200, 480)  # as kept: 600 dots an inch at the size it is printed
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_SIZE = slice(16, 24)  # width and height in the first chunk


@dataclass(frozen=True)
class Logo:
    """A logo that was made safe. ``kind``: the ending its content goes by, "png" or "svg"."""

    kind: str
    content: bytes


@dataclass(frozen=True)
class Brand:
    """Who signs a report. ``color``: "#rrggbb", readable on white."""

    name: str
    contact: str = ""
    color: str = ACCENT
    logo: Logo | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of everything in it, as hex digits."""
        logo = self.logo.content if self.logo else b""
        parts = (self.name.encode(), self.contact.encode(), self.color.encode(), logo)
        return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def safe_logo(content: bytes) -> Logo:
    """The logo as it may be stored.

    Raises:
        LogoRefused: with a sentence for whoever sent it.
    """
    if len(content) > LOGO_BYTES:
        raise LogoRefused(_("The logo is larger than 1 MB. Save it smaller, for example 1,200 pixels wide."))
    if content.startswith(PNG_HEAD):
        return Logo("png", _repainted(content))
    if b"<svg" in content:
        return Logo("svg", redrawn(content))
    raise LogoRefused(_("The logo must be a PNG picture or an SVG drawing."))


def _repainted(content: bytes) -> bytes:
    """The pixels of a picture as a new PNG: no comments, profiles or trailing data."""
    broken = LogoRefused(_("The logo could not be read as a PNG picture. Save it again in another program."))
    if len(content) < PNG_SIZE.stop:
        raise broken
    width, height = struct.unpack(">II", content[PNG_SIZE])
    if width * height > LOGO_PIXELS:  # asked before anything is decoded
        raise LogoRefused(_("The logo has too many pixels. Save it smaller, for example 1,200 pixels wide."))
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            kept = picture.convert("RGBA")
    except Exception as error:
        raise broken from error
    kept.thumbnail(SHOWN_PIXELS)
    written = io.BytesIO()
    Image.frombytes("RGBA", kept.size, kept.tobytes()).save(written, "PNG", optimize=True)
    return written.getvalue()


def readable_color(color: str) -> str:
    """The color itself where text in it can be read on white, else the nearest darker one of the same hue."""
    if not COLOR.fullmatch(color):
        raise ValueError("color: #rrggbb")
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)))
    while contrast(color, PAPER) < READABLE:
        lightness = max(lightness - STEP, 0.0)
        color = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return color
