"""The PDF itself: figures, pages, structure, languages, repeatability."""

from __future__ import annotations

import pytest
from django.utils import translation

from advisor.assessments.presentation import present
from advisor.reports.content import Edition, report_data
from advisor.reports.options import Options
from advisor.reports.rendering import Paper
from tests.recommendations import STATES
from tests.reports.pdf import packed, pages, read, rendered, rendered_state, structure, words
from tests.reports.sample import ANSWERS, CATALOG, MOMENT

CONTENTS, SUMMARY = 1, 2  # page indexes: cover, contents, summary


@pytest.fixture(scope="module")
def usual() -> bytes:
    return rendered()


@pytest.mark.parametrize("state", STATES)
def test_every_headline_figure_is_on_the_summary_page(state: str) -> None:
    document = STATES[state]().to_document()

    page = pages(rendered_state(state))[SUMMARY]

    shown = present(document, language="en")["answer"]
    assert packed(shown["title"]) in page
    for figure in shown["figures"]:
        assert packed(figure["figure"]) in page
        assert packed(figure["detail"]) in page


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("state", STATES)
def test_the_summary_is_one_page_in_every_state(state: str, paper: str) -> None:
    found = pages(rendered_state(state, paper))

    assert found[SUMMARY].startswith("1Summary")
    assert found[SUMMARY + 1].startswith("2Whatyoutoldus")


@pytest.mark.parametrize("state", STATES)
def test_every_cell_of_every_table_is_on_paper(state: str) -> None:
    document = STATES[state]().to_document()
    edition = Edition(language="en", paper="a4", timestamp=MOMENT, number="R-1", catalog_version="12")

    text = words(rendered_state(state))

    with translation.override("en"):
        sections = report_data(document, answers=ANSWERS, edition=edition, catalog=CATALOG)["sections"]
    tables = [block for section in sections for block in section["blocks"] if block["kind"] == "table"]
    assert tables
    for table in tables:
        for row in table["rows"]:
            for cell in row:
                assert packed(cell) in text, cell


def test_a_loss_is_called_a_loss() -> None:
    document = STATES["keeps"]().to_document()

    page = pages(rendered_state("keeps"))[SUMMARY]

    loss = -document["plans"][0]["savings"]["total"]["central"]
    assert packed(f"€{loss:,.0f} more") in page


def test_with_low_confidence_no_single_saving_is_stated() -> None:
    document = STATES["low_confidence"]().to_document()

    text = words(rendered_state("low_confidence"))

    saving = document["plans"][0]["savings"]["total"]["central"]
    assert packed(f"€{saving:,.0f} less") not in text
    assert packed(f"€{saving:,.0f}") not in text


def test_without_spending_today_nothing_is_called_a_saving() -> None:
    text = words(rendered_state("no_baseline"))

    assert packed("Nothing comparable is paid today, so there is nothing to save.") in text
    assert "Differencefromtoday" not in text


def test_it_says_what_it_is_to_machines(usual: bytes) -> None:
    catalog = read(usual).trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()

    assert catalog["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("en")
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert (read(usual).metadata or {}).get("/Title") == (
        "Open-source AI for your business: what fits, where it runs, what it costs"
    )


def test_the_sections_can_be_jumped_to(usual: bytes) -> None:
    reader = read(usual)

    heads = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [str(head["/Title"]) for head in heads] == [
        "1 Summary",
        "2 What you told us",
        "3 Where you are now",
        "4 Options considered",
        "5 Recommended option",
        "6 Cost over 36 months",
        "7 Savings, or extra cost",
        "8 What would change the answer",
        "9 Adapting it to your business",
        "10 Risks, and what others found",
        "11 License and legal notes",
        "12 Energy and hardware",
        "13 The next 30, 60 and 90 days",
        "14 Test pack and pass marks",
        "15 Assumptions, method and sources",
        "16 Annex: set-up guide",
    ]
    links = [note.get_object() for note in reader.pages[CONTENTS]["/Annots"]]
    assert len([link for link in links if link["/Subtype"] == "/Link"]) == len(heads)


def test_numbers_of_sources_lead_to_the_list_of_sources(usual: bytes) -> None:
    reader = read(usual)

    lists = [number for number, page in enumerate(pages(usual)) if "No.Source" in page]
    targets = {
        reader.get_page_number(note.get_object()["/Dest"][0].get_object())
        for page in reader.pages[SUMMARY:]
        for note in page.get("/Annots", [])
    }
    assert targets
    assert targets <= {*lists, max(lists) + 1}


def test_text_that_looks_like_a_number_of_a_source_stays_text() -> None:
    document = STATES["saves"]().to_document()
    document["claims"][0]["author"] = "Somebody [9999]"

    assert "Somebody[9999]" in words(rendered(document))


def test_figures_have_words_and_tables_have_heads(usual: bytes) -> None:
    found = structure(read(usual).trailer["/Root"]["/StructTreeRoot"])

    drawings = [element for element in found if element["/S"] == "/Figure"]
    told = ("Heron", "moves the result", "pays back", "cases we computed")
    assert len(drawings) == len(told)
    assert all(any(words in str(drawing["/Alt"]) for words in told) for drawing in drawings)
    kinds = [element["/S"] for element in found]
    assert kinds.count("/TH") > 30
    assert kinds.count("/Table") == kinds.count("/THead")


def test_every_page_names_the_report_and_counts(usual: bytes) -> None:
    found = pages(usual)

    for number, page in enumerate(found, start=1):
        assert f"Page{number}of{len(found)}" in page
        assert "R-261121-7F3KQM" in page
    assert 8 <= len(found) <= 18


def test_paper_sizes() -> None:
    sizes = {}
    for paper in Paper:
        box = read(rendered(paper=paper)).pages[0].mediabox
        sizes[paper] = (round(float(box.width)), round(float(box.height)))

    assert sizes == {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def test_a_draft_is_marked_on_every_page() -> None:
    assert all("DRAFT" in page for page in pages(rendered(options=Options(draft=True))))
    assert "DRAFT" not in words(rendered())


def test_the_same_input_gives_the_same_bytes_and_another_time_does_not(usual: bytes) -> None:
    assert rendered() == usual
    assert rendered(timestamp=MOMENT.replace(day=22)) != usual


def test_chinese_is_set_in_chinese_type() -> None:
    pdf = rendered(language="zh-hans")
    reader = read(pdf)

    assert str(reader.trailer["/Root"]["/Lang"]).startswith("zh")
    assert "摘要" in words(pdf)
    faces = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("CJKsc" in face for face in faces)
    assert {face for face in faces if not face.startswith(("AdvisorSans", "NotoSans", "Libertinus"))} == set()


def test_nothing_is_attached_and_nothing_runs(usual: bytes) -> None:
    reader = read(usual)
    catalog = reader.trailer["/Root"]

    assert "/OpenAction" not in catalog
    assert "/JavaScript" not in catalog.get("/Names", {})
    assert not list(reader.attachments)
