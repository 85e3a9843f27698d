"""CSV, XLSX and JSON into drafts: all rows or none, a report of every field, and a reason for every row refused."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from advisor.catalog import services
from advisor.catalog.imports import files
from advisor.catalog.imports.running import Source, apply_preview, run_import
from advisor.catalog.models import TABLES, AIModel, ApiPrice, CatalogVersion, Device, Entry, Fx, ImportRun
from advisor.catalog.resources import resource_for

PRICE = "google-gemini-2-5-pro"
Outcome = ImportRun.Outcome
BY_HAND = "another unit? If it is right, change it by hand"
TOGETHER = "change a {} by hand, together with its figures"
UNIT_SAYS_USD = "currency: XXX, but the unit is usd_per_1m_tokens"


def imported(
    content: bytes | str,
    name: str = "prices.csv",
    *,
    table: type[Entry] = ApiPrice,
    dry_run: bool = False,
    by: Any = None,
) -> ImportRun:
    content = content.encode() if isinstance(content, str) else content

    def find() -> Source:
        return Source(ImportRun.Kind.TABLE, table.collection, name, files.format_of(name), io.BytesIO(content))

    return run_import(find, kind=ImportRun.Kind.TABLE, collection=table.collection, origin=name, by=by, dry_run=dry_run)


def sheet(*rows: dict[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def book(*rows: list[Any]) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def new_price(slug: str = "acme-small", **columns: Any) -> dict[str, Any]:
    price = {
        "slug": slug, "category": "closed_api", "provider": "acme", "model_name": "acme-small",
        "unit": "usd_per_1m_tokens", "currency": "USD", "input": "0.15", "output": "0.6", "grade": "published",
        "source": "https://acme.example/prices", "as_of": "2026-11",
    }  # fmt: skip
    return price | columns


def reasons(run: ImportRun) -> list[str]:
    return [f"{problem['row']} {problem['column']}: {problem['reason']}" for problem in run.problems]


def drafts() -> dict[str, Any]:
    return {table.collection: list(table._default_manager.order_by("slug").values()) for table in TABLES}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prices.csv", f"slug,input\n{PRICE},9.5\n"),
        ("prices.csv", f"\ufeffslug;input\r\n{PRICE};9.5\r\n"),
        ("prices.json", json.dumps([{"slug": PRICE, "input": 9.5}])),
        ("prices.XLSX", book(["slug", "input"], [PRICE, 9.5])),
    ],
    ids=["csv", "csv of a European spreadsheet", "json", "xlsx"],
)
def test_a_price_changes_in_the_draft_and_only_there(published: CatalogVersion, name: str, content: Any) -> None:
    run = imported(content, name)

    assert (run.outcome, run.rows, run.changed, run.added, run.unchanged) == (Outcome.APPLIED, 1, 1, 0, 0)
    assert [(c.row, c.slug, c.field, c.old, c.new) for c in run.changes.all()] == [
        (1 if "json" in name else 2, PRICE, "input", 1.25, 9.5)
    ]
    price = ApiPrice.objects.get(slug=PRICE)
    assert float(price.input) == 9.5
    assert float(price.output) == 10.0  # a column the sheet does not have stays
    assert services.current_version() == published


def test_the_history_says_who_imported_and_from_where(published: CatalogVersion) -> None:
    anna = get_user_model().objects.create_user("anna")
    run = imported(f"slug,input\n{PRICE},9.5\n", by=anna)

    past = ApiPrice.objects.get(slug=PRICE).history.first()
    assert (past.history_user, past.history_change_reason) == (anna, f"import {run.pk}: prices.csv")
    assert (run.started_by, run.origin, run.kind) == (anna, "prices.csv", "table")


def test_a_new_row_becomes_a_draft_and_the_report_holds_it_whole(published: CatalogVersion) -> None:
    run = imported(sheet(new_price(regions='["US", "EU"]', deprecated="false", valid_from="2026-11-01")))

    assert (run.outcome, run.added) == (Outcome.APPLIED, 1)
    change = run.changes.get()
    assert (change.field, change.old, change.new["input"], change.new["regions"]) == ("", None, 0.15, ["US", "EU"])
    assert ApiPrice.objects.get(slug="acme-small").valid_from.isoformat() == "2026-11-01"


def test_a_preview_changes_nothing_and_tells_everything(published: CatalogVersion) -> None:
    before = drafts()
    run = imported(sheet(new_price(), new_price(PRICE, provider="google", model_name="g")), dry_run=True)

    assert (run.outcome, run.added, run.changed, run.dry_run) == (Outcome.PREVIEWED, 1, 1, True)
    assert {change.field for change in run.changes.filter(slug=PRICE)} > {"input", "output", "model_name"}
    assert drafts() == before


def test_a_preview_is_applied_as_it_was_shown(published: CatalogVersion) -> None:
    preview = imported(f"slug,input\n{PRICE},9.5\n", dry_run=True)
    run = apply_preview(preview, by=None)

    assert (run.outcome, run.preview, run.fingerprint) == (Outcome.APPLIED, preview, preview.fingerprint)
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 9.5


def test_drafts_edited_after_the_preview_are_shown_again_instead_of_being_overwritten(
    published: CatalogVersion,
) -> None:
    preview = imported(f"slug,input\n{PRICE},9.5\n", dry_run=True)
    ApiPrice.objects.filter(slug=PRICE).update(input="2.5")
    again = apply_preview(preview, by=None)

    assert (again.outcome, again.dry_run) == (Outcome.PREVIEWED, True)
    assert [note["kind"] for note in again.notes] == ["meanwhile"]
    assert again.changes.get().old == 2.5
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 2.5
    assert apply_preview(again, by=None).outcome == Outcome.APPLIED


@pytest.mark.parametrize("what", ["applied", "refused", "nothing", "old"])
def test_only_a_fresh_preview_with_changes_can_be_applied(published: CatalogVersion, what: str) -> None:
    text = {"refused": f"slug,input\n{PRICE},x\n", "nothing": f"slug,input\n{PRICE},1.25\n"}
    run = imported(text.get(what, f"slug,input\n{PRICE},9.5\n"), dry_run=what != "applied")
    if what == "old":
        ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=8))
        imported(f"slug,input\n{PRICE},2.5\n", dry_run=True)
        run.refresh_from_db()
        assert run.changes.count() == 0

    with pytest.raises(ValueError, match="make a new one"):
        apply_preview(run, by=None)


def test_one_bad_row_keeps_all_others_out(published: CatalogVersion) -> None:
    before = drafts()
    run = imported(sheet(new_price(), new_price("acme-large", input="cheap"), new_price("acme-tiny")))

    assert (run.outcome, run.rows, run.added, run.refused) == (Outcome.REFUSED, 3, 2, 1)
    assert reasons(run) == ["3 input: expected a number"]
    assert drafts() == before


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"input": "1,5"}, "2 input: expected a number, with a point and without separators"),
        ({"input": "NaN"}, "2 input: expected a finite number"),
        ({"input": "inf"}, "2 input: expected a finite number"),
        ({"input": "-1"}, "2 input: Ensure this value is greater than or equal to 0."),
        ({"context_tokens": "12.5"}, "2 context_tokens: expected a whole number"),
        ({"deprecated": "perhaps"}, "2 deprecated: expected true or false"),
        ({"valid_from": "21.11.2026"}, "2 valid_from: expected a day like 2026-11-21"),
        ({"as_of": "November"}, "2 as_of: Write a year, month or day."),
        ({"regions": "[US"}, "2 regions: not valid JSON"),
        ({"regions": '["usa"]'}, "2 regions: usa is not a country code."),
        ({"long_context": '{"input": NaN}'}, "2 long_context: not valid JSON"),
        ({"grade": "certain"}, "2 grade: Value 'certain' is not a valid choice."),
        ({"grade": ""}, "2 grade: This field cannot be blank."),
        ({"model": "no-such-model"}, "2 model: there is no no-such-model in models"),
        ({"slug": "not a slug"}, "2 slug: Enter a valid “slug” consisting of letters, numbers,…"),
        ({"slug": ""}, "2 slug: missing; each row is recognized by it"),
        ({"provider": "x" * 201}, "2 provider: Ensure this value has at most 200 characters (it has 201)."),
        ({"notes": "x" * 20_001}, "2 notes: longer than 20,000 characters"),
        ({"input": "", "output": ""}, "2 : Constraint “catalog_apiprice_has_a_price” is violated."),
    ],
)  # fmt: skip
def test_a_malformed_cell_is_refused_with_row_column_and_reason(
    published: CatalogVersion, columns: dict[str, Any], reason: str
) -> None:
    run = imported(sheet(new_price(**columns)))

    (found,) = reasons(run)
    assert found == reason or (reason.endswith("…") and found.startswith(reason[:-1]))
    assert not ApiPrice.objects.filter(provider="acme").exists()


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "good <b>price</b>", "</td>", "<!-- x -->", "javascript:alert(1)", "a<img src=x>"],
)
@pytest.mark.parametrize("column", ["notes", "regions"])
def test_html_is_refused(published: CatalogVersion, text: str, column: str) -> None:
    run = imported(sheet(new_price(**{column: text if column == "notes" else json.dumps([text])})))

    assert reasons(run) == [f"2 {column}: holds HTML"]


@pytest.mark.parametrize("text", ["under <200 ms", "a < b", "5 > 3", "x<-y", "from 3 <= 4"])
def test_a_sign_of_comparison_is_no_html(published: CatalogVersion, text: str) -> None:
    assert imported(sheet(new_price(notes=text))).outcome == Outcome.APPLIED


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(A1)", "@SUM(A1)", "+SUM(A1)", "-A1", "+cmd|' /C calc'!A0", "-2+cmd|' /C calc'!A0",
     "\t=1", "\r=1"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["prices.csv", "prices.json"])
def test_a_formula_is_refused(published: CatalogVersion, text: str, name: str) -> None:
    row = new_price(notes=text)
    run = imported(sheet(row) if name.endswith("csv") else json.dumps([row]), name)

    assert [reason.partition(" ")[2] for reason in reasons(run)] == ["notes: starts like a formula"]


@pytest.mark.parametrize("text", ["+15% on average", "-9.5% (interval -17.2% to -1.8%)", "-", "- first point", "-3"])
def test_a_sign_before_a_figure_is_no_formula(published: CatalogVersion, text: str) -> None:
    assert imported(sheet(new_price(notes=text))).outcome == Outcome.APPLIED


def test_a_formula_of_a_spreadsheet_is_refused_even_when_it_gives_a_number(published: CatalogVersion) -> None:
    run = imported(book(["slug", "input"], [PRICE, "=1+1"]), "prices.xlsx")

    assert reasons(run) == ["2 : column input is a formula"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('["=1+1"]', "starts like a formula"),
        ('["\\u003cscript\\u003e"]', "holds HTML"),
        ('[{"a": "@x"}]', "starts like a formula"),
    ],
)
def test_what_is_nested_inside_a_cell_is_looked_at_too(published: CatalogVersion, text: str, reason: str) -> None:
    assert reasons(imported(sheet(new_price(use_cases=text)))) == [f"2 use_cases: {reason}"]


def test_a_control_character_is_refused(published: CatalogVersion) -> None:
    assert reasons(imported(sheet(new_price(notes="a\x1bb")))) == ["2 notes: holds a control character"]


def test_a_row_that_stands_twice_is_refused_with_both_places(published: CatalogVersion) -> None:
    assert reasons(imported(sheet(new_price(), new_price(input="0.2")))) == [
        "3 slug: acme-small stands already in row 2"
    ]


def test_a_unique_fact_given_twice_is_refused_by_row(published: CatalogVersion) -> None:
    taken = Fx.objects.first()
    assert taken is not None
    run = imported(
        sheet({"slug": "again", "currency": taken.currency, "name": "again", "units_per_usd": "2", "grade": "assumed"}),
        "fx.csv",
        table=Fx,
    )

    assert reasons(run) == ["2 : Exchange rate with this Currency already exists."]


@pytest.mark.parametrize(
    ("slug", "columns", "reason"),
    [
        ("acme-small", {"unit": "usd_per_1k_tokens"},
         "unit: usd_per_1k_tokens is not a unit of closed_api (known: usd_per_1m_tokens)"),
        ("acme-small", {"category": "new"},
         "unit: usd_per_1m_tokens is not a unit of new (known: none yet; add the first one by hand)"),
        (PRICE, {"unit": "usd_per_image"},
         f"unit: usd_per_image where usd_per_1m_tokens stood: {TOGETHER.format('unit')}"),
        (PRICE, {"input": "0.00125"}, ": input: 0.00125 is below cached_input 0.125"),
        (PRICE, {"input": "1250"}, f"input: 1250 where 1.25 stood: {BY_HAND}"),
    ],
)  # fmt: skip
def test_a_wrong_unit_is_refused(published: CatalogVersion, slug: str, columns: dict[str, Any], reason: str) -> None:
    row = new_price(**columns) if slug == "acme-small" else {"slug": slug, **columns}

    assert reasons(imported(sheet(row))) == [f"2 {reason}"]


@pytest.mark.parametrize(
    ("slug", "currency", "reasons_given"),
    [
        ("acme-small", "usd", ["currency: Write the three-letter code of the currency."]),
        ("acme-small", "XXX", ["currency: XXX has no exchange rate in the catalog", UNIT_SAYS_USD]),
        (PRICE, "XXX", [f"currency: XXX where USD stood: {TOGETHER.format('currency')}", UNIT_SAYS_USD]),
    ],
)  # fmt: skip
def test_a_wrong_currency_is_refused(
    published: CatalogVersion, slug: str, currency: str, reasons_given: list[str]
) -> None:
    row = new_price(currency=currency) if slug == "acme-small" else {"slug": slug, "currency": currency}

    assert reasons(imported(sheet(row))) == [f"2 {reason}" for reason in reasons_given]


def test_the_currency_inside_a_price_is_checked_too(published: CatalogVersion) -> None:
    price = {"amount": 1, "currency": "XXX", "kind": "street"}
    row = {"slug": "new-card", "name": "New", "vendor": "Acme", "kind": "consumer_gpu", "price": json.dumps(price),
           "grade": "maker"}  # fmt: skip

    assert reasons(imported(sheet(row), "d.csv", table=Device)) == ["2 price: XXX has no exchange rate in the catalog"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("p.csv", b"slug,input\n\xff\xfe,1\n", "2 : not UTF-8 text"),
        ("p.csv", b"", "1 slug: missing; each row is recognized by it"),
        ("p.csv", b"slug,input\n", "0 : no rows"),
        ("p.csv", b"input\n1\n", "1 slug: missing; each row is recognized by it"),
        ("p.csv", b"slug,price_per_hour\nx,1\n", "1 price_per_hour: not a column of this table"),
        ("p.csv", b"slug,shipped_hash\nx,1\n", "1 shipped_hash: not a column of this table"),
        ("p.csv", b"slug,id\nx,1\n", "1 id: not a column of this table"),
        ("p.csv", b"slug,input,input\nx,1,2\n", "1 input: stands twice in the first row"),
        ("p.csv", b"slug,,input\nx,1,2\n", "1 : a column without a name"),
        ("p.csv", b"slug,input\nx,1,2\n", "2 : 3 cells, but the first row names 2 columns"),
        ("p.csv", b"slug,input\nx\n", "2 : only 1 cells, but the first row names 2 columns"),
        ("p.csv", b'slug,input\nx,"1"2\n', "2 : not a readable CSV: ',' expected after '\"'"),
        ("p.csv", b'slug,input\nx,"1\n', "2 : not a readable CSV: unexpected end of data"),
        ("p.csv", b"slug,input\nx," + b"1" * 1_000_001, "2 : a line longer than 1,000,000 bytes"),
        ("p.csv", ",".join(["slug", *(["x"] * 200)]).encode(), "1 : more than 200 columns"),
        ("p.json", b'{"slug": "x"}', "0 : expected a JSON list of rows"),
        ("p.json", b'[{"slug": "x"', "1 : not readable JSON"),
        ("p.json", b'[{"slug": "x", "input": NaN}]', "1 : not readable JSON"),
        ("p.json", b'[{"slug": "\xff"}]', "1 : not readable JSON"),
        ("p.json", b'["x"]', "1 : expected an object"),
        ("p.json", b'[{"slug": "x", "pk": 1, "id": 2}]', "1 : id, pk: not a column of this table"),
        ("p.json", b'[{"slug": ["x"]}]', "1 slug: missing; each row is recognized by it"),
        ("p.json", b'[{"slug": "x", "provider": {"a": 1}}]', "1 provider: expected text"),
        ("p.json", b'[{"slug": "x", "input": true}]', "1 input: expected a number"),
        ("p.json", b'[{"slug": "x", "input": [1]}]', "1 input: expected a number"),
        ("p.json", b'[{"slug": "x", "regions": 1}]', "1 regions: expected JSON"),
        ("p.xlsx", b"no spreadsheet", "0 : not a readable spreadsheet: File is not a zip file"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_place(
    published: CatalogVersion, name: str, content: bytes, reason: str
) -> None:
    before = drafts()
    run = imported(content, name)

    assert run.outcome == Outcome.REFUSED
    assert reasons(run)[0].startswith(reason)
    assert drafts() == before


def test_a_spreadsheet_with_several_sheets_is_refused(published: CatalogVersion) -> None:
    made, out = openpyxl.Workbook(), io.BytesIO()
    made.create_sheet("more")
    made.save(out)

    assert reasons(imported(out.getvalue(), "p.xlsx")) == ["0 : 2 sheets; keep the one to import"]


def test_a_spreadsheet_that_unpacks_to_more_than_the_limit_is_refused(
    published: CatalogVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UNPACKED_BYTES", 1_000)

    assert "unpacked" in reasons(imported(book(["slug"], ["x"]), "p.xlsx"))[0]


def test_a_spreadsheet_with_entities_is_refused(published: CatalogVersion) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["slug"], ["x"]))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                text = bomb.encode() + text.replace(b"<worksheet", b"<worksheet a='&b;'", 1)
            new.writestr(part, text)

    assert reasons(imported(out.getvalue(), "p.xlsx"))[0].startswith("0 : not a readable spreadsheet")


@pytest.mark.parametrize(("limit", "value", "reason"), [("ROWS", 1, "more than 1 rows"), ("FILE_BYTES", 10, "larger")])
def test_an_oversized_file_is_refused(
    published: CatalogVersion, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    monkeypatch.setattr(files, limit, value)
    run = imported(sheet(new_price(), new_price("acme-large")))

    assert reason in reasons(run)[0]
    assert not ApiPrice.objects.filter(provider="acme").exists()


@pytest.mark.parametrize("name", ["prices.ods", "prices", "prices.exe"])
def test_a_file_of_another_kind_is_kept_in_the_log_as_unread(published: CatalogVersion, name: str) -> None:
    run = imported("x", name)

    assert run.outcome == Outcome.FAILED
    assert "write one of csv, xlsx, json" in run.reason


def test_a_thousand_problems_are_kept_and_all_are_counted(published: CatalogVersion) -> None:
    run = imported("slug,input\n" + "".join(f"x{number},cheap\n" for number in range(1_200)))

    assert (run.refused, len(run.problems)) == (1_200, 1_000)


def test_a_sheet_written_before_somebody_elses_edit_is_refused_as_a_conflict(published: CatalogVersion) -> None:
    price = ApiPrice.objects.get(slug=PRICE)
    seen = services.row_hash(price)
    price._history_user = get_user_model().objects.create_user("anna")  # type: ignore[attr-defined]
    price.input = "2.5"
    price.save()
    run = imported(sheet({"slug": PRICE, "input": "9.5", "seen": seen}))

    (reason,) = reasons(run)
    assert reason.startswith("2 seen: the draft was changed since the sheet was written, last by anna on ")
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 2.5


def test_a_sheet_written_after_the_last_edit_is_applied(published: CatalogVersion) -> None:
    seen = services.row_hash(ApiPrice.objects.get(slug=PRICE))

    assert imported(sheet({"slug": PRICE, "input": "9.5", "seen": seen})).outcome == Outcome.APPLIED


def test_a_row_whose_draft_was_deleted_meanwhile_is_refused(published: CatalogVersion) -> None:
    run = imported(sheet(new_price(seen="0" * 64)))

    assert reasons(run) == ["2 seen: the draft was deleted since the sheet was written"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
@pytest.mark.parametrize("format", files.FORMATS)
def test_an_exported_sheet_comes_back_without_a_change(
    published: CatalogVersion, table: type[Entry], format: str
) -> None:
    sheet = resource_for(table)().export().export(format)
    run = imported(sheet, f"sheet.{format}", table=table)

    assert reasons(run) == []
    assert (run.outcome, run.added, run.changed, run.unchanged) == (Outcome.APPLIED, 0, 0, 2)


@pytest.mark.parametrize("format", ["csv", "json"])
def test_every_shipped_fact_passes_the_checks_and_comes_back_unchanged(db: None, format: str) -> None:
    """No shipped text looks like HTML or a formula, and no shipped figure like another unit or currency."""
    services.load_shipped()
    for table in TABLES:
        run = imported(resource_for(table)().export().export(format), f"sheet.{format}", table=table)
        assert (table.collection, reasons(run), run.added + run.changed) == (table.collection, [], 0)
        assert run.unchanged == table._default_manager.count()


def test_an_error_of_the_program_is_kept_in_the_log(published: CatalogVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.catalog.imports.running.apply_rows", lambda *rest, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(sheet(new_price()))

    run = ImportRun.objects.get()
    assert (run.outcome, run.reason) == (Outcome.FAILED, "An error of the program: ZeroDivisionError")


def test_whoever_brings_a_new_date_of_checking_is_the_one_who_checked(published: CatalogVersion) -> None:
    anna = get_user_model().objects.create_user("anna")
    imported(f"slug,input\n{PRICE},9.5\n", by=anna)
    assert ApiPrice.objects.get(slug=PRICE).checked_by == ""

    imported(f"slug,seen_on\n{PRICE},2026-11-22\n", by=anna)
    assert ApiPrice.objects.get(slug=PRICE).checked_by == "anna"


def test_an_empty_cell_means_unknown(published: CatalogVersion) -> None:
    run = imported(f"slug,cached_input,regions,notes\n{PRICE},,,\n")

    assert run.outcome == Outcome.APPLIED
    price = ApiPrice.objects.get(slug=PRICE)
    assert (price.cached_input, price.regions, price.notes) == (None, [], "")


def test_a_number_of_a_spreadsheet_can_be_a_year(published: CatalogVersion) -> None:
    assert imported(book(["slug", "as_of"], [PRICE, 2026]), "p.xlsx").outcome == Outcome.APPLIED
    assert ApiPrice.objects.get(slug=PRICE).as_of == "2026"


def test_a_date_of_a_spreadsheet_is_a_day_also_in_a_column_of_text(published: CatalogVersion) -> None:
    day = datetime(2026, 11, 20)  # noqa: DTZ001  # spreadsheets know no time zones
    content = book(["slug", "as_of", "valid_from", "notes"], [PRICE, day, day, 3.5])

    assert imported(content, "p.xlsx").outcome == Outcome.APPLIED
    price = ApiPrice.objects.get(slug=PRICE)
    assert (price.as_of, price.valid_from, price.notes) == ("2026-11-20", day.date(), "3.5")


def test_a_reference_to_another_entry_goes_by_its_short_name(published: CatalogVersion) -> None:
    assert imported("slug,license\nglm-ocr,apache-2-0\n", "m.csv", table=AIModel).outcome == Outcome.APPLIED
    assert AIModel.objects.get(slug="glm-ocr").license_id == "apache-2-0"
