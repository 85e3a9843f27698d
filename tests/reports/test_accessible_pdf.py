"""What a checker of accessible and archivable PDF says about reports of real answers, and what it cannot say."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

import page
import pytest

from tests.browsing import sample
from tests.reports.pdf import read, rendered, structure
from tests.samples import catalog, document

REPORTS = (("law_office", "en"), ("design_firm", "zh-hans"))  # own server with scans; pictures, in another script
every_report = pytest.mark.parametrize(("name", "language"), REPORTS)
STREAM = re.compile(rb"/Length (\d+)[^\0]{0,400}?>>\s?\n?stream\r?\n")
CR_BEFORE_END = "PDFA2A-STREAM-LENGTH-001"


@cache
def report(name: str, language: str) -> bytes:
    return rendered(document(name), answers=sample(name), catalog=catalog(), language=language)


def failures(pdf: bytes, profile: page.ValidationProfile) -> set[str]:
    found = page.validate_pdf_bytes(pdf, profile=profile)
    assert found.rules.total > 100
    return {failure.rule_id for failure in found.failures}


@every_report
def test_a_checker_of_pdf_ua_reports_no_error(name: str, language: str) -> None:
    assert failures(report(name, language), page.ValidationProfile.PDF_UA_1) == set()


@every_report
def test_a_checker_of_pdf_a_reports_no_error(name: str, language: str) -> None:
    """It takes a carriage return that is the last byte of compressed data for a part of the line end after it; whether
    lengths are right is therefore read from the file itself."""
    pdf = report(name, language)
    streams = list(STREAM.finditer(pdf))

    assert failures(pdf, page.ValidationProfile.PDF_A_2A) <= {CR_BEFORE_END}
    assert len(streams) > 20
    assert all(pdf[found.end() + int(found[1]) :].startswith(b"\nendstream") for found in streams)


@every_report
def test_tabs_follow_the_structure_on_every_page(name: str, language: str) -> None:
    assert {str(each.get("/Tabs")) for each in read(report(name, language)).pages} == {"/S"}


@every_report
def test_every_head_of_a_column_says_so_and_every_drawing_has_words(name: str, language: str) -> None:
    found = structure(read(report(name, language)).trailer["/Root"]["/StructTreeRoot"])
    heads = [element for element in found if element["/S"] == "/TH"]

    assert heads
    assert all(scope(head) == "/Column" for head in heads)
    assert all(element.get("/Alt") for element in found if element["/S"] == "/Figure")


def scope(head: Any) -> str:
    attributes = head["/A"].get_object()
    every = attributes if isinstance(attributes, list) else [attributes]
    return str(next(each.get_object()["/Scope"] for each in every if "/Scope" in each.get_object()))


@every_report
def test_headings_go_down_one_step_at_a_time(name: str, language: str) -> None:
    found = structure(read(report(name, language)).trailer["/Root"]["/StructTreeRoot"])
    levels = [int(str(element["/S"])[2:]) for element in found if re.fullmatch(r"/H[1-6]", str(element["/S"]))]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_report
def test_every_face_is_embedded_and_says_which_letters_it_shows(name: str, language: str) -> None:
    faces = {}
    for each in read(report(name, language)).pages:
        for key, face in each["/Resources"].get("/Font", {}).items():
            faces[key] = face.get_object()

    assert faces
    for face in faces.values():
        (inner,) = face["/DescendantFonts"]
        assert "/ToUnicode" in face
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())


def test_quotes_are_marked_as_english_where_the_report_is_not() -> None:
    def languages(language: str) -> set[str]:
        root = read(report("design_firm" if language == "zh-hans" else "law_office", language)).trailer["/Root"]
        return {str(each["/Lang"]) for each in structure(root["/StructTreeRoot"]) if "/Lang" in each}

    assert "en" in languages("zh-hans")
    assert not {each for each in languages("en") if not each.startswith("en")}
