"""Reading a report back."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from pypdf import PdfReader

from advisor.reports.rendering import render_pdf
from tests.recommendations import STATES, make_recommendation
from tests.reports.sample import ANSWERS, CATALOG, MOMENT


def rendered(document: dict[str, Any] | None = None, **changes: Any) -> bytes:
    """A report of a made-up recommendation; any argument of ``render_pdf`` can be changed."""
    given: dict[str, Any] = {
        "answers": ANSWERS,
        "catalog": CATALOG,
        "language": "en",
        "paper": "a4",
        "timestamp": MOMENT,
        "number": "R-261121-7F3KQM",
        "catalog_version": "12",
        **changes,
    }
    return render_pdf(make_recommendation().to_document() if document is None else document, **given)


@cache
def rendered_state(state: str, paper: str = "a4") -> bytes:
    """The report of one of the states to design for, made once for all tests."""
    return rendered(STATES[state]().to_document(), paper=paper)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page without white space, which extraction puts where it likes."""
    return [packed(page.extract_text()) for page in read(pdf).pages]


def words(pdf: bytes) -> str:
    return "".join(pages(pdf))


def packed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def structure(element: Any) -> list[Any]:
    """Every structure element below this one."""
    children = element.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    found = []
    for child in children if isinstance(children, list) else [children]:
        kid = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(kid, dict) and "/S" in kid:
            found += [kid, *structure(kid)]
    return found
