"""``manage.py advise``: the whole main job on a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from advisor.assessments.advice import sample_businesses
from advisor.reports.rendering import RenderError
from tests.reports.pdf import read
from tests.samples import AS_OF, document, recommendation

pytestmark = pytest.mark.django_db
NAME = "software_studio"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / f"{NAME}.json"
    file.write_text(dict(sample_businesses())[NAME], "utf-8")
    return file


def advise(*arguments: object, **options: Any) -> None:
    call_command("advise", *map(str, arguments), as_of=AS_OF, **options)


def refused(*arguments: object, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as caught:
        advise(*arguments, **options)
    return caught.value


def test_the_advice_is_written_as_the_stored_document(answers: Path, tmp_path: Path) -> None:
    advise(answers, output=str(tmp_path / "advice.json"))

    made = json.loads((tmp_path / "advice.json").read_text("utf-8"))
    assert made == document(NAME)


def test_the_order_of_hashing_never_matters(answers: Path) -> None:
    command = [sys.executable, "manage.py", "advise", str(answers), "--as-of", AS_OF.isoformat()]
    written = [
        subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "4242")
    ]

    assert written[0].stdout == written[1].stdout
    assert json.loads(written[0].stdout) == document(NAME)


def test_it_reads_standard_input_and_writes_standard_output(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = BytesIO()
    monkeypatch.setattr("sys.stdin", StringIO(answers.read_text("utf-8")))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=written))

    advise("-")

    assert json.loads(written.getvalue())["verdict"] == recommendation(NAME).verdict


def test_the_report_is_written_and_the_same_call_gives_the_same_bytes(answers: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        advise(answers, format="pdf", paper="us-letter", lang="zh-hans", output=str(tmp_path / name))

    first, second = (tmp_path / "one.pdf").read_bytes(), (tmp_path / "two.pdf").read_bytes()
    assert first == second
    assert read(first).pages[0].mediabox.width == 612


def test_the_workbook_is_written_and_the_same_call_gives_the_same_bytes(answers: Path, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        advise(answers, format="xlsx", output=str(tmp_path / name))

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    total = document(NAME)["plans"][0]["cost_total"]["high"]
    cells = load_workbook(tmp_path / "one.xlsx").worksheets[2].iter_rows(values_only=True)
    assert total in [row[5] for row in cells]


def test_bad_answers_are_listed_field_by_field(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({"question_set": "2026-11", "country": "Atlantis", "ai_users": -3}))

    error = refused(file)

    assert error.returncode == 2
    lines = str(error).splitlines()
    assert lines[0] == "the answers cannot be used:"
    assert {re.match(r"  ([\w.]+): \S", line)[1] for line in lines[1:]} >= {"country", "ai_users", "jobs"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"", "the answers cannot be used"),
        (b"[1, 2", "the answers cannot be used"),
    ],
)
def test_a_file_that_is_no_answers_document_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)

    error = refused(file)

    assert error.returncode == 2
    assert said in str(error)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "none.json")

    assert (error.returncode, str(error)) == (2, f"cannot read {tmp_path}/none.json: No such file or directory")


def test_a_catalog_version_that_was_never_published_is_named(answers: Path) -> None:
    error = refused(answers, catalog="7")

    assert error.returncode == 2
    assert "--catalog: there is no published version '7'" in str(error)


def test_a_currency_the_catalog_cannot_exchange_is_named(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise ValueError("currency: the catalog has no exchange rate for 'XXX'")

    monkeypatch.setattr("advisor.reports.management.commands.advise.advise", unknown)

    error = refused(answers)

    assert (error.returncode, str(error)) == (2, "currency: the catalog has no exchange rate for 'XXX'")


def test_a_place_that_cannot_be_written_is_named(answers: Path, tmp_path: Path) -> None:
    assert str(refused(answers, output=str(tmp_path))) == f"cannot write {tmp_path}: Is a directory"


def test_a_report_that_cannot_be_made_says_so(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RenderError("timeout")

    monkeypatch.setattr("advisor.reports.management.commands.advise.render_pdf", fail)

    assert "the report could not be made" in str(refused(answers, format="pdf"))
