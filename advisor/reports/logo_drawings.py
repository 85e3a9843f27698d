"""Drawings (SVG) as logos: read, and written anew from a short list of shapes and attributes.

Nothing is copied. An element or a value that is not on the list refuses the drawing, so a script, a reference to
another place, a style sheet, an embedded picture or a face of its own cannot come through.
"""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

SVG = "{http://www.w3.org/2000/svg}"
# All assumed: any logo fits, and nothing costs more than milliseconds to draw.
MOST_BYTES, MOST_ELEMENTS, DEEPEST, LONGEST_VALUE = 256 * 1024, 2000, 24, 100_000

SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
PAINTS = {"defs", "linearGradient", "radialGradient", "stop"}
LEFT_OUT = {"title", "desc", "metadata"}  # words; the report says in words what the logo is
LENGTH = re.compile(r"[-+]?[0-9.]{1,20}(?:[eE][-+]?\d{1,2})?(?:px|pt|mm|cm|in|%)?")
NUMBERS = re.compile(r"[0-9eE+\-.,\s]+|none")
DRAWN = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]+")
PAINT = re.compile(
    r"none|currentColor|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-zA-Z]{3,20}|url\(#[\w-]{1,64}\)"
    r"|rgb\(\s*\d{1,3}%?\s*,\s*\d{1,3}%?\s*,\s*\d{1,3}%?\s*\)"
)
TURNED = re.compile(r"[a-zA-Z0-9+\-.,()\s]{1,500}")
NAME = re.compile(r"[\w-]{1,64}")
WORD = re.compile(r"[a-zA-Z]{3,20}")

GEOMETRY = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "offset")
WIDTHS = ("stroke-width", "stroke-miterlimit", "stroke-dashoffset", "opacity", "fill-opacity", "stroke-opacity")
COLORS = ("fill", "stroke", "stop-color", "color")
WORDS = ("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "gradientUnits", "spreadMethod")
ALLOWED: dict[str, re.Pattern[str]] = {
    **dict.fromkeys((*GEOMETRY, *WIDTHS, "stop-opacity"), LENGTH),
    **dict.fromkeys(COLORS, PAINT),
    **dict.fromkeys(WORDS, WORD),
    **dict.fromkeys(("transform", "gradientTransform"), TURNED),
    **dict.fromkeys(("viewBox", "points", "stroke-dasharray"), NUMBERS),
    **dict.fromkeys(("display", "visibility"), WORD),
    "d": DRAWN,
    "id": NAME,
}
PLAIN = {"none", "normal", "auto"}  # what a style says about properties it leaves as they are
# Say nothing a drawing on paper needs.
IGNORED = {"version", "class", "role", "baseProfile", "enable-background"}
IGNORED_STARTS = ("{", "-", "data-", "aria-")  # "{": of another namespace
SIDES = ("width", "height")

ElementTree.register_namespace("", SVG[1:-1])


class LogoRefused(ValueError):
    """A logo that cannot be used; its text is a sentence for whoever sent it."""


def redrawn(content: bytes) -> bytes:
    """The drawing written anew from what is on the list.

    Raises:
        LogoRefused: with what stands in the way.
    """
    if len(content) > MOST_BYTES:
        raise LogoRefused(_("The drawing is larger than 256 kB. Save it as a PNG picture instead."))
    try:
        root = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise LogoRefused(_("The drawing could not be read. Save it as plain SVG, or as a PNG picture.")) from error
    size = _size(root) if root.tag == f"{SVG}svg" else None
    if size is None:
        raise LogoRefused(_("The drawing does not say how large it is. Save it as plain SVG, or as a PNG picture."))
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise LogoRefused(_("The drawing has too many parts. Save it as a PNG picture instead."))
    made = _copied(root, 0)
    made.attrib = {name: value for name, value in made.attrib.items() if name not in ("x", "y", *SIDES)}
    made.set("viewBox", size)
    drawing: str = ElementTree.tostring(made, encoding="unicode")
    return drawing.encode()


def _size(root: Any) -> str | None:
    """The part of the plane that is drawn, as a viewBox; None where it is missing or empty. A page sets the rest."""
    said = root.get("viewBox") or "0 0 {} {}".format(*(root.get(side, "").removesuffix("px") for side in SIDES))
    try:
        numbers = [float(part) for part in said.replace(",", " ").split()]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
        return None
    return " ".join(f"{number:g}" for number in numbers)


def _copied(element: Any, depth: int) -> ElementTree.Element:
    if depth > DEEPEST:
        raise LogoRefused(_("The drawing has too many parts. Save it as a PNG picture instead."))
    made = ElementTree.Element(element.tag, _attributes(element))
    for child in element:
        name = _own_name(child)
        if name in LEFT_OUT or name == "":
            continue
        if name not in SHAPES | PAINTS:
            raise _refused(name)
        made.append(_copied(child, depth + 1))
    return made


def _own_name(element: Any) -> str:
    """The name of an SVG element; "" for a comment and for what drawing programs note for themselves."""
    tag = element.tag
    return tag.removeprefix(SVG) if isinstance(tag, str) and tag.startswith(SVG) else ""


def _attributes(element: Any) -> dict[str, str]:
    given = {name: value for name, value in element.attrib.items() if name != "style"}
    for rule in filter(str.strip, element.get("style", "").split(";")):
        name, _colon, value = rule.partition(":")
        if name.strip() in ALLOWED or value.strip() not in PLAIN:
            given[name.strip()] = value.strip()
    kept = {}
    for name, value in given.items():
        if name.endswith("}href"):
            raise _refused("href")
        if name.startswith(IGNORED_STARTS) or name in IGNORED:
            continue
        allowed = ALLOWED.get(name)
        if allowed is None or len(value) > LONGEST_VALUE or not allowed.fullmatch(value):
            raise _refused(name)
        kept[name] = value
    return kept


def _refused(name: str) -> LogoRefused:
    said = _(
        "The drawing contains “%(name)s”, which a report cannot show or must not carry: only plain shapes are taken. "
        "Turn text and pictures into shapes, or save it as a PNG picture."
    )
    return LogoRefused(said % {"name": name[:40]})
