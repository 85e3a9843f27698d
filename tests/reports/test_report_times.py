"""``manage.py report_times``, with a stand-in for the worker and for Typst."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfWriter

from advisor.assessments.advice import sample_businesses
from advisor.reports.bench.weasyprint_page import as_html
from advisor.reports.management.commands import report_times
from advisor.reports.models import Report
from advisor.reports.production import produce


@pytest.fixture
def stand_ins(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PdfWriter()
    page.add_blank_page(width=100, height=100)
    page.write(content := io.BytesIO())

    @contextmanager
    def worker(first: Report) -> Iterator[int]:
        yield 1

    def wait(report_ids: list[int], seconds: float) -> None:
        for report_id in report_ids:
            produce(report_id)

    def not_installed(*_: Any) -> list[float]:
        raise OSError("cannot load library 'pango-1.0-0'")

    monkeypatch.setattr("advisor.reports.rendering.compile_pdf", lambda *_, **__: content.getvalue())
    monkeypatch.setattr("celery.current_app.send_task", lambda *_, **__: None)
    found = {"worker": worker, "wait_until_ready": wait, "set_by_weasyprint": not_installed, "QUEUED": 4}
    found |= {"sample_businesses": lambda: sample_businesses()[:1], "peak_memory_mb": lambda _: [101.0, 202.0]}
    found |= dict.fromkeys(("RENDER_BAR_MS", "READY_BAR_MS", "BEHIND_BAR_MS"), 1e9)  # whatever this machine's speed
    found |= {"RATE_BAR": 0.0}
    for name, value in found.items():
        monkeypatch.setattr(report_times, name, value)


def test_every_time_stands_beside_its_bar(stand_ins: None) -> None:
    said = io.StringIO()

    call_command("report_times", rounds=1, reports=10, stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.partition(" (bar: ")[2] for line in lines if "(bar: " in line] == [
        *["ms p95 1,000,000,000)"] * 3, "at least 0)", "MB 300)",
    ]  # fmt: skip
    assert lines[0].startswith("report set in its own process (1 to 1 pages, p50 ")
    assert "cannot load library 'pango-1.0-0'" in lines[2]
    assert lines[-1] == "memory of a process at most, after 10 reports by both: 202.0 (bar: MB 300)"


def test_a_missed_bar_is_named_and_makes_the_command_fail(stand_ins: None, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(report_times, "MEMORY_BAR_MB", 200.0)

    with pytest.raises(CommandError):
        call_command("report_times", rounds=1, reports=10, stdout=said)

    assert said.getvalue().rstrip().endswith("202.0 (bar: MB 200) MISSED")


def test_the_page_for_weasyprint_has_every_word_and_cell_and_no_drawing() -> None:
    blocks = [
        {"kind": "text", "text": "a < b"},
        {"kind": "table", "columns": [{"label": "Line"}], "rows": [["Electricity"]], "title": "Cost"},
        {"kind": "facts", "rows": [["Staff", "12"]]},
        {"kind": "chart", "svg": "<path/>", "alt": "a drawing"},
        {"kind": "list", "items": ["first"]},
    ]

    page = as_html({"lang": "en", "cover": {"title": "Report"}, "sections": [{"title": "Money", "blocks": blocks}]})

    for part in ("<p>Report</p>", "<p>Money</p>", "<p>a &lt; b</p>", "<td>Electricity</td>", "<td>12</td>", "first"):
        assert part in page
    assert "drawing" not in page
