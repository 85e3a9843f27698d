"""`manage.py catalog import table`: a preview, unless it is told to apply."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from advisor import environment
from advisor.catalog.models import ApiPrice, CatalogVersion, ImportRun

PRICE = "google-gemini-2-5-pro"


def run_command(*arguments: object) -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("catalog", "import", "table", *map(str, arguments), stdout=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    path.write_text(f"slug,input\n{PRICE},9.5\n")
    return path


def test_a_preview_tells_every_change_and_makes_none(published: CatalogVersion, sheet: Path) -> None:
    status, said = run_command(sheet, "--table", "api_prices")

    assert status == 0
    assert f"{PRICE}: input: 1.25 -> 9.5" in said
    assert "Run it again with --apply" in said
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25
    assert ImportRun.objects.get().started_by is None


def test_apply_changes_the_drafts_and_writes_the_report(published: CatalogVersion, sheet: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    status, said = run_command(sheet, "--table", "api_prices", "--apply", "--report", report)

    assert (status, "--apply" in said) == (0, False)
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 9.5
    with report.open(newline="") as file:
        assert list(csv.reader(file)) == [["row", "slug", "field", "old", "new"], ["2", PRICE, "input", "1.25", "9.5"]]


def test_a_refused_file_ends_with_1_and_names_every_problem(published: CatalogVersion, sheet: Path) -> None:
    sheet.write_text("slug,input\n" + "".join(f"price-{number},cheap\n" for number in range(60)))
    status, said = run_command(sheet, "--table", "api_prices", "--apply")

    assert status == 1
    assert "row 2, column input: expected a number" in said
    assert "and 10 more" in said


def test_a_damaged_file_ends_with_1(published: CatalogVersion, sheet: Path) -> None:
    sheet.write_bytes(b"\xff\xfe")

    assert run_command(sheet, "--table", "api_prices") == (
        1,
        f"Import {ImportRun.objects.get().pk}, spreadsheet or JSON file, prices.csv: refused\n"
        "0 rows: 0 added, 0 changed, 0 unchanged, 1 problems\n"
        "  row 1: not UTF-8 text\n",
    )


@pytest.mark.parametrize(("name", "says"), [("missing.csv", "cannot be read"), ("notes.txt", "txt is not read here")])
def test_a_file_that_is_none_is_told(published: CatalogVersion, tmp_path: Path, name: str, says: str) -> None:
    if name.endswith("txt"):
        (tmp_path / name).write_text("x")
    with pytest.raises(CommandError, match=says):
        run_command(tmp_path / name, "--table", "api_prices")


def test_an_unknown_table_is_told(published: CatalogVersion, sheet: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run_command(sheet, "--table", "prices")


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example", "https://", "https://me:secret@hub.example"])
def test_the_address_of_a_hub_is_checked_at_the_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HUB_ENDPOINT", address)

    with pytest.raises(ImproperlyConfigured, match="HUB_ENDPOINT must look like"):
        environment.web_address("HUB_ENDPOINT", "https://huggingface.co")


def test_the_address_of_a_hub_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_ENDPOINT", "http://hub.internal:8080/mirror/")

    assert environment.web_address("HUB_ENDPOINT", "x") == "http://hub.internal:8080/mirror"
