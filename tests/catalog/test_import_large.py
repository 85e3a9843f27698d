"""A file of 100,000 rows passes row by row: measured in a process of its own, against the same database.

The whole import, preview and its report included, runs on CSV. JSON and spreadsheets are only read: what happens to
their rows afterwards is the same for all formats.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import xlsxwriter
from django.db import connection

ROWS = 100_000
LIMIT_MB = 300
PEAK = r"""
import json, re, sys, time
def peak_mb():  # getrusage would report the peak of the process that started this one
    return int(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1]) / 1024
import django
django.setup()
from advisor.catalog.imports.files import rows_of
from advisor.catalog.imports.running import Source, run_import
from advisor.catalog.models import ImportRun
path, format = sys.argv[1:]
before, started, used = peak_mb(), time.monotonic(), time.process_time()
"""
# Everything happens inside one transaction that is undone, so the database is as before.
IMPORT = """
from django.db import transaction
from advisor.catalog.models import TokenFact
kind = ImportRun.Kind.TABLE
with transaction.atomic(), open(path, "rb") as file:
    TokenFact.objects.create(slug="first", key="tokens_per_word", unit="tokens/word", central=1, grade="assumed")
    source = Source(kind, "token_facts", "large", format, file)
    run = run_import(lambda: source, kind=kind, collection="token_facts", origin="large", by=None, dry_run=True)
    found = {"outcome": run.outcome, "added": run.added, "refused": run.refused, "rows": run.changes.count()}
    transaction.set_rollback(True)
"""
READ = """
from advisor.catalog.imports.applying import columns_of
from advisor.catalog.models import TokenFact
with open(path, "rb") as file:
    found = {"rows": sum(1 for row in rows_of(file, format, columns_of(TokenFact)) if not row.problem)}
"""
TELL = """
took = {"seconds": time.monotonic() - started, "own_work_seconds": time.process_time() - used}
print(json.dumps(found | took | {"before_mb": before, "peak_mb": peak_mb()}))
"""


def conversion(number: int) -> dict[str, Any]:
    """A row of the kind with the fewest columns: each column is checked and written, whatever it holds."""
    return {
        "slug": f"conversion-{number}", "key": "tokens_per_word", "language": "en", "text": "letters",
        "low": 1 + number % 7, "central": 8 + number % 7, "high": 15 + number % 7, "unit": "tokens/word",
        "source": f"https://acme.example/texts/{number}", "as_of": "2026-11", "seen_on": "2026-11-21",
        "grade": "maker", "confidence": "high", "notes": f"Counted on page {number} of the list. " + "x" * 160,
    }  # fmt: skip


def write(path: Path, format: str) -> None:
    names = list(conversion(0))
    match format:
        case "csv":
            with path.open("w", newline="") as file:
                out = csv.writer(file)
                out.writerow(names)
                out.writerows(conversion(number).values() for number in range(ROWS))
        case "json":
            with path.open("w") as file:
                file.write("[" + json.dumps(conversion(0)))
                file.writelines(",\n" + json.dumps(conversion(number)) for number in range(1, ROWS))
                file.write("]")
        case _:
            with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
                sheet = book.add_worksheet()
                sheet.write_row(0, 0, names)
                for number in range(ROWS):
                    sheet.write_row(number + 1, 0, conversion(number).values())


def same_database() -> str:
    """The address of the database the tests made, for another process."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.mark.system
@pytest.mark.parametrize(
    ("format", "program", "expected"),
    [
        ("csv", IMPORT, {"outcome": "previewed", "added": ROWS, "refused": 0, "rows": ROWS}),
        ("json", READ, {"rows": ROWS}),
        ("xlsx", READ, {"rows": ROWS}),
    ],
    ids=["csv", "json", "xlsx"],
)
def test_a_hundred_thousand_rows_stay_under_300_mb(
    db: None, tmp_path: Path, format: str, program: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"conversions.{format}"
    write(path, format)
    done = subprocess.run(
        [sys.executable, "-c", PEAK + program + TELL, str(path), format],
        env=os.environ | {"DATABASE_URL": same_database(), "ADVISOR_VAR": str(tmp_path / "var")},
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    with capsys.disabled():
        print(f"\n{format}: {path.stat().st_size / 1e6:.0f} MB, {found}")  # noqa: T201

    assert {name: found[name] for name in expected} == expected
    assert found["peak_mb"] < LIMIT_MB
