"""Drafts in the admin: lists that do not slow down, edits that are checked, spreadsheets in and out."""

import json
import re
from collections.abc import Callable

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.catalog import services
from advisor.catalog.models import TABLES, ApiPrice, CatalogVersion, Entry, Fx, JobProfile
from tests.admin_forms import form_of

LISTS = {table: f"/admin/catalog/{table._meta.model_name}/" for table in TABLES}


def many(table: type[Entry], wanted: int) -> None:
    """Copies of the first row, so that the list has this many."""
    first = table._default_manager.first()
    assert first is not None
    for number in range(table._default_manager.count(), wanted):
        first.pk = None
        first.slug = f"copy-{number}"
        if isinstance(first, Fx):
            first.currency = f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        first.save()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
def test_a_list_takes_the_same_queries_for_1_and_20_rows(
    published: CatalogVersion, sign_in: Callable[[str], Client], table: type[Entry]
) -> None:
    editor = sign_in("editor")
    one = f"{LISTS[table]}?slug={table._default_manager.all()[0].slug}"
    editor.get(one)  # what is asked once per process is not counted
    many(table, 20)
    counts = []
    for address, rows in ((one, 1), (LISTS[table], 20)):
        with CaptureQueriesContext(connection) as queries:
            answer = editor.get(address)
        assert len(answer.context["cl"].result_list) == rows
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
def test_every_change_page_opens_and_saves_what_it_shows(
    published: CatalogVersion, sign_in: Callable[[str], Client], table: type[Entry]
) -> None:
    editor = sign_in("editor")
    entry = table._default_manager.first()
    assert entry is not None
    address = f"{LISTS[table]}{entry.pk}/change/"
    answer = editor.post(address, form_of(editor, address))
    assert answer.status_code == 302, answer.context["adminform"].errors
    assert services.preview().changes == ()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
def test_every_list_can_be_searched_and_filtered_and_completes_what_it_refers_to(table: type[Entry]) -> None:
    found = site.get_model_admin(table)
    references = {field.name for field in table._meta.concrete_fields if isinstance(field, ForeignKey)}
    assert "slug" in found.search_fields
    assert len(found.list_filter) >= 1
    assert references == set(found.autocomplete_fields)


def test_an_editor_changes_a_price_and_the_history_says_who(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    address = f"{LISTS[ApiPrice]}{price.pk}/change/"
    answer = editor.post(address, form_of(editor, address) | {"input": "9.5"})
    assert answer.status_code == 302
    price.refresh_from_db()
    assert float(price.input) == 9.5
    assert price.history.first().history_user.get_username() == "editor@example.com"
    assert services.current_version() == published


def test_a_negative_price_is_refused_with_its_field(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    address = f"{LISTS[ApiPrice]}{price.pk}/change/"
    answer = editor.post(address, form_of(editor, address) | {"input": "-1"})
    assert "input" in answer.context["adminform"].form.errors
    price.refresh_from_db()
    assert float(price.input) == 1.25


def test_a_nested_fact_of_the_wrong_shape_is_refused(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    profile = JobProfile.objects.get(slug="translate")
    address = f"{LISTS[JobProfile]}{profile.pk}/change/"
    wrong = form_of(editor, address) | {"companions": json.dumps([{"task": "ocr"}])}
    answer = editor.post(address, wrong)
    assert "companions" in str(answer.context["adminform"].form.errors)


def test_a_cleared_list_means_none(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("editor")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    address = f"{LISTS[ApiPrice]}{price.pk}/change/"
    assert editor.post(address, form_of(editor, address) | {"regions": ""}).status_code == 302
    price.refresh_from_db()
    assert price.regions == []


@pytest.mark.parametrize("address", LISTS.values())
def test_a_stranger_is_sent_to_the_sign_in_page(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


@pytest.mark.parametrize("action", ["", "add/", "import/", "export/"])
def test_staff_without_the_right_see_no_drafts(
    published: CatalogVersion, sign_in: Callable[[str], Client], action: str
) -> None:
    assert sign_in("staff").get(LISTS[ApiPrice] + action).status_code == 403


def test_the_history_of_a_draft_shows_what_each_change_was_and_who_made_it(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    address = f"{LISTS[ApiPrice]}{price.pk}/change/"
    editor.post(address, form_of(editor, address) | {"input": "9.5"})

    text = editor.get(f"{LISTS[ApiPrice]}{price.pk}/history/").content.decode()

    for part in ("editor@example.com", "Input", "1.250000", "9.500000"):
        assert part in text


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("0.150000", "0.15"), ("100", "100"), ("0", "0"), ("1200.50", "1200.5"), ("0.000001", "0.000001")],
)
def test_a_price_is_shown_as_a_person_writes_it(
    published: CatalogVersion, sign_in: Callable[[str], Client], kept: str, shown: str
) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(input=kept)
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    editor = sign_in("editor")

    listed = editor.get(f"{LISTS[ApiPrice]}?slug={price.slug}").content.decode()
    page = editor.get(f"{LISTS[ApiPrice]}{price.pk}/change/").content.decode()

    field = re.search(r'<input[^>]*name="input"[^>]*>', page)
    assert field is not None
    assert f'value="{shown}"' in field[0]
    assert re.search(rf"field-input[^>]*>\s*(<[^>]*>\s*)*{re.escape(shown)}\s*<", listed)


def test_the_list_still_sorts_by_a_price(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    names = list(sign_in("editor").get(LISTS[ApiPrice]).context["cl"].list_display)
    column = next(number for number, name in enumerate(names) if getattr(name, "__name__", name) == "input")

    rows = sign_in("publisher").get(f"{LISTS[ApiPrice]}?o=-{column}").context["cl"].result_list

    assert [float(row.input) for row in rows] == sorted((float(row.input) for row in rows), reverse=True)
    assert len({row.input for row in rows}) == 2


def test_an_exported_sheet_holds_no_formula(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    ApiPrice.objects.filter(slug="google-gemini-2-5-pro").update(notes="=HYPERLINK(1)")
    fields = {f"resource_0_{name}": "on" for name in ("slug", "notes")}

    sheet = sign_in("editor").post(f"{LISTS[ApiPrice]}export/", {"format": "0", "resource": "0", **fields})

    assert sheet["Content-Type"] == "text/csv"
    assert "HYPERLINK(1)" in sheet.content.decode()
    assert "=HYPERLINK" not in sheet.content.decode()


def test_an_older_state_is_brought_back_from_the_history(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    before, first = price.input, price.history.latest()
    address = f"{LISTS[ApiPrice]}{price.pk}/change/"
    assert editor.post(address, form_of(editor, address) | {"input": "9.5"}).status_code == 302

    past = f"{LISTS[ApiPrice]}{price.pk}/history/{first.pk}/"
    assert editor.post(past, form_of(editor, past)).status_code == 302

    price.refresh_from_db()
    assert price.input == before
    assert price.history.count() == 3
    assert services.preview().changes == ()
